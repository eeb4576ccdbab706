"""What goes into the truth and what comes back: rows, outcomes, runs, rejects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

STUB_ORIGIN = "by name"
Severity = Literal["reject", "note"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row as a source hands it over. `values` maps canonical fields; a reference is an int key.

    `known_as` holds the folded names under which other rows may call this one.
    """

    source_id: str
    values: dict[str, Any]
    observed_at: datetime
    occurred_at: datetime | None = None
    deleted: bool = False
    known_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the rows of one write; `keys` has one key per row, in the order given."""

    loaded: int = 0
    updated: int = 0
    unchanged: int = 0
    keys: list[int] = field(default_factory=list, compare=False, repr=False)

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            self.loaded + other.loaded,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.keys + other.keys,
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """A record as it stands now: whose it is, under which id, and what it says."""

    key: int
    origin: str
    source_id: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One version of a record that ever was, with the import that brought it.

    `undone_at` is when that import was taken back.
    """

    key: int
    values: Mapping[str, Any]
    observed_at: datetime
    deleted: bool
    run: int
    source: str
    label: str
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class RunInfo:
    """One import. `read` is None until the source has said how many rows it read."""

    id: int
    change: int
    source: str
    label: str
    started_at: datetime
    undone_at: datetime | None
    read: int | None
    loaded: int
    updated: int
    unchanged: int
    rejected: int
    noted: int

    @property
    def adds_up(self) -> bool:
        """Every row that was read is accounted for."""
        return self.read == self.loaded + self.updated + self.unchanged + self.rejected


@dataclass(frozen=True, slots=True)
class RejectInfo:
    """One thing an import could not use. A `reject` left the row out, a `note` only the value."""

    run: int
    file: str
    line: int
    column: str | None
    value: str | None
    reason: str
    raw: dict[str, Any]
    severity: Severity


@dataclass(frozen=True, slots=True)
class UndoOutcome:
    """What taking an import back did: versions taken out, and earlier ones that hold again."""

    run: int
    removed: int
    restored: int


@dataclass(frozen=True, slots=True)
class MappingInfo:
    """How one kind of file was laid on one table; a new version each time that changed."""

    id: int
    name: str
    table: str
    version: int
    columns: dict[str, str]


@dataclass(frozen=True, slots=True)
class SettingVersion:
    """What a setting said from a moment on."""

    key: str
    value: Any
    at: datetime
