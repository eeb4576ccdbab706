"""Web pages and Excel's XML, which many systems export as .xls, are read as their tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from hakari.sources.files.source_file import open_file
from tests.sources.files.desk import write


def rows(path: Path) -> list[list[list[str]]]:
    return [[line.cells for line in sheet.lines()] for sheet in open_file(path)]


def test_a_report_exported_as_a_web_page(tmp_path: Path) -> None:
    page = (
        "<html><head><meta charset=Shift_JIS><style>td{}</style></head><body><table border=1>"
        "<tr><th>商談&nbsp;名</th><th>金額</th></tr>\n<tr><td>A&amp;B<br>東京<td>1,200</tr>"
        "</table></body></html>"
    )
    assert rows(write(tmp_path, "report.xls", page, "cp932")) == [
        [["商談 名", "金額"], ["A&B\n東京", "1,200"]]
    ]


def test_merged_cells_leave_empty_ones_and_words_reach_down(tmp_path: Path) -> None:
    page = (
        "<table><tr><th>部署<th>担当<th>金額</tr>"
        "<tr><td rowspan=2>一課<td>佐藤<td rowspan=2>900</tr><tr><td>鈴木</tr>"
        "<tr><td colspan=2>合計<td>900</tr></table>"
    )
    assert rows(write(tmp_path, "a.html", page)) == [
        [["部署", "担当", "金額"], ["一課", "佐藤", "900"], ["一課", "鈴木", ""], ["合計", "", "900"]]
    ]


def test_each_table_is_a_sheet_and_frames_of_one_row_are_none(tmp_path: Path) -> None:
    page = (
        "<table><tr><td><table><tr><td>id<tr><td>1</table></td></tr></table>"
        "<table><tr><td>name<tr><td>A</table>"
    )
    assert rows(write(tmp_path, "a.htm", page)) == [[["id"], ["1"]], [["name"], ["A"]]]


def test_excels_own_xml(tmp_path: Path) -> None:
    text = (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="A"><Table>'
        '<Row><Cell><Data ss:Type="String">id</Data></Cell>'
        '<Cell><Data ss:Type="String">額</Data></Cell></Row>'
        '<Row ss:Index="3"><Cell ss:Index="2"><Data ss:Type="Number">7</Data></Cell></Row>'
        "</Table></Worksheet></Workbook>"
    )
    (sheet,) = open_file(write(tmp_path, "a.xls", text))
    assert [(line.number, line.cells) for line in sheet.lines()] == [(1, ["id", "額"]), (3, ["", "7"])]


@pytest.mark.parametrize("tail", ["", "<tr><td>", "</td></td></tr></table></table>", "<td rowspan=9999999>x"])
def test_broken_pages_are_read_as_far_as_they_go(tmp_path: Path, tail: str) -> None:
    found = rows(write(tmp_path, "a.xls", f"<table><tr><td>id<tr><td>1{tail}"))
    assert found[0][:2] == [["id"], ["1"]] or found[0][1][0] == "1"
