"""Rows as CSV that Japanese Excel opens without garbling, and that cannot run a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

from hakari.report.rows import Cell, Row

BYTE_ORDER_MARK = "\ufeff"
# What a spreadsheet takes for the beginning of a formula, also behind a tab or a line break.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def rows_to_csv(rows: Sequence[Row]) -> str:
    """UTF-8 text to be encoded as it is: the mark is part of it. Dates are ISO, unknown is empty."""
    columns = columns_of(rows)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([harmless(name) for name in columns])
    writer.writerows([_written(row.get(name)) for name in columns] for row in rows)
    return BYTE_ORDER_MARK + text.getvalue()


def columns_of(rows: Sequence[Row]) -> list[str]:
    """The keys of all rows, in the order they first appear."""
    return list(dict.fromkeys(key for row in rows for key in row))


def harmless(text: str) -> str:
    """An apostrophe before what would be read as a formula: the spreadsheet shows the text behind it."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _written(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):  # and datetime, which is a date
        return value.isoformat()
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)
