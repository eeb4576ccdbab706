"""A few thousand rows of one sheet as columns of values: what shaping and loading work on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any


@dataclass(slots=True)
class Batch:
    """`values` holds one list for each slot, and later for each field; all lists are as long as `lines`."""

    lines: list[int]
    cells: list[list[str]]
    values: dict[str, list[Any]]

    def __len__(self) -> int:
        return len(self.lines)

    def column(self, slot: str) -> list[Any]:
        """The slot's values; all unknown when nothing was laid on it."""
        found = self.values.get(slot)
        return [None] * len(self.lines) if found is None else found

    def has(self, slot: str) -> bool:
        return slot in self.values

    def fill(self, field: str, values: Iterable[Any]) -> None:
        """Values for where the field says nothing yet; what it says stays."""
        own = self.values.get(field)
        if own is None:
            self.values[field] = list(values)
        else:
            self.values[field] = [
                mine if mine is not None else other for mine, other in zip(own, values, strict=True)
            ]

    def drop(self, slots: Iterable[str]) -> None:
        for slot in slots:
            self.values.pop(slot, None)

    def without(self, rejected: Sequence[int]) -> Batch:
        """The batch without the rows at these places."""
        if not rejected:
            return self
        gone = set(rejected)
        keep = [place not in gone for place in range(len(self.lines))]
        return Batch(
            list(compress(self.lines, keep)),
            list(compress(self.cells, keep)),
            {slot: list(compress(values, keep)) for slot, values in self.values.items()},
        )
