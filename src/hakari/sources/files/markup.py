"""Reads the tables of web pages and of Excel's XML: what many systems export under the name .xls."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from hakari.errors import FileTooLargeError, NotATableError
from hakari.sources.files.delimited import Line
from hakari.sources.files.encodings import detect_encoding

MOST_BYTES = 256 * 1024 * 1024
_MOST_SPAN = 1_000
_ROWS, _CELLS = {"tr", "row"}, {"td", "th", "cell"}
_UNSEEN = {"script", "style", "title"}
_SPACES = re.compile(r"\s+")
_AMOUNT = re.compile(r"[\d\s,.¥$€%+\-−()]*")


def read_markup(path: Path) -> list[tuple[Line, ...]]:
    """The rows of each table that has more than one row, in the order they stand. A table inside a cell is
    a table of its own; merged cells leave empty ones behind, and words merged downwards are repeated.
    """
    if path.stat().st_size > MOST_BYTES:
        raise FileTooLargeError(
            f"{path.name} is a web page of more than {MOST_BYTES >> 20} MB", "export it as .csv or .xlsx"
        )
    parser = _Tables()
    parser.feed(path.read_text(encoding=detect_encoding(path)))
    parser.close()
    found = [tuple(each) for each in parser.done if len(each) > 1]
    if not found:
        raise NotATableError(
            f"{path.name} is a web page without a table", "export the table as .csv or .xlsx"
        )
    return found


@dataclass(slots=True)
class _Open:
    """A table whose end has not come yet; `below` are words that reach down: column → (rows left, word)."""

    rows: list[Line] = field(default_factory=list)
    row: list[str] | None = None
    cell: list[str] | None = None
    across: int = 1
    down: int = 1
    below: dict[int, tuple[int, str]] = field(default_factory=dict)


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[list[Line]] = []
        self._open: list[_Open] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = tag.rpartition(":")[2]
        said = {name.rpartition(":")[2]: value or "" for name, value in attrs}
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._open.append(_Open())
        elif not self._open:
            return
        elif tag in _ROWS:
            self._end_row()
            self._open[-1].row = []
            self._skip_rows(said)
        elif tag in _CELLS:
            self._start_cell(said)
        elif tag == "br" and self._open[-1].cell is not None:
            self._open[-1].cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif not self._open:
            return
        elif tag in _CELLS:
            self._end_cell()
        elif tag in _ROWS:
            self._end_row()
        elif tag == "table":
            self._end_row()
            self.done.append(self._open.pop().rows)

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].cell is not None and not self._unseen:
            self._open[-1].cell.append(data)

    def close(self) -> None:
        super().close()
        while self._open:
            self._end_row()
            self.done.append(self._open.pop().rows)

    def _skip_rows(self, said: dict[str, str]) -> None:
        """Excel's XML leaves empty rows out and numbers the next one."""
        rows = self._open[-1].rows
        number = _whole(said.get("index"), 0)
        if number > len(rows) + 1 and number - len(rows) <= _MOST_SPAN:
            rows.extend(Line(place + 1, []) for place in range(len(rows), number - 1))

    def _start_cell(self, said: dict[str, str]) -> None:
        self._end_cell()
        table = self._open[-1]
        if table.row is None:
            table.row = []
        _fill_below(table, table.row)
        number = _whole(said.get("index"), 0)
        if number > len(table.row) + 1 and number - len(table.row) <= _MOST_SPAN:
            table.row.extend([""] * (number - 1 - len(table.row)))
        table.cell = []
        table.across = _whole(said.get("colspan"), _whole(said.get("mergeacross"), 0) + 1)
        table.down = _whole(said.get("rowspan"), _whole(said.get("mergedown"), 0) + 1)

    def _end_cell(self) -> None:
        table = self._open[-1]
        if table.cell is None or table.row is None:
            return
        word = _text(table.cell)
        if table.down > 1:
            # Only words: an amount merged over three rows is one amount, not three.
            table.below[len(table.row)] = (table.down - 1, "" if _AMOUNT.fullmatch(word) else word)
        table.row += [word, *[""] * (table.across - 1)]
        table.cell = None

    def _end_row(self) -> None:
        self._end_cell()
        table = self._open[-1]
        if table.row is not None:
            _fill_below(table, table.row)
            table.rows.append(Line(len(table.rows) + 1, table.row))
            table.row = None


def _fill_below(table: _Open, row: list[str]) -> None:
    """The words of merged cells above, as far as they stand next."""
    while (found := table.below.pop(len(row), None)) is not None:
        left, word = found
        if left > 1:
            table.below[len(row)] = (left - 1, word)
        row.append(word)


def _text(pieces: list[str]) -> str:
    lines = "".join(pieces).replace("\xa0", " ").split("\n")
    return "\n".join(filter(None, (_SPACES.sub(" ", line).strip() for line in lines)))


def _whole(text: str | None, otherwise: int) -> int:
    return min(int(text), _MOST_SPAN) if text and text.isdecimal() else otherwise
