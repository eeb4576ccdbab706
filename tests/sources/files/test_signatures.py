"""A file is refused by what it really is, with a way out."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from hakari.errors import EmptyFileError, NotATableError, SourceFileError
from hakari.sources.files.source_file import open_file
from tests.sources.files.desk import write, write_workbook


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("deals.csv", b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        ("deals.csv", b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        ("deals.csv", b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG picture"),
        ("deals.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a damaged workbook"),
        ("report.xls", b"<html><p>no table</p></html>", "a web page without a table"),
        ("deals.csv", b'<?xml version="1.0"?><a/>', "an XML document"),
        ("deals.json", b'{\n "records": []}', "JSON without"),
        ("deals.json", b'[ {"id": 1} ', "broken JSON"),
        ("deals.xlsx", b"PK\x03\x04 broken", "damaged"),
        ("deals.csv", b"id\x00name\x00\x00\x01", "binary"),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, name: str, content: bytes, what: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(NotATableError, match=what) as error:
        open_file(path)
    assert error.value.way_out


@pytest.mark.parametrize("name", ["deals.csv", "deals.xls", "deals"])
def test_a_workbook_is_read_under_any_name(tmp_path: Path, name: str) -> None:
    path = write_workbook(tmp_path, "deals.xlsx", Deals=[["id"], [1]]).rename(tmp_path / name)
    (sheet,) = open_file(path)
    assert [line.cells for line in sheet.lines()] == [["id"], ["1"]]


def test_text_called_xlsx_is_read_as_text(tmp_path: Path) -> None:
    (sheet,) = open_file(write(tmp_path, "deals.xlsx", "id,name\n1,アクメ\n", "cp932"))
    assert [line.cells for line in sheet.lines()] == [["id", "name"], ["1", "アクメ"]]


def test_an_old_workbook_is_read() -> None:
    (sheet,) = open_file(Path(__file__).parent / "samples" / "old.xls")
    assert [line.cells for line in sheet.lines()][:2] == [
        ["商談ID", "商談名", "金額", "完了予定日"],
        ["1", "アクメ", "1200000", "2026-11-01"],
    ]


def test_a_word_document_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "deals.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(NotATableError, match="a Word document"):
        open_file(path)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b"  \r\n"])
def test_an_empty_file_is_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "deals.csv"
    path.write_bytes(content)
    with pytest.raises(EmptyFileError, match=r"deals\.csv"):
        open_file(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceFileError, match="there is no file"):
        open_file(tmp_path / "deals.csv")
    with pytest.raises(SourceFileError, match="is a folder"):
        open_file(tmp_path)


def test_control_z_at_the_end_is_no_row(tmp_path: Path) -> None:
    (sheet,) = open_file(write(tmp_path, "old.csv", "id,name\n1,a\n\x1a"))
    assert len(list(sheet.lines())) == 2
