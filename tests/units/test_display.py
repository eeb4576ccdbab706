"""Figures as people read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakari.units import display


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (12, 0, "+12"), (-3, 0, "−3"), (0, 0, "0"), (1234.5, 1, "+1,234.5"), (-0.04, 1, "0.0"),
        (0.5, 0, "+1"), (2.5, 0, "+3"), (-2.5, 0, "−3"), (10, 0, "+10"),
        (None, 0, "—"), (float("nan"), 0, "—"),
    ],
)  # fmt: skip
def test_a_difference_carries_its_sign(value: float | None, digits: int, text: str) -> None:
    assert display.signed(value, digits) == text


@pytest.mark.parametrize(
    ("unit", "ja", "en"),
    [
        ("yen", "123,456,789円", "¥123,456,789"),
        ("thousand", "123,457千円", "¥123,457K"),
        ("man", "12,346万円", "12,346 × ¥10K"),
        ("million", "123百万円", "¥123M"),
        ("oku", "1億円", "1 × ¥100M"),
    ],
)
def test_money_in_each_unit(unit: display.MoneyUnit, ja: str, en: str) -> None:
    assert display.money(123_456_789, unit, "ja") == ja
    assert display.money(123_456_789, unit, "en") == en


def test_money_below_zero_and_unknown() -> None:
    assert display.money(Decimal(-1_250_000), "million", "ja", digits=1) == "−1.3百万円"
    assert display.money(-1_250_000, "million", "en", digits=1) == "−¥1.3M"
    assert display.money(None) == "—"
    assert display.money_unit("million", "ja") == "百万円"


@pytest.mark.parametrize(
    ("rate", "n", "text"),
    [
        (0.1234, 201, "12.3%"), (0.1234, 200, "12%"), (0.125, None, "13%"), (1.0, 8, "100%"),
        (None, 50, "—"), (None, 0, "—(分母 0)"), (0.0, 0, "—(分母 0)"),
    ],
)  # fmt: skip
def test_a_rate_has_a_decimal_only_above_200_cases(rate: float | None, n: int | None, text: str) -> None:
    assert display.percent(rate, n) == text


def test_an_empty_denominator_says_so_in_english() -> None:
    assert display.percent(None, 0, "en") == "— (denominator 0)"


def test_differences_of_rates_are_points() -> None:
    assert display.points(0.0123) == "+1.2pt"
    assert display.points(-0.05, digits=0) == "−5pt"
    assert display.points(None) == "—"


def test_counts_dates_and_intervals() -> None:
    assert display.count(1234, "件") == "1,234件"
    assert display.count(None, "件") == "—"
    assert display.interval(197, 226) == "197–226"
    assert display.interval(None, 0.5, 1) == "—–0.5"
    assert display.interval(None, None) == "—"
    assert display.day_label(date(2026, 11, 20), "ja") == "11/20(金)"
    assert display.day_label(date(2026, 11, 20), "en") == "20 Nov (Fri)"
    assert display.on_hold("ja") == "判断保留"


@given(st.floats(-1e12, 1e12), st.integers(0, 3))
def test_no_figure_ever_carries_a_hyphen_or_a_triangle(value: float, digits: int) -> None:
    text = display.signed(value, digits) + display.money(value) + display.points(value)
    assert not set(text) & set("-▲▼△▽")
