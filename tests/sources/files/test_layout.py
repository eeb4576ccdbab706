"""The header is found under whatever stands above it, and totals are no records."""

from __future__ import annotations

from pathlib import Path

import pytest

from hakari.errors import EmptyFileError
from hakari.sources.files.layout import distinct_headers, find_layout, is_note_row, is_total_row
from hakari.sources.files.source_file import open_file
from tests.sources.files.desk import write

EIGHT = """04月04日にEightで生成された名刺リストです。
合計 1 件
*注意事項
 この名刺リストは個人利用に限ります。


会社名,部署名,役職,氏名,e-mail,郵便番号,住所,TEL会社,TEL部門,TEL直通,FAX,携帯電話,URL,名刺交換日
株式会社アクメ,営業部,部長,佐藤 太郎,sato@acme.example,100-0001,東京都,03-0000-0000,,,,,,2026/04/01
"""


@pytest.mark.parametrize(
    ("text", "line", "first"),
    [
        ("商談名,金額\nA,1\n", 1, "商談名"),
        ("案件一覧,,\n出力日,2026/11/20,\n\n案件名,担当,金額\nA,佐藤,100\nB,鈴木,200\n", 4, "案件名"),
        ("2026年度 営業実績\n単位:千円\n会社名,金額\nA,1\nB,2\n", 3, "会社名"),
        (EIGHT, 7, "会社名"),
        ("foo,bar,baz\n1,2,3\n4,5,6\n", 1, "foo"),
    ],
)
def test_the_header_is_found_where_it_stands(tmp_path: Path, text: str, line: int, first: str) -> None:
    layout = find_layout(open_file(write(tmp_path, "a.csv", text))[0])
    assert (layout.header_line, layout.headers[0]) == (line, first)


def test_what_stands_above_is_kept(tmp_path: Path) -> None:
    layout = find_layout(
        open_file(write(tmp_path, "a.csv", "2026年度\n単位:千円\n会社名,金額\nA,1\nB,2\n"))[0]
    )
    assert layout.above == ("2026年度", "単位:千円")


@pytest.mark.parametrize("text", ["商談名,金額\n", "案件一覧\n商談名,金額\n", "商談名,金額\n,\n \n"])
def test_a_header_without_rows_is_an_empty_file(tmp_path: Path, text: str) -> None:
    with pytest.raises(EmptyFileError, match="no rows"):
        find_layout(open_file(write(tmp_path, "a.csv", text))[0])


@pytest.mark.parametrize(
    "cells",
    [
        ["合計", "", "1,200,000"],
        ["合 計", "", "1200"],
        ["小計", "", "", "500"],
        ["総計", "3件", "¥900"],
        ["", "合計", "1200"],
        ["営業一課 計", "", "1200"],
        ["4月 小計", "", "1200"],
        ["Total", "", "99"],
        ["Grand Total", "", "99"],
        ["Sub-total", "", "99"],
    ],
)
def test_a_total_is_no_record(cells: list[str]) -> None:
    assert is_total_row(cells)


@pytest.mark.parametrize(
    "cells",
    [
        ["Total", "energy", "1924", "200000", "France"],
        ["合計株式会社", "佐藤", "100"],
        ["計測機器", "", "1200"],
        ["会計事務所", "", "1200"],
        ["A社", "合計", "1200"],
        ["", "", ""],
        [],
    ],
)
def test_a_company_called_total_is_a_record(cells: list[str]) -> None:
    assert not is_total_row(cells)


def test_a_header_written_twice_gets_a_number() -> None:
    assert distinct_headers(["金額", "備考", "金額"]) == ("金額", "備考", "金額 (2)")


@pytest.mark.parametrize(
    "cells",
    [
        ["※10月末時点の数字", "", "", ""],
        ["", "*1 税抜", "", ""],
        ["注1) 延期した案件を含む", "", "", ""],
        ["(注) 見込みを含む", "", "", ""],
        ["備考: 田中が確認", "", "", ""],
        ["出典:営業企画", "", "", ""],
        ["Source: CRM", "", "", ""],
    ],
)
def test_a_note_under_the_table_is_no_record(cells: list[str]) -> None:
    assert is_note_row(cells)


@pytest.mark.parametrize(
    "cells",
    [
        ["※重要案件", "アクメ", "", "100"],
        ["注文住宅の件", "", "", ""],
        ["Notebook", "", "", ""],
        ["", "", "", ""],
    ],
)
def test_a_record_with_one_word_is_no_note(cells: list[str]) -> None:
    assert not is_note_row(cells)
