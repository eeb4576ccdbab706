"""What an import did: per file what was read, loaded, rejected and noted, and how it was understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hakari.sources.files.notes import Note, RejectedRow
from hakari.sources.files.plan import ColumnPlan, FilePlan


@dataclass(frozen=True, slots=True)
class FileReport:
    """One sheet. `table` is None for a sheet that was left out; nothing of it was read then.

    `shown_rejects` are the first twenty; all are kept with the run. `reject_reasons` counts them by reason.
    """

    file: str
    encoding: str
    delimiter: str | None
    header_line: int
    table: str | None
    confidence: float
    columns: tuple[ColumnPlan, ...]
    constants: Mapping[str, str]
    hidden_sheets: tuple[str, ...] = ()
    read: int = 0
    loaded: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    notes: tuple[Note, ...] = ()
    shown_rejects: tuple[RejectedRow, ...] = ()
    reject_reasons: Mapping[str, int] | None = None

    @property
    def adds_up(self) -> bool:
        """Every row that was read is accounted for."""
        return self.read == self.loaded + self.updated + self.unchanged + self.rejected


@dataclass(frozen=True, slots=True)
class ImportReport:
    """One import run over all its files; `passed_over` names what archives hold beside tables."""

    run: int
    files: tuple[FileReport, ...]
    passed_over: tuple[str, ...] = ()

    @property
    def read(self) -> int:
        return sum(each.read for each in self.files)

    @property
    def loaded(self) -> int:
        return sum(each.loaded for each in self.files)

    @property
    def updated(self) -> int:
        return sum(each.updated for each in self.files)

    @property
    def unchanged(self) -> int:
        return sum(each.unchanged for each in self.files)

    @property
    def rejected(self) -> int:
        return sum(each.rejected for each in self.files)

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(note for each in self.files for note in each.notes)

    @property
    def adds_up(self) -> bool:
        return all(each.adds_up for each in self.files)


def left_out(plan: FilePlan) -> FileReport:
    return _base(plan)


def _base(plan: FilePlan) -> FileReport:
    return FileReport(
        plan.file,
        plan.encoding,
        plan.delimiter,
        plan.header_line,
        plan.table,
        plan.confidence,
        plan.columns,
        plan.constants,
        plan.hidden_sheets,
    )
