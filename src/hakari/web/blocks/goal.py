"""The goal band: where it stands, how it got there, and what open deals may still bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hakari.planning.scorecard import KgiBand, ReverseLine
from hakari.units.display import HIDDEN, number
from hakari.web.address import Address
from hakari.web.doors import door
from hakari.web.figures import Figures, size_of
from hakari.web.marks import Part, Svg, composition_bar, pacing_chart
from hakari.words import say


@dataclass(frozen=True, slots=True)
class Fact:
    """One line beside the goal; `aside` is a second figure in smaller type."""

    label: str
    value: str
    aside: str = ""
    is_lead: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """One forecast category with its count and amount."""

    key: str
    name: str
    count: str
    amount: str


@dataclass(frozen=True, slots=True)
class Goal:
    name: str
    url: str
    value: str
    size: str
    unit: str
    facts: tuple[Fact, ...]
    days: str
    pacing: Svg | None
    composition: Svg | None
    composition_finding: str
    shares: tuple[Share, ...]
    has_plan: bool


@dataclass(frozen=True, slots=True)
class ReverseStep:
    """One link of the chain from shortfall to deadline; `joint` stands before it."""

    joint: str
    label: str
    value: str


_CATEGORY = {"won": "won", "A": "yomi_a", "B": "yomi_b", "C": "yomi_c", "none": "yomi_none"}


def goal(kgi: KgiBand, address: Address, figures: Figures) -> Goal:
    finding = _composition_finding(kgi, figures)
    value = figures.value(kgi.value, kgi.unit)
    return Goal(
        name=kgi.name,
        url=door(address, kgi.measure),
        value=value,
        size=size_of(value),
        unit=figures.money_name if kgi.unit == "jpy" else "",
        facts=tuple(_facts(kgi, figures)),
        days=say(
            "business_days_elapsed", figures.lang, elapsed=kgi.business_days[0], total=kgi.business_days[1]
        ),
        pacing=_pacing(kgi, figures) if any(point.actual is not None for point in kgi.pace) else None,
        composition=_composition(kgi, figures, finding) if kgi.composition else None,
        composition_finding=finding,
        shares=tuple(_shares(kgi, figures)),
        has_plan=kgi.plan_total is not None,
    )


def reverse_steps(reverse: ReverseLine, today: date, figures: Figures) -> tuple[ReverseStep, ...]:
    lang = figures.lang
    steps = [
        ReverseStep("", say("shortfall", lang), figures.amount(reverse.shortfall)),
        ReverseStep("=", say("won", lang), say("deals_count", lang, n=number(reverse.orders))),
    ]
    if reverse.qualified is not None:
        qualified = say("records_count", lang, n=number(reverse.qualified))
        steps.append(ReverseStep("=", say("qualified_meeting", lang), qualified))
    if reverse.lead_time_days is not None:
        days = say("days_count", lang, n=number(reverse.lead_time_days))
        steps.append(ReverseStep("·", say("lead_time_median", lang), days))
    if reverse.create_by is not None:
        day = figures.day(reverse.create_by)
        words = say("day_passed", lang, day=day) if reverse.create_by < today else day
        steps.append(ReverseStep("·", say("creation_deadline", lang), words))
    return tuple(steps)


def _facts(kgi: KgiBand, figures: Figures) -> list[Fact]:
    """A fact that is not known is left out: a column of dashes says nothing."""
    lang, unit = figures.lang, kgi.unit
    facts: list[Fact] = []
    if kgi.plan_to_date is not None:
        facts.append(Fact(say("plan_to_date", lang), figures.value(kgi.plan_to_date, unit)))
    if kgi.difference is not None:
        share = _relative(kgi.difference, kgi.plan_to_date)
        facts.append(
            Fact(say("variance", lang), figures.difference(kgi.difference, unit), share, is_lead=True)
        )
    if kgi.year_ago is not None:
        change = _relative((kgi.value or 0) - kgi.year_ago, kgi.year_ago) if kgi.value is not None else ""
        facts.append(Fact(say("year_ago", lang), figures.value(kgi.year_ago, unit), change))
    if kgi.remaining is not None:
        facts.append(Fact(say("remaining", lang), figures.value(kgi.remaining, unit)))
    if kgi.pipeline_open is not None:
        multiple = kgi.pipeline_multiple
        times = "" if multiple is None else say("times_remaining", lang, times=number(multiple, 1))
        facts.append(Fact(say("pipeline", lang), figures.value(kgi.pipeline_open, unit), times))
    return facts


def _relative(difference: float, base: float | None) -> str:
    if not base:
        return ""
    share = difference / base * 100
    return f"{'+' if share > 0 else ''}{number(share, 1)}%"


def _pacing(kgi: KgiBand, figures: Figures) -> Svg:
    lang = figures.lang
    day = max(point.day for point in kgi.pace if point.actual is not None)
    finding = say(
        "finding_pacing" if kgi.plan_to_date is not None else "finding_pacing_alone",
        lang,
        name=kgi.name,
        day=figures.day(day),
        value=figures.value(kgi.value, kgi.unit),
        plan=figures.value(kgi.plan_to_date, kgi.unit),
        difference=figures.difference(kgi.difference, kgi.unit),
    )
    scale = figures.money_scale if kgi.unit == "jpy" else 1.0
    words = (say("plan", lang), say("actual", lang), say("today_is", lang, day=figures.day(day)))
    return pacing_chart(
        kgi.pace,
        lambda amount: _short(amount, kgi.unit, figures),
        lambda d: _month(d, figures),
        words,
        finding,
        scale,
    )


def _short(amount: float, unit: str, figures: Figures) -> str:
    """For an axis: 60, not 60.0."""
    if figures.masked and unit == "jpy":
        return HIDDEN
    scaled = amount / figures.money_scale if unit == "jpy" else amount
    return number(scaled, 0 if abs(scaled - round(scaled)) < 0.05 else 1)


def _month(day: date, figures: Figures) -> str:
    return say(f"month_{day.month}", figures.lang)


def _composition(kgi: KgiBand, figures: Figures, finding: str) -> Svg:
    largest = max(part.amount for part in kgi.composition)
    parts = [
        Part(part.key, part.amount, figures.value(part.amount, kgi.unit, like=largest))
        for part in kgi.composition
    ]
    plan = (
        ""
        if kgi.plan_total is None
        else f"{say('plan', figures.lang)} {_short(kgi.plan_total, kgi.unit, figures)}"
    )
    return composition_bar(parts, kgi.plan_total, plan, finding)


def _composition_finding(kgi: KgiBand, figures: Figures) -> str:
    """Whether the plan is within reach even if every open deal due in the period were won."""
    if not kgi.composition:
        return ""
    total = sum(part.amount for part in kgi.composition)
    whole = figures.value(total, kgi.unit)
    if kgi.plan_total is None:
        return say("composition_total", figures.lang, total=whole)
    short = kgi.plan_total - total
    key = "composition_short" if short > 0 else "composition_enough"
    return say(key, figures.lang, total=whole, difference=figures.value(abs(short), kgi.unit))


def _shares(kgi: KgiBand, figures: Figures) -> list[Share]:
    largest = max((part.amount for part in kgi.composition), default=0.0)
    return [
        Share(
            part.key.lower(),
            say(_CATEGORY.get(part.key, "yomi_none"), figures.lang),
            number(part.count),
            figures.value(part.amount, kgi.unit, like=largest),
        )
        for part in kgi.composition
    ]
