"""Follows the cases of a cohort: how old each is, how it ended, and what the young ones will come to.

A rate by the day of entry is too low while cases are open. Each open case has the chance that a reference
had at its age (see `pasts`); lost cases have ended and are never treated as open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
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
from hakari.storage.conditions import condition_sql, literal, where_sql
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
        sql = _Cases(fact, self.follow, self.query.today)
        columns = {"age": sql.age(), "cause": sql.cause(), "since": sql.seen()}
        select = _grouped(fact, [], columns, sql.rows(period))
        self.run.note(says, select)
        rows = np.array(self.run.rows(select), dtype=np.int64).reshape(-1, 4)
        age, cause, since = (np.repeat(rows[:, place], rows[:, 3]) for place in range(3))
        return Seen(age, cause, since)

    def cohorts(self, period: Period) -> dict[Key, Cohort]:
        """The cases that entered in the period by slice and bucket; of the ended ones only how."""
        fact = self.run.fact(self.follow.table)
        sql = _Cases(fact, self.follow, self.query.today)
        groups = [*fact.slices(), *fact.bucket(sql.entry)]
        select = _grouped(fact, groups, {"age": sql.young_age(), "cause": sql.state()}, sql.rows(period))
        self.run.note(f"how many {self.follow.table} cases are still open, by age", select)
        found: dict[Key, list[tuple[int, int, int]]] = {}
        for row in self.run.rows(select):
            found.setdefault(tuple(row[:-3]), []).append(row[-3:])
        return {key: _cohort(rows) for key, rows in found.items()}


def _cohort(rows: list[tuple[int, int, int]]) -> Cohort:
    table = np.array(rows, dtype=np.int64)
    return gather(table[:, 0], table[:, 1], 0, table[:, 2])


def _grouped(
    fact: Fact, groups: list[exp.Expr], columns: Mapping[str, exp.Expr], rows: list[exp.Expr]
) -> exp.Select:
    named = [exp.alias_(value, name, quoted=True) for name, value in columns.items()]
    counted = exp.alias_(exp.Count(this=exp.Star()), "n", quoted=True)
    return group_by(rows_of(fact, [*groups, *named, counted], rows), len(groups) + len(named))


class _Cases:
    """The course of one table's rows as SQL, seen on the evening of `today`; ages are whole days."""

    def __init__(self, fact: Fact, follow: Follow, today: date) -> None:
        self.fact, self.follow, self.today = fact, follow, today
        self.entry = fact.joins.day(follow.entry)
        self.start: exp.Expr = self.entry
        if follow.since:
            self.start = _coalesce(fact.joins.day(follow.since), self.entry.copy())
        # An exit without a day has happened, nobody knows when: it counts as in time.
        latest = _least(self._seen(), literal(follow.horizon))
        self.won_after = _coalesce(self._after_start(fact.joins.day(follow.exit)), latest)

    def rows(self, period: Period) -> list[exp.Expr]:
        began = exp.LTE(this=self.entry.copy(), expression=literal(self.today))
        days = [in_period(self.entry, period), began]
        return [*days, where_sql(self.follow.base, self.fact.joins), *self.fact.conditions()]

    def cause(self) -> exp.Expr:
        """1 the counted exit, 0 open, 2 another end."""
        return _case(
            [(self._is_out(), literal(COUNTED)), (self._is_open(), literal(OPEN))], literal(COMPETING)
        )

    def age(self) -> exp.Expr:
        """At the exit; of an open case, today. An end nobody dated may have come as late as today."""
        seen = self._seen()
        others = [self._after_start(self.fact.joins.day(path)) for path in self.follow.ended]
        ended = _least(_coalesce(*others, seen), seen.copy())
        return _not_below_zero(_case([(self._is_out(), self.won_after), (self._is_open(), seen)], ended))

    def seen(self) -> exp.Expr:
        """For how many days the case could have been seen by today, ended or not."""
        return _not_below_zero(self._seen())

    def young_age(self) -> exp.Expr:
        """The age of a case that can still exit in time; 0 of all others, whose age does not matter."""
        return _case([(self._is_young(), _not_below_zero(self._seen()))], literal(0))

    def state(self) -> exp.Expr:
        """As `cause`, but an exit after the horizon, and a case open beyond it, can no longer be in time."""
        in_time = exp.LTE(this=self.won_after.copy(), expression=literal(self.follow.horizon))
        won = exp.and_(self._is_out(), in_time)
        return _case([(won, literal(COUNTED)), (self._is_young(), literal(OPEN))], literal(COMPETING))

    def _is_young(self) -> exp.Expr:
        young = exp.LT(this=self._seen(), expression=literal(self.follow.horizon))
        out = exp.func("coalesce", exp.paren(self._is_out()), exp.false())
        return exp.and_(self._is_open(), young, exp.Not(this=out))

    def _is_out(self) -> exp.Expr:
        """An exit dated after today has not happened yet."""
        seen = _coalesce(self.fact.joins.day(self.follow.exit), literal(self.today))
        happened = exp.LTE(this=seen, expression=literal(self.today))
        return exp.and_(*(condition_sql(one, self.fact.joins) for one in self.follow.out), happened)

    def _is_open(self) -> exp.Expr:
        """Still open, or ended on a day that has not come yet."""
        still = exp.and_(*(condition_sql(one, self.fact.joins) for one in self.follow.still))
        ends = [self.fact.joins.day(path) for path in (self.follow.exit, *self.follow.ended)]
        later = [exp.GT(this=day, expression=literal(self.today)) for day in ends]
        return exp.paren(exp.or_(still, *later))

    def _seen(self) -> exp.Expr:
        return exp.paren(exp.Sub(this=literal(self.today), expression=self.start.copy()))

    def _after_start(self, day: exp.Expr) -> exp.Expr:
        return exp.paren(exp.Sub(this=day, expression=self.start.copy()))


def _case(branches: list[tuple[exp.Expr, exp.Expr]], otherwise: exp.Expr) -> exp.Expr:
    return exp.Case(ifs=[exp.If(this=test, true=then) for test, then in branches], default=otherwise)


def _coalesce(*values: exp.Expr) -> exp.Expr:
    return exp.Coalesce(this=values[0], expressions=list(values[1:]))


def _least(*values: exp.Expr) -> exp.Expr:
    return exp.Least(this=values[0], expressions=list(values[1:]))


def _not_below_zero(value: exp.Expr) -> exp.Expr:
    """What ended before it began ended at once."""
    return exp.Greatest(this=value, expressions=[literal(0)])


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
