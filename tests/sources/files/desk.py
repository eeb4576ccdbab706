"""What tests of file imports do all day: write a file, bring it in, look at what is there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from hakari.canonical import TABLES
from hakari.sources.files.importing import FilePlan, ImportReport, import_files, plan_import
from hakari.storage.truth import Truth

NOON = datetime(2026, 11, 20, 3, tzinfo=UTC)


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def write_workbook(folder: Path, name: str, **sheets: Sequence[Sequence[Any]]) -> Path:
    path = folder / name
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def bring(truth: Truth, *paths: Path, day: int = 0, yes: bool = True, **more: Any) -> ImportReport:
    """One import, `day` days after noon of 20 November 2026 in Tokyo."""
    options = {"zone": "Asia/Tokyo", "mapping": None, **more}
    return import_files(paths, truth, yes=yes, now=NOON + timedelta(days=day), **options)


def plan(path: Path, **more: Any) -> FilePlan:
    (only,) = plan_import([path], **{"zone": "Asia/Tokyo", "mapping": None, **more})
    return only


def current(truth: Truth, table: str) -> list[dict[str, Any]]:
    """The current rows in the order they came; references as the names of what they point at."""
    rows = [
        version
        for batch in truth.changes(table, 0)
        for version in batch
        if version["until_at"] is None and not version["retracted"]
    ]
    refs = {field.name: field.ref for field in TABLES[table].fields if field.ref is not None}
    names = {
        ref: _names(truth, ref) for ref in set(refs.values()) if any(row[n] for n in refs for row in rows)
    }
    for row in rows:
        for field, ref in refs.items():
            if row[field] is not None:
                row[field] = names[ref][row[field]]
    return sorted(rows, key=lambda row: int(row["key"]))


def only(truth: Truth, table: str) -> dict[str, Any]:
    (row,) = current(truth, table)
    return row


def column(truth: Truth, table: str, field: str) -> list[Any]:
    return [row[field] for row in current(truth, table)]


def laid(file: FilePlan) -> dict[str, str]:
    """Header → slot of the columns in use."""
    return {each.header: each.slot for each in file.columns if each.slot is not None}


def said(report: ImportReport) -> list[tuple[str | None, str | None, int, str]]:
    """The notes as (column, value, rows, reason key)."""
    return [(note.column, note.value, note.rows, note.reason.key) for note in report.notes]


def _names(truth: Truth, table: str) -> dict[int, str]:
    own = "name" if TABLES[table].has("name") else "source_id"
    return {
        row["key"]: row[own] or row["source_id"]
        for batch in truth.changes(table, 0)
        for row in batch
        if row["until_at"] is None
    }
