"""Refuses workbooks that would unpack to more than we are willing to hold, before anything unpacks them.

Limits: 512 MB unpacked, 200 times its packed size (once above 16 MB), 10,000 parts, 30 million cells in
one sheet's rectangle. The first three are read from the zip's own directory. That directory may lie, so
every part is then unpacked in a stream that is thrown away, and may not be larger than it said.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from hakari.errors import FileTooLargeError, NotATableError

MOST_BYTES = 512 * 1024 * 1024
MOST_TIMES = 200
SMALL_ENOUGH = 16 * 1024 * 1024
MOST_PARTS = 10_000
MOST_CELLS = 30_000_000
_CHUNK = 1 << 18
_CELL = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_LONGEST_CELL_NAME = 16
_WAY_OUT = "export fewer rows or columns at once, or export as .csv"


def refuse_bombs(path: Path) -> None:
    """Returns when the workbook is safe to open."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
        _check_directory(path, parts)
        with path.open("rb") as stream:
            for part in parts:
                _check_part(path, stream, part)
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, NotImplementedError):
        raise NotATableError(f"{path.name} is a damaged workbook", "save it again as .xlsx") from None


def _check_directory(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = max(path.stat().st_size, 1)
    if len(parts) > MOST_PARTS:
        raise FileTooLargeError(
            f"{path.name} has {len(parts):,} parts; {MOST_PARTS:,} is the limit", _WAY_OUT
        )
    if unpacked > MOST_BYTES:
        raise FileTooLargeError(
            f"{path.name} would unpack to {unpacked >> 20:,} MB; {MOST_BYTES >> 20} MB is the limit", _WAY_OUT
        )
    if unpacked > SMALL_ENOUGH and unpacked / packed > MOST_TIMES:
        raise FileTooLargeError(
            f"{path.name} would unpack to {unpacked // packed:,} times its size; {MOST_TIMES} is the limit",
            _WAY_OUT,
        )


def _check_part(path: Path, stream: BinaryIO, part: zipfile.ZipInfo) -> None:
    is_sheet = part.filename.startswith("xl/worksheets/")
    size = 0
    area = _Area()
    for chunk in _unpacked(stream, part):
        size += len(chunk)
        if size > part.file_size:
            raise FileTooLargeError(
                f"{path.name}: {part.filename} says {part.file_size:,} bytes and unpacks to more", _WAY_OUT
            )
        if is_sheet:
            area.see(chunk)
            if area.cells > MOST_CELLS:
                raise FileTooLargeError(
                    f"{path.name}: {part.filename} spans {area.cells:,} cells; {MOST_CELLS:,} is the limit",
                    "delete what stands far outside the table, or export as .csv",
                )


def _unpacked(stream: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part's bytes, by what is in the stream and not by what the directory promises."""
    if part.flag_bits & 0x1:
        raise zipfile.BadZipFile("encrypted")
    stream.seek(part.header_offset)
    local = struct.unpack("<4s5H3L2H", stream.read(30))
    if local[0] != b"PK\x03\x04":
        raise zipfile.BadZipFile("no local header")
    stream.seek(local[9] + local[10], 1)
    left = part.compress_size
    inflate = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
    if inflate is None and part.compress_type != zipfile.ZIP_STORED:
        raise NotImplementedError("another compression")
    while left > 0 and (packed := stream.read(min(_CHUNK, left))):
        left -= len(packed)
        if inflate is None:
            yield packed
            continue
        while packed and not inflate.eof:
            yield inflate.decompress(packed, _CHUNK)
            packed = inflate.unconsumed_tail


class _Area:
    """The rectangle a sheet's cells span; two far cells are enough to fill the memory."""

    def __init__(self) -> None:
        self._tail = b""
        self._columns: set[bytes] = set()
        self._widest = 0
        self._rows = 0

    @property
    def cells(self) -> int:
        return self._widest * self._rows

    def see(self, chunk: bytes) -> None:
        text = self._tail + chunk
        self._tail = text[-_LONGEST_CELL_NAME:]
        for letters, row in _CELL.findall(text):
            if letters not in self._columns:
                self._columns.add(letters)
                self._widest = max(self._widest, _column_number(letters))
            self._rows = max(self._rows, int(row))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
