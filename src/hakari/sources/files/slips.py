"""Says which names and ids point at nothing that is described: probably slips, each with its nearest name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

from hakari.canonical import TABLES
from hakari.sources.files.folding import bare_name
from hakari.sources.files.name_book import NameBook
from hakari.sources.files.notes import NoteBook
from hakari.sources.files.reasons import Reason, reason
from hakari.storage.truth import Import

How = Literal["name", "surname", "id"]
_MOST_WATCHED = 10_000
_MOST_NEAREST = 200


@dataclass(slots=True)
class _Slip:
    """One text in one column that is not simply the name of a described row."""

    notes: NoteBook
    table: str
    column: str | None
    text: str
    folded: str
    line: int
    how: How
    rows: int = 0


@dataclass(slots=True)
class Slips:
    """`coming` are the tables this import brings: a name unknown now may be described by its end."""

    into: Import
    names: NameBook
    coming: Collection[str]
    _seen: dict[tuple[int, str, str | None, str], _Slip] = field(default_factory=dict)
    _described: dict[str, bool] = field(default_factory=dict)

    def watches(self, table: str) -> bool:
        """A table nobody describes has no right names to miss."""
        if table not in self._described:
            self._described[table] = table in self.coming or self.into.described(table)
        return self._described[table]

    def is_known(self, notes: NoteBook, table: str, column: str | None, text: str) -> bool:
        return (id(notes), table, column, text) in self._seen

    def see(
        self, notes: NoteBook, table: str, column: str | None, text: str, folded: str, line: int, how: How
    ) -> None:
        if len(self._seen) < _MOST_WATCHED:
            key = (id(notes), table, column, text)
            self._seen[key] = _Slip(notes, table, column, text, folded, line, how)

    def count(self, notes: NoteBook, table: str, column: str | None, text: str, rows: int) -> None:
        slip = self._seen.get((id(notes), table, column, text))
        if slip is not None:
            slip.rows += rows

    def report(self) -> None:
        """Now that every file is in, note what still stands for nothing but itself."""
        by_table: dict[str, list[_Slip]] = {}
        for slip in self._seen.values():
            by_table.setdefault(slip.table, []).append(slip)
        for table, slips in by_table.items():
            self.names.rows_came(table)
            if not self.into.described(table):
                continue
            alone = self.into.only_by_name(table, [slip.folded for slip in slips])
            for place, slip in enumerate(slips):
                why = self._why(slip, alone=slip.folded in alone, nearest=place < _MOST_NEAREST)
                if why is not None:
                    slip.notes.note(slip.line, why, slip.column, bare_name(slip.text), slip.rows)

    def _why(self, slip: _Slip, *, alone: bool, nearest: bool) -> Reason | None:
        table = f"{TABLES[slip.table].ja}({TABLES[slip.table].en})"
        if alone:
            searched = nearest and slip.how != "id"
            close = self.names.nearest(slip.table, bare_name(slip.text)) if searched else None
            if close is None:
                return reason("no_such_row_alone", table=table)
            return reason("no_such_row", table=table, nearest=close)
        written = self.names.described(slip.table).get(slip.folded)
        if written is None or written == bare_name(slip.text) or slip.how == "id":
            return None
        key = "surname_only" if slip.how == "surname" else "counted_under"
        return reason(key, table=table, written=written)
