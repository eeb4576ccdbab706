"""What a plan says in words: the verdict, the small print, and the names of its lines."""

from __future__ import annotations

from collections.abc import Iterator

from hakari.planning.reverse_plan import Assumption, BindingLine, Outlook, ReversePlan, Verdict
from hakari.planning.scorecard import Scope
from hakari.planning.wording import SCALES, figure
from hakari.units import display
from hakari.units.labels import day_label
from hakari.words import say

_IMPOSSIBLE = 1.0


def name_of(key: str, scope: Scope) -> str:
    return say(f"plan_{key}", scope.lang)


def worth(value: float | None, plan: ReversePlan, scope: Scope) -> str:
    """An amount of the goal: money in the page's unit with its name, a count with one decimal below ten."""
    if plan.goal.unit == "jpy":
        return display.money(value, scope.unit, scope.lang, _digits(value, scope))
    few = value is not None and abs(value) < 10 and value != int(value)
    return display.number(value, (3 if abs(value or 0) < 0.1 else 1) if few else 0)


def _digits(value: float | None, scope: Scope) -> int:
    scaled = abs(value or 0) / SCALES[scope.unit]
    return 0 if scope.unit == "yen" or scaled >= 100 or scaled == 0 else 1 if scaled >= 1 else 3


def range_text(one: Outlook, plan: ReversePlan, scope: Scope) -> str:
    """543–607: the unit stands with the value before it."""
    if plan.goal.unit != "jpy":
        return f"{worth(one.low, plan, scope)}–{worth(one.high, plan, scope)}"
    digits = _digits(one.low, scope)
    ends = (None if end is None else end / SCALES[scope.unit] for end in (one.low, one.high))
    return "–".join(display.number(end, digits) for end in ends)


def headline(plan: ReversePlan, scope: Scope) -> str:
    """The verdict with its figures."""
    lang = scope.lang
    if plan.verdict is Verdict.UNKNOWN:
        return _unknown(plan, scope)
    if plan.verdict is Verdict.REACHED:
        goal, so_far = worth(plan.goal.value, plan, scope), worth(plan.goal.so_far, plan, scope)
        return say("plan_reached", lang, kpi=plan.goal.name, goal=goal, so_far=so_far)
    short = worth(plan.short, plan, scope)
    if plan.planned is None:
        return say("plan_short_past", lang, day=day_label(plan.goal.order_by, lang), short=short)
    if plan.verdict is Verdict.SHORT:
        return say("plan_short", lang, short=short)
    if plan.verdict is Verdict.UNSURE:
        return say("plan_unsure", lang, chance=chance_text(plan.planned.chance))
    if plan.verdict is Verdict.ON_COURSE and plan.at_pace is not None:
        return say("plan_on_course", lang, chance=chance_text(plan.at_pace.chance))
    return _needs(plan, plan.planned, scope)


def _needs(plan: ReversePlan, planned: Outlook, scope: Scope) -> str:
    first, need = plan.stages[0], plan.per_day
    said = {
        "stage": name_of(first.key, scope),
        "need": display.number(need, 0 if need >= 10 else 1),
        "chance": chance_text(planned.chance),
    }
    if not plan.pace_efforts:
        return say("plan_needs_new", scope.lang, **said)
    now = plan.pace_efforts / max(plan.business_days, 1)
    return say("plan_needs", scope.lang, now=display.number(now, 0 if now >= 10 else 1), **said)


def _unknown(plan: ReversePlan, scope: Scope) -> str:
    lang, rate = scope.lang, plan.needed_win_rate
    if rate is not None:
        key = "plan_impossible_rate" if rate > _IMPOSSIBLE else "plan_possible_rate"
        return say(key, lang, rate=display.percent(rate, None, lang))
    separator = "、" if lang == "ja" else ", "
    return say("plan_unknown", lang, missing=separator.join(name_of(one, scope) for one in plan.missing))


def chance_text(chance: float) -> str:
    """Never 0 % or 100 %: a thousand worlds cannot say so."""
    if chance < 0.005:
        return "<1%"
    return ">99%" if chance > 0.995 else display.percent(chance, None)


def subline(plan: ReversePlan, scope: Scope) -> str:
    lang, goal = scope.lang, plan.goal
    day = day_label(goal.order_by, lang)
    parts: list[str] = []
    if plan.needed_orders is not None and goal.unit == "jpy":
        orders = display.number(plan.needed_orders)
        parts.append(
            say("plan_sub_remaining", lang, remaining=worth(plan.remaining, plan, scope), orders=orders)
        )
    if goal.delivery_days:
        parts.append(say("plan_sub_delivery", lang, days=goal.delivery_days, day=day))
    else:
        parts.append(say("plan_sub_deadline", lang, day=day))
    if plan.business_days:
        parts.append(say("plan_sub_days", lang, n=plan.business_days))
    if plan.planned is not None:
        parts.append(_asked(plan, scope))
    return " · ".join(parts)


def _asked(plan: ReversePlan, scope: Scope) -> str:
    if plan.asked is None:
        return say("plan_sub_mean", scope.lang)
    return say("plan_sub_chance", scope.lang, chance=chance_text(plan.asked))


def landing_lines(plan: ReversePlan, scope: Scope) -> Iterator[str]:
    """Where today's pace and the plan land, for those who see no chart."""
    for key, one in (("plan_pace_line", plan.at_pace), ("plan_plan_line", plan.planned)):
        if one is not None:
            yield say(key, scope.lang, **_outlook(one, plan, scope))


def note_lines(plan: ReversePlan, scope: Scope) -> Iterator[str]:
    """What is already under way, what comes by itself, and what the win rate would have to be."""
    lang = scope.lang
    yield from _arithmetic(plan, scope)
    if plan.under_way:
        value, at_once = worth(plan.under_way, plan, scope), worth(plan.under_way_at_once, plan, scope)
        yield say("plan_credit_line", lang, value=value, at_once=at_once)
    if plan.anyway > 0:
        yield say("plan_anyway_line", lang, value=worth(plan.anyway, plan, scope))
    now = plan.assumed().get("win_rate")
    needs = plan.verdict in (Verdict.NEEDS, Verdict.UNSURE, Verdict.SHORT)
    if needs and plan.needed_win_rate is not None and now is not None and now.value is not None:
        rate = display.percent(plan.needed_win_rate, None, lang)
        yield say("plan_rate_line", lang, rate=rate, now=display.percent(now.value, None, lang))
    if plan.needed_reps is not None and plan.people:
        yield say("plan_reps_line", lang, reps=plan.needed_reps, now=len(plan.people))
    cycle = plan.assumed().get("cycle")
    if plan.stages and cycle is not None and cycle.value is None:
        yield say("plan_cycle_unknown", lang)


def _arithmetic(plan: ReversePlan, scope: Scope) -> Iterator[str]:
    """Orders needed ÷ cases that today's pace creates, where that is all that can be said."""
    rate, orders = plan.needed_win_rate, plan.needed_orders
    if plan.verdict is Verdict.UNKNOWN and rate is not None and orders is not None:
        yield say(
            "plan_arithmetic",
            scope.lang,
            orders=display.number(orders),
            cases=display.number(plan.pace_efforts),
            rate=display.percent(rate, None, scope.lang),
        )


def _outlook(one: Outlook, plan: ReversePlan, scope: Scope) -> dict[str, str]:
    return {
        "value": worth(one.value, plan, scope),
        "range": range_text(one, plan, scope),
        "chance": chance_text(one.chance),
    }


def binding_text(one: BindingLine, plan: ReversePlan, scope: Scope) -> str:
    """One more list record is worth .009 orders."""
    lang = scope.lang
    said = worth(one.worth, plan, scope)
    price = plan.assumed().get("price")
    if plan.goal.unit == "jpy" and price is not None and price.value:
        orders = one.worth / price.value
        counted = display.number(orders, 3 if orders < 0.1 else 1 if orders < 10 else 0)
        said = (
            f"{said}({say('plan_worth_orders', lang, n=counted)})"
            if lang == "ja"
            else (f"{said} ({say('plan_worth_orders', lang, n=counted)})")
        )
    return say(f"plan_binding_{one.kind}", lang, worth=said)


def value_text(one: Assumption, scope: Scope) -> str:
    """A figure the plan stands on, as people read it."""
    return measured(one.value, one.unit, scope, one.n)


def measured(value: float | None, unit: str, scope: Scope, n: float | None = None) -> str:
    if unit == "jpy":
        digits = 2 if value is not None and scope.unit in ("million", "oku") else 0
        return display.money(value, scope.unit, scope.lang, digits)
    if unit == "value" and value is not None:
        return display.number(value, 0 if value >= 100 else 1)
    return figure(value, unit, n, scope)
