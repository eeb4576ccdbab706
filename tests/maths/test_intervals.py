"""Intervals give the published answers, cover what they promise and keep to their limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from hakari.errors import ImpossibleSampleError
from hakari.maths.intervals import (
    BOOTSTRAP_UP_TO,
    Interval,
    bootstrap_mean,
    difference_of_rates,
    normal_mean,
    poisson_exact,
    poisson_many,
    quantile_interval,
    wilson,
    wilson_many,
)

LEVELS = st.sampled_from([0.8, 0.9, 0.95, 0.99])
AMOUNTS = st.lists(st.integers(1, 10**8), min_size=2, max_size=40)


@st.composite
def samples(draw: st.DrawFn) -> tuple[int, int]:
    n = draw(st.integers(1, 5000))
    return draw(st.integers(0, n)), n


def bounds(interval: Interval) -> tuple[float, float]:
    assert interval.low is not None
    assert interval.high is not None
    return interval.low, interval.high


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_answers_of_newcombe_1998(k: int, n: int, low: float, high: float) -> None:
    assert bounds(wilson(k, n)) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_differences_of_rates_are_those_of_newcombe_1998(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    assert bounds(difference_of_rates(first, second)) == pytest.approx((low, high), abs=5e-5)
    turned = bounds(difference_of_rates(second, first))
    assert turned == pytest.approx((-high, -low), abs=5e-5)
    assert not difference_of_rates(first, (0, 0)).is_known


@pytest.mark.parametrize(
    ("n", "p", "covered"), [(10, 0.05, 0.914), (30, 0.05, 0.939), (50, 0.05, 0.962), (100, 0.2, 0.941)]
)
def test_wilson_covers_the_true_rate_as_often_as_published(n: int, p: float, covered: float) -> None:
    k = np.arange(n + 1)
    low, high = wilson_many(k, np.full(n + 1, n))
    holds = (low <= p) & (p <= high)
    assert stats.binom.pmf(k[holds], n, p).sum() == pytest.approx(covered, abs=5e-4)


@given(sample=samples(), level=LEVELS)
def test_wilson_holds_the_rate_between_its_bounds(sample: tuple[int, int], level: float) -> None:
    k, n = sample
    low, high = bounds(wilson(k, n, level))
    assert 0 <= low <= k / n <= high <= 1
    assert low < high


@given(sample=samples(), level=LEVELS)
def test_wilson_of_the_failures_is_the_mirror_image(sample: tuple[int, int], level: float) -> None:
    k, n = sample
    low, high = bounds(wilson(k, n, level))
    assert bounds(wilson(n - k, n, level)) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@given(n=st.integers(1, 400), level=LEVELS)
def test_wilson_bounds_rise_with_the_successes(n: int, level: float) -> None:
    low, high = wilson_many(np.arange(n + 1), np.full(n + 1, n), level)
    assert np.all(np.diff(low) > 0)
    assert np.all(np.diff(high) > 0)


@given(sample=samples())
def test_more_confidence_is_a_wider_interval(sample: tuple[int, int]) -> None:
    narrow, wide = wilson(*sample, 0.95), wilson(*sample, 0.99)
    assert wide.contains(bounds(narrow)[0])
    assert wide.contains(bounds(narrow)[1])


def test_no_cases_is_unknown_not_zero() -> None:
    assert wilson(0, 0) == Interval(None, None, 0.95, "no data")
    assert not wilson(0, 0).is_known
    assert np.isnan(wilson_many([0, 1], [0, 2])[0]).tolist() == [True, False]


@pytest.mark.parametrize(("k", "n"), [(5, 3), (-1, 3), (float("nan"), 3)])
def test_more_successes_than_cases_is_refused(k: float, n: float) -> None:
    with pytest.raises(ImpossibleSampleError):
        wilson(k, n)


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0])
def test_a_level_is_a_share(level: float) -> None:
    with pytest.raises(ImpossibleSampleError, match="not a confidence level"):
        wilson(1, 2, level)
    with pytest.raises(ImpossibleSampleError, match="not a confidence level"):
        normal_mean(2, 2, 2, level)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (10, 4.7954, 18.3904), (100, 81.3640, 121.6268)],
)
def test_poisson_gives_the_published_answers(count: int, low: float, high: float) -> None:
    assert bounds(poisson_exact(count)) == pytest.approx((low, high), abs=1e-4)


@given(count=st.integers(0, 100_000), level=LEVELS)
def test_poisson_holds_the_count_and_leaves_equal_tails(count: int, level: float) -> None:
    low, high = bounds(poisson_exact(count, level))
    assert low <= count < high
    assert stats.poisson.cdf(count, high) == pytest.approx((1 - level) / 2, rel=1e-6)
    if count:
        assert stats.poisson.sf(count - 1, low) == pytest.approx((1 - level) / 2, rel=1e-6)


def test_poisson_of_many_is_poisson_of_each() -> None:
    low, high = poisson_many([0, 7, 40])
    each = [bounds(poisson_exact(count)) for count in (0, 7, 40)]
    assert list(zip(low.tolist(), high.tolist(), strict=True)) == each


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ImpossibleSampleError):
        poisson_exact(-1)


def test_one_great_deal_makes_the_mean_uncertain_upwards() -> None:
    mean = 3.2
    low, high = bounds(bootstrap_mean([1, 2, 2, 2, 3, 3, 3, 4, 4, 8]))
    assert high - mean > mean - low


@given(values=AMOUNTS, seed=st.integers(0, 9))
def test_the_bootstrap_holds_the_mean_and_needs_no_order(values: list[int], seed: int) -> None:
    interval = bootstrap_mean(values, draws=200, seed=seed)
    assert interval == bootstrap_mean(reversed(values), draws=200, seed=seed)
    assert interval.contains(float(np.mean(np.sort(values))))
    assert interval.low is None or interval.low >= 0


def test_the_bootstrap_covers_skewed_amounts_far_better_than_percentiles_do() -> None:
    """Ten log-normal amounts (σ = 1): measured .91, the plain percentile bootstrap .81."""
    generator = np.random.default_rng(7)
    true_mean = float(np.exp(0.5))
    runs = 400
    held = sum(
        bootstrap_mean(generator.lognormal(0, 1, 10), draws=400).contains(true_mean) for _ in range(runs)
    )
    assert held / runs > 0.85


def test_a_side_the_sample_cannot_bound_is_unknown() -> None:
    """Two values: half of all draws repeat one of them, so nothing bounds the mean."""
    assert bootstrap_mean([1, 9]).is_known is False
    assert bootstrap_mean([1, 9]).contains(1_000)


@pytest.mark.parametrize(
    ("values", "method"), [([], "no data"), ([5.0], "one value"), ([5.0] * 9, "all values equal")]
)
def test_samples_without_spread(values: list[float], method: str) -> None:
    assert bootstrap_mean(values).method == method
    assert bootstrap_mean(values).low == (5.0 if len(values) == 9 else None)


def test_an_unknown_amount_is_refused_not_counted_as_zero() -> None:
    with pytest.raises(ImpossibleSampleError):
        bootstrap_mean([1.0, float("nan"), 2.0])


def test_thousands_of_values_need_no_bootstrap() -> None:
    generator = np.random.default_rng(3)
    amounts = generator.lognormal(0, 0.5, BOOTSTRAP_UP_TO + 1)
    assert bootstrap_mean(amounts).method == "Student t"
    assert bounds(bootstrap_mean(amounts[:-1])) == pytest.approx(bounds(bootstrap_mean(amounts)), rel=0.01)


@given(values=AMOUNTS, level=LEVELS)
def test_a_mean_from_its_sums_is_the_mean_from_its_values(values: list[int], level: float) -> None:
    sample = np.asarray(values)
    half = stats.t.ppf(0.5 + level / 2, len(values) - 1) * sample.std(ddof=1) / np.sqrt(len(values))
    low, high = bounds(normal_mean(len(values), float(sample.sum()), float((sample**2).sum()), level))
    scale = float(sample.max())
    assert (low, high) == pytest.approx((sample.mean() - half, sample.mean() + half), abs=1e-6 * scale)


def test_the_median_of_ten_lies_between_the_second_and_the_ninth() -> None:
    """Binomial(10, ½): outside with probability 2 · 11/1024, so the true coverage is 97.9 %."""
    interval = quantile_interval([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 0.5)
    assert bounds(interval) == (2, 9)


def test_five_values_bound_no_median_at_95_percent() -> None:
    assert not quantile_interval([1, 2, 3, 4, 5], 0.5).is_known
    assert bounds(quantile_interval([1, 2, 3, 4, 5, 6], 0.5)) == (1, 6)


@given(n=st.integers(1, 120), q=st.sampled_from([0.5, 0.8, 0.9]), level=LEVELS)
def test_ranks_cover_the_quantile_at_least_as_often_as_promised(n: int, q: float, level: float) -> None:
    """With the values 1…n a bound is its own rank; j values lie below the quantile with binomial chance."""
    interval = quantile_interval(range(1, n + 1), q, level)
    below = np.arange(n + 1)
    held = (below >= (interval.low or 0)) & (below < (interval.high or n + 1))
    assert stats.binom.pmf(below[held], n, q).sum() >= level - 1e-9


def test_no_values_have_no_median() -> None:
    assert quantile_interval([], 0.5).method == "no data"
    with pytest.raises(ImpossibleSampleError):
        quantile_interval([1.0], 1.0)
