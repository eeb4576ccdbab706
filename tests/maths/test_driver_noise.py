"""Chance alone is called chance: intervals hold 0 as often as they say, and no bottleneck is named for it."""

from __future__ import annotations

import numpy as np
import pytest

from hakari.errors import ImpossibleSampleError
from hakari.maths.driver_noise import (
    Average,
    Counted,
    Drawn,
    Known,
    Part,
    Share,
    bottleneck,
    dispersion_of,
    parts,
)

RATES = (0.32, 0.15, 0.62)
CALLS = 2000


def funnel(generator: np.random.Generator, rates: tuple[float, ...] = RATES) -> list[Drawn]:
    found: list[Drawn] = []
    base = int(generator.poisson(CALLS))
    found.append(Counted(base))
    for rate in rates:
        k = int(generator.binomial(base, rate))
        found.append(Share(k, base))
        base = k
    return found


def test_the_values_are_those_of_the_split_and_the_seed_fixes_the_rest() -> None:
    before: list[Drawn] = [Known(10), Known(0.5)]
    after: list[Drawn] = [Counted(20), Share(10, 40)]
    found = parts(before, after, seed=1)
    assert sum(one.value for one in found) == pytest.approx(0)
    assert found == parts(before, after, seed=1)
    assert found != parts(before, after, seed=2)


def test_what_has_no_chance_in_it_has_an_interval_without_width() -> None:
    found = parts([Known(10), Known(2)], [Known(12), Known(2)], seed=1)
    assert (found[0].low, found[0].high) == pytest.approx((4, 4))
    assert not found[0].pale
    assert found[1].pale, "what stands still is no finding"


def test_ninety_percent_intervals_hold_nothing_where_nothing_changed() -> None:
    generator = np.random.default_rng(5)
    held = []
    for seed in range(250):
        found = parts(funnel(generator), funnel(generator), seed, draws=400)
        held.append([one.pale for one in found])
    assert np.mean(held, axis=0) == pytest.approx(0.90, abs=0.06)


def test_a_bottleneck_is_named_where_there_is_one_and_hardly_ever_where_there_is_none() -> None:
    generator = np.random.default_rng(6)
    fallen = (RATES[0], RATES[1] * 0.5, RATES[2])

    def named(rates: tuple[float, ...], seed: int) -> int | None:
        return bottleneck(parts(funnel(generator), funnel(generator, rates), seed, draws=400))

    found = [named(fallen, seed) for seed in range(100)]
    none = [named(RATES, seed) for seed in range(100)]
    assert found.count(2) >= 95
    assert none.count(None) >= 90


def test_the_largest_negative_that_is_sure_is_the_bottleneck() -> None:
    doubtful, sure, surer = Part(-9, -20, 2, 0.9, 0.1), Part(-5, -6, -4, 1, 0), Part(-3, -4, -2, 1, 0)
    assert bottleneck([doubtful, sure, surer]) == 1
    assert bottleneck([doubtful, sure, surer], [0, 2]) == 2
    assert bottleneck([doubtful]) is None
    assert bottleneck([sure], []) is None


def test_more_are_asked_for_more_certainty() -> None:
    one = Part(-5, -6, -4, 0.96, 0.04)
    fine = Part(1, 0.5, 2, 0, 1)
    assert bottleneck([one]) == 0
    assert bottleneck([one, fine, fine]) is None


def test_an_average_of_one_amount_leaves_its_part_without_an_interval() -> None:
    found = parts([Counted(30), Average(2.0, 0.1)], [Counted(30), Average(1.0, None)], seed=3)
    assert (found[1].low, found[1].pale) == (None, True)
    assert found[1].value == pytest.approx(-30)
    assert bottleneck(found) is None


def test_a_margin_that_turned_negative_is_split_too() -> None:
    before: list[Drawn] = [Known(10), Average(0.2, 0.01)]
    after: list[Drawn] = [Known(12), Average(-0.1, 0.01)]
    revenue, margin = parts(before, after, seed=4)
    assert (revenue.value, margin.value) == pytest.approx((0.1, -3.3))
    assert not margin.pale


def test_counts_of_another_clock_are_less_sure_than_a_part_of_a_whole() -> None:
    part, other = Share(50, 80), Share(50, 80, part=0)
    generator = np.random.default_rng(1)
    assert other.draws(generator, 4000).std() > 2 * part.draws(generator, 4000).std()
    assert Share(90, 80).draws(generator, 100).max() > 1
    assert Share(0, 0).value == 0


def test_what_began_earlier_adds_as_much_chance_as_it_makes_of_the_count() -> None:
    """The relative variance is 1/k − 1/n of a part, 1/k + 1/n of another clock, and else in between."""
    generator = np.random.default_rng(2)
    for share in (1.0, 0.75, 0.25, 0.0):
        drawn = Share(300, 500, part=share).draws(generator, 200_000)
        expected = 1 / 300 - (2 * share - 1) / 500
        assert np.var(np.log(drawn)) == pytest.approx(expected, rel=0.03)


def test_calls_that_come_in_clusters_vary_more() -> None:
    generator = np.random.default_rng(3)
    drawn = Counted(400, dispersion=3.0).draws(generator, 100_000)
    assert drawn.mean() == pytest.approx(400, rel=0.01)
    assert drawn.var() == pytest.approx(1200, rel=0.03)


@pytest.mark.parametrize(("cluster", "low", "high"), [(1, 1.0, 1.6), (4, 3.0, 5.6)])
def test_dispersion_is_told_from_neighbouring_weeks(cluster: int, low: float, high: float) -> None:
    """Clusters of four calls, weeks of four or five days, a trend, and one great week."""
    generator = np.random.default_rng(4)
    said = []
    for _ in range(200):
        days = np.where(np.arange(20) % 6 == 5, 4.0, 5.0)
        means = days * np.linspace(10, 14, 20)
        counts = cluster * generator.poisson(means / cluster)
        counts[12] *= 4
        said.append(dispersion_of(counts.tolist(), days.tolist()))
    assert low <= np.median(said) <= high
    assert dispersion_of([10, 90], [5, 5]) == 1.0


def test_factors_come_in_pairs() -> None:
    with pytest.raises(ImpossibleSampleError, match="different factors"):
        parts([Known(1)], [], seed=1)
