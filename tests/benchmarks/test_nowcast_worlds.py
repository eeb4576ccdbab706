"""The worlds of the nowcast's study have the truth that they say they have."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.nowcast_worlds import HAPPENINGS, HORIZON, TRUTH, Law, calibrated_law, demo_law, drawn
from hakari.sources.demo.world import World

LAWS = pytest.mark.parametrize("law", [calibrated_law(), demo_law()], ids=lambda law: law.name)


@LAWS
def test_a_law_wins_as_often_as_the_study_says_and_ends_nearly_everything(law: Law) -> None:
    assert law.rate() == pytest.approx(TRUTH)
    assert 0.99 < law.won.sum() + law.lost.sum() <= 1 + 1e-12
    assert law.won.min() >= 0
    assert law.lost.min() >= 0


@LAWS
def test_fewer_wins_are_more_losses(law: Law) -> None:
    fallen = law.with_wins(0.5)
    assert fallen.rate() == pytest.approx(TRUTH / 2)
    assert fallen.won.sum() + fallen.lost.sum() == pytest.approx(law.won.sum() + law.lost.sum(), abs=2e-3)


def test_the_demo_s_wins_take_as_long_as_its_steps() -> None:
    law, world = demo_law(), World()
    business = world.appointment_lag.mean + world.cycle_days
    days = float(law.won @ np.arange(law.won.size) / law.won.sum())
    # Four waits, each cut to whole days, lose half a day each.
    assert days == pytest.approx(business * 365.25 / 12 / 20.3 - 4 * 0.5, abs=0.5)


@LAWS
def test_what_is_drawn_is_what_the_law_says(law: Law) -> None:
    """Cases of the first half year of history are finished; thousands of them come near the truth."""
    won = total = 0
    for seed in range(10):
        seen = drawn(law, HAPPENINGS[0], seed).seen
        old = seen.where(seen.since >= 2 * HORIZON)
        won += int(np.sum((old.cause == 1) & (old.age <= HORIZON)))
        total += old.age.size
    assert won / total == pytest.approx(TRUTH, abs=4 * np.sqrt(TRUTH * (1 - TRUTH) / total))


def test_the_same_seed_draws_the_same_company() -> None:
    one, other = (drawn(calibrated_law(), HAPPENINGS[2], 7) for _ in range(2))
    assert np.array_equal(one.seen.age, other.seen.age)
    assert one.finished == other.finished


def test_a_campaign_is_in_the_last_month_and_growth_before_it() -> None:
    steady, growing, campaign = (one.intake() for one in HAPPENINGS[:3])
    assert campaign[:30] == pytest.approx(3 * steady[:30])
    assert np.array_equal(campaign[30:], steady[30:])
    assert growing[0] == steady[0]
    assert growing[365] == pytest.approx(growing[0] / 1.08**12, rel=0.01)
