"""A table is the same table in every encoding, with every delimiter and every line end."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hakari.errors import HakariError, NotATableError
from hakari.sources.files.delimited import open_delimited, read_delimited
from hakari.sources.files.encodings import detect_encoding
from tests.sources.files.desk import write

SALES = "店舗,売上,備考\r\n新宿店,100,定番\r\n大阪店,200,特売\r\n"


@pytest.mark.parametrize(
    ("encoding", "detected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp932", "cp932"),
        ("euc_jp", "euc_jp"),
    ],
)
def test_an_encoding_is_recognised(tmp_path: Path, encoding: str, detected: str) -> None:
    path = write(tmp_path, "sales.csv", SALES, encoding)
    assert detect_encoding(path) == detected
    assert path.read_text(encoding=detected) == SALES.replace("\r\n", "\n")


def test_a_short_japanese_file_is_no_western_one(tmp_path: Path) -> None:
    assert detect_encoding(write(tmp_path, "t.csv", "店舗,売上\r\n新宿店,100\r\n", "cp932")) == "cp932"


def test_half_width_katakana_are_still_japanese(tmp_path: Path) -> None:
    text = "会社名,担当者\r\nｶﾌﾞｼｷｶﾞｲｼｬ山田商店の本社営業部,佐藤\r\n"
    assert detect_encoding(write(tmp_path, "t.csv", text, "cp932")) == "cp932"


def test_a_western_file_from_excel_is_read(tmp_path: Path) -> None:
    text = "Company,City\r\nSociété Générale,Orléans\r\nMüller GmbH,Köln\r\n"
    assert detect_encoding(write(tmp_path, "t.csv", text, "cp1252")) == "cp1252"


def test_one_name_on_the_last_line_decides(tmp_path: Path) -> None:
    path = write(tmp_path, "t.csv", "id,name\n" + "1,plain\n" * 300_000 + "2,佐藤商店\n", "cp932")
    assert detect_encoding(path) == "cp932"


def test_a_file_cut_off_within_a_letter_is_refused_by_its_place(tmp_path: Path) -> None:
    path = tmp_path / "cut.csv"
    path.write_bytes(b"\xef\xbb\xbf" + SALES.encode()[:-4])
    with pytest.raises(NotATableError, match="near byte"):
        detect_encoding(path)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "noise.csv"
    path.write_bytes(bytes(range(1, 256)) * 4)
    with pytest.raises(NotATableError, match=r"noise\.csv"):
        detect_encoding(path)


CELL = st.text(alphabet="アイウ漢字営業部abcXYZ019 　-/.円%()株", max_size=8)
ROWS = st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=2, max_size=6)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    ROWS,
    st.sampled_from(ENCODINGS),
    st.sampled_from([",", "\t", ";"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
def test_encoding_delimiter_and_line_ends_change_nothing(
    rows: list[list[str]], encoding: str, delimiter: str, end: str, quoted: bool
) -> None:
    table = [["会社名", "担当者", "金額"], *rows]
    mark = '"' if quoted else ""
    text = end.join(delimiter.join(f"{mark}{cell}{mark}" for cell in row) for row in table) + end
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), "t.csv", text, encoding)
        found = open_delimited(path)
        assert found[1] == delimiter
        assert [line.cells for line in read_delimited(path, *found)] == table


@settings(max_examples=300)
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_rows_or_a_reason(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "anything.csv"
        path.write_bytes(content)
        with suppress(HakariError):
            for line in read_delimited(path, *open_delimited(path)):
                assert line.number >= 1
