"""Files that cannot be used: each is told what is wrong and what to do, and the store stays as it was."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal

DEALS = "案件番号,案件名,担当者,フェーズ,作成日,完了予定日,金額\n"
GOOD = 'D-1,蒼海重工 更新,佐藤,受注,2026/10/01,2026/11/20,"3,200,000"\n'


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "home")


def state(terminal: Terminal) -> str:
    """Everything a user can see of the store."""
    terminal("runs")
    runs = terminal.out
    terminal("catalogue", "--format", "csv")
    return runs + terminal.out


def refused(terminal: Terminal, *words: str | Path) -> str:
    before = state(terminal)
    assert terminal(*words) != 0
    message = terminal.err
    assert "→" in message, "every refusal shows the way out"
    assert "Traceback" not in message
    assert state(terminal) == before
    return message


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_an_empty_file(terminal: Terminal, tmp_path: Path) -> None:
    assert "empty.csv" in refused(terminal, "import", written(tmp_path, "empty.csv", ""), "--yes")


def test_a_pdf_named_csv_is_called_a_pdf(terminal: Terminal, tmp_path: Path) -> None:
    file = written(tmp_path, "deals.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    assert "PDF" in refused(terminal, "import", file, "--yes")


def test_a_header_and_no_rows(terminal: Terminal, tmp_path: Path) -> None:
    assert "deals.csv" in refused(terminal, "import", written(tmp_path, "deals.csv", DEALS), "--yes")


def test_a_workbook_that_claims_a_gigabyte(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)
    content = bytearray(file.read_bytes())
    # The central directory's size of the last part is made to say 1 GiB.
    place = content.rindex(b"PK\x01\x02") + 24
    content[place : place + 4] = struct.pack("<I", 1 << 30)
    file.write_bytes(bytes(content))
    message = refused(terminal, "import", file, "--yes")
    assert "bomb.xlsx" in message


def test_two_columns_on_one_field(terminal: Terminal, tmp_path: Path) -> None:
    file = written(tmp_path, "deals.csv", DEALS + GOOD)
    mapping = written(
        tmp_path, "m.yaml", "deals.csv:\n  table: deal\n  columns:\n    案件名: name\n    担当者: name\n"
    )
    message = refused(terminal, "import", file, "--mapping", mapping)
    assert "name" in message
    assert "m.yaml" in message


def test_a_mapping_that_names_an_unknown_field(terminal: Terminal, tmp_path: Path) -> None:
    file = written(tmp_path, "deals.csv", DEALS + GOOD)
    mapping = written(tmp_path, "m.yaml", "deals.csv:\n  table: deal\n  columns:\n    金額: ammount\n")
    message = refused(terminal, "import", file, "--mapping", mapping)
    assert "ammount" in message
    assert "amount" in message
    assert "line" in message


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("D-2,青葉商事,鈴木,提案,2026/13/45,2026/12/01,100\n", "作成日", "2026/13/45"),
        ("D-2,青葉商事,鈴木,提案,2026/10/05,2026/12/01,三百万円\n", "金額", "三百万円"),
    ],
)
def test_a_bad_value_rejects_its_row_alone_with_line_column_and_value(
    terminal: Terminal, tmp_path: Path, row: str, column: str, value: str
) -> None:
    file = written(tmp_path, "deals.csv", DEALS + GOOD + row)
    assert terminal("import", file, "--yes") == 0, terminal.err
    assert "read 2 = loaded 1 + updated 0 + unchanged 0 + rejected 1" in terminal.out
    assert terminal("rejects", "1") == 0
    assert f"deals.csv:3 {column} = '{value}'" in terminal.out


def test_when_every_row_is_bad_nothing_is_imported(terminal: Terminal, tmp_path: Path) -> None:
    file = written(tmp_path, "deals.csv", DEALS + "D-2,青葉商事,鈴木,提案,2026/13/45,2026/12/01,100\n")
    assert "2026/13/45" in refused(terminal, "import", file, "--yes")


def test_a_file_that_is_not_there(terminal: Terminal, tmp_path: Path) -> None:
    assert "nowhere.csv" in refused(terminal, "import", tmp_path / "nowhere.csv", "--yes")


def test_an_import_is_taken_back_whole(terminal: Terminal, tmp_path: Path) -> None:
    file = written(tmp_path, "deals.csv", DEALS + GOOD)
    assert terminal("import", file, "--yes") == 0, terminal.err
    assert terminal.rows("show", "win_amount")[0]["value"] == 3_200_000
    assert terminal("undo", "1") == 0
    assert terminal.rows("show", "win_amount")[0]["value"] is None
    refused(terminal, "undo", "1")
    refused(terminal, "undo", "7")


@pytest.mark.parametrize(
    "words",
    [
        ("show", "no_such_kpi"),
        ("show", "win_amount", "--by", "colour"),
        ("show", "win_amount", "--period", "nextish"),
        ("show", "win_amount", "--where", "owner"),
        ("show", "win_amount", "--format", "pdf"),
        ("scorecard", "--team", "nobody"),
        ("scorecard", "--where", "source=nowhere"),
        ("show", "win_amount", "--where", "owner=nobody"),
        ("scorecard", "--vs", "luck"),
        ("show", "win_amount", "--asof", "yesterday"),
        ("define", "zzz"),
    ],
)
def test_a_wrong_word_names_the_way_out(terminal: Terminal, words: tuple[str, ...]) -> None:
    refused(terminal, *words)
