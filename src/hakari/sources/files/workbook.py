"""Reads the sheets of an Excel workbook as rows of text, so that the rest need not know Excel."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from hakari.errors import NotATableError
from hakari.sources.files.delimited import Line
from hakari.sources.files.zip_guard import refuse_bombs

Cell = int | float | str | bool | time | date | datetime | timedelta
_WHOLE = 1e15
# No table made by people merges more; a file made to hold us up might.
_MOST_MERGED = 1_000_000


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One visible sheet and its rows."""

    name: str
    rows: tuple[Line, ...]


def read_workbook(path: Path) -> tuple[list[WorkbookSheet], list[str]]:
    """The visible sheets that hold something, and the names of those left out because they are hidden."""
    if zipfile.is_zipfile(path):
        refuse_bombs(path)
    try:
        # By what is in the file: a workbook may bear any name.
        with path.open("rb") as stream, CalamineWorkbook.from_object(stream) as book:
            hidden = [each.name for each in book.sheets_metadata if each.visible != SheetVisibleEnum.Visible]
            shown = [
                each.name
                for each in book.sheets_metadata
                if each.visible == SheetVisibleEnum.Visible and each.typ == SheetTypeEnum.WorkSheet
            ]
            sheets = [WorkbookSheet(name, tuple(_lines(book.get_sheet_by_name(name)))) for name in shown]
    except PasswordError:
        raise NotATableError(f"{path.name} has a password", "save it without one") from None
    except CalamineError as error:
        raise NotATableError(
            f"{path.name} is a damaged workbook: {error}", "save it again as .xlsx"
        ) from None
    except BaseException as error:
        # The reader is written in Rust; where it meets a file it did not foresee, it panics.
        if type(error).__name__ != "PanicException":
            raise
        raise NotATableError(f"{path.name} is a damaged workbook", "save it again as .xlsx") from None
    return [sheet for sheet in sheets if sheet.rows], hidden


def _lines(sheet: CalamineSheet) -> Iterator[Line]:
    below = _merged_below(sheet)
    fills: dict[int, str] = {}
    for number, cells in enumerate(sheet.iter_rows()):
        texts = [cell if type(cell) is str else cell_text(cell) for cell in cells]
        for column, first in below.get(number, ()):
            if number == first:
                # Only words: an amount merged over three rows is one amount, not three.
                fills[column] = texts[column] if type(cells[column]) is str else ""
            texts[column] = texts[column] or fills.get(column, "")
        yield Line(number + 1, texts)


def _merged_below(sheet: CalamineSheet) -> dict[int, list[tuple[int, int]]]:
    """Row → (column, first row) of the cells merged downwards over it: one 一課 beside three people."""
    left = sheet.start[1] if sheet.start is not None else 0
    found: dict[int, list[tuple[int, int]]] = {}
    filled = 0
    for (top, column), (bottom, last_column) in sheet.merged_cell_ranges or ():
        if column == last_column and left <= column < left + sheet.width:
            rows = range(top, min(bottom, sheet.total_height) + 1)
            filled += len(rows)
            if filled > _MOST_MERGED:
                return {}
            for row in rows:
                found.setdefault(row, []).append((column - left, top))
    return found


def cell_text(cell: Cell) -> str:
    """What a person would type for the cell: whole numbers without a point, days from the year down."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _WHOLE else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(cell)
