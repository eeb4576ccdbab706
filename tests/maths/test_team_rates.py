"""Members of a team are drawn together as far as they resemble each other, and nobody is ranked."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hakari.errors import ImpossibleSampleError
from hakari.maths.team_rates import TeamRates, team_rates

# Efron and Morris 1975: hits in the first 45 times at bat of 1970, and the average of the season's rest.
HITS = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]
REST = [346, 298, 276, 222, 273, 270, 263, 210, 269, 230, 264, 256, 303, 264, 226, 286, 316, 200]
QUICK = settings(
    max_examples=25, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)


@st.composite
def teams(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    base = draw(st.lists(st.integers(0, 60), min_size=1, max_size=8).filter(any))
    return [draw(st.integers(0, n)) for n in base], base


def said(found: TeamRates) -> list[tuple[float, ...]]:
    return [(one.k, one.n, one.mean, one.low, one.high, one.above) for one in found.members]


def squared_error(means: list[float]) -> float:
    return float(np.sum((np.asarray(means) - np.asarray(REST) / 1000) ** 2))


def test_the_eighteen_batters_are_the_published_ones() -> None:
    """Raw averages miss by .0755, James–Stein with its factor .212 by .0214."""
    raw = np.round(np.asarray(HITS) / 45, 3)
    middle = raw.mean()
    factor = 1 - 15 * middle * (1 - middle) / 45 / ((raw - middle) ** 2).sum()
    assert [round(float(middle), 4), round(float(factor), 3)] == [0.2654, 0.212]
    assert squared_error(raw.tolist()) == pytest.approx(0.0755, abs=5e-5)
    assert squared_error((middle + factor * (raw - middle)).tolist()) == pytest.approx(0.0214, abs=5e-5)


def test_eighteen_batters_are_foretold_as_well_as_by_james_and_stein() -> None:
    found = team_rates(HITS, [45] * 18)
    assert squared_error([one.mean for one in found.members]) < 0.022
    assert found.all_alike
    assert found.groups == (tuple(range(18)),)
    assert not any(one.differs for one in found.members)


@QUICK
@given(teams())
def test_a_member_lies_between_the_own_and_the_team_s_rate(team: tuple[list[int], list[int]]) -> None:
    found = team_rates(*team)
    assert [(one.k, one.n) for one in found.members] == list(zip(*team, strict=True))
    for one in found.members:
        assert 0 <= one.low < one.mean < one.high <= 1
        assert 0 <= one.above <= 1


@QUICK
@given(teams(), st.randoms())
def test_the_order_of_a_team_does_not_matter(team: tuple[list[int], list[int]], chance: object) -> None:
    order = list(range(len(team[0])))
    chance.shuffle(order)  # type: ignore[attr-defined]
    moved = team_rates([team[0][one] for one in order], [team[1][one] for one in order])
    found = team_rates(*team)
    assert said(moved) == [said(found)[one] for one in order]
    named = {frozenset(order[place] for place in group) for group in moved.groups}
    assert named == {frozenset(group) for group in found.groups}


@QUICK
@given(teams())
def test_equal_members_are_told_the_same(team: tuple[list[int], list[int]]) -> None:
    found = team_rates(team[0] * 2, team[1] * 2)
    assert said(found)[: len(team[0])] == said(found)[len(team[0]) :]
    for place in range(len(team[0])):
        for group in found.groups:
            assert (place in group) == (place + len(team[0]) in group)


@QUICK
@given(teams())
def test_everybody_is_in_a_group_and_no_group_within_another(team: tuple[list[int], list[int]]) -> None:
    groups = [set(group) for group in team_rates(*team).groups]
    assert set().union(*groups) == set(range(len(team[0])))
    assert not any(one < other for one in groups for other in groups)


def test_few_cases_are_drawn_further_to_the_team_than_many() -> None:
    few, many, *_ = team_rates([6, 60, 20, 22, 18, 21], [10, 100, 100, 100, 100, 100]).members
    assert few.mean < many.mean
    assert few.high - few.low > many.high - many.low


def test_a_member_without_cases_is_thought_to_be_like_the_others() -> None:
    found = team_rates([0, 20, 25, 22], [0, 100, 100, 100])
    assert found.members[0].mean == pytest.approx(67 / 300, abs=0.03)
    assert not found.members[0].differs


def test_who_really_differs_is_told_apart() -> None:
    found = team_rates([150, 40, 38, 42], [300, 300, 300, 300])
    assert found.groups == ((0,), (3, 1, 2))
    assert [one.differs for one in found.members] == [True, True, True, True]
    assert found.members[0].above > 0.99


def test_groups_overlap_where_the_middle_belongs_with_both_ends() -> None:
    found = team_rates([66, 80, 96], [300, 300, 300])
    assert found.groups == ((2, 1), (1, 0))


def test_one_person_is_a_team() -> None:
    found = team_rates([3], [10])
    assert found.groups == ((0,),)
    assert not found.members[0].differs


def test_nobody_with_any_case_has_no_rate() -> None:
    assert team_rates([0, 0], [0, 0]) == TeamRates((), (), None, None)


@pytest.mark.parametrize(
    ("k", "n", "level"), [([3], [2], 0.9), ([-1], [2], 0.9), ([1, 1], [2], 0.9), ([1], [2], 1.0)]
)
def test_impossible_teams_are_refused(k: list[int], n: list[int], level: float) -> None:
    with pytest.raises(ImpossibleSampleError, match="→"):
        team_rates(k, n, level)


def test_twenty_equals_are_left_in_peace() -> None:
    """Published: .01 of 20 flagged, where raw intervals flag 1.9, and a tenth of the raw error."""
    flagged, error, raw = 0, 0.0, 0.0
    for seed in range(30):
        generator = np.random.default_rng(seed)
        base = np.maximum(generator.poisson(30, 20), 1)
        hits = generator.binomial(base, 0.25)
        found = team_rates(hits, base, draws=1000)
        flagged += sum(one.differs for one in found.members)
        error += float(np.mean([(one.mean - 0.25) ** 2 for one in found.members]))
        raw += float(np.mean((hits / base - 0.25) ** 2))
    assert flagged <= 3
    assert error < 0.15 * raw


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    """Twenty people with 30 cases each whose log odds spread by .4: published .86 at a level of .90."""
    held = []
    for seed in range(30):
        generator = np.random.default_rng(seed)
        rates = 1 / (1 + np.exp(1.1 - 0.4 * generator.standard_normal(20)))
        hits = generator.binomial(30, rates)
        found = team_rates(hits, [30] * 20, draws=1000)
        held += [one.low <= rate <= one.high for one, rate in zip(found.members, rates, strict=True)]
    assert 0.82 <= np.mean(held) <= 0.95
