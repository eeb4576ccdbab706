"""Small tables as tests write them, put through the truth into a projection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hakari.canonical.milestones import MILESTONES
from hakari.metrics.example_rows import LEARNT, ZONE, Tables, in_order, value_of, write
from hakari.storage.projection import Projection
from hakari.storage.truth import Truth

__all__ = ["LEARNT", "ZONE", "Tables", "in_order", "projected", "value_of", "visiting", "write"]


@contextmanager
def visiting(truth: Truth, projection: Projection, tables: Tables) -> Iterator[None]:
    """The tables stand in an empty store for a while: importing and taking back is quicker than a new one."""
    with truth.importing("test", "rows", LEARNT) as an_import:
        write(an_import, tables)
        run = an_import.run
    projection.refresh(truth)
    try:
        yield
    finally:
        truth.undo(run, LEARNT)


def projected(folder: Path, tables: Tables) -> tuple[Truth, Projection]:
    """A truth in the folder and a projection of it in memory."""
    truth = Truth.open(folder / "truth.sqlite3")
    with truth.importing("test", "rows", LEARNT) as an_import:
        write(an_import, tables)
    projection = Projection(None, ZONE, MILESTONES)
    projection.refresh(truth)
    return truth, projection
