"""Workbooks are read as text rows, and bombs are not read at all."""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from hakari.errors import EmptyFileError, FileTooLargeError, HakariError, NotATableError
from hakari.sources.files import zip_guard
from hakari.sources.files.source_file import open_file
from hakari.sources.files.workbook import cell_text, read_workbook
from tests.sources.files.desk import write_workbook

PLAIN_ZIP = zipfile.ZIP_DEFLATED


def test_cells_become_what_a_person_would_type(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["氏名", "金額", "率", "日", "済"],
        ["佐藤", 1200, 0.655, date(2026, 4, 1), True],
    ]
    (sheet,), _ = read_workbook(write_workbook(tmp_path, "a.xlsx", A=rows))
    assert sheet.rows[1].cells == ["佐藤", "1200", "0.655", "2026-04-01", "TRUE"]


def test_whole_numbers_have_no_point() -> None:
    assert [cell_text(value) for value in (12.0, 0.5, -3.0, 1e300, True)] == [
        "12",
        "0.5",
        "-3",
        "1e+300",
        "TRUE",
    ]


def test_rows_are_counted_as_excel_counts_them(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write(4, 0, "会社名")
    sheet.write(5, 0, "アクメ")
    book.close()
    (found,) = open_file(path)
    assert [(line.number, line.cells) for line in found.lines()] == [(5, ["会社名"]), (6, ["アクメ"])]


def test_a_word_merged_downwards_stands_in_every_row_and_an_amount_once(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(1, 1, ["部署", "担当", "金額"])
    for number, name in enumerate(["佐藤", "鈴木", "田中"]):
        sheet.write(2 + number, 2, name)
    sheet.merge_range(2, 1, 4, 1, "一課")
    sheet.merge_range(2, 3, 4, 3, 900)
    book.close()
    (found,) = open_file(path)
    assert [line.cells for line in found.lines()] == [
        ["部署", "担当", "金額"],
        ["一課", "佐藤", "900"],
        ["一課", "鈴木", ""],
        ["一課", "田中", ""],
    ]


def test_hidden_sheets_are_left_out_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("表").write(0, 0, "x")
    hidden = book.add_worksheet("隠し")
    hidden.write(0, 0, "y")
    hidden.hide()
    book.close()
    (sheet,) = open_file(path)
    assert (sheet.name, sheet.hidden) == ("表", ("隠し",))


def test_a_workbook_without_rows_is_empty(tmp_path: Path) -> None:
    with pytest.raises(EmptyFileError):
        open_file(write_workbook(tmp_path, "a.xlsx", A=[]))


def _claiming(path: Path, claimed: int) -> None:
    """A workbook whose directory says that one part unpacks to `claimed` bytes."""
    with zipfile.ZipFile(path, "w", PLAIN_ZIP) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 1000)
    raw = path.read_bytes()
    place = raw.rindex(b"PK\x01\x02")
    path.write_bytes(raw[: place + 24] + struct.pack("<L", claimed) + raw[place + 28 :])


def test_a_gigabyte_is_refused_within_a_second_and_unopened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    _claiming(path, 1 << 30)
    start = time.perf_counter()
    with pytest.raises(FileTooLargeError, match="1,024 MB; 512 MB is the limit"):
        read_workbook(path)
    assert time.perf_counter() - start < 1


def test_a_part_larger_than_it_says_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "liar.xlsx"
    _claiming(path, 10)
    with pytest.raises(FileTooLargeError, match="says 10 bytes and unpacks to more"):
        read_workbook(path)


def test_a_steep_ratio_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "steep.xlsx"
    with zipfile.ZipFile(path, "w", PLAIN_ZIP) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (40 << 20))
    with pytest.raises(FileTooLargeError, match="times its size; 200 is the limit"):
        read_workbook(path)


def test_many_parts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_guard, "MOST_PARTS", 3)
    with pytest.raises(FileTooLargeError, match="3 is the limit"):
        read_workbook(write_workbook(tmp_path, "a.xlsx", A=[["x"]]))


def test_two_far_cells_do_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write(0, 0, "x")
    sheet.write(1_048_575, 16_383, "y")
    book.close()
    with pytest.raises(FileTooLargeError, match="17,179,869,184 cells"):
        read_workbook(path)


@settings(max_examples=60)
@given(st.integers(0, 6000), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_is_rows_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, place: int, noise: bytes
) -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    book.add_worksheet("案件").write_row(0, 0, ["会社名", "金額"])
    book.close()
    raw = bytearray(buffer.getvalue())
    place %= len(raw)
    raw[place : place + len(noise)] = noise
    path = tmp_path_factory.mktemp("damaged") / "a.xlsx"
    path.write_bytes(bytes(raw))
    with suppress(HakariError):
        open_file(path)


def test_stored_and_deflated_parts_are_both_counted(tmp_path: Path) -> None:
    path = tmp_path / "mixed.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>", zipfile.ZIP_STORED)
        archive.writestr("xl/sharedStrings.xml", zlib.compress(b"x"), zipfile.ZIP_DEFLATED)
    zip_guard.refuse_bombs(path)
    with pytest.raises(NotATableError):
        read_workbook(path)
