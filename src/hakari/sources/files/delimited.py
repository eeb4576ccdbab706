"""Reads delimited text row by row: the delimiter is found, every row knows the line it starts on."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from hakari.errors import NotATableError
from hakari.sources.files.encodings import detect_encoding

# What Excel, CRMs and bulk exports put between cells.
DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "pipe", "^": "caret", "`": "backquote"}
_SAMPLE = 64_000
_SAMPLE_ROWS = 200


class Line(NamedTuple):
    """One row as it stands in the file; `number` is the line a person sees in an editor."""

    number: int
    cells: list[str]


class _Counted:
    """Hands lines to the csv module and remembers how many quotes the current row has shown."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.quotes = 0

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> str:
        line = next(self._stream)
        self.quotes += line.count('"')
        return line


def read_delimited(path: Path, encoding: str, delimiter: str) -> Iterator[Line]:
    """Every row, also blank ones. CR, LF and CR LF all end a line; a quoted cell may hold them."""
    with path.open(encoding=encoding, newline="") as stream:
        counted = _Counted(stream)
        reader = csv.reader(counted, delimiter=delimiter)
        start, swallowed = 1, 0
        try:
            for cells in reader:
                # A quote in the middle of a cell is a letter; one that runs over lines may be a fault …
                swallowed = start if counted.quotes % 2 and reader.line_num > start else 0
                counted.quotes = 0
                yield Line(start, cells)
                start = reader.line_num + 1
        except csv.Error:
            raise _never_closed(path, start) from None
        if swallowed:
            # … and is one when it runs to the end of the file.
            raise _never_closed(path, swallowed)


def _never_closed(path: Path, line: int) -> NotATableError:
    return NotATableError(
        f'{path.name} line {line}: a quote " is opened and never closed',
        'close it, write "" for a quote inside a cell, and keep cells under 131,072 letters',
    )


def open_delimited(path: Path) -> tuple[str, str]:
    """The encoding and the delimiter of a text file."""
    encoding = detect_encoding(path)
    with path.open(encoding=encoding, newline="") as stream:
        sample = stream.read(_SAMPLE)
    return encoding, sniff_delimiter(sample, whole=len(sample) < _SAMPLE)


def sniff_delimiter(sample: str, *, whole: bool = True) -> str:
    """The one that cuts the most rows into the same number of cells; a comma when none does."""
    if not whole:
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    widths: Counter[int] = Counter()
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if any(cells):
                widths[len(cells)] += 1
            if widths.total() >= _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0.0, 0
    wide = [(rows, width) for width, rows in widths.items() if width > 1]
    if not wide:
        return 0.0, 0
    rows, width = max(wide)
    return rows / widths.total(), width
