"""Rows as a workbook: table, definitions and origin, with real numbers, dates and ratio formulas."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from hakari.report.csv_text import columns_of
from hakari.report.rows import Cell, Row
from hakari.words import Language, knows, say

if TYPE_CHECKING:  # Every command imports this module, and few write a workbook.
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_SHARES = ("value", "comparison", "difference", "low", "high", "previous")  # a ratio's columns, in percent
_WIDEST = 46


def rows_to_xlsx(
    rows: Sequence[Row],
    definitions: Sequence[Row] = (),
    origin: Mapping[str, Cell] | None = None,
    lang: Language = "ja",
    headings: Mapping[str, str] | None = None,
) -> bytes:
    """A page gives the same layout every time: formulas pointing into it survive next week's file."""
    import xlsxwriter

    target = io.BytesIO()
    # Text from records is never read as a formula, a number or a link.
    plain = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, {"in_memory": True, "remove_timezone": True, **plain}) as book:
        writer = _Writer(book, lang, headings or {})
        writer.table(say("sheet_table", lang), rows)
        writer.table(say("sheet_definitions", lang), definitions)
        listed = [{"item": key, "content": value} for key, value in (origin or {}).items()]
        writer.table(say("sheet_origin", lang), listed)
    return target.getvalue()


class _Writer:
    def __init__(self, book: Workbook, lang: Language, headings: Mapping[str, str]) -> None:
        self.book, self.lang, self.headings = book, lang, headings
        self.head: Format = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self.formats: dict[str, Format] = {
            name: book.add_format({"num_format": pattern})
            for name, pattern in {
                "number": "#,##0.##;−#,##0.##",
                "whole": "#,##0;−#,##0",
                "share": "0.0%;−0.0%",
                "date": "yyyy-mm-dd",
                "instant": "yyyy-mm-dd hh:mm",
            }.items()
        }

    def table(self, name: str, rows: Sequence[Row]) -> None:
        sheet = self.book.add_worksheet(name)
        columns = columns_of(rows)
        for column, key in enumerate(columns):
            sheet.write_string(0, column, self._heading(key), self.head)
            sheet.set_column(column, column, self._width(key, rows))
        for number, row in enumerate(rows, start=1):
            for column, key in enumerate(columns):
                self._cell(sheet, number, column, key, row, columns)
        sheet.freeze_panes(1, 0)
        if columns and rows:
            sheet.autofilter(0, 0, len(rows), len(columns) - 1)

    def _heading(self, key: str) -> str:
        word = self.headings.get(key)
        if word is not None:
            return word
        return say(f"column_{key}", self.lang) if knows(f"column_{key}") else key

    def _width(self, key: str, rows: Sequence[Row]) -> float:
        longest = max((_columns_wide(row.get(key)) for row in rows), default=0)
        return min(max(longest, _columns_wide(self._heading(key))) + 2, _WIDEST)

    def _cell(
        self, sheet: Worksheet, line: int, column: int, key: str, row: Row, columns: Sequence[str]
    ) -> None:
        from xlsxwriter.utility import xl_rowcol_to_cell

        value = row.get(key)
        is_share = row.get("unit") == "percent" and key in _SHARES
        if value is None:
            return
        if key == "value" and is_share and _is_ratio(row):
            top, bottom = (
                xl_rowcol_to_cell(line, columns.index(side)) for side in ("numerator", "denominator")
            )
            sheet.write_formula(line, column, f"={top}/{bottom}", self.formats["share"], value)
        elif isinstance(value, bool):
            sheet.write_boolean(line, column, value)
        elif isinstance(value, int | float):
            whole = "whole" if float(value).is_integer() else "number"
            sheet.write_number(line, column, value, self.formats["share" if is_share else whole])
        elif isinstance(value, datetime):
            sheet.write_datetime(line, column, value, self.formats["instant"])
        elif isinstance(value, date):
            sheet.write_datetime(line, column, value, self.formats["date"])
        else:
            sheet.write_string(line, column, value)


def _is_ratio(row: Row) -> bool:
    """Whether the value is its numerator over its denominator, and not, say, corrected for open cases."""
    top, bottom, value = row.get("numerator"), row.get("denominator"), row.get("value")
    if not (isinstance(top, int | float) and isinstance(bottom, int | float) and isinstance(value, float)):
        return False
    return bottom != 0 and abs(top / bottom - value) < 1e-9


def _columns_wide(value: Cell) -> int:
    """Japanese letters take two columns."""
    return sum(2 if letter > "\u2e80" else 1 for letter in str(value if value is not None else ""))
