"""What an import would do with each sheet, before anything is written: table, columns, open questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from hakari.sources.files.column_style import ColumnStyle, Surroundings
from hakari.sources.files.layout import Layout
from hakari.sources.files.mapping_file import FileMapping
from hakari.sources.files.slots import Slot, slots_of
from hakari.sources.files.source_file import Sheet

Why = Literal[
    "header",
    "similar header",
    "mapping",
    "saved",
    "answer",
    "taken",
    "unclear",
    "unknown",
    "not listed",
    "no header",
]
QuestionKind = Literal["table", "column", "day order", "measure"]


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """One column. `slot` is None when it is left out; `maybe` is then the slot it might have been.

    `says` are units, orders and signs found for the whole column, such as "× 1,000 (千円)" or "dd/mm".
    """

    position: int
    header: str
    slot: str | None
    confidence: float
    why: Why
    says: tuple[str, ...] = ()
    taken_by: str | None = None
    maybe: str | None = None
    examples: tuple[str, ...] = ()
    style: ColumnStyle = field(default=ColumnStyle(), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can settle. `options` are the answers that make sense, the likeliest first."""

    file: str
    kind: QuestionKind
    column: str | None
    options: tuple[str, ...]
    examples: tuple[str, ...] = ()

    def __str__(self) -> str:
        shown = f" (such as {', '.join(self.examples[:3])})" if self.examples else ""
        options = " or ".join(self.options) or "nothing known"
        if self.kind == "table":
            return f"{self.file}: which table is it? {options}"
        if self.kind == "day order":
            return f"{self.file}: does '{self.column}'{shown} mean {options}?"
        if self.kind == "measure":
            return f"{self.file}: which measure is the target for? For example {options}"
        return f"{self.file}: is '{self.column}'{shown} {options}?"


@dataclass(frozen=True, slots=True)
class FilePlan:
    """One sheet. `table` is None when none fits well enough: the sheet is left out, and `maybe` names one."""

    file: str
    encoding: str
    delimiter: str | None
    header_line: int
    table: str | None
    confidence: float
    columns: tuple[ColumnPlan, ...]
    unclear: tuple[Question, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    hidden_sheets: tuple[str, ...] = ()
    maybe: str | None = None
    # `origin` is the sheet as it stands in the file, `sheet` the rows to load: a month grid is unfolded.
    origin: Sheet = field(kw_only=True, repr=False, compare=False)
    sheet: Sheet = field(kw_only=True, repr=False, compare=False)
    layout: Layout = field(kw_only=True, repr=False, compare=False)
    around: Surroundings = field(kw_only=True, repr=False, compare=False)
    mapping: FileMapping | None = field(kw_only=True, default=None, repr=False, compare=False)

    @property
    def is_grid(self) -> bool:
        """Whether each row to load is one cell of a grid in the file."""
        return self.sheet is not self.origin

    @property
    def used(self) -> dict[str, ColumnPlan]:
        """Slot → the column laid on it."""
        return {column.slot: column for column in self.columns if column.slot is not None}

    def slots(self) -> dict[str, Slot]:
        """The slots that columns or constants fill."""
        if self.table is None:
            return {}
        known = slots_of(self.table)
        return {name: known[name] for name in (*self.used, *self.constants) if name in known}
