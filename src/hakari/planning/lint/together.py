"""Checks of the KPIs side by side: how many, what balances what, by which clock, over which phases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hakari.metrics.naming import fold
from hakari.planning.lint.design import Contested, Design, DesignedKpi, Sort
from hakari.planning.lint.rule import Flaw, Place, Severity, Unjudged, flaw
from hakari.words import say

MOST_KPIS = 5
_LATE = ("qualified", "proposal", "order")


def one_goal(design: Design) -> Iterator[Flaw]:
    if not design.goals:
        yield flaw("no_goal", Severity.ERROR)
    elif len(design.goals) > 1:
        yield flaw("several_goals", Severity.ERROR, names=_names(design, design.goals), n=len(design.goals))


def too_many(design: Design) -> Iterator[Flaw]:
    """A sixth KPI is taken in only for another: it asks which."""
    kept = design.kpis[:MOST_KPIS]
    for one in design.kpis[MOST_KPIS:]:
        yield flaw("too_many", Severity.ERROR, one, names=_names(design, kept), n=len(design.kpis))


def only_results(design: Design) -> Iterator[Flaw] | Unjudged:
    """Somebody has to be able to do something about one of them tomorrow morning."""
    known = [one for one in design.kpis if one.phase]
    if not known:
        return Unjudged("lint_no_phases")
    late = all(one.phase in ("win", "retain", "manage") for one in known) and len(known) == len(design.kpis)
    return iter([flaw("only_results", Severity.WARNING, names=_names(design, design.kpis))] if late else [])


def one_phase(design: Design) -> Iterator[Flaw] | Unjudged:
    phases = {one.phase for one in design.kpis if one.phase}
    if not phases:
        return Unjudged("lint_no_phases")
    alone = len(phases) == 1 and all(one.phase for one in design.kpis)
    return iter([flaw("one_phase", Severity.WARNING, names=_names(design, design.kpis))] if alone else [])


def no_productivity(design: Design) -> Iterator[Flaw]:
    if design.kpis and not design.tagged("productivity"):
        yield flaw("no_productivity", Severity.ADVICE)


def rate_without_volume(design: Design) -> Iterator[Flaw]:
    """A rate is anchored by a volume or an amount at either end, or by way of rates that join it."""
    anchored = {
        step
        for one in design.everything()
        if one.sort in (Sort.VOLUME, Sort.AMOUNT)
        for step in (one.start, one.end)
        if step
    }
    if "amount" in anchored:
        anchored.add("order")
    rates = [one for one in design.kpis if one.sort is Sort.RATE and one.start and one.end]
    for _ in rates:
        for one in rates:
            if {one.start, one.end} & anchored:
                anchored |= {one.start, one.end}
    for one in rates:
        if not {one.start, one.end} & anchored:
            yield flaw("rate_alone", Severity.ADVICE, one)


@dataclass(frozen=True, slots=True)
class Counterweight:
    """What a KPI drives people to neglect, and which KPIs would show it. `key` names the words."""

    of: tuple[str, ...]
    against: tuple[str, ...]
    key: str
    by_goal: bool = False  # whether the goal's own unit may balance it: an amount punishes discounts


COUNTERWEIGHTS = (
    Counterweight(
        ("appointments",), ("coverage", "win_rate", "pipeline", "qualified", "price"), "counter_appointments"
    ),
    Counterweight(
        ("calls",), ("meeting_rate", "appointments", "qualified", "win_rate", "coverage"), "counter_calls"
    ),
    Counterweight(
        ("list_size",), ("fit", "meeting_rate", "win_rate", "qualified", "coverage"), "counter_list"
    ),
    Counterweight(("leads",), ("fit", "qualified", "meeting_rate", "win_rate"), "counter_leads"),
    Counterweight(("win_rate", "orders"), ("price",), "counter_price", by_goal=True),
    Counterweight(("mails",), ("unsubscribes",), "counter_mails"),
)


def counter_metric(design: Design) -> Iterator[Flaw]:
    for one in COUNTERWEIGHTS:
        watched = [kpi for kpi in design.kpis if kpi.tags & set(one.of)]
        names = {kpi.key for kpi in watched}
        against = [kpi for kpi in design.tagged(*one.against) if kpi.key not in names]
        balanced = bool(against) or (one.by_goal and any(goal.sort is Sort.AMOUNT for goal in design.goals))
        if watched and not balanced:
            yield flaw(one.key, Severity.WARNING, watched[0])


def several_denominators(design: Design) -> Iterator[Flaw]:
    """One name in the set that divides by several things, or two readings of one contested word."""
    by_name: dict[str, list[DesignedKpi]] = {}
    for one in design.everything():
        if one.formula.bottom:
            by_name.setdefault(one.key, []).append(one)
    for many in by_name.values():
        bottoms = list({fold(one.formula.bottom): one.formula.bottom for one in many}.values())
        if len(bottoms) > 1:
            said = ("、" if design.lang == "ja" else ", ").join(bottoms)
            yield flaw("several_denominators", Severity.ERROR, many[0], bottoms=said, n=len(bottoms))
    readings: dict[str, list[tuple[DesignedKpi, Contested]]] = {}
    for one in design.everything():
        if one.contested is not None and one.measure:
            readings.setdefault(one.contested.conflict, []).append((one, one.contested))
    for pairs in readings.values():
        if len({one.measure for one, _ in pairs}) > 1:
            names = _names(design, tuple(one for one, _ in pairs))
            place = Place("choice", pairs[0][1].conflict)
            word = pairs[0][1].word
            yield flaw("two_readings", Severity.ERROR, pairs[0][0], place, names=names, word=word)


def mixed_clocks(design: Design) -> Iterator[Flaw]:
    """Rates that join have to follow the same cases; a late result over this month's entries follows none."""
    rates = [one for one in design.kpis if one.sort is Sort.RATE and one.start and one.end and one.basis]
    for one in rates:
        if one.basis == "event" and one.end in _LATE and one.start != one.end and _can(one, "created"):
            yield flaw("late_over_early", Severity.WARNING, one, _card(one))
    for at, one in enumerate(rates):
        for other in rates[at + 1 :]:
            joined = one.start in (other.start, other.end) or one.end == other.start
            if joined and one.basis != other.basis and (_can(one, other.basis) or _can(other, one.basis)):
                yield flaw("mixed_clocks", Severity.WARNING, one, _card(one), **_clocks(design, one, other))


def _can(one: DesignedKpi, basis: str) -> bool:
    return not one.bases or basis in one.bases


def _clocks(design: Design, one: DesignedKpi, other: DesignedKpi) -> dict[str, object]:
    words = {"event": "event_basis", "created": "created_cohort", "close": "close_basis"}
    return {
        "other": other.name,
        "clock": say(words[one.basis], design.lang),
        "other_clock": say(words[other.basis], design.lang),
    }


def _names(design: Design, kpis: tuple[DesignedKpi, ...]) -> str:
    return ("、" if design.lang == "ja" else ", ").join(one.name for one in kpis)


def _card(one: DesignedKpi) -> Place | None:
    return Place("definition", one.measure) if one.measure else None
