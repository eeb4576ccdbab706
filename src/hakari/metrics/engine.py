"""Answers queries: any measures × slices × periods, each with what it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from hakari.metrics.about import About
from hakari.metrics.aim_run import AimRun
from hakari.metrics.cells import undated_select
from hakari.metrics.columns import Series, series_from
from hakari.metrics.components import Component, Parts, date_path, parts_of
from hakari.metrics.compose import Composer, Figure, Key, without
from hakari.metrics.definitions import AIMS, Catalogue, Measure
from hakari.metrics.derived import names_in, value_of
from hakari.metrics.filling import FillBook
from hakari.metrics.following import CohortRun, follow_of
from hakari.metrics.labels import Labels
from hakari.metrics.moment_run import MomentRun
from hakari.metrics.pasts import Course, PastBook, course_of
from hakari.metrics.plan import Step
from hakari.metrics.query import Cut, Query, basis_of, cut_of
from hakari.metrics.result import MetricResult, Projected
from hakari.metrics.rolling import RollingSums, adds_up
from hakari.metrics.runner import ColumnRun, Run, Store, with_guesses
from hakari.metrics.sheet import Sheet
from hakari.metrics.waiting import WaitingRun
from hakari.units.calendar import FiscalCalendar
from hakari.units.fiscal import add_months
from hakari.units.period import Period

_MOMENTS = ("stock", "coverage", "recency", "spread")


class Engine:
    """Measures over one projection. An answer depends on its query alone: no clock, no viewer is kept."""

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        calendar: FiscalCalendar,
        filling: FillBook | None = None,
        pasts: PastBook | None = None,
    ) -> None:
        self.store, self.catalogue, self.calendar = store, catalogue, calendar
        self.filling, self.pasts = filling or FillBook(), pasts or PastBook()

    def measure(self, query: Query, schema: str = "main") -> list[MetricResult]:
        """One result per measure, slice and bucket, in the order of the measures and the slices' names."""
        return self.answer(query, schema)[0]

    def course(self, query: Query, schema: str = "main") -> Course | None:
        """How the query's single measure stands beside its past, if its cases are followed to a horizon."""
        one = self._in_time(self.catalogue.measures[query.measures[0]], query, schema)
        run = Run(self.store, query, cut_of(query, self.catalogue), schema, self.calendar.start_month)
        return course_of(self.pasts, run, one)

    def explain(self, query: Query, schema: str = "main") -> list[Step]:
        """The statements the answer took, in order, with their cost: as estimated and as measured."""
        return with_guesses(self.answer(query, schema)[1], self.store, schema)

    def columns(self, query: Query, schema: str = "main") -> dict[str, Series]:
        """Each measure's plain figures as columns: without intervals, projections and undated rows."""
        query = replace(query, intervals=False, undated=False, lag=False)
        cut = cut_of(query, self.catalogue)
        measures = [self.catalogue.measures[name] for name in query.measures]
        plain = [one for one in measures if self._is_plain(one) and not self._unknown_for(one, query, schema)]
        parts = {one.id: self._parts(one, query, schema) for one in plain}
        run = ColumnRun(self.store, query, cut, schema, self.calendar.start_month)
        run.components(self._wanted(plain, parts, query), query.period)
        labels = Labels(cut, run.refs, self.store, schema, self.calendar, query.period)
        sheet = Sheet(run, labels, list(parts.values()))
        found = {one.id: sheet.series(one, self._about(one, query), parts[one.id]) for one in plain}
        for one in measures:
            if one.id not in found:
                results = self.measure(replace(query, measures=(one.id,)), schema)
                found[one.id] = series_from(results, self._about(one, query))
        return {name: found[name] for name in query.measures}

    def answer(self, query: Query, schema: str) -> tuple[list[MetricResult], list[Step]]:
        """The results, and the statements they took."""
        cut = cut_of(query, self.catalogue)
        measures = [self._in_time(self.catalogue.measures[name], query, schema) for name in query.measures]
        run = Run(self.store, query, cut, schema, self.calendar.start_month)
        plain = [one for one in measures if self._is_plain(one)]
        parts = {one.id: self._parts(one, query, schema) for one in plain}
        run.components(self._wanted(plain, parts, query), query.period)
        labels = Labels(cut, run.refs, self.store, schema, self.calendar, query.period)
        steps = run.steps
        found: list[MetricResult] = []
        for one in measures:
            if reason := self._unknown_for(one, query, schema):
                found += [] if query.by else [self._unknown(one, reason, query)]
            elif one.id in parts:
                found += self._plain(one, parts[one.id], run, query, labels)
            elif one.window_months is not None:
                found += self._rolling(one, query, schema, cut, steps)
            elif one.kind == "derived":
                found += self._derived(one, query, schema, steps)
            elif one.kind == "waiting":
                found += WaitingRun(run, one, self.calendar).results(self._about(one, query), schema)
            elif one.against is not None:
                found += AimRun(self, one, query, schema, cut, steps).results(self._about(one, query))
            else:
                found += self._at_moments(one, query, schema, cut, steps)
        return found, steps

    def _in_time(self, one: Measure, query: Query, schema: str) -> Measure:
        return self.pasts.in_time(one, self.store, query, schema, self.calendar.start_month)

    def _parts(self, one: Measure, query: Query, schema: str) -> Parts:
        parts = parts_of(one, basis_of(query, one), query.lag)
        if one.kind == "quantile" and not query.intervals:
            parts = parts.summed_up(one.quantile)
        never = self.filling.never_dated(self.store, schema, query, parts)
        return parts.without_days() if never else parts

    @staticmethod
    def _is_plain(one: Measure) -> bool:
        return one.window_months is None and one.kind not in (*_MOMENTS, *AIMS, "derived", "waiting")

    def _wanted(self, measures: list[Measure], parts: dict[str, Parts], query: Query) -> Iterable[Component]:
        """Means give up their single values where no interval is asked for."""
        for one in measures:
            for part in parts[one.id].all():
                if query.intervals or part.how not in ("values", "squares"):
                    yield part

    def _plain(
        self, one: Measure, parts: Parts, run: Run, query: Query, labels: Labels
    ) -> list[MetricResult]:
        figure = Composer(one, parts, run.numbers, run.values, query).figures()
        reached = {
            key for part in parts.all() for key in (run.numbers.get(part) or run.values.get(part) or ())
        }
        dated = all(part.dated for part in parts.all())
        undated = self._undated(one, run, query) if query.undated and dated else None
        about, width = self._about(one, query), len(labels.cut.dimensions)
        projected = self._projected(one, run, query) if dated else {}
        return [
            about.result(
                replace(figure(key), projected=projected[key]) if key in projected else figure(key),
                *labels.of(key),
                None if undated is None else int(undated.get(key[:width], 0)),
            )
            for key in labels.grid(reached)
        ]

    def _projected(self, one: Measure, run: Run, query: Query) -> Mapping[Key, Projected]:
        """What each slice's rate will come to, of a cohort some of whose cases are young."""
        follow = follow_of(one) if query.lag and basis_of(query, one) == "created" else None
        if follow is None:
            return {}
        past = self.pasts.past(run, follow, one.id)
        return CohortRun(run, follow).projected(past.completion, past.reference.kind)

    def _about(self, one: Measure, query: Query) -> About:
        version = self.catalogue.kpis[one.kpi].version
        return About(one.kpi, one.id, one.key, basis_of(query, one), f"{one.kpi}@{version}", one.unit)

    def _unknown_for(self, one: Measure, query: Query, schema: str) -> str:
        """Why the measure has no figure: nothing of it was recorded, or not in these days; "" when it has."""
        if lacking := self.filling.lacking(self.store, schema, one):
            return f"no data: {', '.join(lacking)} never recorded"
        if query.period.start > query.today:
            return "no data: the period has not begun"
        if query.period.is_all and one.needs_beginning and not cut_of(query, self.catalogue).grain:
            return "no data: it needs a period with a beginning"
        if query.period.is_all or one.kind == "derived":
            return ""
        first = self.filling.first_day(self.store, schema, one)
        if first is not None and query.period.end <= first:
            return f"no data: the first record is of {first}"
        return ""

    def _unknown(self, one: Measure, reason: str, query: Query) -> MetricResult:
        """No figure, and why."""
        figure = Figure(None, None, None, 0, without(reason))
        cut = Cut((), None, ())
        labels = Labels(cut, [], self.store, "main", self.calendar, query.period)
        return self._about(one, query).result(figure, *labels.of(()))

    def _undated(self, one: Measure, run: Run, query: Query) -> dict[Key, float]:
        """Rows of the measure's last population (a rate's denominator) that have no day on this basis."""
        aggregate = one.parts()[-1]
        cut = replace(run.cut, grain=None)
        fact = run.fact(aggregate.population.table, cut)
        select = undated_select(fact, aggregate.population.where, date_path(aggregate, basis_of(query, one)))
        run.note(f"rows of {aggregate.population.table} without a day", select)
        return {row[:-1]: float(row[-1]) for row in run.rows(select)}

    def _pieces(self, one: Measure, query: Query, schema: str, cut: Cut) -> list[Period]:
        """The buckets that have begun; all time begins with the first record."""
        if cut.grain is None:
            return [query.period]
        period = query.period
        if period.is_all:
            first = self.filling.first_day(self.store, schema, one)
            if first is None:
                return []
            period = Period(first, max(first, query.today + timedelta(days=1)))
        return [piece for piece in self.calendar.split(period, cut.grain) if piece.start <= query.today]

    def _at_moments(
        self, one: Measure, query: Query, schema: str, cut: Cut, steps: list[Step]
    ) -> list[MetricResult]:
        found: list[MetricResult] = []
        about = self._about(one, query)
        for piece in self._pieces(one, query, schema, cut):
            run = Run(self.store, query, replace(cut, grain=None), schema, self.calendar.start_month)
            figures = MomentRun(run, one, piece, basis_of(query, one), query.intervals).figures()
            labels = Labels(cut, run.refs, self.store, schema, self.calendar, query.period)
            bucket: Key = ()
            if cut.grain is not None:
                bucket = (self.calendar.period_of(piece.start, cut.grain).start,)
            found += [
                about.result(figures[key], piece, labels.of(key + bucket)[1])
                for key in labels.sorted_slices(figures)
            ]
            steps += run.steps
        return found

    def _rolling(
        self, one: Measure, query: Query, schema: str, cut: Cut, steps: list[Step]
    ) -> list[MetricResult]:
        """The same measure over the months that end where each piece, or the day, ends."""
        inner = replace(one, window_months=None)
        pieces = self._pieces(one, query, schema, cut)
        by = tuple(one.name for one in cut.dimensions)
        ends = [min(piece.end, query.today + timedelta(days=1)) for piece in pieces]
        windows = [Period(add_months(end, -(one.window_months or 0)), end) for end in ends]
        subs = [replace(query, measures=(one.id,), period=window, by=by) for window in windows]
        answers = self._rolled(inner, subs, schema, cut, steps)
        if cut.grain is None:
            return [result for results in answers for result in results]
        found: list[MetricResult] = []
        for piece, results in zip(pieces, answers, strict=True):
            bucket = {cut.grain.value: self.calendar.text(self.calendar.period_of(piece.start, cut.grain))}
            found += [replace(one, slice={**one.slice, **bucket}, period=piece) for one in results]
        return found

    def _rolled(
        self, inner: Measure, subs: list[Query], schema: str, cut: Cut, steps: list[Step]
    ) -> Iterator[list[MetricResult]]:
        """The answer of each window: all from the same days where days add up, else one after another."""
        parts = {inner.id: self._parts(inner, subs[0], schema)} if len(subs) > 1 else {}
        wanted = list(self._wanted([inner], parts, subs[0])) if parts else []
        if not wanted or not adds_up(wanted):
            for sub in subs:
                results, more = self._with(inner).answer(sub, schema)
                steps += more
                yield results
            return
        run = Run(self.store, subs[0], replace(cut, grain=None), schema, self.calendar.start_month)
        sums = RollingSums(run, wanted, [sub.period for sub in subs])
        steps += sums.days.steps
        for sub in subs:
            if reason := self._unknown_for(inner, sub, schema):
                yield [] if sub.by else [self._unknown(inner, reason, sub)]
                continue
            run.numbers, run.refs = sums.over(sub.period), sums.days.refs
            labels = Labels(run.cut, run.refs, self.store, schema, self.calendar, sub.period)
            yield self._plain(inner, parts[inner.id], run, sub, labels)

    def _with(self, one: Measure) -> Engine:
        """An engine that knows one measure by another definition."""
        catalogue = replace(self.catalogue, measures={**self.catalogue.measures, one.id: one})
        return Engine(self.store, catalogue, self.calendar, self.filling, self.pasts)

    def _derived(self, one: Measure, query: Query, schema: str, steps: list[Step]) -> list[MetricResult]:
        parts: dict[str, dict[tuple[tuple[str, str | None], ...], MetricResult]] = {}
        for name in names_in(one.formula):
            sub = replace(query, measures=(name,), intervals=False, undated=False)
            results, more = self.answer(sub, schema)
            parts[name] = {tuple(result.slice.items()): result for result in results}
            steps += more
        slices = dict.fromkeys(key for results in parts.values() for key in results)
        return [
            self._derived_result(one, {name: known[key] for name, known in parts.items() if key in known})
            for key in slices
        ]

    def _derived_result(self, one: Measure, parts: dict[str, MetricResult]) -> MetricResult:
        def part(name: str) -> float | None:
            if name in parts:
                return parts[name].adjusted
            # No row in this slice: none were counted. An average of none is unknown.
            return 0.0 if self.catalogue.measures[name].kind in ("count", "distinct", "sum") else None

        return replace(
            next(iter(parts.values())),
            kpi=one.kpi,
            measure=one.id,
            key=one.key,
            value=value_of(one.formula, part),
            numerator=None,
            denominator=None,
            n=min(result.n for result in parts.values()),
            interval=without("derived"),
            unit=one.unit,
            open_share=None,
            undated=None,
            definition=f"{one.kpi}@{self.catalogue.kpis[one.kpi].version}",
        )
