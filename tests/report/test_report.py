"""Files hold the figures of a page: numbers as numbers, dates as dates, and text as harmless text."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakari.maths.intervals import Interval, wilson
from hakari.metrics.result import Projected
from hakari.report import (
    Row,
    result_row,
    rows_to_csv,
    rows_to_json,
    rows_to_markdown,
    rows_to_xlsx,
    scorecard_rows,
)
from hakari.units.period import Period
from tests.web import sample


@dataclass
class _Result:
    kpi: str = "win"
    measure: str = "win_rate"
    unit: str = "percent"
    value: float | None = 0.25
    numerator: float | None = 3.0
    denominator: float | None = 12.0
    n: int = 12
    interval: Interval = field(default_factory=lambda: wilson(3, 12))
    date_basis: str = "close"
    open_share: float | None = 0.1
    undated: int | None = 2
    projected: Projected | None = None
    period: Period = field(default_factory=lambda: Period(date(2026, 10, 1), date(2027, 1, 1)))
    slice: dict[str, str] = field(default_factory=lambda: {"source": "紹介"})


ROW: Row = {
    "name": "受注率",
    "unit": "percent",
    "value": 0.25,
    "numerator": 3,
    "denominator": 12,
    "on": date(2026, 10, 1),
}


def _sheet(rows: list[Row], name: str = "表", values: bool = False) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(rows_to_xlsx(rows)), data_only=values)
    return [[cell.value for cell in row] for row in book[name].iter_rows()]


def test_a_result_is_one_row_with_its_base_and_its_slice_last() -> None:
    row = result_row(_Result())
    assert (row["numerator"], row["denominator"], row["period"]) == (3.0, 12.0, "2026-10-01..2026-12-31")
    assert list(row)[-1] == "source"


def test_a_projected_rate_says_its_horizon_beside_what_was_counted() -> None:
    found = Projected(0.3, 0.2, 0.4, 0.95, 180, 5, 400, "whole")
    row = result_row(_Result(projected=found))
    assert (row["value"], row["projected"], row["projected_low"], row["horizon_days"]) == (
        0.25,
        0.3,
        0.2,
        180,
    )
    waiting = Projected(None, None, None, 0.95, 180, 5, 0, "whole", "beyond_follow_up", date(2027, 1, 1))
    assert result_row(_Result(projected=waiting))["not_projected"] == "beyond_follow_up"


def test_every_figure_of_the_scorecard_is_a_row() -> None:
    card = sample.full()
    rows = scorecard_rows(card)
    cells = sum(len(row.cells) for table in card.people for row in table.rows)
    totals = sum(len(table.total) for table in card.people)
    assert len(rows) == 1 + len(card.kpis) + cells + totals
    assert len({tuple(row) for row in rows}) == 1


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-x", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_text_that_looks_like_a_formula_is_made_harmless(text: str) -> None:
    (cell,) = list(csv.DictReader(io.StringIO(rows_to_csv([{"name": text}])[1:], newline="")))
    assert cell["name"] == f"'{text}"


def test_a_negative_number_stays_a_number_in_csv() -> None:
    assert rows_to_csv([{"value": -3.5, "n": -2}]).splitlines()[1] == "-3.5,-2"


def test_csv_opens_in_japanese_excel() -> None:
    assert rows_to_csv([ROW]).encode().startswith(b"\xef\xbb\xbf")
    assert "2026-10-01" in rows_to_csv([ROW])


def test_unknown_is_empty_in_csv_null_in_json_and_a_dash_in_markdown() -> None:
    rows: list[Row] = [{"name": "a", "value": None}, {"name": "b", "value": 1.0}]
    assert rows_to_csv(rows).splitlines()[1] == "a,"
    assert json.loads(rows_to_json(rows))[0]["value"] is None
    assert "| a | — |" in rows_to_markdown(rows)


def test_infinity_is_null_in_json() -> None:
    assert json.loads(rows_to_json([{"value": float("inf")}])) == [{"value": None}]


def test_a_ratio_is_a_formula_of_its_own_row() -> None:
    assert _sheet([ROW])[1][2] == "=D2/E2"
    assert _sheet([ROW], values=True)[1][2] == 0.25


def test_a_ratio_without_a_base_is_an_empty_cell() -> None:
    empty = ROW | {"value": None, "numerator": 0, "denominator": 0}
    assert _sheet([empty])[1][2] is None


def test_a_value_that_is_not_its_fraction_stays_a_number() -> None:
    assert _sheet([ROW | {"value": 0.31}])[1][2] == 0.31


def test_workbook_cells_are_real_numbers_and_dates() -> None:
    line = _sheet([ROW])[1]
    assert line[3] == 3
    assert line[5] == datetime(2026, 10, 1)  # noqa: DTZ001 - a spreadsheet's date has no zone


def test_workbook_text_is_never_a_formula() -> None:
    assert _sheet([{"name": "=1+1"}])[1][0] == "=1+1"
    book = openpyxl.load_workbook(io.BytesIO(rows_to_xlsx([{"name": "=1+1"}])))
    assert book["表"]["A2"].data_type == "s"


def test_a_workbook_has_table_definitions_and_origin() -> None:
    answer = rows_to_xlsx([ROW], [{"measure": "win_rate"}], {"URL": "/scorecard"})
    book = openpyxl.load_workbook(io.BytesIO(answer))
    assert book.sheetnames == ["表", "定義", "出典"]
    assert book["出典"]["B2"].value == "/scorecard"
    assert book["表"].freeze_panes == "A2"
    english = openpyxl.load_workbook(io.BytesIO(rows_to_xlsx([ROW], lang="en")))
    assert english.sheetnames == ["Table", "Definitions", "Origin"]


def test_an_empty_table_is_still_a_file() -> None:
    assert rows_to_csv([]) == "\ufeff\r\n"
    assert rows_to_markdown([]) == ""
    assert _sheet([]) in ([], [[None]])


def test_markdown_text_cannot_shape_the_page() -> None:
    line = rows_to_markdown([{"name": "a|b\n<script>[x](y)`"}]).splitlines()[2]
    assert line == "| a\\|b &lt;script>\\[x](y)\\` |"


@given(st.lists(st.text(st.characters(blacklist_categories=("Cs", "Cc"))), min_size=1, max_size=5))
def test_any_text_survives_csv(names: list[str]) -> None:
    text = rows_to_csv([{"name": name, "n": 1} for name in names])[1:]
    read = [row["name"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert [each.removeprefix("'") for each in read] == [each.removeprefix("'") for each in names]
