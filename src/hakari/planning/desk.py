"""One person's view of the figures at one moment: engine, calendar and viewer, ready to be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from hakari.access import Viewer
from hakari.config import CompanyProfile
from hakari.metrics.definitions import Catalogue, Measure, Population
from hakari.metrics.engine import Engine
from hakari.metrics.fact import paths_of
from hakari.metrics.query import Query
from hakari.metrics.result import MetricResult
from hakari.metrics.runner import Store
from hakari.planning.scorecard import Scope
from hakari.units.calendar import FiscalCalendar
from hakari.units.period import Period


@dataclass(frozen=True, slots=True)
class Desk:
    """`schema` is the projection as of the scope's moment."""

    store: Store
    engine: Engine
    calendar: FiscalCalendar
    profile: CompanyProfile
    viewer: Viewer
    schema: str = "main"

    @property
    def catalogue(self) -> Catalogue:
        return self.engine.catalogue

    def measure(self, name: str) -> Measure:
        return self.catalogue.measures[name]

    def ask(
        self,
        scope: Scope,
        measures: Iterable[str],
        period: Period,
        by: tuple[str, ...] = (),
        intervals: bool = False,
        level: float = 0.95,
    ) -> list[MetricResult]:
        """The measures in the scope's team and filters."""
        filters = dict(scope.filters)
        if scope.team is not None:
            filters["team"] = (scope.team,)
        query = Query(
            tuple(measures),
            period,
            scope.today,
            by,
            scope.basis,
            filters,
            scope.as_of,
            self.viewer,
            intervals,
            level=level,
            lag=scope.lag,
        )
        return self.engine.measure(query, self.schema)

    def one(self, scope: Scope, measure: str, period: Period) -> MetricResult | None:
        """A single figure; None when no row gave one."""
        found = self.ask(scope, [measure], period)
        return found[0] if found else None

    def knows(self, scope: Scope, measure: str) -> bool:
        """Whether every table the measure counts knows the dimensions the scope narrows by."""
        one = self.measure(measure)
        tables = {part.population.table for part in one.parts()}
        if one.listed is not None:
            tables = {one.listed.table}
        names = [*scope.filters, *(["team"] if scope.team is not None else [])]
        if one.against is not None:
            return {*names} <= {"owner", "team"}
        return all(paths_of(self.catalogue.dimensions[name], table) for name in names for table in tables)

    def comparable(self, measure: str, period: Period) -> bool:
        """Whether records reach back to the period's start; before the first one nothing is known."""
        populations = [part.population for part in self.measure(measure).parts()]
        firsts = [self._first_day(one) for one in populations]
        latest = period.start + timedelta(days=7)
        return bool(firsts) and all(first is not None and first <= latest for first in firsts)

    def _first_day(self, population: Population) -> date | None:
        """The first day the population's table has a row on, over everybody."""
        if not population.dates:
            return None
        path = next(iter(population.dates.values()))
        return self.engine.filling.first_of(self.store, self.schema, population.table, path)

    def so_far(self, scope: Scope) -> Period:
        """The part of the period that has passed, today included."""
        return scope.period.clip_to(day_after(scope.today))


def day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def intensive(measure: Measure) -> bool:
    """Whether a year's or a team's target also holds for its months and people: rates, averages."""
    return measure.kind in ("rate", "ratio", "conversion", "mean", "quantile", "waiting", "recency")


def additive(measure: Measure) -> bool:
    """Whether the figures of two halves of a period add up to the figure of the whole."""
    return measure.kind in ("count", "sum") and measure.window_months is None
