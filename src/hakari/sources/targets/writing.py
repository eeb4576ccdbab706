"""Writes targets that people set on the page or the command line: an import like any other, and undoable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hakari.sources.targets.cells import ORIGIN, Cells, MeasureNamed
from hakari.storage.truth import Outcome, Row, Truth


@dataclass(frozen=True, slots=True)
class Setting:
    """One cell set by a person; team, owner and target list are keys. No value takes the target away."""

    measure: str
    starts_on: date
    ends_on: date
    value: float | None
    team: int | None = None
    owner: int | None = None
    source: str | None = None
    segment: str | None = None
    target_list: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the cells that were set: read = loaded + updated + unchanged."""

    run: int
    read: int
    loaded: int
    updated: int
    unchanged: int


def write_settings(
    truth: Truth,
    settings: Sequence[Setting],
    *,
    reason: str,
    author: str,
    label: str,
    now: datetime,
    measure_named: MeasureNamed,
) -> Written:
    """One import; a cell given twice is as it was given last."""
    with truth.importing(ORIGIN, label, now) as into:
        cells = Cells(into, measure_named)
        by_origin: dict[str, dict[str, Row]] = {}
        for one in settings:
            found = cells.row(_said(one, reason, author))
            by_origin.setdefault(found.origin, {})[found.source_id] = Row(found.source_id, found.values, now)
        outcome = Outcome()
        for origin, rows in by_origin.items():
            outcome += into.write("target", list(rows.values()), origin)
        read = sum(len(rows) for rows in by_origin.values())
        into.totals(read)
        return Written(into.run, read, outcome.loaded, outcome.updated, outcome.unchanged)


def _said(one: Setting, reason: str, author: str) -> dict[str, object]:
    return {
        "measure": one.measure,
        "team": one.team,
        "owner": one.owner,
        "source": one.source,
        "segment": one.segment,
        "target_list": one.target_list,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "value": one.value,
        "reason": reason,
        "author": author,
    }
