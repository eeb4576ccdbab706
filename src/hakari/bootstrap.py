"""Puts the parts together: stores, engine and sources of one company. The only place that names them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from hakari.access import EVERYONE, Viewer
from hakari.canonical.milestones import MILESTONES
from hakari.config import (
    PROFILE,
    PROJECTION_FILE,
    TRUTH_FILE,
    CompanyProfile,
    Counting,
    counting,
    home,
    profile_from,
    truth_url,
)
from hakari.errors import StoreInUseError, UnknownKpiError
from hakari.metrics.called import check_filters
from hakari.metrics.definitions import Measure
from hakari.metrics.engine import Engine
from hakari.metrics.filling import FillBook
from hakari.metrics.naming import measures_named
from hakari.metrics.pasts import PastBook
from hakari.metrics.query import Query
from hakari.metrics.records import RecordReader
from hakari.metrics.result import MetricResult
from hakari.metrics.runner import Store
from hakari.planning.asking import Asked, check_name, read_scope
from hakari.planning.capacity_answers import CapacityAnswers
from hakari.planning.compose import compose
from hakari.planning.definition_answers import DefinitionAnswers
from hakari.planning.definition_book import DefinitionBook
from hakari.planning.definition_history import Part
from hakari.planning.definition_rows import ColumnWords, Lacking
from hakari.planning.desk import Desk
from hakari.planning.figure import metric_view
from hakari.planning.gap_answers import GapAnswers
from hakari.planning.gap_view import Gap
from hakari.planning.initiatives import InitiativeAnswers
from hakari.planning.lint_answers import LintAnswers
from hakari.planning.meeting_answers import MeetingAnswers
from hakari.planning.metric_view import MetricView
from hakari.planning.money import largest_amount, unit_for
from hakari.planning.people_answers import PeopleAnswers
from hakari.planning.plan_answers import PlanAnswers
from hakari.planning.reverse_desk import MaterialBook
from hakari.planning.scorecard import Freshness, Scorecard
from hakari.planning.target_answers import TargetAnswers
from hakari.sources.files.folding import fold
from hakari.sources.files.importing import FileReport, ImportReport, Question, import_files
from hakari.sources.files.pasting import paste_targets
from hakari.sources.files.target_rows import MeasureBook
from hakari.sources.files.wanted_columns import wanted_column
from hakari.sources.targets.pasted import Pasted
from hakari.sources.targets.writing import Setting, Written, write_settings
from hakari.storage.projection import Projection
from hakari.storage.truth import Truth, UndoOutcome
from hakari.units.calendar import FiscalCalendar
from hakari.units.period import Period
from hakari.words import Language

if TYPE_CHECKING:
    from hakari.storage.lake.publish import Published
    from hakari.storage.spark.store import SparkStore

__all__ = ["Clock", "Company", "FileReport", "ImportReport", "Question", "open_company"]

Clock = Callable[[], datetime]
_KEPT = 64


class Company(
    DefinitionAnswers,
    PeopleAnswers,
    InitiativeAnswers,
    GapAnswers,
    PlanAnswers,
    TargetAnswers,
    LintAnswers,
    CapacityAnswers,
    MeetingAnswers,
):
    """One company's data folder, open for questions. `clock` gives the present moment, aware.

    The truth may stand elsewhere (HAKARI_TRUTH), unless it is to be `in_folder`, as the demo's is.
    """

    def __init__(
        self, folder: Path, clock: Clock, viewer: Viewer = EVERYONE, *, in_folder: bool = False
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.clock, self.viewer = folder, clock, viewer
        self.truth = Truth.open(folder / TRUTH_FILE if in_folder else truth_url(folder))
        shared = not in_folder and truth_url(folder) != f"sqlite:///{folder / TRUTH_FILE}"
        self.definitions = DefinitionBook(folder, self.truth, clock, follows_folder=not shared)
        self._projection: Projection | None = None
        self._lake: SparkStore | None = None
        self._lock = threading.RLock()
        self._filling, self._pasts = FillBook(), PastBook()
        self.materials = MaterialBook()
        self._target_pasts = {}
        # Who asks, what, by which definitions, and the state of the records are the key: two viewers never
        # share an answer.
        self._scorecards: dict[tuple[str, str, int, Viewer], Scorecard] = {}
        self._gaps: dict[tuple[str, int, Viewer], Gap] = {}

    @property
    def profile(self) -> CompanyProfile:
        return profile_from(self.truth.get_setting(PROFILE))

    @property
    def calendar(self) -> FiscalCalendar:
        profile = self.profile
        return FiscalCalendar(
            profile.fiscal_start_month,
            profile.zone,
            profile.country,
            frozenset(profile.closures),
            profile.opens,
            profile.closes,
        )

    def projection(self) -> Projection:
        """The projection, opened on first need and brought up to date with the truth."""
        with self._lock:
            if self._projection is None:
                self._projection = Projection(self.folder / PROJECTION_FILE, self.profile.zone, MILESTONES)
            self._projection.refresh(self.truth)
            return self._projection

    def store(self) -> Store:
        """What figures are counted on: the projection, or a lake where the configuration says so."""
        asked = counting(self.profile)
        return self.projection() if asked.engine == "duckdb" else self._published(asked)

    def _published(self, asked: Counting) -> SparkStore:
        """The lake as it was published last."""
        from hakari.storage.lake.place import Place
        from hakari.storage.spark.session import connect
        from hakari.storage.spark.store import SparkStore  # Most companies never need a cluster.

        with self._lock:
            if self._lake is None:
                place = Place(asked.lake)
                place.manifest()  # No lake is known at once, a cluster that is not there after a minute.
                self._lake = SparkStore(place, connect(asked.master))
            else:
                self._lake.refresh()
            return self._lake

    def publish_lake(self, path: str, keep: timedelta) -> Published:
        """Bring a lake up to date with the truth; files listed no more stay for `keep`."""
        from hakari.storage.feed import Feed
        from hakari.storage.lake.place import Place
        from hakari.storage.lake.publish import Publisher

        projection = self.projection()
        with self.truth.database.reading() as connection:
            publisher = Publisher(projection, Place(path), self.profile.zone, Feed(connection))
            return publisher.publish(self.clock(), keep)

    def close(self) -> None:
        with self._lock:
            if self._projection is not None:
                self._projection.close()
                self._projection = None
            if self._lake is not None:
                self._lake.close()
                self._lake = None
            self.truth.close()

    # Questions

    def engine(self) -> Engine:
        return Engine(self.store(), self.catalogue, self.calendar, self._filling, self._pasts)

    def desk(self, as_of: datetime | None) -> Desk:
        return self._desk_over(self.store(), as_of)

    def desk_of(self, asked: Asked) -> Desk:
        with self._lock:
            desk = self.desk(asked.scope.as_of)
            self._check_names(desk, asked)
            return desk

    def _desk_over(self, store: Store, as_of: datetime | None) -> Desk:
        engine = Engine(store, self.catalogue, self.calendar, self._filling, self._pasts)
        return Desk(store, engine, self.calendar, self.profile, self.viewer, store.at(as_of))

    def measure(self, query: Query) -> list[MetricResult]:
        with self._lock:
            engine = self.engine()
            return engine.measure(query, engine.store.at(query.as_of))

    def records(self) -> RecordReader:
        return RecordReader(self.store(), self.catalogue, self.calendar, self._filling, self._pasts)

    def asked(self, params: Mapping[str, str], lang: Language) -> Asked:
        return read_scope(params, lang, self.profile.money_unit, self.clock(), self.calendar, self.catalogue)

    def scorecard(self, params: Mapping[str, str], lang: Language) -> Scorecard:
        asked = self.asked(params, lang)
        # One answer at a time: a refresh in the middle would mix two states of the records.
        with self._lock:
            desk = self.desk(asked.scope.as_of)
            self._check_names(desk, asked)
            said = f"{asked.scope!r} by {self.definitions.state}"
            key = (said, repr(desk.profile), desk.store.change, self.viewer)
            if key not in self._scorecards:
                while len(self._scorecards) >= _KEPT:
                    self._scorecards.pop(next(iter(self._scorecards)))
                card = compose(desk, asked.scope, self.freshness())
                shown = [*([card.kgi.measure] if card.kgi else []), *(row.measure for row in card.kpis)]
                changed = self.definition_notices(shown, card.scope.period, lang)
                self._scorecards[key] = replace(card, notices=(*card.notices, *changed))
            return replace(self._scorecards[key], freshness=self.freshness())

    def metric_view(self, measure: str, params: Mapping[str, str], lang: Language) -> MetricView:
        asked = self.asked(params, lang)
        with self._lock:
            desk = self.desk(asked.scope.as_of)
            self._check_names(desk, asked)
            view = metric_view(desk, asked.scope, measure, params, self.freshness())
        changed = self.definition_notices([measure], asked.scope.period, lang)
        return replace(view, notices=(*view.notices, *changed), flags=self.trend_flags(view, lang))

    def check_names(self, asked: Asked) -> None:
        """Refuse a team or a value of a filter that no record bears."""
        with self._lock:
            self._check_names(self.desk(asked.scope.as_of), asked)

    def _check_names(self, desk: Desk, asked: Asked) -> None:
        if asked.scope.team is not None:
            names = tuple(sorted(desk.store.names("team", desk.schema).values()))
            check_name(asked.scope.team, names, "team")
        check_filters(desk.store, desk.schema, self.catalogue, self.viewer, asked.scope.filters)

    def freshness(self) -> Freshness:
        """The last import that the figures know of."""
        known = [run for run in self.truth.runs() if run.undone_at is None]
        with self._lock:
            if self._lake is not None:
                known = [run for run in known if run.started_at <= self._lake.manifest.written_at]
            change = self.truth.last_change() if self._lake is None else self._lake.change
        last = next(iter(known), None)
        return Freshness(last.started_at if last else None, change, last.rejected if last else 0)

    def lacking(self) -> Lacking:
        with self._lock:
            store = self.store()
            schema = store.at(None)

        def of(measure: Measure) -> tuple[str, ...]:
            with self._lock:
                return self._filling.lacking(store, schema, measure)

        return of

    def wanted_column(self, table: str, field: str) -> ColumnWords | None:
        return wanted_column(table, field)

    def period_asked(self, params: Mapping[str, str], lang: Language) -> Period:
        return self.asked(params, lang).scope.period

    def figure_of(self, part: Part, params: Mapping[str, str], lang: Language) -> MetricResult | None:
        scope = self.asked(params, lang).scope
        with self._lock:
            desk = self.desk(scope.as_of)
            engine = Engine(desk.store, part.version.catalogue, desk.calendar)
            by_version = replace(desk, engine=engine)
            found = by_version.ask(scope, [part.version.measure], part.period, intervals=True)
        return found[0] if found else None

    # Records in

    def import_files(
        self,
        paths: Sequence[Path],
        mapping: Path | None,
        *,
        yes: bool,
        ask: Callable[[Question], str | None] | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> ImportReport:
        """All files in one transaction; see hakari.sources.files.importing."""
        profile = self.profile
        report = import_files(
            paths,
            self.truth,
            zone=profile.zone,
            mapping=mapping,
            yes=yes,
            now=self.clock(),
            calendar=self.calendar,
            measures=self._measure_book(),
            goal=profile.kgi,
            ask=ask,
            progress=progress,
        )
        self._choose_money_unit()
        return report

    def _choose_money_unit(self) -> None:
        """A company that sells for thousands is not shown in millions; a unit once chosen stays."""
        if self.truth.get_setting(PROFILE) is not None:
            return
        try:
            desk = self._desk_over(self.projection(), None)
        except StoreInUseError:  # A running server will show the default until the next import.
            return
        largest = largest_amount(desk, self.calendar.local_date(self.clock()))
        if largest > 0:
            chosen = replace(self.profile, money_unit=unit_for(largest))
            self.truth.put_setting(PROFILE, chosen.as_json(), self.clock())

    def _measure_named(self, text: str) -> str | None:
        try:
            named = self.named(text)
            return (named.measures if named.chosen else measures_named(self.catalogue, text))[0].id
        except UnknownKpiError:
            return None

    def set_cells(self, settings: Sequence[Setting], reason: str, author: str, label: str) -> Written:
        return write_settings(
            self.truth,
            settings,
            reason=reason,
            author=author,
            label=label,
            now=self.clock(),
            measure_named=self._measure_named,
            fold=fold,
        )

    def paste_targets(
        self, text: str, measure: str, year: int, unit: str, reason: str, author: str, *, keep: bool
    ) -> Pasted:
        return paste_targets(
            text,
            self.truth,
            calendar=self.calendar,
            now=self.clock(),
            measures=replace(self._measure_book(), reason=reason, author=author),
            measure=measure,
            year=year,
            unit=unit,
            keep=keep,
        )

    def _measure_book(self) -> MeasureBook:
        return MeasureBook(self._measure_named, self._unit_of, self._measure_names)

    def _unit_of(self, measure: str) -> str:
        return self.catalogue.measures[measure].unit

    def _measure_names(self) -> list[str]:
        measures = self.catalogue.measures.values()
        return [name for one in measures for name in (one.id, one.ja, one.en)]

    def undo(self, run: int) -> UndoOutcome:
        return self.truth.undo(run, self.clock())

    def load_demo(self, seed: int, scale: float, progress: Callable[[str], None] | None = None) -> None:
        from hakari.sources.demo.load import load_demo  # No other command needs an invented company.

        now = self.clock()
        today = self.calendar.local_date(now)
        load_demo(self.truth, today, seed=seed, scale=scale, progress=progress, now=now)


@contextmanager
def open_company(clock: Clock, folder: Path | None = None) -> Iterator[Company]:
    """The company in HAKARI_HOME, closed again at the end."""
    company = Company(folder or home(), clock)
    try:
        yield company
    finally:
        company.close()
