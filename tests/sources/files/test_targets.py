"""Targets come as lists and as grids with a column for each month."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hakari.errors import MappingNeededError
from hakari.sources.files.column_style import YearContext
from hakari.sources.files.month_grid import is_month_grid
from hakari.sources.files.target_periods import PeriodReader, last_day
from hakari.sources.files.target_rows import MeasureBook
from hakari.storage.truth import Truth
from hakari.units import FiscalCalendar
from tests.sources.files.desk import bring, current, plan, write, write_workbook

MONTHS = [f"{month}月" for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]
CALENDAR = FiscalCalendar()
TODAY = date(2026, 11, 20)


def _targets(truth: Truth) -> list[tuple[object, ...]]:
    return [
        (row["measure"], row["owner"] or row["team"], row["starts_on"], row["ends_on"], row["value"])
        for row in current(truth, "target")
    ]


def test_a_list_of_months_is_loaded(truth: Truth, tmp_path: Path) -> None:
    text = '担当者,年月,指標,目標値\n佐藤,2026年11月,win_amount,"3,000,000"\n佐藤,2026/12,win_deals,4\n'
    bring(truth, write(tmp_path, "目標.csv", text))
    assert _targets(truth) == [
        ("win_amount", "佐藤", date(2026, 11, 1), date(2026, 11, 30), 3_000_000),
        ("win_deals", "佐藤", date(2026, 12, 1), date(2026, 12, 31), 4),
    ]


def test_a_grid_of_months_is_one_row_for_each_cell(truth: Truth, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["2026年度 売上予算(単位:千円)"],
        ["担当者", *MONTHS, "合計"],
        ["佐藤", *[100] * 12, 1200],
        ["鈴木", *[""] * 6, *[50] * 6, 300],
        ["合計", *[150] * 12, 1800],
    ]
    report = bring(truth, write_workbook(tmp_path, "予算実績.xlsx", 予算=rows), yes=False)
    assert (report.read, report.loaded, report.rejected) == (19, 18, 1)
    targets = _targets(truth)
    assert targets[0] == ("win_amount", "佐藤", date(2026, 4, 1), date(2026, 4, 30), 100_000)
    assert targets[11] == ("win_amount", "佐藤", date(2027, 3, 1), date(2027, 3, 31), 100_000)
    assert {row[1] for row in targets} == {"佐藤", "鈴木"}


BOOK = MeasureBook(
    {"受注額": "win_amount", "win_amount": "win_amount", "アポ数": "meetings", "商談化率": "rate"}.get,
    {"win_amount": "jpy", "meetings": "count", "rate": "percent"}.__getitem__,
    lambda: ("受注額", "アポ数", "商談化率"),
)
MIXED: list[list[Any]] = [
    ["2026年度 予算(単位:千円)"],
    ["指標", "担当者", *MONTHS],
    ["受注額", "佐藤", *[1200] * 12],
    ["アポ数", "佐藤", *[20] * 12],
    ["商談化率", "", *["18%"] * 11, 18],
]


def test_a_unit_above_a_grid_is_for_amounts_alone(truth: Truth, tmp_path: Path) -> None:
    bring(truth, write_workbook(tmp_path, "予算.xlsx", 予算=MIXED), yes=False, measures=BOOK)
    values = {(row[0], row[-1]) for row in _targets(truth)}
    assert values == {("win_amount", 1_200_000), ("meetings", 20), ("rate", 0.18)}


def test_the_same_targets_again_change_nothing_whatever_the_measure_is_called(
    truth: Truth, tmp_path: Path
) -> None:
    header = "担当者,年月,指標,目標値\n"
    bring(truth, write(tmp_path, "目標.csv", header + "佐藤,2026/11,受注額,100\n"), measures=BOOK)
    again = write(tmp_path, "goals.csv", "rep,period,kpi,target\n佐藤,2026-11,win_amount,100\n")
    report = bring(truth, again, day=1, measures=BOOK)
    assert (report.read, report.loaded, report.updated, report.unchanged) == (1, 0, 0, 1)


def test_cells_that_cannot_be_read_are_named_by_row_month_and_value(truth: Truth, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["2026年度 目標"],
        ["指標", "担当者", *MONTHS],
        ["受注額", "佐藤", *[100] * 7, "約100", *[100] * 4],
        ["受注金", "佐藤", 5, *[""] * 11],
    ]
    report = bring(truth, write_workbook(tmp_path, "目標.xlsx", 目標=rows), measures=BOOK)
    assert (report.read, report.loaded, report.rejected) == (13, 11, 2)
    shown = report.files[0].shown_rejects
    assert [(one.line, one.column, one.value, one.reason.key) for one in shown] == [
        (3, "11月", "約100", "about_a_number"),
        (4, "指標", "受注金", "unknown_measure_near"),
    ]
    assert "受注額" in shown[1].reason.say("ja")


def test_a_target_may_be_for_a_source_a_segment_or_a_list(truth: Truth, tmp_path: Path) -> None:
    lines = [
        "経路,セグメント,ターゲットリスト,年月,指標,目標",
        "展示会,,,2026/11,アポ数,5",
        ",大手,,2026/11,アポ数,3",
        ",,A,2026/11,アポ数,2",
    ]
    text = "\n".join(lines)
    bring(truth, write(tmp_path, "目標.csv", text), measures=BOOK)
    rows = current(truth, "target")
    assert [(row["source"], row["segment"], row["target_list"], row["value"]) for row in rows] == [
        ("展示会", None, None, 5),
        (None, "大手", None, 3),
        (None, None, "A", 2),
    ]


def test_a_corrected_target_replaces_the_old_one(truth: Truth, tmp_path: Path) -> None:
    header = "担当者,年月,指標,目標値\n"
    bring(truth, write(tmp_path, "目標.csv", header + "佐藤,2026/11,win_amount,100\n"))
    report = bring(truth, write(tmp_path, "目標2.csv", header + "佐藤,2026/11,win_amount,120\n"), day=1)
    assert (report.loaded, report.updated) == (0, 1)
    assert [row[-1] for row in _targets(truth)] == [120]


def test_a_target_for_nothing_in_particular_is_asked_about(truth: Truth, tmp_path: Path) -> None:
    path = write(tmp_path, "targets.csv", "店舗,四半期,目標\n新宿店,1,14000000\n")
    with pytest.raises(MappingNeededError, match="which measure"):
        bring(truth, path, yes=False)
    mapping = write(tmp_path, "m.yaml", "target: {constants: {measure: order_amount, year: 2025}}\n")
    bring(truth, path, mapping=mapping, yes=False)
    assert _targets(truth) == [("order_amount", "新宿店", date(2025, 1, 1), date(2025, 3, 31), 14_000_000)]


def test_a_sales_target_is_for_the_companys_goal(tmp_path: Path) -> None:
    found = plan(write(tmp_path, "目標.csv", "担当者,年月,受注目標\n佐藤,2026/11,100\n"), goal="win_deals")
    assert (found.table, found.constants, found.unclear) == ("target", {"measure": "win_deals"}, ())


def test_a_header_may_name_the_measure(tmp_path: Path) -> None:
    named = {"アポ数": "sdr_meetings"}.get
    found = plan(
        write(tmp_path, "目標.csv", "担当者,年月,アポ数目標\n佐藤,2026/11,10\n"), measure_named=named
    )
    assert (found.table, found.constants) == ("target", {"measure": "sdr_meetings"})


def test_a_grid_of_actuals_is_no_target(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["担当者", *MONTHS], ["佐藤", *[100] * 12]]
    found = plan(write_workbook(tmp_path, "2026年度実績.xlsx", 実績=rows))
    assert found.table is None


def test_a_target_whose_days_are_unknown_is_rejected(truth: Truth, tmp_path: Path) -> None:
    text = "担当者,年月,指標,目標値\n佐藤,2026/11,win_amount,100\n佐藤,いつか,win_amount,100\n"
    report = bring(truth, write(tmp_path, "目標.csv", text))
    assert [(row.line, row.reason.key) for row in report.files[0].shown_rejects] == [(3, "no_period")]


def test_where_targets_are_spoken_of_one_month_is_a_grid() -> None:
    assert is_month_grid(["担当者", "4月"], "2026年度 目標")
    assert not is_month_grid(["担当者", "4月"], "2026年度 実績")


@pytest.mark.parametrize(
    ("headers", "grid"),
    [
        (["担当", "4月", "5月", "6月"], True),
        (["担当", "2026年4月", "2026年5月", "2026年6月"], True),
        (["担当", "2026/04", "2026/05", "2026/06"], True),
        (["担当", "2026-04-01", "2026-05-01", "2026-06-01"], True),
        (["rep", "Apr", "May", "Jun"], True),
        (["店舗", "1Q", "2Q", "3Q", "4Q"], True),
        (["担当", *map(str, range(1, 13))], True),
        (["id", "1", "2", "3"], False),
        (["担当", "4月"], False),
        (["4月", "5月", "6月"], False),
    ],
)
def test_a_grid_has_months_for_columns(headers: list[str], grid: bool) -> None:
    assert is_month_grid(headers) is grid


@pytest.mark.parametrize(
    ("parts", "first", "last"),
    [
        ({"period": "2026年11月"}, date(2026, 11, 1), date(2026, 11, 30)),
        ({"period": "2026-11"}, date(2026, 11, 1), date(2026, 11, 30)),
        ({"period": "202611"}, date(2026, 11, 1), date(2026, 11, 30)),
        ({"period": "11月"}, date(2026, 11, 1), date(2026, 11, 30)),
        ({"period": "2月"}, date(2027, 2, 1), date(2027, 2, 28)),
        ({"period": "2026年度"}, date(2026, 4, 1), date(2027, 3, 31)),
        ({"period": "2026年度上期"}, date(2026, 4, 1), date(2026, 9, 30)),
        ({"period": "下期"}, date(2026, 10, 1), date(2027, 3, 31)),
        ({"period": "FY2026 Q3"}, date(2026, 10, 1), date(2026, 12, 31)),
        ({"period": "Nov-26"}, date(2026, 11, 1), date(2026, 11, 30)),
        ({"year": "2026", "month": "11"}, date(2026, 11, 1), date(2026, 11, 30)),
        ({"year": "2026", "quarter": "Q4"}, date(2026, 10, 1), date(2026, 12, 31)),
        ({"fiscal_year": "2026", "quarter": "4"}, date(2027, 1, 1), date(2027, 3, 31)),
        ({"fiscal_year": "FY26"}, date(2026, 4, 1), date(2027, 3, 31)),
    ],
)
def test_a_period_is_read_with_the_years_of_the_company(
    parts: dict[str, str], first: date, last: date
) -> None:
    period = PeriodReader(CALENDAR, YearContext(2026, fiscal=True), TODAY).read(**parts)
    assert period is not None
    assert (period.start, last_day(period)) == (first, last)


def test_a_month_without_a_year_is_no_period() -> None:
    reader = PeriodReader(CALENDAR, YearContext(), TODAY)
    assert reader.read(month="11") is None
    assert reader.read(quarter="1") is None
    assert reader.read() is None
