"""What is due by today of the target that a scope aims at: by working days and the company's season."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hakari.maths.seasonality import NO_SEASON, Season
from hakari.metrics.definitions import Measure
from hakari.metrics.targets import Found, TargetBook, Whose
from hakari.planning.desk import Desk, additive
from hakari.planning.scorecard import Scope
from hakari.planning.seasons import season_of
from hakari.planning.targets import needs_season, plan_to_date
from hakari.units.labels import bucket_label
from hakari.units.period import Grain, Period
from hakari.words import say


def aimed(scope: Scope, owner: str | None = None) -> Whose | None:
    """Whose target a scope asks for; None where it narrows by more than a target can be for."""
    if owner is not None:
        return None if scope.filters else Whose(owner=owner)
    whose = Whose(scope.team)
    if not scope.filters:
        return whose
    (name, values), *more = scope.filters.items()
    if more or len(values) != 1:
        return None
    if name == "source":
        return replace(whose, source=values[0])
    if name == "target_list":
        return replace(whose, target_list=values[0])
    return replace(whose, segment=f"{name}={values[0]}")


def target_of(book: TargetBook, scope: Scope, measure: Measure, owner: str | None = None) -> Found | None:
    """The target of the scope's period: a channel's own where the scope is a channel."""
    whose = aimed(scope, owner)
    if whose is None:
        return None
    return book.of(measure.id, whose, scope.period, adds_up=additive(measure))


def season_for(desk: Desk, book: TargetBook, scope: Scope, measure: Measure, found: Found) -> Season:
    """Only what is longer than a month has a shape; each measure is asked about once."""
    if not needs_season(found):
        return NO_SEASON
    if measure.id not in book.seasons:
        book.seasons[measure.id] = season_of(desk, scope, measure)
    return book.seasons[measure.id]


def due(
    desk: Desk, book: TargetBook, scope: Scope, measure: Measure, found: Found, day: date | None = None
) -> float:
    """The part of what adds up that should have come by `day`, or by today."""
    season = season_for(desk, book, scope, measure, found)
    return plan_to_date(found, desk.calendar, day or scope.today, season)


def partly_aimed(book: TargetBook, scope: Scope, measure: Measure) -> tuple[Period, ...]:
    """The parts of the period that have a target, where the whole of it has none."""
    whose = aimed(scope)
    if whose is None or target_of(book, scope, measure) is not None:
        return ()
    return book.inside(measure.id, whose, scope.period)


def partly_aimed_notice(desk: Desk, book: TargetBook, scope: Scope, measure: Measure) -> str:
    """Why a figure is not set against targets that are for some of its months only; "" where it is."""
    parts = partly_aimed(book, scope, measure) if scope.vs == "plan" else ()
    if not parts:
        return ""
    start, lang = desk.profile.fiscal_start_month, scope.lang
    months = [
        bucket_label(one.start, Grain.MONTH, start, lang) if one.days < 32 else one.iso for one in parts
    ]
    kpi = measure.ja if lang == "ja" else measure.en
    return say("notice_partly_aimed", lang, kpi=kpi, months=("・" if lang == "ja" else ", ").join(months))
