"""Gives every row the id by which the next import recognises it.

The id column where there is one; else the row's natural name (a product's name, a deal's account and name);
else a hash of the whole row. Rows that are equal in every cell are kept apart by counting them: the second
of two equal rows is the second again when the file is imported once more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from hakari.sources.files.batch import Batch
from hakari.sources.files.folding import fold
from hakari.sources.files.header_book import entries
from hakari.sources.files.slots import ROW_ID, slots_of

_SEPARATOR = "\x1f"


class Identity:
    """The ids of one sheet's rows, in the order they stand."""

    def __init__(self, table: str, slots: Sequence[str]) -> None:
        entry = entries()[table]
        self._table = table
        self._has_id = ROW_ID in slots
        self._natural = next((each for each in entry.natural if self._covers(each, slots)), ())
        self._repeats = entry.repeats
        self._seen: Counter[str] = Counter()
        self._folds: dict[str, dict[str, str]] = {slot: {} for slot in self._natural}

    def ids(self, batch: Batch) -> list[str]:
        """Before references become keys: natural names are made of what the file says."""
        own = batch.column(ROW_ID) if self._has_id else [None] * len(batch)
        if all(own):
            return list(own)
        names = self._names(batch)
        return [
            identifier or self._counted(name, repeats=self._repeats) or self._of_cells(cells)
            for identifier, name, cells in zip(own, names, batch.cells, strict=True)
        ]

    def _covers(self, natural: Sequence[str], slots: Sequence[str]) -> bool:
        # A target is named by whatever of team, person and period its file has.
        have = [slot in slots for slot in natural]
        return any(have) if self._table == "target" else all(have)

    def _names(self, batch: Batch) -> list[str]:
        if not self._natural:
            return [""] * len(batch)
        if len(self._natural) == 1:
            slot = self._natural[0]
            folded = [self._folded(slot, value) for value in batch.column(slot)]
            return [f"name:{name}" if name else "" for name in folded]
        columns = [batch.column(slot) for slot in self._natural]
        optional = self._table == "target"
        names = []
        for row in zip(*columns, strict=True):
            parts = [self._folded(slot, value) for slot, value in zip(self._natural, row, strict=True)]
            names.append(_hashed(parts) if (any(parts) if optional else all(parts)) else "")
        return names

    def _folded(self, slot: str, value: Any) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            return str(value)
        known = self._folds[slot]
        if value not in known:
            target = slots_of(self._table)[slot].leads_to
            known[value] = fold(value, target[0] if target else self._table)
        return known[value]

    def _of_cells(self, cells: Sequence[str]) -> str:
        return self._counted(_hashed([cell.strip() for cell in cells]), repeats=True)

    def _counted(self, name: str, *, repeats: bool) -> str:
        if not name or not repeats:
            return name
        self._seen[name] += 1
        count = self._seen[name]
        return name if count == 1 else f"{name}:{count}"


def _hashed(parts: Sequence[str]) -> str:
    text = _SEPARATOR.join(parts)
    return "row:" + blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
