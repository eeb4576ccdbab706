"""Turns a grid with a column for each month into one row for each month: 担当者, 4月, 5月, 6月 …"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from hakari.sources.files.blanks import plain
from hakari.sources.files.delimited import Line
from hakari.sources.files.layout import Layout, is_total_row, table_lines
from hakari.sources.files.source_file import Sheet

PERIOD_HEADER = "対象月"
VALUE_HEADER = "目標"
_FEWEST_MONTHS = 3
_MONTH = re.compile(
    r"(?:(?:20)?\d{2}年|20\d{2}[-/.]|FY\d{2,4}[ /]?)?(?:0?[1-9]|1[0-2])月?度?"
    r"|20\d{2}-\d{2}-01(?: 00:00:00)?|20\d{2}(?:0[1-9]|1[0-2])"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:[ -]?'?(?:20)?\d{2})?"
    r"|(?:20\d{2}年?度?\s?)?[1-4]Q|(?:20\d{2}年?度?\s?)?Q[1-4]|第[1-4]四半期|[上下]期|[上下]半期",
    re.IGNORECASE,
)
_SAYS_TARGET = re.compile(r"目標|予算|計画|ノルマ|target|quota|budget|goal|plan", re.IGNORECASE)
_SAYS_ACTUAL = re.compile(r"実績|actual", re.IGNORECASE)


def is_month_grid(headers: Sequence[str], *texts: str) -> bool:
    """Bare numbers count only when they run like months, not when a table numbers its columns.

    Where the texts around it speak of targets, a single month will do.
    """
    months = [header for header in headers if _is_month(header)]
    bare = [header for header in months if plain(header).isdecimal() and len(plain(header)) <= 2]
    others = [header for header in headers if header and not _is_month(header)]
    fewest = 1 if months and says_target(*texts) else _FEWEST_MONTHS
    return len(months) >= fewest and bool(others) and (not bare or len(bare) == 12)


def says_target(*texts: str) -> bool:
    """Whether the first of the texts that calls the figures targets or actuals calls them targets."""
    for text in texts:
        target, actual = bool(_SAYS_TARGET.search(text)), bool(_SAYS_ACTUAL.search(text))
        if target != actual:
            return target
    return False


def unfold(sheet: Sheet, layout: Layout) -> tuple[Sheet, Layout]:
    """The same sheet as rows of (who, month, value); each filled cell of the grid is one row."""
    months = [place for place, header in enumerate(layout.headers) if _is_month(header)]
    others = [place for place, header in enumerate(layout.headers) if place not in months and header.strip()]
    headers = (*(layout.headers[place] for place in others), PERIOD_HEADER, VALUE_HEADER)
    shape = _Shape(layout.headers, months, others)
    unfolded = replace(sheet, open=lambda: shape.rows(table_lines(sheet, layout)), padded=True)
    sample = tuple(shape.rows(layout.sample))
    return unfolded, Layout(layout.header_line, headers, layout.above, sample)


class _Shape:
    """Which columns are months and which say whose they are."""

    def __init__(self, headers: Sequence[str], months: Sequence[int], others: Sequence[int]) -> None:
        self._headers, self._months, self._others = headers, months, others

    def rows(self, lines: Iterable[Line]) -> Iterator[Line]:
        for line in lines:
            cells = line.cells
            front = [cells[place] if place < len(cells) else "" for place in self._others]
            if is_total_row(cells):
                yield Line(line.number, [*front, "", ""])
                continue
            for place in self._months:
                value = cells[place] if place < len(cells) else ""
                if value.strip():
                    yield Line(line.number, [*front, _label(self._headers[place]), value])


def _label(header: str) -> str:
    """Excel hands a month's header over as its first day."""
    text = plain(header)
    return text[:7] if re.fullmatch(r"20\d{2}-\d{2}-01(?: 00:00:00)?", text) else text


def _is_month(header: str) -> bool:
    return bool(header) and bool(_MONTH.fullmatch(plain(header)))
