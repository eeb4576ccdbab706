"""Finds the table in a sheet: the header under titles and notes, the rows below, the totals among them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from hakari.errors import EmptyFileError
from hakari.sources.files.delimited import Line
from hakari.sources.files.header_book import header_form
from hakari.sources.files.source_file import Sheet

_LOOK_AT = 60
_RECORD_STARTS = "レコードの開始行"
SAMPLE_ROWS = 1000

_NUMBERLIKE = re.compile(
    r"^[\s¥$€(+\-−\u25b2\u25b3]*[\d,.]+[\s%)]*(?:円|千円|万円|百万円|件|社|名|人|個|回|本|時間|分|秒)?$"
)
_DATELIKE = re.compile(r"^\d{1,4}[-/.年]\d{1,2}(?:[-/.月]\d{1,4}日?)?(?:[ T].*)?$")
_MAYBE_TOTAL = re.compile(r"計|total|ｔｏｔａｌ", re.IGNORECASE)
_TOTAL = re.compile(
    r"^(?:.{0,20}[\s　])?(?:合\s*計|小\s*計|総\s*計|総合計|計|累計|月計|年計|全社計)$"
    r"|^.{1,20}(?:小計|合計|総計)$"
    r"|^(?:grand\s+|sub[\s-]?)?totals?$"
)
_NOTE = re.compile(
    r"※|\*\s?\d?\s?\D|[(【\[]?(?:注|注記|備考|出典|出所|注意)\d*[)】\]]?\s*[:.)】\]]|(?:note|source)s?\s*:",
    re.IGNORECASE,
)


# Cells of a note's row that may hold spaces.
_BLANKED = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table is. `above` are the words over the header; `sample` the first rows under it."""

    header_line: int
    headers: tuple[str, ...]
    above: tuple[str, ...]
    sample: tuple[Line, ...]

    @property
    def starts(self) -> int | None:
        """The column in which kintone marks the first line of each record with an asterisk."""
        return self.headers.index(_RECORD_STARTS) if _RECORD_STARTS in self.headers else None

    def continues(self, cells: Sequence[str]) -> bool:
        """Whether a line only adds another row of a record's inner table to the record above it."""
        place = self.starts
        return place is not None and place < len(cells) and cells[place].strip() != "*"


def find_layout(sheet: Sheet) -> Layout:
    top = list(islice(sheet.lines(), _LOOK_AT))
    if not top:
        raise EmptyFileError(f"{sheet.shown} is empty", "export it again and look at its size")
    place = 0 if sheet.headed else _header_place(top)
    header = top[place]
    sample = tuple(islice(_below(sheet, header.number), SAMPLE_ROWS))
    if not sample:
        raise EmptyFileError(
            f"{sheet.shown} has a header on line {header.number} and no rows",
            "export it again with its records",
        )
    above = tuple(cell.strip() for line in top[:place] for cell in line.cells if cell.strip())
    headers = tuple(cell.replace("\ufeff", "").strip() for cell in header.cells)
    return Layout(header.number, headers, above, sample)


def table_lines(sheet: Sheet, layout: Layout) -> Iterator[Line]:
    """The rows under the header, from the first."""
    return _below(sheet, layout.header_line)


def is_total_row(cells: Sequence[str]) -> bool:
    """合計 or Total in front, and nothing but numbers behind: a company may be called Total, a row not."""
    first = cells[0] if cells else ""
    if not first or first.isspace():
        first = next((cell for cell in cells if cell and not cell.isspace()), "")
    if (
        len(first) > 40
        or not _MAYBE_TOTAL.search(first)
        or not _TOTAL.match(unicodedata.normalize("NFKC", first).strip().casefold())
    ):
        return False
    others = [cell for cell in cells if cell and not cell.isspace()][1:]
    return all(_is_value(cell) for cell in others)


def is_note_row(cells: Sequence[str]) -> bool:
    """A single cell that begins as notes do: ※10月末時点. A table of one or two columns has no such rows."""
    if cells.count("") < len(cells) - _BLANKED:  # Every row passes here, and few are this empty.
        return False
    filled = [cell for cell in cells if cell and not cell.isspace()]
    return len(filled) == 1 and _NOTE.match(unicodedata.normalize("NFKC", filled[0]).strip()) is not None


def _below(sheet: Sheet, header_line: int) -> Iterator[Line]:
    return (line for line in sheet.lines() if line.number > header_line)


def _header_place(top: Sequence[Line]) -> int:
    scores = [_score(top, place) for place in range(len(top))]
    return max(range(len(top)), key=lambda place: (scores[place], -place))


def _score(top: Sequence[Line], place: int) -> float:
    """Known headers count most; a header has more words than numbers, no twins, and rows as wide below."""
    cells = [cell.strip() for cell in top[place].cells if cell and not cell.isspace()]
    if not cells:
        return 0.0
    words = [cell for cell in cells if not _is_value(cell)]
    known = sum(header_form(cell).known for cell in words if len(cell) <= 60)
    distinct = len(set(cells)) / len(cells)
    below = [_width(line.cells) for line in top[place + 1 : place + 6]]
    fit = min(1.0, len(cells) / max(below)) if below else 0.3
    return (2.0 * known + min(len(words), 10)) * (len(words) / len(cells)) * distinct * fit


def _width(cells: Iterable[str]) -> int:
    return sum(1 for cell in cells if cell and not cell.isspace()) or 1


def _is_value(cell: str) -> bool:
    text = unicodedata.normalize("NFKC", cell).strip()
    return bool(_NUMBERLIKE.match(text) or _DATELIKE.match(text))


def distinct_headers(headers: Sequence[str]) -> tuple[str, ...]:
    """The headers as the report names them: the second 金額 is 金額 (2)."""
    seen: Counter[str] = Counter()
    named = []
    for header in headers:
        seen[header] += 1
        named.append(header if seen[header] == 1 else f"{header} ({seen[header]})")
    return tuple(named)
