"""Rows as a Markdown table, for a wiki or a chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from hakari.report.csv_text import columns_of
from hakari.report.rows import Cell, Row


def rows_to_markdown(rows: Sequence[Row], headings: Mapping[str, str] | None = None) -> str:
    """Columns that no row fills are left out; numbers are aligned to the right."""
    columns = [name for name in columns_of(rows) if any(row.get(name) is not None for row in rows)]
    if not columns:
        return ""
    names = headings or {}
    lines = [
        _line([names.get(name, name) for name in columns]),
        _line(["--:" if _is_number(rows, name) else ":--" for name in columns]),
        *(_line([_written(row.get(name)) for name in columns]) for row in rows),
    ]
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _is_number(rows: Sequence[Row], name: str) -> bool:
    return all(isinstance(row.get(name), int | float | None) for row in rows)


def _written(value: Cell) -> str:
    if value is None:
        return "—"
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    return _plain(str(value))


def _plain(text: str) -> str:
    """Text stays text: no tag, link or line break of a record may shape the page it is pasted into."""
    escaped = text.replace("\\", "\\\\").replace("<", "&lt;").replace("[", "\\[").replace("`", "\\`")
    return " ".join(escaped.split())
