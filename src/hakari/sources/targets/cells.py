"""Keeps one target one record: whoever writes what 佐藤 should reach in November writes its next version.

A cell is a measure, whose target it is, and the days. The record that holds a cell may have come from any
source; what is written later, by a file or on the page, becomes its next version. So the last word counts,
a file read again changes nothing, and taking an import back brings the words before it into force again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from math import isclose
from typing import Any

from hakari.storage.rows import Standing
from hakari.storage.truth import Import

ORIGIN = "targets"
MeasureNamed = Callable[[str], str | None]
_WHOSE = ("team", "owner", "source", "segment", "target_list")
_BESIDE = ("reason", "author")


@dataclass(frozen=True, slots=True)
class CellKey:
    """What a target is for; `whose` are the values of team, owner, source, segment and target list."""

    measure: str
    whose: tuple[Any, ...]
    starts_on: date | None
    ends_on: date | None

    @classmethod
    def of(cls, said: Mapping[str, Any], measure: str) -> CellKey:
        """A person's target is theirs, whichever team is named beside them."""
        whose = [said.get(name) for name in _WHOSE]
        if whose[1] is not None:
            whose[0] = None
        return cls(measure, tuple(whose), said.get("starts_on"), said.get("ends_on"))

    def source_id(self) -> str:
        parts = (self.measure, *self.whose, self.starts_on, self.ends_on)
        text = "\x1f".join("" if part is None else str(part) for part in parts)
        return "cell:" + blake2b(text.encode(), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class CellRow:
    """What is to be written for one cell, and under whose id."""

    origin: str
    source_id: str
    values: dict[str, Any]


class Cells:
    """The cells of one company as they stand while an import runs."""

    def __init__(self, into: Import, measure_named: MeasureNamed) -> None:
        self._named: dict[str, str] = {}
        self._measure_named = measure_named
        self._held: dict[CellKey, Standing] = {}
        for one in into.standing("target"):
            measure = one.values.get("measure")
            if measure is not None:
                # Where several records hold one cell, the one learnt last does.
                self._held[CellKey.of(one.values, self.measure(measure))] = one

    def measure(self, text: str) -> str:
        """The id of the measure a text names; a text that names none stands for itself."""
        if text not in self._named:
            self._named[text] = self._measure_named(text) or text
        return self._named[text]

    def row(self, said: Mapping[str, Any]) -> CellRow:
        """`said` with its measure by id. A value that stands already leaves all of its record as it is."""
        measure = self.measure(said["measure"])
        said = {**said, "measure": measure}
        key = CellKey.of(said, measure)
        held = self._held.get(key)
        if held is None:
            return CellRow(ORIGIN, key.source_id(), dict(said))
        if _same(said.get("value"), held.values.get("value")):
            return CellRow(held.origin, held.source_id, dict(held.values))
        kept = {name: value for name, value in held.values.items() if name not in _BESIDE}
        return CellRow(held.origin, held.source_id, {**kept, **said})


def _same(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is other
    return isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)
