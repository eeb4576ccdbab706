"""Opens any file a person hands over as one or more sheets of text rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hakari.errors import EmptyFileError, NotATableError
from hakari.sources.files.delimited import DELIMITERS, Line, open_delimited, read_delimited
from hakari.sources.files.json_records import read_records
from hakari.sources.files.markup import read_markup
from hakari.sources.files.signatures import Form, form_of
from hakari.sources.files.workbook import read_workbook

_CONTROL_Z = "\x1a"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows that may be a table. `open` starts reading from the top each time it is called.

    `headed` sheets are known to begin with their header.
    """

    path: Path
    name: str | None
    encoding: str
    delimiter: str | None
    open: Callable[[], Iterable[Line]]
    padded: bool
    hidden: tuple[str, ...] = ()
    headed: bool = False

    @property
    def shown(self) -> str:
        """The file's name, with the sheet's where a file has several."""
        return self.path.name if self.name is None else f"{self.path.name}:{self.name}"

    def lines(self) -> Iterator[Line]:
        """The rows that hold something; old systems end a file with Control-Z."""
        for line in self.open():
            if any(line.cells) and _holds_something(line.cells):
                yield line


def open_file(path: Path) -> list[Sheet]:
    """The sheets of one file; a text file has one without a name."""
    form = form_of(path)
    if form is Form.WORKBOOK:
        return _sheets_of_workbook(path)
    if form is Form.MARKUP:
        tables = read_markup(path)
        names = [None] if len(tables) == 1 else [f"table {place}" for place in range(1, len(tables) + 1)]
        return [
            Sheet(path, name, "html", None, _again(rows), padded=True)
            for name, rows in zip(names, tables, strict=True)
        ]
    if form is Form.RECORDS:
        return [Sheet(path, None, "json", None, _again(read_records(path)), padded=True, headed=True)]
    if form is Form.ARCHIVE:
        raise NotATableError(f"{path.name} is an archive inside an archive", "unpack it first")
    return [_sheet_of_text(path)]


def _sheets_of_workbook(path: Path) -> list[Sheet]:
    found, hidden = read_workbook(path)
    if not found:
        raise EmptyFileError(f"{path.name} has no visible sheet with rows", "unhide or fill one")
    return [
        Sheet(path, each.name, "xlsx", None, _again(each.rows), padded=True, hidden=tuple(hidden))
        for each in found
    ]


def _sheet_of_text(path: Path) -> Sheet:
    encoding, delimiter = open_delimited(path)
    return Sheet(
        path,
        None,
        encoding.removesuffix("-sig"),
        DELIMITERS[delimiter],
        lambda: read_delimited(path, encoding, delimiter),
        padded=False,
    )


def _holds_something(cells: list[str]) -> bool:
    first = cells[0]
    if first and not first.isspace() and first != _CONTROL_Z:
        return True
    return any(cell and not cell.isspace() and cell != _CONTROL_Z for cell in cells)


def _again(rows: tuple[Line, ...]) -> Callable[[], Iterable[Line]]:
    return lambda: rows
