"""Unpacks archives, so that several exports packed into one file are read as the files they are."""

from __future__ import annotations

import gzip
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, cast

from hakari.errors import EmptyFileError, FileTooLargeError, NotATableError
from hakari.sources.files.signatures import Form, form_of

# An export of ten million rows is one gigabyte and packs to a tenth; a bomb packs to a thousandth.
MOST_BYTES = 8 * 1024**3
MOST_TIMES = 200
SMALL_ENOUGH = 16 * 1024 * 1024
MOST_PARTS = 1_000
_TABLES = {
    *(".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".htm", ".html", ".json"),
}
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Handed:
    """The files to read, and what in the archives is no table by its name."""

    paths: tuple[Path, ...]
    passed_over: tuple[str, ...] = ()


@contextmanager
def unpacked(paths: Sequence[Path]) -> Iterator[Handed]:
    """The files as they are, archives as what is in them, for as long as the context lasts."""
    with tempfile.TemporaryDirectory(prefix="hakari-") as folder:
        found: list[Path] = []
        passed_over: list[str] = []
        for place, path in enumerate(paths):
            if form_of(path) is Form.ARCHIVE:
                inner, others = _unpack(path, Path(folder) / str(place))
                found += inner
                passed_over += [f"{path.name}/{name}" for name in others]
            else:
                found.append(path)
        yield Handed(tuple(found), tuple(passed_over))


def _unpack(path: Path, folder: Path) -> tuple[list[Path], list[str]]:
    try:
        if not zipfile.is_zipfile(path):
            return [_gunzip(path, folder)], []
        # Windows writes Japanese names in its own code page; names in UTF-8 say so.
        with zipfile.ZipFile(path, metadata_encoding="cp932") as archive:
            return _unzip(path, archive, folder)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise NotATableError(
            f"{path.name} is a damaged archive or has a password", "pack it again without one, or unpack it"
        ) from None


def _gunzip(path: Path, folder: Path) -> Path:
    target = _place(folder, path.name.removesuffix(".gz"))
    with gzip.open(path) as stream:
        _copy(path, cast("IO[bytes]", stream), target)
    return target


def _unzip(path: Path, archive: zipfile.ZipFile, folder: Path) -> tuple[list[Path], list[str]]:
    parts = [part for part in archive.infolist() if not part.is_dir() and not _hidden(part.filename)]
    if len(parts) > MOST_PARTS:
        raise FileTooLargeError(
            f"{path.name} holds {len(parts):,} files; {MOST_PARTS:,} is the limit", "pack fewer at once"
        )
    found: list[Path] = []
    passed_over: list[str] = []
    for place, part in enumerate(parts):
        name = PurePosixPath(part.filename.replace("\\", "/")).name
        if PurePosixPath(name).suffix.lower() not in _TABLES:
            passed_over.append(name)
            continue
        # In a folder of its own: two of one name do not meet, and no name leads anywhere else.
        target = _place(folder / str(place), name)
        with archive.open(part) as stream:
            _copy(path, stream, target)
        found.append(target)
    if not found:
        raise EmptyFileError(f"{path.name} holds no table", f"pack {', '.join(sorted(_TABLES)[:5])} files")
    return found, passed_over


def _hidden(name: str) -> bool:
    """What a Mac adds to an archive is nobody's export."""
    steps = PurePosixPath(name.replace("\\", "/")).parts
    return "__MACOSX" in steps or (bool(steps) and steps[-1].startswith("."))


def _place(folder: Path, name: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


def _copy(path: Path, stream: IO[bytes], target: Path) -> None:
    """Counted as it comes: what a directory says of its sizes may be a lie."""
    packed = max(path.stat().st_size, 1)
    size = 0
    with target.open("wb") as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > MOST_BYTES or (size > SMALL_ENOUGH and size > MOST_TIMES * packed):
                raise FileTooLargeError(
                    f"{path.name} unpacks to more than {min(MOST_BYTES, MOST_TIMES * packed) >> 20:,} MB",
                    "unpack it and hand over the files one by one",
                )
            file.write(chunk)
