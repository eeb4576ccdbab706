"""Numbers as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakari.sources.files.numbers import (
    kanji_value,
    read_duration,
    read_number,
    read_rate,
    read_share,
    read_whole,
)
from hakari.sources.files.reasons import Unreadable


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,200", 1200),
        ("１，２００", 1200),
        ("¥1,200", 1200),
        ("￥1,200円", 1200),
        ("1,200円", 1200),
        ("$1,234.50", 1234.5),
        ("▲1,200", -1200),
        ("△1,200", -1200),
        ("(1,200)", -1200),
        ("−1,200", -1200),
        ("1,200-", -1200),
        ("+5", 5),
        ("120名", 120),
        ("350万", 3_500_000),
        ("350万円", 3_500_000),
        ("1.2億円", 120_000_000),
        ("1億2,000万円", 120_000_000),
        ("3,000千円", 3_000_000),
        ("1.2E+05", 120_000),
        ("0", 0),
        ("12.50", 12.5),
    ],
)
def test_a_number_is_read_however_it_is_dressed(written: str, value: float) -> None:
    assert read_number(written) == value


@pytest.mark.parametrize("nothing", ["", " ", "-", "―", "N/A", "#N/A", "NULL", "未定", "不明", "TBD"])
def test_a_number_nobody_knows_is_unknown_not_zero(nothing: str) -> None:
    assert read_number(nothing) is None


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("三百万円", "kanji_number"),
        ("1,000-5,000", "number_range"),
        ("1000〜5000", "number_range"),
        ("100以上", "number_range"),
        ("約100", "about_a_number"),
        ("12,34", "thousands"),
        ("9" * 20, "number_too_large"),
        ("相談", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("inf", "not_a_number"),
    ],
)
def test_what_is_no_one_number_says_why(written: str, why: str) -> None:
    value = read_number(written)
    assert isinstance(value, Unreadable)
    assert value.reason.key == why


def test_a_kanji_number_comes_with_the_way_to_write_it() -> None:
    value = read_number("三百万円")
    assert isinstance(value, Unreadable)
    assert "3000000" in value.reason.say("ja")
    assert "3000000" in value.reason.say("en")


@pytest.mark.parametrize(
    ("kanji", "value"),
    [("三百万", 3_000_000), ("千五百", 1500), ("二〇二六", 2026), ("一億二千万", 120_000_000)],
)
def test_kanji_numbers_are_known_well_enough_to_spell_them_out(kanji: str, value: int) -> None:
    assert kanji_value(kanji) == value


def test_the_columns_unit_multiplies_and_the_cells_own_unit_wins() -> None:
    assert read_number("1,200", Decimal(1000)) == 1_200_000
    assert read_number("1.5", Decimal(1000)) == 1500
    assert read_number("3万", Decimal(1000)) == 30_000


def test_a_decimal_comma_is_for_the_column_to_say() -> None:
    assert read_number("1.234,5", decimal_comma=True) == 1234.5
    assert read_number("1,234") == 1234


def test_a_share_is_between_nothing_and_all() -> None:
    assert read_share("12.5%", percent=False) == 0.125
    assert read_share("65", percent=True) == 0.65
    assert read_share("0.65", percent=False) == 0.65
    assert isinstance(read_share("1000", percent=True), Unreadable)
    assert isinstance(read_share("-5%", percent=True), Unreadable)


def test_a_rate_may_be_written_as_percent_or_as_it_is() -> None:
    assert read_rate("85%") == 0.85
    assert read_rate("85") == 85


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("330", 330),
        ("5:30", 330),
        ("0:05:30", 330),
        ("5分30秒", 330),
        ("1時間", 3600),
        ("90秒", 90),
        ("", None),
    ],
)
def test_a_length_of_time_is_in_seconds(written: str, seconds: int | None) -> None:
    assert read_duration(written) == seconds


def test_minutes_and_milliseconds_come_from_the_header() -> None:
    assert read_duration("15", Decimal(60)) == 900
    assert read_duration("90500", Decimal("0.001")) == 90


def test_half_an_employee_is_no_employee() -> None:
    assert isinstance(read_whole("3.5"), Unreadable)


@given(st.integers(-(10**15), 10**15))
def test_thousands_separators_change_nothing(number: int) -> None:
    assert read_number(f"{number:,}") == read_number(str(number)) == number


@given(st.text(max_size=20))
def test_any_text_is_a_number_nothing_or_a_reason(text: str) -> None:
    assert isinstance(read_number(text), int | float | Unreadable | None)
    assert isinstance(read_duration(text), int | Unreadable | None)
    assert isinstance(read_share(text, percent=True), float | Unreadable | None)
