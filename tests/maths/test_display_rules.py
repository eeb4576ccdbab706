"""What may be said, coloured and ranked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakari.maths.display_rules import (
    Better,
    HoldReason,
    Kind,
    Standing,
    Verdict,
    favourable,
    hold_reason,
    may_colour,
    may_rank,
    rate_standing,
    show_percent,
    verdict,
)
from hakari.maths.intervals import bootstrap_mean, poisson_exact, wilson


def rate_verdict(k: int, n: int, target: float) -> Verdict:
    return verdict(Kind.RATE, k / n if n else None, target, wilson(k, n), n)


@pytest.mark.parametrize(
    ("k", "n", "target", "said"),
    [
        (81, 263, 0.20, Verdict.ABOVE),  # .2553–.3662
        (81, 263, 0.30, Verdict.WITHIN_NOISE),
        (81, 263, 0.40, Verdict.BELOW),
        (0, 20, 0.30, Verdict.BELOW),  # 0–.1611
        (5, 11, 0.90, Verdict.ON_HOLD),  # fewer than 12
        (5, 40, 0.05, Verdict.ON_HOLD),  # 2 expected
        (0, 0, 0.30, Verdict.ON_HOLD),
    ],
)
def test_a_rate_is_judged_by_its_interval(k: int, n: int, target: float, said: Verdict) -> None:
    assert rate_verdict(k, n, target) is said


def test_without_a_target_there_is_no_verdict() -> None:
    assert verdict(Kind.RATE, 0.3, None, wilson(9, 30), 30) is Verdict.NO_TARGET


@pytest.mark.parametrize(
    ("count", "target", "said"),
    [
        (10, 4, Verdict.ON_HOLD),
        (10, 20, Verdict.BELOW),
        (10, 15, Verdict.WITHIN_NOISE),
        (0, 5, Verdict.BELOW),
    ],
)
def test_a_count_needs_a_target_of_five(count: int, target: float, said: Verdict) -> None:
    assert verdict(Kind.COUNT, count, target, poisson_exact(count), count) is said


def test_a_mean_needs_five_values() -> None:
    amounts = [2.0, 2.1, 1.9, 2.2, 1.8]
    assert verdict(Kind.MEAN, 2.0, 9.0, bootstrap_mean(amounts), 5) is Verdict.BELOW
    assert verdict(Kind.MEAN, 2.0, 9.0, bootstrap_mean(amounts[:4]), 4) is Verdict.ON_HOLD


@pytest.mark.parametrize(
    ("value", "said"),
    [(2, Verdict.BELOW), (3, Verdict.ON_TARGET), (4, Verdict.ABOVE), (None, Verdict.ON_HOLD)],
)
def test_a_full_count_differs_simply(value: float | None, said: Verdict) -> None:
    assert verdict(Kind.CENSUS, value, 3, None, 3) is said


def test_a_landing_needs_four_closed_quarters() -> None:
    interval = poisson_exact(100, 0.8)
    assert verdict(Kind.LANDING, 100, 150, interval, 3) is Verdict.ON_HOLD
    assert verdict(Kind.LANDING, 100, 150, interval, 4) is Verdict.BELOW


def test_a_verdict_on_hold_says_why() -> None:
    assert hold_reason(Kind.RATE, None, 0.3, 50) is HoldReason.NO_VALUE
    assert hold_reason(Kind.RATE, 0.5, 0.3, 11) is HoldReason.FEW_CASES
    assert hold_reason(Kind.RATE, 0.1, 0.05, 40) is HoldReason.FEW_EXPECTED
    assert hold_reason(Kind.COUNT, 3, 4, 3) is HoldReason.SMALL_TARGET
    assert hold_reason(Kind.LANDING, 3, 4, 3) is HoldReason.FEW_QUARTERS
    assert hold_reason(Kind.CENSUS, 3, 4, 3) is None


@pytest.mark.parametrize(
    ("said", "better", "good"),
    [
        (Verdict.ABOVE, "higher", True),
        (Verdict.ABOVE, "lower", False),
        (Verdict.BELOW, "lower", True),
        (Verdict.ON_TARGET, "lower", True),
        (Verdict.WITHIN_NOISE, "higher", None),
        (Verdict.ON_HOLD, "higher", None),
    ],
)
def test_below_is_good_news_for_a_waiting_time(said: Verdict, better: Better, good: bool | None) -> None:
    assert favourable(said, better) is good


@pytest.mark.parametrize(
    ("k", "n", "standing"),
    [
        (3, 8, Standing.COUNTS_ONLY),
        (5, 10, Standing.GREY),
        (14, 29, Standing.GREY),
        (4, 300, Standing.GREY),
        (296, 300, Standing.GREY),
        (5, 30, Standing.FULL),
    ],
)
def test_a_rate_stands_by_its_base_and_its_rarer_outcome(k: int, n: int, standing: Standing) -> None:
    assert rate_standing(n, k) is standing
    assert may_rank(Kind.RATE, n, k) is (standing is Standing.FULL)
    assert show_percent(n) is (standing is not Standing.COUNTS_ONLY)


def test_a_rate_below_target_on_few_cases_is_said_and_stays_grey() -> None:
    said = rate_verdict(0, 20, 0.30)
    assert said is Verdict.BELOW
    assert not may_colour(Kind.RATE, said, 20, 0)


def test_counts_and_full_counts_are_coloured_by_their_verdict_alone() -> None:
    assert may_colour(Kind.COUNT, Verdict.BELOW, 3)
    assert may_colour(Kind.CENSUS, Verdict.ABOVE, 3)
    assert not may_colour(Kind.MEAN, Verdict.BELOW, 29)
    assert may_colour(Kind.MEAN, Verdict.BELOW, 30)


@given(n=st.integers(0, 400), share=st.floats(0, 1), target=st.floats(0.01, 0.99))
def test_colour_never_contradicts_the_interval(n: int, share: float, target: float) -> None:
    k = round(n * share)
    said = rate_verdict(k, n, target)
    if may_colour(Kind.RATE, said, n, k):
        assert not wilson(k, n).contains(target)
        assert said is (Verdict.ABOVE if k / n > target else Verdict.BELOW)


@given(kind=st.sampled_from(Kind), said=st.sampled_from(Verdict), n=st.integers(0, 500))
def test_nothing_undecided_is_ever_coloured(kind: Kind, said: Verdict, n: int) -> None:
    if favourable(said, "higher") is None:
        assert not may_colour(kind, said, n, n // 2)
