"""How long people wait for a first answer, those who still wait included, by the office clock or the wall's.

Someone unanswered has waited at least until the last answer anybody got: what came after it is not known.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import sqlglot
import sqlglot.expressions as exp

from hakari.errors import DefinitionError
from hakari.maths.response import Responses, responses
from hakari.metrics.about import About
from hakari.metrics.components import date_path
from hakari.metrics.compose import Figure, Key, without
from hakari.metrics.definitions import Aggregate, Measure
from hakari.metrics.fact import in_period
from hakari.metrics.labels import Labels
from hakari.metrics.office_minutes import Micros, office_position
from hakari.metrics.query import basis_of
from hakari.metrics.result import MetricResult
from hakari.metrics.rows import rows_of
from hakari.metrics.runner import Run
from hakari.storage.conditions import Joins, table_source, where_sql
from hakari.units.calendar import FiscalCalendar

_MINUTE = 60_000_000


class WaitingRun:
    """One measure of waiting in one query."""

    def __init__(self, run: Run, measure: Measure, calendar: FiscalCalendar) -> None:
        self.run, self.measure, self.calendar = run, measure, calendar
        if measure.of is None:
            raise DefinitionError(f"{measure.id} says nobody who waits", "of = { population, from, to }")
        self.of: Aggregate = measure.of

    def results(self, about: About, schema: str) -> list[MetricResult]:
        figures, run = self.figures(), self.run
        # Only now is it known what the slices' keys are the keys of.
        labels = Labels(run.cut, run.refs, run.store, schema, self.calendar, run.query.period)
        nobody = Figure(None, None, None, 0, without("no data"))
        return [about.result(figures.get(key, nobody), *labels.of(key)) for key in labels.grid(figures)]

    def figures(self) -> dict[Key, Figure]:
        waits: dict[Key, list[tuple[int, int | None]]] = {}
        for row in self.run.rows(self._select()):
            waits.setdefault(tuple(row[:-2]), []).append((row[-2], row[-1]))
        known = self._known_until() if waits else 0
        return {key: self._figure(*self._waited(rows, known)) for key, rows in waits.items()}

    def _select(self) -> exp.Select:
        """SELECT s0…, bucket, since, until: one row for each that waits or waited."""
        population, fact = self.of.population, self.run.fact(self.of.population.table)
        day = fact.joins.day(date_path(self.of, basis_of(self.run.query, self.measure)))
        since, until = fact.joins.column(self.of.path), fact.joins.column(self.of.until)
        named = {"since": _micros(since), "until": _micros(until)}
        moments = [exp.alias_(value, name, quoted=True) for name, value in named.items()]
        rows = [in_period(day, self.run.query.period), where_sql(population.where, fact.joins)]
        rows += [exp.Not(this=exp.Is(this=since.copy(), expression=exp.null())), *fact.conditions()]
        select = rows_of(fact, [*fact.slices(), *fact.bucket(day), *moments], rows)
        self.run.note(f"since when each of {population.table} waited, and until when", select)
        return select

    def _known_until(self) -> int:
        """The last answer anybody got by the evening of today, else the last request: UTC microseconds."""
        joins = Joins(self.of.population.table, self.run.schema)
        last = [exp.Max(this=_micros(joins.column(path))) for path in (self.of.until, self.of.path)]
        source = table_source(self.of.population.table, self.run.schema, joins.alias)
        found = self.run.rows(joins.add_to(sqlglot.select(*last).from_(source)))[0]
        evening = datetime.combine(
            self.run.query.today + timedelta(days=1), time(), ZoneInfo(self.calendar.zone)
        )
        latest = max(int(moment) for moment in found if moment is not None)
        return min(latest, int(evening.astimezone(UTC).timestamp() * 1e6))

    def _waited(self, rows: list[tuple[int, int | None]], known: int) -> tuple[Micros, Micros]:
        """Minutes waited and whether they were answered; whoever came after `known` waited no time known."""
        since = np.array([row[0] for row in rows], dtype=np.int64)
        until = np.array([known + 1 if row[1] is None else row[1] for row in rows], dtype=np.int64)
        answered = until <= known
        until = np.where(answered, until, np.maximum(known, since))
        return self._minutes(since, until), answered.astype(np.int64)

    def _minutes(self, since: Micros, until: Micros) -> Micros:
        if self.measure.clock == "wall":
            return (until - since) // _MINUTE
        both = office_position(np.concatenate([since, until]), self.calendar)
        waited: Micros = np.floor(both[since.size :] - both[: since.size]).astype(np.int64)
        return waited

    def _figure(self, minutes: Micros, answered: Micros) -> Figure:
        found, query = responses(minutes, answered), self.run.query
        still = float((answered == 0).mean())
        if self.measure.within is not None:
            return _share(found, self.measure.within, len(minutes), still, query.level)
        one = found.quantile(self.measure.quantile, query.level)
        interval = one.interval if one.value is not None else without(f"more than {one.beyond or 0} minutes")
        return Figure(one.value, None, None, len(minutes), interval, still)


def _share(found: Responses, within: int, n: int, still: float, level: float) -> Figure:
    one = found.share_within(within, level)
    interval = (
        one.interval if one.value is not None else without(one.reason.value if one.reason else "no data")
    )
    return Figure(one.value, None, None, n, interval, still)


def _micros(moment: exp.Expr) -> exp.Expr:
    return exp.func("epoch_us", moment)
