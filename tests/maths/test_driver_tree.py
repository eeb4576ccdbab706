"""The parts of a change add up to it exactly, whatever the order, the unit and the zeros."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hakari.errors import ImpossibleSampleError
from hakari.maths.driver_tree import lmdi, log_mean, rate_mix_volume, shapley, split_ratio

QUICK = settings(
    max_examples=60, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)
# Calls, connect rate, meeting rate, qualification rate, win rate, price in millions.
BEFORE = (6000, 0.22, 0.08, 0.70, 0.22, 1.5)
AFTER = (6600, 0.19, 0.085, 0.68, 0.20, 1.6)
POSITIVE = st.floats(0.01, 1e4)
ANY = st.one_of(st.just(0.0), POSITIVE)
Pair = tuple[list[list[float]], list[list[float]]]


@st.composite
def pairs(draw: st.DrawFn, values: st.SearchStrategy[float] = ANY, most_segments: int = 4) -> Pair:
    """Factors before and after, of one or more segments."""
    segments, factors = draw(st.integers(1, most_segments)), draw(st.integers(1, 5))
    row = st.lists(values, min_size=factors, max_size=factors)
    table = st.lists(row, min_size=segments, max_size=segments)
    return draw(table), draw(table)


def change(pair: Pair) -> float:
    old, new = (np.asarray(one).prod(axis=-1).sum() for one in pair)
    return float(new - old)


def size(pair: Pair) -> float:
    return max(float(np.abs(np.asarray(one).prod(axis=-1)).sum()) for one in pair) + 1e-9


def test_the_logarithmic_mean_lies_between_and_is_its_argument_where_both_agree() -> None:
    assert log_mean(80, 30) == pytest.approx(50.977, abs=5e-4)
    assert log_mean(7, 7) == 7
    assert log_mean(1, 1 + 1e-12) == pytest.approx(1 + 5e-13, rel=1e-15)
    assert log_mean([0, 5, 0], [5, 0, 0]).tolist() == [0, 0, 0]


def test_a_funnel_of_six_factors_is_split_as_published() -> None:
    found = lmdi(BEFORE, AFTER)
    assert found == pytest.approx([2.267, -3.488, 1.442, -0.690, -2.267, 1.535], abs=5e-4)
    assert found.sum() == pytest.approx(-1.199616, abs=1e-9)
    fair = shapley(BEFORE, AFTER)
    assert fair == pytest.approx([2.277, -3.499, 1.448, -0.692, -2.276, 1.542], abs=1e-3)
    assert fair.sum() == pytest.approx(-1.199616, abs=1e-9)


def test_two_sectors_of_quantity_structure_and_intensity_are_split_as_published() -> None:
    parts = lmdi([(50, 0.2, 3), (50, 0.8, 0.5)], [(80, 0.5, 2), (80, 0.5, 0.4)]).sum(axis=0)
    assert parts == pytest.approx([32.3846, 38.2849, -24.6695], abs=5e-5)
    assert parts.sum() == pytest.approx(46)


def test_both_rates_rise_and_the_whole_falls_because_of_its_mix() -> None:
    """Simpson: .40 → .44 and .10 → .12, and the total falls from .34 to .184."""
    found = rate_mix_volume(([320, 20], [800, 200]), ([88, 96], [200, 800]))
    assert found.mix.sum() == pytest.approx(-182, abs=0.1)
    assert found.rate.sum() == pytest.approx(26, abs=0.1)
    assert found.volume.sum() == 0
    assert (found.rate > 0).all()
    assert (found.mix < 0).all(), "the good one shrank, and the poor one grew"


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ((0, 3), (2, 3), (6, 0)),  # only the first was nothing: all of it
        ((0, 3), (2, 5), (10, 0)),
        ((0, 0), (2, 3), (3, 3)),  # both were nothing: half each
        ((2, 3), (0, 3), (-6, 0)),
        ((2, 3), (0, 9), (-6, 0)),
        ((0, 3), (0, 7), (0, 0)),
        ((0, 3), (4, 0), (0, 0)),  # nothing before and nothing after
        ((5, 0), (0, 0), (0, 0)),
    ],
)
def test_zeros_take_the_limits(
    before: tuple[float, ...], after: tuple[float, ...], parts: tuple[float, ...]
) -> None:
    assert lmdi(before, after).tolist() == list(parts)


def test_the_limit_is_where_ever_smaller_numbers_lead() -> None:
    """The other factor keeps a part that shrinks like 1 / log: at 1e-300 it is one in a thousand."""
    small = lmdi((1e-300, 3), (2, 5))
    assert small[0] == pytest.approx(10, abs=0.01)


@QUICK
@given(pairs())
def test_parts_add_up_to_the_change(pair: Pair) -> None:
    assert lmdi(*pair).sum() == pytest.approx(change(pair), abs=1e-9 * size(pair))


@QUICK
@given(pairs())
def test_back_in_time_every_part_has_the_other_sign(pair: Pair) -> None:
    assert lmdi(pair[1], pair[0]) == pytest.approx(-lmdi(*pair), abs=1e-9 * size(pair))


@QUICK
@given(pairs(POSITIVE), st.floats(0.001, 1000))
def test_another_unit_leaves_the_parts(pair: Pair, unit: float) -> None:
    """Thousands of calls at a thousand times the price are the same calls."""
    old, new = (np.asarray(one) for one in pair)
    factors = old.shape[1]
    scale = np.ones(factors)
    scale[0] *= unit
    scale[-1] /= unit
    assert lmdi(old * scale, new * scale) == pytest.approx(lmdi(old, new), abs=1e-8 * size(pair))


@QUICK
@given(pairs(POSITIVE, most_segments=1))
def test_a_part_has_the_sign_of_its_factor_and_none_where_it_stands_still(pair: Pair) -> None:
    old, new = np.asarray(pair[0]), np.asarray(pair[1]).copy()
    new[:, 0] = old[:, 0]
    parts = lmdi(old, new)
    assert parts[0, 0] == 0
    assert (np.sign(parts) == np.sign(new - old)).all()


@QUICK
@given(pairs())
def test_halves_of_a_segment_have_its_parts_together(pair: Pair) -> None:
    old, new = (np.asarray(one) for one in pair)
    half = np.ones(old.shape[1])
    half[0] = 0.5
    halves = lmdi(np.vstack([old * half, old * half]), np.vstack([new * half, new * half]))
    assert halves.sum(axis=0) == pytest.approx(lmdi(old, new).sum(axis=0), abs=1e-9 * size(pair))


@QUICK
@given(pairs(st.floats(-100, 100)))
def test_shapley_adds_up_with_negative_factors_too(pair: Pair) -> None:
    found = shapley(*pair)
    slack = 1e-9 * float(np.abs(pair).max(axis=0).prod(axis=-1).sum()) + 1e-300
    assert found.sum() == pytest.approx(change(pair), abs=slack)
    assert shapley(pair[1], pair[0]) == pytest.approx(-found, abs=slack)


def test_a_margin_that_turns_negative_is_split_by_shapley_only() -> None:
    """Revenue 10 × margin .2 → 12 × −.1: halfway .05 × 2 = .1, halfway 11 × −.3 = −3.3."""
    assert shapley((10, 0.2), (12, -0.1)).tolist() == pytest.approx([0.1, -3.3])
    with pytest.raises(ImpossibleSampleError, match="negative"):
        lmdi((10, 0.2), (12, -0.1))
    with pytest.raises(ImpossibleSampleError, match="combinations"):
        shapley(np.ones(17), np.ones(17))


@st.composite
def segments(draw: st.DrawFn) -> tuple[list[int], ...]:
    """Top and base before, and after; a segment may be missing on either side, and a top without a base."""
    count = draw(st.integers(1, 5))
    base = st.lists(st.integers(0, 500), min_size=count, max_size=count).filter(any)
    top = st.lists(st.integers(0, 600), min_size=count, max_size=count)
    return draw(top), draw(base), draw(top), draw(base)


@QUICK
@given(segments())
def test_rate_mix_and_volume_add_up(drawn: tuple[list[int], ...]) -> None:
    top0, base0, top1, base1 = drawn
    ratio = split_ratio((top0, base0), (top1, base1))
    moved = sum(top1) / sum(base1) - sum(top0) / sum(base0)
    assert ratio.total.sum() == pytest.approx(moved, abs=1e-9)
    split = rate_mix_volume((top0, base0), (top1, base1))
    assert split.total.sum() == pytest.approx(sum(top1) - sum(top0), abs=1e-6)


def test_a_segment_that_came_or_went_is_mix() -> None:
    found = split_ratio(([30, 0], [100, 0]), ([30, 5], [100, 100]))
    assert found.rate.tolist() == [0, 0]
    assert found.mix.sum() == pytest.approx(0.175 - 0.3)
    assert found.mix[1] < 0, "what came has a rate of .05"


def test_the_same_shares_have_no_mix_and_the_same_rates_no_rate() -> None:
    assert split_ratio(([10, 40], [100, 100]), ([20, 80], [200, 200])).mix.tolist() == [0, 0]
    assert split_ratio(([10, 40], [100, 100]), ([30, 40], [300, 100])).rate.tolist() == [0, 0]


def test_what_cannot_be_split_is_refused() -> None:
    with pytest.raises(ImpossibleSampleError, match="empty base"):
        split_ratio(([1], [0]), ([1], [1]))
    with pytest.raises(ImpossibleSampleError, match="same factors"):
        lmdi((1, 2), (1, 2, 3))
    with pytest.raises(ImpossibleSampleError, match="not a number"):
        lmdi((1, float("nan")), (1, 2))
