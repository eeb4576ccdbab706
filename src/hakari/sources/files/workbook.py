"""Reads the sheets of an Excel workbook as rows of text, so that the rest need not know Excel."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One visible sheet and its rows."""

    name: str
    rows: tuple[Line, ...]


def read_workbook(path: Path) -> tuple[list[WorkbookSheet], list[str]]:
    """The visible sheets that hold something, and the names of those left out because they are hidden."""
    refuse_bombs(path)
    try:
        with CalamineWorkbook.from_path(path) as book:
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
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield Line(number, [cell if type(cell) is str else cell_text(cell) for cell in cells])


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
