"""Figures carry as many digits as their sample does, and unknown is a dash."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from hakari.maths.display_rules import Verdict
from hakari.maths.intervals import Interval, no_data
from hakari.web.figures import Figures
from hakari.web.judgement import judge

MILLIONS = Figures("ja", "million")


@pytest.mark.parametrize(
    ("value", "unit", "n", "k", "written"),
    [
        (0.1422, "percent", 1864, 265, "14.2%"),
        (0.2948, "percent", 173, 51, "29%"),
        (0.75, "percent", 4, 3, "3 / 4"),
        (None, "percent", 0, 0, "—"),
        (118_200_000, "jpy", 51, None, "118.2"),
        (2_320_000, "jpy", 51, None, "2.32"),
        (1234.0, "count", 1234, None, "1,234"),
        (35.0, "days", 51, None, "35日"),
        (4.5, "minutes", 51, None, "4.5分"),
        (None, "jpy", 0, None, "—"),
    ],
)
def test_a_value_is_written_as_its_sample_allows(
    value: float | None, unit: str, n: float, k: float | None, written: str
) -> None:
    assert MILLIONS.value(value, unit, n, k) == written


def test_amounts_of_one_column_share_their_digits() -> None:
    assert MILLIONS.value(9_400_000, "jpy", like=118_200_000) == "9.4"
    assert Figures("ja", "man").value(9_400_000, "jpy") == "940"


def test_a_target_is_as_exact_as_it_was_set() -> None:
    assert MILLIONS.beside(0.18, "percent", 1864) == "18.0%"
    assert MILLIONS.beside(0.18, "percent", 50) == "18%"
    assert MILLIONS.beside(0.113, "percent", 50) == "11.3%"


def test_signs_are_plus_and_minus() -> None:
    assert MILLIONS.difference(-0.0378, "percent", 1864) == "−3.8pt"
    assert MILLIONS.difference(3_000_000, "jpy") == "+3.00"
    assert MILLIONS.difference(None, "jpy") == "—"


def test_a_range_says_its_unit_once() -> None:
    assert MILLIONS.range(Interval(0.127, 0.159, 0.95, "Wilson"), "percent", 1864) == "12.7–15.9%"
    assert MILLIONS.range(Interval(None, 5.0, 0.95, "x"), "count") == "—–5"
    assert MILLIONS.range(no_data(0.95), "percent") == ""


def test_a_moment_of_today_is_its_clock() -> None:
    moment = datetime(2026, 11, 20, 18, 5)  # noqa: DTZ001 - already in the company's zone
    assert MILLIONS.instant(moment, date(2026, 11, 20)) == "18:05"
    assert MILLIONS.instant(moment, date(2026, 11, 21)) == "11/20(金) 18:05"


def test_a_sure_difference_of_few_cases_has_words_and_no_colour() -> None:
    few = judge(Verdict.BELOW, "higher", "percent", 20, 0, 20, "ja")
    assert (few.tone, few.sureness) == ("plain", "sure")
    many = judge(Verdict.BELOW, "higher", "percent", 200, 20, 200, "ja")
    assert many.tone == "bad"


def test_below_is_good_where_lower_is_better_and_neither_where_neither_is() -> None:
    assert judge(Verdict.BELOW, "lower", "minutes", 200, None, None, "ja").tone == "good"
    assert judge(Verdict.BELOW, "neither", "count", 200, None, None, "ja").tone == "plain"


def test_without_a_comparison_nothing_is_judged() -> None:
    assert not judge(Verdict.NO_TARGET, "higher", "percent", 200, 20, 200, "ja").is_given
