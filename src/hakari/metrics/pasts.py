"""What a company's own past says about the course of each rate: how long exits take, and how open cases fare.

The reference of a scope is its own cases; where it has seen few exits, those of the whole company.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from hakari.maths.cohorts import COUNTED, Seen
from hakari.maths.estimates import Estimate
from hakari.maths.nowcast import Completion, mature_ratio, nowcast
from hakari.maths.shifts import Comparison, Reference, early_warning, reference_of
from hakari.metrics.definitions import Measure
from hakari.metrics.following import CohortRun, Follow, follow_of
from hakari.metrics.query import Cut, Query, basis_of
from hakari.metrics.runner import Run, Store
from hakari.units.period import Period

# A reference reaches half a year beyond the horizon, so that somebody has been followed all the way.
_BEYOND, _AT_LEAST = 185, 365
_HORIZONS = (30, 60, 90, 180, 365, 730)
_LATE_SHARE, _LATE_COUNT = 0.05, 5
_FEW_EXITS = 10
_KEPT = 500


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """What completes the young cohorts of one measure in one scope."""

    reference: Reference
    completion: Completion


class PastBook:
    """Remembers the answers for as long as the store stands at the same change."""

    def __init__(self) -> None:
        self._horizons: dict[object, int] = {}
        self._pasts: dict[object, Past] = {}

    def in_time(self, measure: Measure, store: Store, query: Query, schema: str, start_month: int) -> Measure:
        """The measure with a horizon long enough for this company, where a cohort is followed to one."""
        follow = follow_of(measure) if query.lag and basis_of(query, measure) == "created" else None
        if follow is None or measure.kind == "conversion":
            return measure
        run = Run(store, replace(query, filters={}), Cut((), None, ()), schema, start_month)
        key = (store.change, schema, measure.id, query.today, query.viewer)
        if key not in self._horizons:
            _make_room(self._horizons)
            self._horizons[key] = _horizon(CohortRun(run, follow))
        return replace(measure, horizon_days=self._horizons[key])

    def past(self, run: Run, follow: Follow, name: str) -> Past:
        """The reference of the query's scope."""
        query = run.query
        key = (run.store.change, run.schema, name, query.today, tuple(query.filters.items()), query.viewer)
        if key not in self._pasts:
            _make_room(self._pasts)
            reference = _reference(run, follow)
            self._pasts[key] = Past(reference, Completion(reference.curve, follow.horizon))
        return self._pasts[key]


@dataclass(frozen=True, slots=True)
class Course:
    """Three ways to say one cohort's rate, and whether it is ahead of its past.

    `mature` is a ratio anyone can recount, of cases that entered long enough ago; `whole` and `recent` are
    the curves of all of the past and of the last 90 days at the horizon; `pace` sets what the cohort has had
    so far against what the past had at the same ages.
    """

    horizon: int
    expected: float | None
    mature: Estimate
    whole: Estimate
    recent: Estimate
    pace: Comparison


def course_of(book: PastBook, run: Run, measure: Measure) -> Course | None:
    """The course of the query's cohort beside its past; None of what is not followed to a horizon."""
    query = run.query
    follow = follow_of(measure) if query.lag and basis_of(query, measure) == "created" else None
    if follow is None:
        return None
    past = book.past(run, follow, measure.id)
    cohorts = CohortRun(run, follow)
    own = cohorts.seen(query.period, f"how old the {follow.table} cases of the period are")
    before = Period(date.min, query.period.start)
    earlier = (
        cohorts.seen(before, f"the {follow.table} cases before the period")
        if not query.period.is_all
        else own
    )
    return Course(
        follow.horizon,
        nowcast(own.cohort(), past.completion, follow.horizon, levels=()).expected,
        mature_ratio(_last_mature(earlier, follow.horizon).cohort(), follow.horizon),
        past.reference.whole.at(follow.horizon),
        past.reference.recent.at(follow.horizon),
        early_warning(own, earlier.cohort(), follow.horizon),
    )


def _last_mature(seen: Seen, horizon: int) -> Seen:
    """The cases of the last year among those that have had the time."""
    return seen.where((seen.since >= horizon) & (seen.since < horizon + _AT_LEAST))


def _make_room(kept: dict[object, int] | dict[object, Past]) -> None:
    if len(kept) > _KEPT:
        kept.clear()


def _horizon(cohorts: CohortRun) -> int:
    """The definition's own, or the first of the usual ones by which nearly all exits known have come.

    A company that takes a year to win would else be told that it hardly wins anything.
    """
    seen = cohorts.seen(Period.all(), f"how long the exits of {cohorts.follow.table} took")
    ages = seen.age[seen.cause == COUNTED]
    own = cohorts.follow.horizon
    for days in (own, *(one for one in _HORIZONS if one > own)):
        late = int(np.count_nonzero(ages > days))
        if late < _LATE_COUNT or late <= _LATE_SHARE * ages.size:
            return days
    return _HORIZONS[-1]


def _reference(run: Run, follow: Follow) -> Reference:
    query = run.query
    length = timedelta(days=max(_AT_LEAST, follow.horizon + _BEYOND))
    period = Period(query.today - length, query.today + timedelta(days=1))
    says = f"how old the {follow.table} cases of the past are, and how each ended"
    seen = CohortRun(run, follow).seen(period, says)
    if query.filters and np.count_nonzero(seen.cause == COUNTED) < _FEW_EXITS:
        whole = Run(run.store, replace(query, filters={}), Cut((), None, ()), run.schema, run.start_month)
        seen = CohortRun(whole, follow).seen(period, f"{says}, of the whole company")
        run.steps += whole.steps
    return reference_of(seen, follow.horizon)
