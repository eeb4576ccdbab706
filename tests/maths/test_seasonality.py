"""The spread of a year over its months: what is learnt of it, and a total split without a remainder."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hakari.errors import ImpossibleSampleError
from hakari.maths.seasonality import NO_SEASON, PastMonth, season, split

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


def _years(*years: list[float], days: float = 20) -> list[PastMonth]:
    return [PastMonth(at % 12 + 1, value, days) for year in years for at, value in enumerate(year)]


def test_under_two_years_no_season_is_known() -> None:
    assert season(_years([10.0] * 11 + [30.0])) == NO_SEASON
    assert not NO_SEASON.is_known
    assert set(NO_SEASON.indexes) == {1.0}


def test_years_that_agree_are_followed_in_full() -> None:
    found = season(_years(*[[10.0] * 11 + [130.0]] * 2))
    assert found.years == 2
    assert found.trust == pytest.approx(1)
    assert found.index(12) == pytest.approx(12 * 130 / 240)
    assert sum(found.indexes) == pytest.approx(12)


def test_years_that_only_differ_by_luck_are_not_followed() -> None:
    generator = np.random.default_rng(5)
    found = season(_years(*generator.poisson(20, (3, 12)).astype(float).tolist()))
    assert found.trust < 0.5
    assert max(abs(one - 1) for one in found.indexes) < 0.15


def test_growth_is_no_season() -> None:
    months = [PastMonth(at % 12 + 1, 100 * 1.03**at, 20) for at in range(36)]
    assert season(months).indexes == pytest.approx([1.0] * 12, abs=0.01)


def test_more_working_days_are_no_season() -> None:
    months = [PastMonth(at % 12 + 1, 5.0 * (18 + at % 5), 18 + at % 5) for at in range(24)]
    assert season(months).indexes == pytest.approx([1.0] * 12)


def test_only_months_in_a_row_up_to_the_last_one_count() -> None:
    gap: list[PastMonth] = _years([10.0] * 12, [10.0] * 12)
    gap[14] = PastMonth(3, None, 20)
    assert season(gap) == NO_SEASON


def test_counts_are_split_into_whole_ones_that_add_up() -> None:
    assert split(10, [1, 1, 1], step=1) == [4, 3, 3]
    assert split(100, [19, 21, 20], step=1) == [32, 35, 33]
    assert split(0, [1, 2], step=1) == [0, 0]


def test_a_part_without_days_gets_nothing() -> None:
    assert split(7, [0, 3, 0], step=1) == [0, 7, 0]
    with pytest.raises(ImpossibleSampleError, match="weight"):
        split(7, [0, 0])


@settings(phases=PHASES, max_examples=150, deadline=None)
@given(
    st.integers(0, 10**10),
    st.lists(st.floats(0.01, 100), min_size=1, max_size=12),
    st.sampled_from([1.0, 1000.0]),
)
def test_parts_add_up_exactly_and_none_is_far_from_its_share(
    total: int, weights: list[float], step: float
) -> None:
    parts = split(total, weights, step)
    assert sum(parts) == total
    whole = total // step * step
    for part, weight in zip(parts[:-1], weights[:-1], strict=True):
        assert part % step == 0
        assert abs(part - whole * weight / sum(weights)) <= step * (1 + 1e-6)
