"""Units stand in headers, titles and sheet names."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hakari.sources.files.column_style import YearContext, year_context
from hakari.sources.files.units import money_unit, says_percent, tax_word, time_unit


@pytest.mark.parametrize(
    ("header", "times"),
    [
        ("金額(千円)", 1000),
        ("金額（百万円）", 1_000_000),
        ("受注金額［万円］", 10_000),
        ("売上 千円", 1000),
        ("Amount (K)", 1000),
        ("Amount ($M)", 1_000_000),
        ("Revenue (in thousands)", 1000),
        ("金額(円)", 1),
        ("金額(税抜)", 1),
        ("金額", 1),
        ("Amount (market)", 1),
    ],
)
def test_a_header_names_its_unit(header: str, times: int) -> None:
    assert money_unit(header).times == times


def test_a_unit_above_the_table_holds_for_headers_without_one() -> None:
    assert money_unit("金額", "案件一覧", "単位:千円").times == 1000
    assert money_unit("金額", "2026年度 案件一覧(単位：百万円)").times == 1_000_000
    assert money_unit("金額(円)", "単位:千円").times == 1
    assert money_unit("金額", "従業員(千人)の会社").times == 1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("通話時間(分)", "60"),
        ("通話時間(秒)", "1"),
        ("通話時間", "1"),
        ("duration_in_minutes", "60"),
        ("call_duration_in_seconds", "1"),
        ("hs_call_duration", "0.001"),
        ("Duration (ms)", "0.001"),
        ("Duration", "1"),
    ],
)
def test_a_length_of_time_has_a_unit_too(header: str, seconds: str) -> None:
    assert time_unit(header) == Decimal(seconds)


def test_percent_and_tax_are_seen() -> None:
    assert says_percent("確度(％)")
    assert not says_percent("確度")
    assert tax_word("金額(税抜)", ()) == "税抜"
    assert tax_word("金額", ("税込",)) == "税込"
    assert tax_word("金額", ()) == ""


@pytest.mark.parametrize(
    ("texts", "year"),
    [
        (["2026年度 案件一覧"], YearContext(2026, fiscal=True)),
        (["2026年 売上"], YearContext(2026)),
        (["売上_2026"], YearContext(2026)),
        (["FY2026 plan"], YearContext(2026, fiscal=True)),
        (["2025年と2026年の比較"], YearContext()),
        (["案件一覧"], YearContext()),
    ],
)
def test_a_year_is_known_when_the_words_around_agree(texts: list[str], year: YearContext) -> None:
    assert year_context(*texts) == year
