"""Checks of one KPI at a time: can it be counted, moved and trusted, and does somebody look after it?"""

from __future__ import annotations

from collections.abc import Iterator

from hakari.maths.target_proposals import Band, band
from hakari.metrics.naming import fold
from hakari.planning.lint.design import Design, DesignedKpi, Sort
from hakari.planning.lint.rule import Flaw, Place, Severity, Unjudged, flaw
from hakari.planning.target_words import chance_percent

_MOST_PARTS = 4


def not_measurable(design: Design) -> Iterator[Flaw]:
    """Records lack what it counts, or nobody wrote down how it is counted."""
    for one in design.everything():
        if one.lacks:
            needs = "、".join(one.lacks) if design.lang == "ja" else "; ".join(one.lacks)
            yield flaw("lacking", Severity.ERROR, one, _card(one), needs=needs)
        elif not one.measure and not one.formula.text and one.sort in (Sort.RATE, Sort.AVERAGE):
            yield flaw("no_formula", Severity.WARNING, one)


def self_dividing(design: Design) -> Iterator[Flaw]:
    """A formula that needs its own result, or has the same thing above and below the line."""
    for one in design.everything():
        said = one.formula
        own = {fold(said.result), one.key} - {""}
        if own & {fold(part) for part in said.parts} and len(said.parts) > 1:
            yield flaw("divides_itself", Severity.ERROR, one, formula=said.text)
        elif said.top and fold(said.top) == fold(said.bottom):
            yield flaw("same_twice", Severity.ERROR, one, formula=said.text)


def no_target(design: Design) -> Iterator[Flaw]:
    for one in design.everything():
        if one.target is None:
            place = Place("targets", one.measure)
            yield flaw("no_target", Severity.WARNING if one in design.goals else Severity.ADVICE, one, place)


def no_owner(design: Design) -> Iterator[Flaw]:
    for one in design.kpis:
        if not one.owner:
            yield flaw("no_owner", Severity.WARNING, one)


def long_formula(design: Design) -> Iterator[Flaw]:
    """What cannot be said in one breath is followed by nobody."""
    for one in design.kpis:
        if len(one.formula.parts) > _MOST_PARTS:
            yield flaw(
                "long_formula", Severity.ADVICE, one, formula=one.formula.text, n=len(one.formula.parts)
            )


def activity_goal(design: Design) -> Iterator[Flaw]:
    """Counts of one's own activity tell that somebody works, not that it leads anywhere."""
    for one in design.everything():
        if "calls" in one.tags:
            is_goal = one in design.goals
            key = "activity_is_goal" if is_goal else "activity_is_kpi"
            yield flaw(key, Severity.ERROR if is_goal else Severity.WARNING, one, _card(one))


def unsigned(design: Design) -> Iterator[Flaw]:
    """A word with several readings needs the word of every department that reads it."""
    for one in design.everything():
        said = one.contested
        if said is None or one.agreed:
            continue
        place = Place("choice", said.conflict)
        if said.missing:
            missing = "、".join(said.missing) if design.lang == "ja" else ", ".join(said.missing)
            yield flaw("half_signed", Severity.WARNING, one, place, word=said.word, missing=missing)
        elif not said.chosen:
            yield flaw("unsigned", Severity.WARNING, one, place, word=said.word)
        elif said.chosen != one.measure and one.measure:
            yield flaw(
                "not_the_chosen", Severity.WARNING, one, place, word=said.word, chosen=said.chosen_name
            )


def unreachable(design: Design) -> Iterator[Flaw] | Unjudged:
    """A target that the past gives less than one chance in ten drives people away rather than on."""
    judged = [(one, one.chance) for one in design.everything() if one.chance is not None]
    if not judged:
        return Unjudged("lint_no_past")
    lang = design.lang
    return iter(
        flaw(
            "unreachable" if band(chance) is Band.UNREACHABLE else "hard",
            Severity.WARNING if band(chance) is Band.UNREACHABLE else Severity.ADVICE,
            one,
            Place("targets", one.measure),
            chance=chance_percent(chance, lang),
        )
        for one, chance in judged
        if band(chance) in (Band.UNREACHABLE, Band.HARD)
    )


def review_due(design: Design) -> Iterator[Flaw]:
    for one in design.kpis:
        if one.review_on is None:
            yield flaw("no_review", Severity.ADVICE, one)
        elif one.review_on < design.today:
            days = (design.today - one.review_on).days
            yield flaw("review_passed", Severity.WARNING, one, day=one.review_on.isoformat(), n=days)


def _card(one: DesignedKpi) -> Place | None:
    return Place("definition", one.measure) if one.measure else None
