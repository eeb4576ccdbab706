"""What people type as a target, and the same value as they would type it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakari.errors import ParameterNotUnderstoodError
from hakari.planning.target_typing import YEN, read_value, typed_value
from hakari.units.display import MoneyUnit


@pytest.mark.parametrize(
    ("text", "unit", "money", "value"),
    [
        ("12.5", "jpy", "million", 12_500_000),
        ("1,200万", "jpy", "million", 12_000_000),
        ("１２０", "jpy", "yen", 120),
        ("3000000円", "jpy", "million", 3_000_000),
        ("1.2億", "jpy", "yen", 120_000_000),
        ("18%", "percent", "yen", 0.18),
        ("18", "percent", "yen", 0.18),
        ("0.18", "percent", "yen", 0.18),
        ("120%", "percent", "yen", 1.2),
        ("40件", "count", "million", 40),
        ("", "count", "yen", None),
    ],
)
def test_a_target_is_read_as_it_was_meant(
    text: str, unit: str, money: MoneyUnit, value: float | None
) -> None:
    assert read_value(text, unit, money) == pytest.approx(value) if value else value is None


@pytest.mark.parametrize("text", ["約40", "1,20", "四十", "-", "40-50"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ParameterNotUnderstoodError, match="not a number"):
        read_value(text, "count")


@given(st.integers(0, 10**12), st.sampled_from(sorted(YEN)))
def test_an_amount_typed_as_it_is_shown_is_the_same_amount(yen: int, money: MoneyUnit) -> None:
    assert read_value(typed_value(yen, "jpy", money), "jpy", money) == yen


@given(st.integers(1, 1500))
def test_a_rate_typed_as_it_is_shown_is_the_same_rate(thousandths: int) -> None:
    share = thousandths / 1000
    assert read_value(typed_value(share, "percent"), "percent") == pytest.approx(share, abs=1e-12)
