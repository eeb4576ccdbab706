"""Targets that most reach: the known answers, and what has to hold whatever the past was."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hakari.maths.outlooks import Came, RateOutlook, ValueOutlook
from hakari.maths.target_proposals import (
    Band,
    Month,
    Past,
    Way,
    band,
    group,
    outlook,
    propose,
    three_month_mean,
)

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
KNOWN: Past = [Month(36), Month(41), Month(38)]


@pytest.mark.parametrize(("target", "chance"), [(40, 0.41), (50, 0.05), (60, 0.002)])
def test_after_36_41_and_38_the_chances_are_those_published(target: float, chance: float) -> None:
    one = group(Way.COUNT, [KNOWN])
    assert one is not None
    assert outlook(one, KNOWN, 1).chance(target) == pytest.approx(chance, abs=0.01)


def test_the_start_value_is_the_mean_of_the_last_three_months() -> None:
    assert three_month_mean([Month(100), *KNOWN]) == pytest.approx(115 / 3)
    assert three_month_mean([Month(3, 10), Month(1, 30)], rate=True) == pytest.approx(0.1)
    assert three_month_mean([None, None, None]) is None


def test_a_short_month_asks_for_less() -> None:
    """17 of 20 working days in the month asked about; the past months were of 20."""
    assert three_month_mean([Month(40), Month(40), Month(40)], exposure=0.85) == pytest.approx(34)


@pytest.mark.parametrize(
    ("chance", "name"),
    [
        (0.7, Band.REACHABLE),
        (0.69, Band.STRETCH),
        (0.3, Band.STRETCH),
        (0.29, Band.HARD),
        (0.1, Band.HARD),
        (0.09, Band.UNREACHABLE),
    ],
)
def test_bands_begin_where_they_are_said_to(chance: float, name: Band) -> None:
    assert band(chance) is name


def test_a_proposal_is_what_three_of_four_such_months_reach() -> None:
    one = group(Way.COUNT, [KNOWN])
    assert one is not None
    found = propose(one, KNOWN, 1)
    assert found is not None
    assert (found.value, found.months) == (34, 1)
    assert found.chance == pytest.approx(0.75, abs=0.03)


def test_where_most_months_are_empty_the_proposal_is_for_longer() -> None:
    rare: Past = [Month(0), Month(1), Month(0), Month(0), Month(1), Month(0)]
    one = group(Way.COUNT, [rare] * 8)
    assert one is not None
    found = propose(one, rare, 1)
    assert found is not None
    assert found.months > 1
    assert found.value >= 1


def test_who_did_nothing_at_all_gets_no_number_made_up() -> None:
    nothing: Past = [Month(0)] * 6
    one = group(Way.COUNT, [nothing])
    assert one is not None
    assert propose(one, nothing, 1) is None
    assert group(Way.COUNT, [[None, None]]) is None


def test_a_newcomer_is_asked_for_their_share_of_a_full_month() -> None:
    settled: Past = [Month(20)] * 8
    new: Past = [None] * 7 + [Month(4, exposure=0.2)]
    one = group(Way.COUNT, [settled] * 5 + [new])
    assert one is not None
    full, half = outlook(one, new, 1.0), outlook(one, new, 0.5)
    assert full.mean == pytest.approx(20)
    assert half.mean == pytest.approx(10)


def test_one_lucky_month_is_drawn_towards_the_team() -> None:
    one = group(Way.COUNT, [[Month(20)] * 3] * 9 + [[None, None, Month(60)]])
    assert one is not None
    assert 20 < outlook(one, [None, None, Month(60)], 1).mean < 40


def test_less_is_better_turns_the_quarter_round() -> None:
    waits: Past = [Month(30.0), Month(34.0), Month(26.0), Month(31.0)]
    one = group(Way.LEVEL, [waits] * 4)
    assert one is not None
    found = propose(one, waits, 1, better="lower")
    assert found is not None
    expected = outlook(one, waits, 1)
    assert found.value > expected.mean
    assert expected.chance(found.value, "lower") >= 0.7


def test_what_has_come_already_counts_towards_the_target() -> None:
    one = group(Way.COUNT, [KNOWN])
    assert one is not None
    half = outlook(one, KNOWN, 0.5)
    assert half.with_so_far(Came(40)).chance(40) == 1
    assert half.with_so_far(Came(25)).chance(40) > half.with_so_far(Came(20)).chance(40)


def test_a_rate_cannot_rise_above_what_is_left_to_come() -> None:
    one = RateOutlook(20, 80, 10)
    assert one.with_so_far(Came(0, 90)).chance(0.2) == 0
    assert one.with_so_far(Came(30, 90)).chance(0.2) == 1


def test_longer_periods_vary_less() -> None:
    seen = (0.2, 0.5, 1.0, 1.5, 1.8) * 2
    month, year = ValueOutlook(100, seen), ValueOutlook(1200, seen, months=12)
    assert year.quantile(0.25) / 1200 > month.quantile(0.25) / 100


counts = st.lists(st.integers(0, 60), min_size=3, max_size=12)


@settings(phases=PHASES, max_examples=60, deadline=None)
@given(counts, st.integers(1, 80), st.integers(0, 20))
def test_a_higher_target_is_never_likelier(months: list[int], target: int, more: int) -> None:
    past = [Month(one) for one in months]
    one = group(Way.COUNT, [past])
    assert one is not None
    expected = outlook(one, past, 1)
    assert 0 <= expected.chance(target + more) <= expected.chance(target) <= 1


@settings(phases=PHASES, max_examples=60, deadline=None)
@given(counts, st.floats(0.05, 0.95))
def test_a_quantile_is_reached_as_often_as_it_says(months: list[int], share: float) -> None:
    past = [Month(one + 1) for one in months]
    one = group(Way.COUNT, [past])
    assert one is not None
    expected = outlook(one, past, 1)
    found = expected.quantile(share)
    assert expected.chance(found) >= 1 - share > expected.chance(found + 1)


@settings(phases=PHASES, max_examples=40, deadline=None)
@given(st.integers(0, 40), st.integers(1, 60), st.integers(1, 200))
def test_at_or_above_and_below_are_all_there_is(yes: int, no: int, cases: int) -> None:
    one = RateOutlook(yes + 0.5, no, cases)
    for hits in (0, cases // 3, cases):
        below = 0.0 if hits == 0 else one.chance((hits - 1) / cases, "lower")
        assert one.chance(hits / cases) + below == pytest.approx(1, abs=1e-6)
