"""Multiplies the planned volumes through the rates: do they come to the goal, and at what rate would they?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

from hakari.planning.lint.design import Design, DesignedKpi, Passage, Sort, Supply
from hakari.planning.lint.rule import Flaw, Place, Severity, Unjudged, flaw
from hakari.units.display import number, percent
from hakari.words import Language, say

# How many of them a year has; a day is a working day, twenty a month.
A_YEAR = {"day": 240, "week": 52, "month": 12, "quarter": 4, "half": 2, "year": 1}
# Targets are rounded when they are set; observed rates move.
_ROUNDED, _MOVING = 0.01, 0.05
_ORDER = ("target", "stated", "observed")


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a planned volume gets: the step it reaches, how many get there, and by which rates."""

    step: str
    value: float
    by: tuple[Passage, ...] = ()


def impossible(design: Design) -> Iterator[Flaw] | Unjudged:
    """The KPIs' targets, multiplied through targeted, stated or observed rates, against the goal."""
    over = list(_rates_over_one(design))
    goal = next((one for one in design.goals if one.target and one.end), None)
    if goal is None:
        return iter(over) if over else Unjudged("lint_no_goal_target")
    planned = supplies(design, goal)
    if not planned:
        return iter(over) if over else Unjudged("lint_no_volume_target")
    return iter([*over, *(one for supply in planned for one in _against(design, goal, supply))])


def _rates_over_one(design: Design) -> Iterator[Flaw]:
    for one in design.kpis:
        if one.sort is Sort.RATE and one.target is not None and one.target > 1 and one.start != one.end:
            place = Place("targets", one.measure)
            yield flaw("rate_over_one", Severity.ERROR, one, place, target=percent(one.target))


def supplies(design: Design, goal: DesignedKpi) -> list[Supply]:
    """Every planned volume in the goal's period; those of the KPIs first."""
    found = [
        Supply(one.end, value, one.name, one, said)
        for one in design.kpis
        if one.sort is Sort.VOLUME and one.target is not None and one.end and one.start == one.end
        for value, said in [in_period(one.target, one.per, goal.per)]
    ]
    kept = {one.kpi.measure for one in found if one.kpi.measure}
    return found + [one for one in design.supplies if one.kpi.measure not in kept]


def in_period(value: float, per: str, of: str) -> tuple[float, str]:
    """10 a week are 43.3 a month, as "10 × 52 ÷ 12 = 43.3"."""
    if not per or not of or per == of:
        return value, ""
    converted = value * A_YEAR[per] / A_YEAR[of]
    return converted, f"{_plain(value)} × {A_YEAR[per]} ÷ {A_YEAR[of]} = {_plain(converted)}"


def passages(design: Design) -> list[Passage]:
    """Of two rates between the same steps a target goes before a stated one, and that before the past's."""
    own = [
        Passage(one.start, one.end, one.target, one.name, "target")
        for one in design.kpis
        if one.sort in (Sort.RATE, Sort.AVERAGE)
        and one.target is not None
        and one.start
        and one.end
        and one.start != one.end
    ]
    best: dict[tuple[str, str], Passage] = {}
    for one in sorted((*own, *design.passages), key=lambda each: _ORDER.index(each.said)):
        best.setdefault((one.start, one.end), one)
    return list(best.values())


def reaches(start: str, value: float, known: Sequence[Passage]) -> dict[str, Reach]:
    """All steps that can be reached, each by the fewest rates."""
    found = {start: Reach(start, value)}
    edge = [start]
    while edge:
        here = found[edge.pop(0)]
        for one in known:
            if one.start == here.step and one.end not in found:
                found[one.end] = Reach(one.end, here.value * one.value, (*here.by, one))
                edge.append(one.end)
    return found


def _against(design: Design, goal: DesignedKpi, supply: Supply) -> Iterator[Flaw]:
    known = passages(design)
    wanted, price = goal.target or 0.0, next((one for one in known if one.end == "amount"), None)
    reached = reaches(supply.step, supply.value, known)
    there = reached.get(goal.end)
    if there is not None:
        yield from _short(design.lang, goal, supply, there)
        return
    if goal.end == "amount":
        if price is None:
            return
        wanted /= price.value
    last = list(reached.values())[-1]
    needed = wanted / last.value if last.value else None
    if needed is not None and needed > 1:
        yield _impossible(design.lang, goal, supply, last, wanted, needed)


def _short(lang: Language, goal: DesignedKpi, supply: Supply, there: Reach) -> Iterator[Flaw]:
    """Reaches the goal's step, with too few; by which rate it would be enough is part of the answer."""
    wanted = goal.target or 0.0
    observed = any(one.said == "observed" for one in there.by)
    if there.value >= wanted * (1 - (_MOVING if observed else _ROUNDED)):
        return
    rates = [one for one in there.by if one.end != "amount"]
    factor = wanted / there.value if there.value else None
    needed = rates[-1].value * factor if rates and factor is not None else None
    if needed is not None and needed > 1:
        before = Reach(
            rates[-1].start, supply.value * prod(one.value for one in rates[:-1]), tuple(rates[:-1])
        )
        price = prod(one.value for one in there.by if one.end == "amount")
        yield _impossible(lang, goal, supply, before, wanted / price, needed)
        return
    yield flaw(
        "short",
        Severity.WARNING if observed else Severity.ERROR,
        supply.kpi,
        Place("targets", supply.kpi.measure),
        goal=goal.name,
        value=_plain(there.value),
        wanted=_plain(wanted),
        share=percent(there.value / wanted),
        arithmetic=_chain(lang, supply, there),
        needed=say("lint_needed_rate", lang, name=rates[-1].name, rate=percent(needed)) if rates else "",
    )


def _impossible(
    lang: Language, goal: DesignedKpi, supply: Supply, last: Reach, wanted: float, needed: float
) -> Flaw:
    chain = _chain(lang, supply, last)
    said = f"{_plain(wanted)} ÷ {_plain(last.value)} = {percent(needed)}"
    joint = "、" if lang == "ja" else "; "
    return flaw(
        "impossible",
        Severity.ERROR,
        supply.kpi,
        Place("targets", supply.kpi.measure),
        goal=goal.name,
        needed=percent(needed),
        step=say(f"lint_step_{last.step}", lang),
        to=say(f"lint_step_{'order' if goal.end == 'amount' else goal.end}", lang),
        wanted=_plain(wanted),
        arithmetic=joint.join(part for part in (chain, said) if part),
        least=_plain(supply.value * needed),
        per=say(f"lint_per_{goal.per or 'period'}", lang),
    )


def _chain(lang: Language, supply: Supply, reach: Reach) -> str:
    """10 × 52 ÷ 12 = 43.3, then 43.3 × 40% × 25% = 4.33."""
    parts = [supply.arithmetic] if supply.arithmetic else []
    if reach.by:
        factors = " × ".join(_factor(one) for one in reach.by)
        parts.append(f"{_plain(supply.value)} × {factors} = {_plain(reach.value)}")
    return ("、" if lang == "ja" else "; ").join(parts)


def _factor(one: Passage) -> str:
    """32%, a price of 2,150,000, or 1.37 deals a meeting."""
    if one.end == "amount":
        return _plain(one.value)
    return percent(one.value, 1000) if one.value <= 1 else number(one.value, 2)


def _plain(value: float) -> str:
    return number(value, 0 if value >= 100 or float(value).is_integer() else 1)
