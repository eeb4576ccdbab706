"""Times 24 figures by rep and month: by the engine at once, by hand in SQL, by the engine one by one."""

from __future__ import annotations

from math import isclose
from pathlib import Path

from benchmarks.by_hand import ByHand
from benchmarks.kpis import MEASURES, PERIOD, ByEngine, Cell, Cells, cells_of
from benchmarks.measuring import in_own_process, interleaved
from benchmarks.store import built, opened
from benchmarks.tables import Table
from hakari.metrics.loader import built_in
from hakari.storage.projection import Projection

_SAYS = (
    "Seconds for all cells; CPU is that of all threads. Ratios are of the smallest CPU seconds. "
    "Every cell of the three was compared."
)


class FiguresDifferError(AssertionError):
    """Two ways of counting the same figure disagree: one of them is wrong, and no time matters."""


def run(folder: Path, rows: int, rounds: int) -> Table:
    store = built(folder, rows)
    projection = opened(store.path)
    try:
        cells = compare(projection)
        engine, hand = ByEngine(projection), ByHand(projection)
        works = {"at_once": engine.at_once, "by_hand": hand.figures, "one_by_one": engine.one_by_one}
        series = interleaved(works, rounds)
    finally:
        projection.close()
    table = Table(
        f"Scorecard: {len(MEASURES)} figures × rep × month, {PERIOD.iso}, {cells:,} cells, "
        f"{store.rows['activity']:,} activities, {sum(store.rows.values()):,} rows",
        _SAYS,
        ("wall min", "wall median", "CPU min", "CPU median", "CPU ÷ by hand", "CPU ÷ one by one", "peak MB"),
    )
    names = {
        "at_once": "engine, one query",
        "by_hand": "SQL by hand, one statement a table",
        "one_by_one": "engine, one query a figure",
    }
    for way, name in names.items():
        one = series[way]
        times = (one.wall, one.median_wall, one.cpu, one.median_cpu)
        ratios = (one.cpu / series["by_hand"].cpu, one.cpu / series["one_by_one"].cpu)
        peak = in_own_process(["benchmarks.one_way", str(store.path), way])["peak_mb"]
        table.add(name, *times, *ratios, peak)
    return table


def compare(projection: Projection) -> int:
    """The number of cells; FiguresDifferError at the first one that is not the same in all three."""
    engine, hand = ByEngine(projection), ByHand(projection)
    at_once, one_by_one = cells_of(engine.at_once()), cells_of(engine.one_by_one())
    if at_once != one_by_one:
        raise FiguresDifferError(_first(at_once, one_by_one, "asked at once", "asked alone"))
    by_hand = hand.cells(hand.figures())
    for cell in at_once | by_hand:
        ours, theirs = at_once.get(cell, _empty(cell)), by_hand.get(cell, _empty(cell))
        if not _same(ours, theirs):
            raise FiguresDifferError(
                f"{' × '.join(map(str, cell))}: {ours!r} by the engine, {theirs!r} by hand"
            )
    if not any(at_once.values()):
        raise FiguresDifferError("every figure is empty: there was nothing to compare")
    return len(at_once)


def _first(one: Cells, other: Cells, said: str, otherwise: str) -> str:
    cell = next(cell for cell in one | other if one.get(cell, "no cell") != other.get(cell, "no cell"))
    return f"{' × '.join(map(str, cell))}: {one.get(cell)!r} {said}, {other.get(cell)!r} {otherwise}"


def _empty(cell: Cell) -> float | None:
    """What a cell that no row reached holds: nothing was counted, and there was nothing to divide by."""
    return 0.0 if built_in().measures[cell[0]].kind in ("count", "distinct", "sum") else None


def _same(one: float | None, other: float | None) -> bool:
    """Exactly; but DuckDB and numpy may round a value between two neighbours in the last digit."""
    if one is None or other is None:
        return one is other
    return one == other or isclose(one, other, rel_tol=1e-12)
