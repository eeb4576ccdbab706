"""Runs the measures that are held against targets: the pieces of the period, and whose figures they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Protocol

from hakari.errors import UnknownDimensionError
from hakari.metrics.about import About
from hakari.metrics.attainment import Actuals, Attainment, Figures
from hakari.metrics.capacity import Capacity
from hakari.metrics.definitions import Against, Catalogue, Measure
from hakari.metrics.forecasts import ForecastErrors, read_forecasts
from hakari.metrics.labels import distinct_names
from hakari.metrics.plan import Step
from hakari.metrics.query import Cut, Query
from hakari.metrics.result import MetricResult
from hakari.metrics.runner import Run, Store
from hakari.metrics.seats import people_of
from hakari.metrics.targets import TargetBook, read_targets
from hakari.units.calendar import FiscalCalendar
from hakari.units.period import Period


class Answers(Protocol):
    """What is needed of an engine: its store, its words, and answers to other questions."""

    store: Store
    catalogue: Catalogue
    calendar: FiscalCalendar

    def answer(self, query: Query, schema: str) -> tuple[list[MetricResult], list[Step]]: ...


class AimRun:
    """One such measure as one query asks it; what it compares is asked of the same engine."""

    def __init__(
        self, engine: Answers, measure: Measure, query: Query, schema: str, cut: Cut, steps: list[Step]
    ) -> None:
        self.engine, self.measure, self.query, self.schema = engine, measure, query, schema
        self.cut, self.steps = cut, steps
        against = measure.against or Against("")
        self.compared = engine.catalogue.measures[against.measure]
        if len(cut.dimensions) > 1:
            raise UnknownDimensionError("targets are a person's or a team's, never both", "break down by one")

    def results(self, about: About) -> list[MetricResult]:
        by = self.cut.dimensions[0].name if self.cut.dimensions else None
        grain, calendar = self.cut.grain, self.engine.calendar
        book, run = self._book(), self._run()
        found: list[MetricResult] = []
        for piece in self._pieces(book):
            bucket = {}
            if grain is not None:
                bucket = {grain.value: calendar.text(calendar.period_of(piece.start, grain))}
            for label, figure in self._figures(book, run, piece, by).items():
                own = {} if by is None else {by: label}
                found.append(about.result(figure, piece, own | bucket))
        self.steps += run.steps
        return found

    def _run(self) -> Run:
        plain = replace(self.cut, dimensions=(), grain=None, filters=())
        return Run(self.engine.store, self.query, plain, self.schema, self.engine.calendar.start_month)

    def _book(self) -> TargetBook:
        engine, viewer = self.engine, self.query.viewer
        if self.measure.kind == "forecast_error":
            return read_forecasts(engine.store, self.schema, self.compared.id, self.query)
        return read_targets(engine.store, self.schema, engine.catalogue, viewer)

    def _figures(self, book: TargetBook, run: Run, piece: Period, by: str | None) -> Figures:
        names = distinct_names(self.engine.store.names("team", self.schema))
        people = people_of(run, self.measure, names)
        teams = {one.name: one.team for one in people}
        aims = Attainment(self.measure, self.query, book, teams, self._actuals)
        if self.measure.kind == "forecast_error":
            return ForecastErrors(aims).figures(piece, by)
        if self.measure.kind == "capacity":
            return Capacity(aims, people).figures(piece, by)
        return aims.figures(piece, by)

    @property
    def _actuals(self) -> Actuals:
        return Actuals(self._ask, self.query, self.compared)

    def _ask(self, query: Query) -> list[MetricResult]:
        results, steps = self.engine.answer(query, self.schema)
        self.steps += steps
        return results

    def _pieces(self, book: TargetBook) -> list[Period]:
        """The buckets that have begun; all time begins with the first target."""
        period, grain, today = self.query.period, self.cut.grain, self.query.today
        if grain is None:
            return [period]
        if period.is_all:
            first = book.first_day(self.compared.id)
            if first is None:
                return []
            period = Period(first, max(first, today + timedelta(days=1)))
        return [one for one in self.engine.calendar.split(period, grain) if one.start <= today]
