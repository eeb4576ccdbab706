"""Reads a mapping file: a person's word on which table a file holds and which field each column is.

    sales_*.csv:                  # a file name with * and ?, or a table's name
      table: deal
      columns: {案件名: name, 担当: owner, 状態: stage}
      id: 案件番号                 # the column with the row's id; null when there is none
      values: {type: {新: new, 既: existing}}
      stages: {クロージング: open, ご成約: won}
      constants: {currency: JPY}

With `columns`, what is not listed is left out; without, the columns are guessed. Every complaint names the
file and the line.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NoReturn

import yaml

from hakari.canonical import TABLES
from hakari.errors import FieldMappedTwiceError, MappingError, UnknownFieldError
from hakari.sources.files.folding import fold_header
from hakari.sources.files.slots import ROW_ID, slots_of

STATUSES = TABLES["deal"].field("status").choices
# Understood for every table: the year of days and months that are written without one.
YEARS = ("year", "fiscal_year")
_KEYS = ("table", "columns", "id", "values", "stages", "constants")


@dataclass(frozen=True, slots=True)
class FileMapping:
    """One entry. `columns` maps header → slot or None (left out); it is None when columns are guessed.

    `id_said` tells that the entry has an `id`, which may be null: then no column is the row's id.
    """

    pattern: str
    table: str | None
    columns: dict[str, str | None] | None
    id_header: str | None = None
    id_said: bool = False
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    stages: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    place: str = ""

    def slot_for(self, header: str) -> str | None:
        """Headers are compared as they stand first, then without case, spaces and punctuation."""
        columns = self.columns or {}
        if header in columns:
            return columns[header]
        folded = fold_header(header)
        return next((slot for name, slot in columns.items() if folded and fold_header(name) == folded), None)

    def fits(self, file: str, sheet: str | None) -> bool:
        names = (file, Path(file).stem, *((sheet, f"{file}:{sheet}") if sheet else ()))
        return any(fnmatchcase(name, self.pattern) for name in names)


@dataclass(frozen=True, slots=True)
class Mappings:
    """All entries of a mapping file, in the order written."""

    entries: tuple[FileMapping, ...] = ()

    def for_file(self, file: str, sheet: str | None) -> FileMapping | None:
        """An entry for the sheet alone comes before one for the whole file."""
        fitting = [entry for entry in self.entries if entry.fits(file, sheet)]
        exact = [entry for entry in fitting if sheet and entry.pattern.endswith(sheet)]
        return next(iter(exact or fitting), None)

    def for_table(self, table: str) -> FileMapping | None:
        return next((entry for entry in self.entries if entry.pattern == table), None)


def read_mapping(path: Path) -> Mappings:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError(
            f"the mapping file {path.name} cannot be read: {error}", "save it as UTF-8"
        ) from None
    return parse_mapping(text, path.name)


def parse_mapping(text: str, name: str) -> Mappings:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" line {mark.line + 1}" if mark is not None else ""
        problem = getattr(error, "problem", None) or "a letter that YAML does not allow"
        raise MappingError(
            f"{name}{line} is not YAML: {problem}", "check colons, indents and quotes"
        ) from None
    except RecursionError:
        raise MappingError(f"{name} is nested too deeply", "a mapping has three levels") from None
    reader = _Reader(name)
    return Mappings(tuple(reader.entry(key, node) for key, node in reader.pairs(root, "the file")))


class _Reader:
    """Walks YAML nodes, which know their lines."""

    def __init__(self, name: str) -> None:
        self._name = name

    def entry(self, key: yaml.ScalarNode, node: yaml.Node) -> FileMapping:
        parts = {part.value: (part, value) for part, value in self.pairs(node, key.value)}
        for part, _ in parts.values():
            if part.value not in _KEYS:
                self._refuse(part, f"{part.value!r} is no part of a mapping", f"use {', '.join(_KEYS)}")
        table = self._table(key, parts)
        id_header = self._optional(parts["id"][1]) if "id" in parts else None
        return FileMapping(
            key.value,
            table,
            self._columns(parts, table, id_header),
            id_header,
            "id" in parts,
            self._values(parts, table),
            self._stages(parts),
            self._constants(parts, table),
            place=f"{self._name} line {key.start_mark.line + 1}",
        )

    def pairs(self, node: yaml.Node | None, what: str) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            line = f" line {node.start_mark.line + 1}" if node is not None else ""
            raise MappingError(f"{self._name}{line}: {what} holds no names and values", "write `name: value`")
        found: list[tuple[yaml.ScalarNode, yaml.Node]] = []
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._refuse(key, "a name must be one word or text", "write `name: value`")
            found.append((key, value))
        return found

    def _table(self, key: yaml.ScalarNode, parts: Mapping[str, Any]) -> str | None:
        if "table" in parts:
            node = parts["table"][1]
            written = self._text(node)
        elif key.value in TABLES:
            return str(key.value)
        elif "columns" in parts:
            self._refuse(key, "columns are given but no table", "add `table: deal` or another table")
        else:
            return None
        if written not in TABLES:
            self._unknown(node, f"there is no table {written!r}", written, list(TABLES))
        return written

    def _columns(
        self, parts: Mapping[str, Any], table: str | None, id_header: str | None
    ) -> dict[str, str | None] | None:
        if "columns" not in parts:
            return None
        columns: dict[str, str | None] = {}
        taken: dict[str, str] = {}
        for header, node in self.pairs(parts["columns"][1], "columns"):
            if header.value in columns:
                self._refuse(header, f"the column {header.value!r} is listed twice", "keep one of the lines")
            slot = self._optional(node)
            if slot is not None:
                self._check_slot(node, table or "", slot)
                self._take(node, slot, header.value, taken)
            columns[header.value] = slot
        if id_header is not None:
            node = parts["id"][1]
            if columns.get(id_header) not in (None, ROW_ID):
                self._refuse(
                    node, f"{id_header!r} is laid on {columns[id_header]!r} and on 'id'", "keep one of them"
                )
            self._take(node, ROW_ID, id_header, taken)
            columns[id_header] = ROW_ID
        return columns

    def _take(self, node: yaml.Node, slot: str, header: str, taken: dict[str, str]) -> None:
        if slot in taken and taken[slot] != header:
            self._refuse(
                node,
                f"the columns {taken[slot]!r} and {header!r} are both laid on {slot!r}",
                "keep one of them, or lay the other on another field",
                FieldMappedTwiceError,
            )
        taken[slot] = header

    def _values(self, parts: Mapping[str, Any], table: str | None) -> dict[str, dict[str, str]]:
        values: dict[str, dict[str, str]] = {}
        for slot, node in self.pairs(parts["values"][1], "values") if "values" in parts else []:
            if table is not None:
                self._check_slot(slot, table, slot.value)
            values[slot.value] = {raw.value: self._text(value) for raw, value in self.pairs(node, slot.value)}
        return values

    def _stages(self, parts: Mapping[str, Any]) -> dict[str, str]:
        stages: dict[str, str] = {}
        for stage, node in self.pairs(parts["stages"][1], "stages") if "stages" in parts else []:
            status = self._text(node)
            if status not in STATUSES:
                self._unknown(node, f"{status!r} is no status of a deal", status, list(STATUSES))
            stages[stage.value] = status
        return stages

    def _constants(self, parts: Mapping[str, Any], table: str | None) -> dict[str, str]:
        constants: dict[str, str] = {}
        for slot, node in self.pairs(parts["constants"][1], "constants") if "constants" in parts else []:
            if table is not None and slot.value not in YEARS:
                self._check_slot(slot, table, slot.value)
            constants[slot.value] = self._text(node)
        return constants

    def _check_slot(self, node: yaml.Node, table: str, slot: str) -> None:
        if slot not in slots_of(table):
            self._unknown(node, f"{table} has no field {slot!r}", slot, list(slots_of(table)))

    def _text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self._refuse(node, "one value was expected here", "write one word or text")
        return str(node.value)

    def _optional(self, node: yaml.Node) -> str | None:
        text = self._text(node)
        return None if node.tag == "tag:yaml.org,2002:null" else text

    def _unknown(self, node: yaml.Node, what: str, written: str, known: list[str]) -> NoReturn:
        close = get_close_matches(written, known, n=1, cutoff=0.4)
        nearest = f"nearest: {close[0]}; " if close else ""
        self._refuse(node, what, f"{nearest}known: {', '.join(known)}", UnknownFieldError)

    def _refuse(
        self, node: yaml.Node, what: str, way_out: str, error: type[MappingError] = MappingError
    ) -> NoReturn:
        raise error(f"{self._name} line {node.start_mark.line + 1}: {what}", way_out)


def remembered(mapping: FileMapping | None, columns: Mapping[str, str]) -> dict[str, str]:
    """What the truth keeps of a mapping: columns, and under @names what else a person said."""
    kept = dict(columns)
    for name in ("values", "stages", "constants"):
        said = getattr(mapping, name) if mapping is not None else None
        if said:
            kept[f"@{name}"] = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return kept


def recalled(table: str, kept: Mapping[str, str]) -> FileMapping:
    """The other way round."""
    columns: dict[str, str | None] = {
        header: slot for header, slot in kept.items() if not header.startswith("@")
    }
    said = {name: json.loads(kept.get(f"@{name}", "{}")) for name in ("values", "stages", "constants")}
    return FileMapping(
        "",
        table,
        columns,
        values=said["values"],
        stages=said["stages"],
        constants=said["constants"],
        place="saved",
    )
