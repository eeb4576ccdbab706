"""Says what a file really is, whatever its name promises."""

from __future__ import annotations

import re
import zipfile
from enum import Enum, auto
from pathlib import Path

from hakari.errors import EmptyFileError, NotATableError, SourceFileError

_HEAD = 4096


class Form(Enum):
    """How a file holds its tables."""

    TEXT = auto()
    WORKBOOK = auto()
    MARKUP = auto()
    RECORDS = auto()
    ARCHIVE = auto()


# The first bytes of what people send by mistake, and what to do then.
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF document", "export the table as .csv or .xlsx from where the PDF was made"),
    (b"\x89PNG", "a PNG picture", "export the table itself as .csv or .xlsx"),
    (b"\xff\xd8\xff", "a JPEG picture", "export the table itself as .csv or .xlsx"),
    (b"GIF8", "a GIF picture", "export the table itself as .csv or .xlsx"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"SQLite format 3", "a SQLite database", "export its table as .csv"),
    (b"{\\rtf", "an RTF document", "export the table as .csv or .xlsx"),
)
_OLD_OFFICE, _GZIP, _ZIP = b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"PK"
# Report exports called .xls are web pages more often than workbooks; Excel's own XML is read the same way.
_MARKUP = re.compile(
    rb"<(?:!doctype html|html|head|meta|table|body)"
    rb"|<\?xml[^>]*>\s*(?:<[?!][^>]*>\s*)*<(?:html|(?:\w+:)?workbook)"
)
_XML = re.compile(rb"<\?xml|<!--")
_JSON = re.compile(rb"[\[{]\s*[\"{]")


def form_of(path: Path) -> Form:
    """What is in the file; what holds no table is refused by what it is."""
    head = _head(path)
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise EmptyFileError(f"{path.name} is empty", "export it again and look at its size")
    if head.startswith(_ZIP):
        return _zip_form(path)
    if head.startswith(_OLD_OFFICE):
        return Form.WORKBOOK
    if head.startswith(_GZIP):
        return Form.ARCHIVE
    for start, what, way_out in _SIGNATURES:
        if head.startswith(start):
            raise NotATableError(f"{path.name} is {what}, not a table", way_out)
    return _text_form(path, head)


def _text_form(path: Path, head: bytes) -> Form:
    start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if _MARKUP.match(start):
        return Form.MARKUP
    if _XML.match(start):
        raise NotATableError(
            f"{path.name} is an XML document, not a table", "open it in Excel and save it as .xlsx"
        )
    return Form.RECORDS if _JSON.match(start) else Form.TEXT


def _head(path: Path) -> bytes:
    if path.is_dir():
        raise SourceFileError(f"{path.name} is a folder", "name the files in it")
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except FileNotFoundError:
        raise SourceFileError(f"there is no file {path}", "check the name and the folder") from None
    except OSError as error:
        raise SourceFileError(f"{path.name} cannot be read: {error.strerror}", "check its rights") from None


def _zip_form(path: Path) -> Form:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise NotATableError(
            f"{path.name} is a damaged zip archive or workbook", "save or send it again"
        ) from None
    if names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        return Form.WORKBOOK
    for part, what in (("word/document.xml", "a Word document"), ("ppt/presentation.xml", "a presentation")):
        if part in names:
            raise NotATableError(f"{path.name} is {what}, not a table", "save the table as .xlsx or .csv")
    return Form.ARCHIVE
