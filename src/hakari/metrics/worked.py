"""Runs the worked examples of definitions on the real engine: the answer a person gets by counting."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from hakari.canonical.milestones import MILESTONES
from hakari.errors import HakariError
from hakari.metrics.definitions import Catalogue, Example
from hakari.metrics.engine import Engine
from hakari.metrics.example_rows import LEARNT, ZONE, write
from hakari.metrics.query import Query
from hakari.metrics.result import MetricResult
from hakari.storage.projection import Projection
from hakari.storage.truth import Truth
from hakari.units.calendar import FiscalCalendar

# Examples name their periods in full: which day they are read on makes no difference.
_SOME_DAY = date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class ExampleOutcome:
    """What an example expects, and what the engine said; `got` is an error's words where it said nothing."""

    measure: str
    period: str
    expect: str
    got: str
    why: str

    @property
    def ok(self) -> bool:
        return self.got == self.expect


@contextmanager
def example_stores() -> Iterator[tuple[Truth, Projection]]:
    """An empty store for examples; they come and go in it one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        truth = Truth.open(Path(folder) / "examples.sqlite3")
        projection = Projection(None, ZONE, MILESTONES)
        try:
            yield truth, projection
        finally:
            projection.close()
            truth.close()


def run_examples(catalogue: Catalogue, examples: Iterable[Example]) -> list[ExampleOutcome]:
    """Each in the order given."""
    wanted = list(examples)
    if not wanted:
        return []
    with example_stores() as (truth, projection):
        return [_outcome(catalogue, one, truth, projection) for one in wanted]


def _outcome(catalogue: Catalogue, one: Example, truth: Truth, projection: Projection) -> ExampleOutcome:
    try:
        got = answer_of(catalogue, one, truth, projection)
    except HakariError as error:
        got = error.what
    return ExampleOutcome(one.measure, one.period, one.expect, got, one.why)


def answer_of(catalogue: Catalogue, one: Example, truth: Truth, projection: Projection) -> str:
    """The example's rows are imported, counted and taken back."""
    calendar = FiscalCalendar()
    period = calendar.parse(one.period, _SOME_DAY)
    today = date.fromisoformat(one.today) if one.today else period.last_day + timedelta(days=1)
    query = Query((one.measure,), period, today, basis=one.basis or None)
    with truth.importing("example", one.measure, LEARNT) as an_import:
        write(an_import, one.rows)
        run = an_import.run
    projection.refresh(truth)
    try:
        results = Engine(projection, catalogue, calendar).measure(query)
    finally:
        truth.undo(run, LEARNT)
    return said(results[0]) if results else "none"


def said(result: MetricResult) -> str:
    """`1 of 2` for a share, else the number; `none` where there is no answer."""
    if result.value is None:
        return "none"
    if result.denominator is not None and result.unit == "percent":
        return f"{result.numerator:g} of {result.denominator:g}"
    return f"{result.value:.6g}" if abs(result.value) < 1000 else f"{result.value:.0f}"
