"""Loads the rows of one planned sheet, a few thousand at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any

from hakari.canonical import TABLES
from hakari.errors import MappingError
from hakari.sources.files.batch import Batch
from hakari.sources.files.choices import own_stages
from hakari.sources.files.column_style import column_style
from hakari.sources.files.delimited import Line
from hakari.sources.files.identity import Identity
from hakari.sources.files.known_names import KnownNames
from hakari.sources.files.layout import is_note_row, is_total_row, table_lines
from hakari.sources.files.notes import NoteBook
from hakari.sources.files.plan import FilePlan
from hakari.sources.files.readers import Memory, reader_for
from hakari.sources.files.reasons import Unreadable, reason
from hakari.sources.files.references import Place, References
from hakari.sources.files.report import FileReport, left_out
from hakari.sources.files.shaping import NO_PERIOD, Shaper
from hakari.sources.files.slots import DELETED, POLYMORPHIC, ROW_ID, Slot, slots_of
from hakari.sources.files.target_periods import PeriodReader
from hakari.sources.files.target_rows import TargetRows, write_rows
from hakari.storage.truth import Import, Outcome, Row
from hakari.units import FiscalCalendar

BATCH = 10_000
Progress = Callable[[int], None]

# Salesforce ids tell by their first letters what they point at.
_PREFIXES = {"006": "deal", "001": "account", "003": "contact", "00Q": "lead"}


@dataclass(slots=True)
class SheetLoader:
    """One sheet on its way into the truth. `said_before` are the fields that any file said of its table."""

    plan: FilePlan
    table: str
    into: Import
    references: References
    calendar: FiscalCalendar
    now: datetime
    said_before: frozenset[str]
    targets: TargetRows | None = None
    notes: NoteBook = field(init=False)
    _slots: dict[str, Slot] = field(init=False)
    _memories: dict[str, tuple[int, Memory]] = field(init=False)
    _constants: dict[str, Any] = field(init=False)
    _identity: Identity = field(init=False)
    _names: KnownNames = field(init=False)
    _shaper: Shaper = field(init=False)
    _lines: dict[int, int] = field(default_factory=dict)
    _read: int = 0
    _outcome: Outcome = field(default_factory=Outcome)

    def __post_init__(self) -> None:
        plan = self.plan
        mapping = plan.mapping
        own = mapping.values if mapping is not None else {}
        known = slots_of(self.table)
        self.notes = NoteBook(plan.file, [column.header for column in plan.columns])
        self._slots = plan.slots()
        self._memories = {
            slot: (
                column.position,
                Memory(reader_for(self.table, known[slot], column.style, own.get(slot))),
            )
            for slot, column in plan.used.items()
        }
        self._constants = {
            slot: self._constant(known[slot], text)
            for slot, text in plan.constants.items()
            if slot in known and slot not in self._memories
        }
        self._identity = Identity(self.table, list(self._slots))
        self._names = KnownNames(self.table)
        stages = own_stages(mapping.stages) if mapping is not None else {}
        headers = {slot: column.header for slot, column in plan.used.items()}
        periods = PeriodReader(self.calendar, plan.around.year, self.now.date())
        self._shaper = Shaper(self.table, plan.around.zone, stages, periods, headers, self.notes)

    def load(self, progress: Progress | None) -> None:
        for lines in _batches(table_lines(self.plan.sheet, self.plan.layout)):
            self._read += len(lines)
            batch = self._values(self._good_lines(lines))
            if len(batch):
                self._write(batch)
            if progress is not None:
                progress(len(lines))

    def report(self) -> FileReport:
        """Writes the notes; call it once, when the references of all files are settled."""
        return replace(
            left_out(self.plan),
            read=self._read,
            loaded=self._outcome.loaded,
            updated=self._outcome.updated,
            unchanged=self._outcome.unchanged,
            rejected=self.notes.rejected,
            notes=tuple(self.notes.write(self.into)),
            shown_rejects=tuple(self.notes.shown),
            reject_reasons=dict(self.notes.by_reason),
        )

    def _constant(self, slot: Slot, text: str) -> Any:
        style = column_style(slot, "", [text], self.plan.around)
        value = reader_for(self.table, slot, style)(text)
        if isinstance(value, Unreadable):
            place = self.plan.mapping.place if self.plan.mapping is not None else self.plan.file
            raise MappingError(f"{place}: the constant {slot.name}: {text!r} is {value.reason.say('en')}")
        return value

    def _good_lines(self, lines: Sequence[Line]) -> list[Line]:
        """Rows as wide as the header and no totals; the others are rejected, never shifted."""
        layout = self.plan.layout
        wanted, in_pieces = len(layout.headers), layout.starts is not None
        good: list[Line] = []
        for line in lines:
            cells = line.cells
            if is_total_row(cells):
                self.notes.reject(self.into, line.number, cells, reason("total_row"))
            elif wanted > 2 and is_note_row(cells):
                self.notes.reject(self.into, line.number, cells, reason("note_row"))
            elif in_pieces and layout.continues(cells):
                self.notes.reject(self.into, line.number, cells, reason("inner_row"))
            elif len(cells) == wanted:
                good.append(line)
            elif self.plan.sheet.padded or (len(cells) > wanted and not any(cells[wanted:])):
                good.append(Line(line.number, (cells + [""] * wanted)[:wanted]))
            else:
                why = reason("too_many_cells", found=len(cells), wanted=wanted)
                self.notes.reject(self.into, line.number, cells, why)
        return good

    def _values(self, lines: Sequence[Line]) -> Batch:
        batch = Batch([line.number for line in lines], [line.cells for line in lines], {})
        columns = list(zip(*batch.cells, strict=True))
        rejected: dict[int, None] = {}
        for slot, (position, memory) in self._memories.items():
            cells = columns[position] if columns else ()
            values = memory.read(cells)
            if memory.failed:
                self._sort_out(batch, slot, cells, values, rejected)
            batch.values[slot] = values
        for slot, value in self._constants.items():
            batch.values[slot] = [value] * len(batch)
        return batch.without(list(rejected))

    def _sort_out(
        self, batch: Batch, slot: str, cells: Sequence[str], values: list[Any], rejected: dict[int, None]
    ) -> None:
        """Unreadable cells: of an essential field they take their row along, of others only themselves."""
        header = self.plan.used[slot].header
        essential = self._slots[slot].essential
        for place, value in enumerate(values):
            if type(value) is not Unreadable:
                continue
            values[place] = None
            if not essential:
                self.notes.note(batch.lines[place], value.reason, header, cells[place])
            elif place not in rejected:
                rejected[place] = None
                line = batch.lines[place]
                column = self._header_in(slot, batch.cells[place])
                self.notes.reject(self.into, line, batch.cells[place], value.reason, column, cells[place])

    def _write(self, batch: Batch) -> None:
        ids = self._identity.ids(batch)
        lost = self._shaper.shape(batch)
        for place in lost:
            self.notes.reject(self.into, batch.lines[place], batch.cells[place], NO_PERIOD)
        if lost:
            gone = set(lost)
            ids = [identifier for place, identifier in enumerate(ids) if place not in gone]
            batch = batch.without(lost)
        if self.targets is not None:
            self._write_targets(batch, self.targets)
            return
        names = self._names.of(batch)
        self._point(batch)
        rows = self._rows(batch, ids, names)
        if rows:
            outcome = self.into.write(self.table, rows)
            self._outcome += Outcome(outcome.loaded, outcome.updated, outcome.unchanged)
            self.references.names.rows_came(self.table)

    def _write_targets(self, batch: Batch, targets: TargetRows) -> None:
        """A target's record is the cell it is for; nobody becomes known by a row that is not used."""
        lost = targets.settle(batch)
        for one in lost:
            header = self._header_in(one.slot, batch.cells[one.place])
            line = batch.lines[one.place]
            self.notes.reject(self.into, line, batch.cells[one.place], one.why, header, one.value)
        batch = batch.without([one.place for one in lost])
        if len(batch):
            self._point(batch)
            rows = targets.rows(batch)
            self._note_repeats(batch, [one.source_id for one in rows])
            self._outcome += write_rows(self.into, rows, self.now)

    def _header_in(self, slot: str, cells: Sequence[str]) -> str | None:
        """In a grid the column of a value is headed by its month."""
        month = self.plan.used.get("period")
        if slot == "value" and month is not None and self.plan.is_grid:
            return cells[month.position]
        return self._header(slot)

    def _point(self, batch: Batch) -> None:
        """References become keys."""
        self._split_polymorphic(batch)
        accounts = batch.column("account") if batch.has("account") else None
        for name in TABLES[self.table].fields:
            if name.ref is None or not (batch.has(name.name) or batch.has(f"{name.name}.id")):
                continue
            place = Place(self.notes, self._header(name.name), batch.lines)
            names = batch.column(name.name)
            if batch.has(f"{name.name}.id"):
                ids = batch.column(f"{name.name}.id")
                place = Place(self.notes, self._header(f"{name.name}.id"), batch.lines)
                keys = self.references.by_id(name.ref, ids, names, place)
                alone = [text if key is None else None for text, key in zip(names, keys, strict=True)]
                by_name = self.references.by_name(name.ref, alone, place, accounts)
                keys = [key if key is not None else other for key, other in zip(keys, by_name, strict=True)]
            else:
                keys = self.references.by_name(name.ref, names, place, accounts)
            batch.values[name.name] = keys
            batch.drop([f"{name.name}.id"])

    def _header(self, slot: str) -> str | None:
        column = self.plan.used.get(slot)
        return column.header if column is not None else None

    def _split_polymorphic(self, batch: Batch) -> None:
        for slot, tables in POLYMORPHIC.items():
            if batch.has(slot):
                column = batch.column(slot)
                for table in tables:
                    ids = [each if each and _PREFIXES.get(each[:3]) == table else None for each in column]
                    batch.fill(f"{table}.id", ids)
                batch.drop([slot])

    def _rows(self, batch: Batch, ids: Sequence[str], names: list[tuple[str, ...]]) -> list[Row]:
        aliases = self.references.aliases(self.table, ids) if ROW_ID in self._slots else {}
        if aliases:
            names = [
                (*known, aliases[each]) if each in aliases else known
                for known, each in zip(names, ids, strict=True)
            ]
        self._note_repeats(batch, ids)
        deleted = [bool(flag) for flag in batch.column(DELETED)]
        fields = [field.name for field in TABLES[self.table].fields if batch.has(field.name)]
        columns = [batch.values[name] for name in fields]
        tuples = zip(*columns, strict=True) if columns else ((),) * len(batch)
        values = [dict(zip(fields, row, strict=True)) for row in tuples]
        self._keep_unsaid(ids, values, fields)
        return [
            Row(identifier, said, self.now, None, gone, known)
            for identifier, said, gone, known in zip(ids, values, deleted, names, strict=True)
        ]

    def _keep_unsaid(self, ids: Sequence[str], values: list[dict[str, Any]], fields: Sequence[str]) -> None:
        """A file without a column says nothing about it: what an earlier file said stays."""
        if self.said_before - set(fields):
            unsaid = [field.name for field in TABLES[self.table].fields if field.name not in fields]
            current = self.into.current(self.table, ids, unsaid)
            for identifier, said in zip(ids, values, strict=True):
                if identifier in current:
                    said.update(zip(unsaid, current[identifier], strict=True))
        if self.table == "deal":
            for said in values:
                said["status"] = said.get("status") or "open"

    def _note_repeats(self, batch: Batch, ids: Sequence[str]) -> None:
        """The same id twice in one file is one row, as its later line has it."""
        if len(set(ids)) == len(ids) and self._lines.keys().isdisjoint(map(hash, ids)):
            self._lines.update(zip(map(hash, ids), batch.lines, strict=True))
            return
        for identifier, line in zip(ids, batch.lines, strict=True):
            earlier = self._lines.get(hash(identifier))
            if earlier is not None:
                self.notes.note(
                    earlier, reason("same_row_twice", line=line), self._header(ROW_ID), identifier
                )
            self._lines[hash(identifier)] = line


def _batches(lines: Iterator[Line]) -> Iterator[list[Line]]:
    while batch := list(islice(lines, BATCH)):
        yield batch
