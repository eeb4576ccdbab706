"""Collects what could not be used: whole rows with where and why, and values counted by what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from hakari.sources.files.reasons import Reason, reason
from hakari.storage.truth import Import

_MOST_VALUES = 200
_SHOWN_REJECTS = 20


@dataclass(frozen=True, slots=True)
class Note:
    """One value that was left out or read with a change, in how many rows, and where first."""

    file: str
    line: int
    column: str | None
    value: str | None
    reason: Reason
    rows: int


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """One row that was left out."""

    line: int
    column: str | None
    value: str | None
    reason: Reason


@dataclass(slots=True)
class _Tally:
    line: int
    rows: int = 0


@dataclass(slots=True)
class NoteBook:
    """The notes of one sheet. Rejected rows go to the import at once, notes when the sheet is done."""

    file: str
    headers: Sequence[str]
    rejected: int = 0
    shown: list[RejectedRow] = field(default_factory=list)
    by_reason: Counter[str] = field(default_factory=Counter)
    _tallies: dict[tuple[str | None, str | None, Reason], _Tally] = field(default_factory=dict)
    _distinct: Counter[tuple[str | None, str]] = field(default_factory=Counter)

    def reject(
        self,
        into: Import,
        line: int,
        cells: Sequence[str],
        why: Reason,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        self.rejected += 1
        self.by_reason[why.key] += 1
        if len(self.shown) < _SHOWN_REJECTS:
            self.shown.append(RejectedRow(line, column, value, why))
        raw = dict(zip(self.headers, cells, strict=False))
        if len(cells) > len(self.headers):
            raw["…"] = " | ".join(cells[len(self.headers) :])
        into.reject(self.file, line, column, value, str(why), raw)

    def note(
        self, line: int, why: Reason, column: str | None = None, value: str | None = None, rows: int = 1
    ) -> None:
        """Values beyond the first two hundred of one column and reason are only counted."""
        key = (column, value, why)
        if key not in self._tallies:
            group = (column, why.key)
            self._distinct[group] += 1
            if self._distinct[group] > _MOST_VALUES:
                key = (column, None, reason("more_of_this"))
        tally = self._tallies.setdefault(key, _Tally(line))
        tally.rows += rows
        tally.line = min(tally.line, line)

    def notes(self) -> list[Note]:
        return [
            Note(self.file, tally.line, column, value, why, tally.rows)
            for (column, value, why), tally in self._tallies.items()
        ]

    def write(self, into: Import) -> list[Note]:
        notes = self.notes()
        for note in notes:
            counted = f"{note.reason} ({note.rows:,})" if note.rows > 1 else str(note.reason)
            into.reject(note.file, note.line, note.column, note.value, counted, {}, severity="note")
        return notes
