"""Follows the cases of a cohort: how old each is, how it ended, and what the young ones will come to.

A rate by the day of entry is too low while cases are open. Each open case has the chance that a reference
had at its age (see `pasts`); lost cases have ended and are never treated as open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import sqlglot
import sqlglot.expressions as exp

from hakari.canonical.predicate import Where
from hakari.maths.cohorts import COUNTED, OPEN, Cohort, Seen, gather
from hakari.maths.nowcast import Completion, Nowcast, nowcast
from hakari.maths.shifts import ReferenceKind
from hakari.metrics.compose import Key
from hakari.metrics.definitions import Measure
from hakari.metrics.fact import Fact, in_period
from hakari.metrics.query import Query
from hakari.metrics.result import Projected
from hakari.metrics.rows import group_by, rows_of
from hakari.metrics.runner import Run
from hakari.storage.conditions import column, ident, literal, where_sql
from hakari.units.period import Period

COMPETING = 2


@dataclass(frozen=True, slots=True)
class Follow:
    """A rate as the course of its cases: from `entry` to the exit it counts, or to another end.

    The clock starts at `since` where there is such a day: a deal is among the proposed ones from its proposal
    on, whenever it was created. `ended` are the days on which other ends are known.
    """

    table: str
    base: Where
    out: Where
    still: Where
    entry: tuple[str, ...]
    exit: tuple[str, ...]
    ended: tuple[tuple[str, ...], ...]
    since: tuple[str, ...]
    horizon: int


def follow_of(measure: Measure) -> Follow | None:
    """The course of a measure's cases, if it is a share of cases that have a horizon and an open state."""
    top, bottom = measure.numerator, measure.denominator
    if top is None or bottom is None or measure.horizon_days is None or "created" not in measure.bases:
        return None
    if bottom.population.open is None or (top.how, bottom.how) != ("count", "count"):
        return None
    population = bottom.population
    return Follow(
        population.table,
        population.where,
        tuple(one for one in top.population.where if one not in population.where),
        bottom.population.open,
        population.dates["created"],
        measure.exit,
        population.ended,
        population.since,
        measure.horizon_days,
    )


class CohortRun:
    """One measure's cohorts in one query."""

    def __init__(self, run: Run, follow: Follow) -> None:
        self.run, self.follow, self.query = run, follow, run.query

    def projected(self, by: Completion, kind: ReferenceKind) -> dict[Key, Projected]:
        """For every slice and bucket with cases: what its rate will come to."""
        levels = (self.query.level,) if self.query.intervals else ()
        return {
            key: _said(nowcast(cohort, by, self.follow.horizon, levels=levels), kind, self.query)
            for key, cohort in self.cohorts(self.query.period).items()
        }

    def seen(self, period: Period, says: str) -> Seen:
        """The course of every case that entered in the period, without slices."""
        fact = self.run.fact(self.follow.table, replace(self.run.cut, dimensions=(), grain=None))
        select = _counted(_cases(fact, self.follow, self.query.today, period, []), [], _COURSE)
        self.run.note(says, select)
        rows = np.array(self.run.rows(select), dtype=np.int64).reshape(-1, 4)
        age, cause, since = (np.repeat(rows[:, place], rows[:, 3]) for place in range(3))
        return Seen(age, cause, since)

    def cohorts(self, period: Period) -> dict[Key, Cohort]:
        """The cases that entered in the period by slice and bucket; of the ended ones only how."""
        fact = self.run.fact(self.follow.table)
        groups = [*fact.slices(), *fact.bucket(fact.joins.day(self.follow.entry))]
        cases = _cases(fact, self.follow, self.query.today, period, groups)
        select = _counted(cases, groups, _state(self.follow.horizon))
        self.run.note(f"how many {self.follow.table} cases are still open, by age", select)
        found: dict[Key, list[tuple[int, int, int]]] = {}
        for row in self.run.rows(select):
            found.setdefault(tuple(row[:-3]), []).append(row[-3:])
        return {key: _cohort(rows) for key, rows in found.items()}


def _cohort(rows: list[tuple[int, int, int]]) -> Cohort:
    table = np.array(rows, dtype=np.int64)
    return gather(table[:, 0], table[:, 1], 0, table[:, 2])


# On one row a case: `seen` days since its start, `took` and `gone` days to its exit and to another end, `out`
# whether it has the exit, `still` whether nothing has ended it. What is dated after today has not happened.
_OUT = "out AND coalesce(took <= seen, TRUE)"
_OPEN = "still OR coalesce(took > seen, FALSE) OR coalesce(gone > seen, FALSE)"
# An end nobody dated may have come as late as today; what ended before it began ended at once.
_GONE = "coalesce(gone, seen)"
_COURSE = (
    f"greatest(CASE WHEN {_OUT} THEN coalesce(took, seen) WHEN {_OPEN} THEN seen ELSE {_GONE} END, 0)",
    f"CASE WHEN {_OUT} THEN {COUNTED} WHEN {_OPEN} THEN {OPEN} ELSE {COMPETING} END",
    "greatest(seen, 0)",
)


def _state(horizon: int) -> tuple[str, str]:
    """Age and state of a case as far as they matter for the horizon.

    The age of a case that can still exit in time, 0 of all others. An exit later than the horizon, and a case
    open beyond it, can no longer be in time; an exit without a day counts as in time.
    """
    won = f"({_OUT}) AND coalesce(took <= {horizon}, TRUE)"
    young = f"NOT coalesce({_OUT}, FALSE) AND ({_OPEN}) AND seen < {horizon}"
    age = f"CASE WHEN {young} THEN greatest(seen, 0) ELSE 0 END"
    return age, f"CASE WHEN {won} THEN {COUNTED} WHEN {young} THEN {OPEN} ELSE {COMPETING} END"


def _cases(fact: Fact, follow: Follow, today: date, period: Period, groups: list[exp.Expr]) -> exp.Select:
    """One row a case that entered in the period and by today."""
    joins = fact.joins
    entry = joins.day(follow.entry)
    start: exp.Expr = entry
    if follow.since:
        start = exp.Coalesce(this=joins.day(follow.since), expressions=[entry.copy()])
    ends = [joins.day(path) for path in follow.ended]
    gone: exp.Expr = exp.null()
    if ends:
        gone = _days(exp.Coalesce(this=ends[0], expressions=ends[1:]), start)
    named = {
        "seen": _days(literal(today), start),
        "took": _days(joins.day(follow.exit), start),
        "gone": gone,
        "out": where_sql(follow.out, joins),
        "still": where_sql(follow.still, joins),
    }
    columns = [exp.Alias(this=value, alias=ident(name)) for name, value in named.items()]
    began = exp.LTE(this=entry.copy(), expression=literal(today))
    rows = [in_period(entry, period), began, where_sql(follow.base, joins), *fact.conditions()]
    return rows_of(fact, [*groups, *columns], rows)


def _days(until: exp.Expr, since: exp.Expr) -> exp.Expr:
    return exp.paren(exp.Sub(this=until, expression=since.copy()), copy=False)


def _counted(cases: exp.Select, groups: list[exp.Expr], columns: tuple[str, ...]) -> exp.Select:
    """How many cases there are of each combination."""
    # Trees are read, never changed, so that all statements may share these.
    named = [exp.Alias(this=_parsed(text), alias=ident(f"c{place}")) for place, text in enumerate(columns)]
    counted = exp.Alias(this=exp.Count(this=exp.Star()), alias=ident("n"))
    keys = [column(group.alias, "cases") for group in groups]
    select = sqlglot.select(*keys, *named, counted, copy=False).from_("cases", copy=False)
    return group_by(select, len(keys) + len(named)).with_("cases", as_=cases, copy=False)


@lru_cache(maxsize=64)
def _parsed(text: str) -> exp.Expr:
    """With quoted names, as everything else is written."""
    tree = sqlglot.parse_one(text, dialect="duckdb")
    for name in tree.find_all(exp.Identifier):
        name.set("quoted", True)
    return tree


def _said(found: Nowcast, kind: ReferenceKind, query: Query) -> Projected:
    band = found.bands[0] if found.bands else None
    known_on = None
    if found.days_until_known is not None:
        known_on = query.today + timedelta(days=found.days_until_known)
    return Projected(
        value=found.value,
        low=band.low if band else None,
        high=band.high if band else None,
        level=query.level,
        horizon_days=found.horizon,
        undecided=int(found.undecided),
        reference_n=int(found.reference_n),
        reference=kind.value,
        reason=found.reason.value if found.reason else "",
        known_on=known_on,
    )
