"""Reads what became of a deal from whatever its file says: stage, flags, dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from hakari.sources.files.batch import Batch
from hakari.sources.files.choices import OUTCOMES, stage_status
from hakari.sources.files.notes import NoteBook
from hakari.sources.files.reasons import reason

_TELLING = ("status", "is_won", "is_closed", "stage", "closed_on", "lost_on")
_HELPERS = ("close_date", "lost_on", "is_won", "is_closed")


def shape_deals(batch: Batch, stages: Mapping[str, str], headers: Mapping[str, str], notes: NoteBook) -> None:
    """Status from its own column, else the flags, the stage, an outcome where the forecast category stands,
    a won date; open if nothing says more.

    A "close date" is the day a closed deal closed, and the day an open one is expected to. A won date wins;
    a closed deal that has nothing but an expected day closed on that.
    """
    by_category = _outcomes(batch)
    if not any(by_category) and not any(batch.has(slot) for slot in _TELLING):
        # Nothing new about the outcome: a deal known already keeps what it has.
        batch.values["expected_close_on"] = [
            planned or close
            for planned, close in zip(
                batch.column("expected_close_on"), batch.column("close_date"), strict=True
            )
        ]
        batch.drop(_HELPERS)
        return
    by_stage = _by_stage(batch, stages, headers, notes)
    rows = zip(
        batch.column("status"),
        batch.column("is_won"),
        batch.column("is_closed"),
        _first_told((by_stage.get(stage) for stage in batch.column("stage")), by_category),
        batch.column("closed_on"),
        batch.column("lost_on"),
        strict=True,
    )
    statuses = [_status(*row) for row in rows]
    batch.values["status"] = statuses
    if any(batch.has(slot) for slot in ("close_date", "closed_on", "lost_on", "expected_close_on")):
        _shape_dates(batch, statuses, headers, notes)
    batch.drop(_HELPERS)


def _outcomes(batch: Batch) -> list[str | None]:
    """Takes 受注 and 失注 out of the forecast categories; one of each row, None where it has none."""
    column = batch.column("forecast_category")
    if batch.has("forecast_category"):
        batch.values["forecast_category"] = [None if said in OUTCOMES else said for said in column]
    return [said if said in OUTCOMES else None for said in column]


def _first_told(first: Iterable[str | None], second: Iterable[str | None]) -> Iterator[str | None]:
    return (one or other for one, other in zip(first, second, strict=True))


def _by_stage(
    batch: Batch, stages: Mapping[str, str], headers: Mapping[str, str], notes: NoteBook
) -> dict[str, str | None]:
    if not batch.has("stage"):
        return {}
    column = batch.column("stage")
    found = {stage: stage_status(stage, stages) for stage in set(column) if stage is not None}
    unknown = [stage for stage, status in found.items() if status is None]
    told = batch.has("is_won") or batch.has("is_closed") or batch.has("status")
    for stage in sorted(unknown) if not told else ():
        line = batch.lines[column.index(stage)]
        notes.note(line, reason("unknown_stage"), headers.get("stage"), stage, column.count(stage))
    return found


def _status(
    said: str | None,
    is_won: bool | None,
    is_closed: bool | None,
    by_stage: str | None,
    won_on: date | None,
    lost_on: date | None,
) -> str:
    if said is not None:
        return said
    if is_won:
        return "won"
    if is_closed:
        return by_stage if by_stage in ("lost", "dormant") else "lost"
    if is_closed is False:
        return "dormant" if by_stage == "dormant" else "open"
    if by_stage is not None:
        return by_stage
    if lost_on is not None:
        return "lost"
    return "won" if won_on is not None else "open"


def _shape_dates(batch: Batch, statuses: list[str], headers: Mapping[str, str], notes: NoteBook) -> None:
    rows = zip(
        statuses,
        batch.column("close_date"),
        batch.column("expected_close_on"),
        batch.column("closed_on"),
        batch.column("lost_on"),
        strict=True,
    )
    closed: list[Any] = []
    expected: list[Any] = []
    for place, (status, close, planned, won_on, lost_on) in enumerate(rows):
        expected.append(planned or close)
        if status == "won":
            closed.append(won_on or close or planned)
        elif status == "lost":
            closed.append(lost_on or close or won_on or planned)
        else:
            closed.append(None)
            if won_on is not None:
                why = reason("open_but_won_date")
                notes.note(batch.lines[place], why, headers.get("closed_on"))
    batch.values["closed_on"], batch.values["expected_close_on"] = closed, expected
