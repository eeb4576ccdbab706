"""Says what a file really is, whatever its name promises."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from hakari.errors import EmptyFileError, NotATableError, SourceFileError

WORKBOOK_NAMES = {".xlsx", ".xlsm"}
_HEAD = 4096

# The first bytes of what people send by mistake, and what to do then.
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF document", "export the table as .csv or .xlsx from where the PDF was made"),
    (b"\x89PNG", "a PNG picture", "export the table itself as .csv or .xlsx"),
    (b"\xff\xd8\xff", "a JPEG picture", "export the table itself as .csv or .xlsx"),
    (b"GIF8", "a GIF picture", "export the table itself as .csv or .xlsx"),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Excel workbook (.xls) or one with a password",
        "open it in Excel and save it as .xlsx without a password",
    ),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"SQLite format 3", "a SQLite database", "export its table as .csv"),
    (b"{\\rtf", "an RTF document", "export the table as .csv or .xlsx"),
)
_MARKUP: tuple[tuple[bytes, str, str], ...] = (
    (b"<!doctype html", "a web page", "open it in Excel and save it as .xlsx"),
    (b"<html", "a web page", "open it in Excel and save it as .xlsx"),
    (b"<table", "a web page", "open it in Excel and save it as .xlsx"),
    (b"<?xml", "an XML document", "open it in Excel and save it as .xlsx"),
)
_JSON = re.compile(rb"[\[{]\s*[\"{]")


def is_workbook(path: Path) -> bool:
    """True for an Excel workbook, False for text; anything else is refused by what it is."""
    head = _head(path)
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise EmptyFileError(f"{path.name} is empty", "export it again and look at its size")
    if head.startswith(b"PK"):
        return _workbook_by_name(path)
    if path.suffix.lower() in WORKBOOK_NAMES:
        raise NotATableError(
            f"{path.name} is not an Excel workbook, although its name says so",
            "if it opens in a text editor, rename it to .csv; else save it again as .xlsx",
        )
    _refuse_known(path, head)
    return False


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


def _workbook_by_name(path: Path) -> bool:
    really = _zip_content(path)
    if really != "an Excel workbook":
        raise NotATableError(f"{path.name} is {really}", "unpack it, or save the table as .xlsx or .csv")
    if path.suffix.lower() not in WORKBOOK_NAMES:
        raise NotATableError(f"{path.name} is an Excel workbook", "rename it to .xlsx")
    return True


def _zip_content(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return "a damaged zip archive or workbook"
    if "xl/workbook.xml" in names:
        return "an Excel workbook"
    if "word/document.xml" in names:
        return "a Word document"
    if "ppt/presentation.xml" in names:
        return "a PowerPoint presentation"
    if "content.xml" in names or "xl/workbook.bin" in names:
        return "a spreadsheet of a kind that is not read"
    return "a zip archive"


def _refuse_known(path: Path, head: bytes) -> None:
    markup = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for start, what, way_out in _SIGNATURES:
        if head.startswith(start):
            raise NotATableError(f"{path.name} is {what}, not a table", way_out)
    for start, what, way_out in _MARKUP:
        if markup.startswith(start):
            raise NotATableError(f"{path.name} is {what}, not a table", way_out)
    if _JSON.match(markup):
        raise NotATableError(f"{path.name} is JSON, not a table", "export the records as .csv")
