"""A shift is flagged when rates moved and not when intake did; an early warning compares equal ages."""

from __future__ import annotations

import numpy as np
import pytest

from hakari.maths.cohorts import Ints, Seen, gather
from hakari.maths.estimates import Unknown
from hakari.maths.shifts import ReferenceKind, early_warning, reference_of, shift

WAIT, WON = 40.0, 0.25


def company(seed: int, since: Ints, won: float = WON, won_lately: float = WON, lately: int = 0) -> Seen:
    """Cases that end after 40 days on average, won as often as said; those of the last days `won_lately`."""
    generator = np.random.default_rng(seed)
    ends = np.floor(generator.exponential(WAIT, since.size)).astype(np.int64)
    rate = np.where(since < lately, won_lately, won)
    cause = np.where(generator.random(since.size) < rate, 1, 2)
    still = ends > since
    return Seen(np.where(still, since, ends), np.where(still, 0, cause), since)


def steadily(a_day: int, days: int = 365) -> Ints:
    return np.repeat(np.arange(days), a_day)


def test_by_hand_the_shift_of_two_cases_each_side() -> None:
    """At age 2 one of two exits lately and none of two before: half an exit was expected, variance 1/4."""
    seen = Seen(*(np.asarray(one) for one in ([2, 5, 9, 9], [1, 0, 0, 0], [5, 5, 19, 19])))
    found = shift(seen, 8, days=10)
    assert (found.observed, found.expected) == (1, 0.5)
    assert (found.flagged, found.reason) == (None, Unknown.FEW_EXPECTED)


@pytest.mark.parametrize("growth", ["steady", "three times as many in the last month", "none for a month"])
def test_intake_that_moves_is_no_shift(growth: str) -> None:
    since = steadily(10)
    if growth.startswith("three"):
        since = np.concatenate([since, np.repeat(np.arange(30), 20)])
    if growth.startswith("none"):
        since = since[since >= 30]
    flags = [shift(company(seed, since), 180).flagged for seed in range(40)]
    assert sum(flag is True for flag in flags) <= 6  # 5 % of 40 are 2


def test_a_rate_that_fell_is_flagged_and_completes_by_the_last_days() -> None:
    kinds = []
    for seed in range(20):
        seen = company(seed, steadily(20), won_lately=WON / 2, lately=120)
        found = reference_of(seen, 180)
        kinds.append(found.kind)
        if found.kind is ReferenceKind.RECENT:
            assert found.curve is found.recent
            assert float(found.curve.share(180)) < float(found.whole.share(180))
    assert kinds.count(ReferenceKind.RECENT) >= 18


def test_the_last_days_complete_nothing_that_they_do_not_reach() -> None:
    """Nobody began lately, so the first days of a life were not seen in the last 90."""
    since = steadily(30)
    seen = company(1, since[since >= 120], won=0.1, won_lately=0.9, lately=200)
    found = reference_of(seen, 180)
    assert found.recent.at(180).reason is Unknown.NOBODY_OBSERVED
    assert found.kind is ReferenceKind.WHOLE


def test_no_case_is_no_shift() -> None:
    nobody = Seen(*(np.zeros(0, dtype=np.int64) for _ in range(3)))
    found = shift(nobody, 90)
    assert (found.flagged, found.reason) == (None, Unknown.NO_CASES)


def test_an_early_warning_expects_what_the_reference_had_at_the_same_ages() -> None:
    """40 % of the reference were won by 10 days and 60 % by 20. Of 100 cases 10 old and 50 that are 20 old,
    40 + 30 are expected; a horizon of 10 days would cut the second to 20.
    """
    reference = gather([10, 20, 30], [1, 1, 2], weight=[4000, 2000, 4000])
    since = np.repeat([10, 20], [100, 50])
    won = np.zeros(150, dtype=np.int64)
    won[:35] = 1
    cohort = Seen(np.where(won == 1, 8, since), won, since)
    found = early_warning(cohort, reference, 30)
    assert (found.observed, found.n) == (35, 150)
    assert found.expected == pytest.approx(70)
    assert found.ratio == pytest.approx(0.5)
    assert found.flagged is True
    assert found.z is not None
    assert found.z == pytest.approx(
        -35 / np.sqrt(100 * 0.24 + 50 * 0.24), rel=0.02
    )  # and a little for the reference
    assert early_warning(cohort, reference, 10).expected == pytest.approx(60)


def test_early_warnings_are_seldom_false_and_mostly_right() -> None:
    """The last 60 days beside the ten months before them; 5 % should be flagged where nothing changed."""
    flags: dict[float, int] = {}
    for rate in (WON, WON / 2):
        seen = [company(seed, steadily(10), won_lately=rate, lately=60) for seed in range(60)]
        said = [
            early_warning(one.where(one.since < 60), one.where(one.since >= 60).cohort(), 180) for one in seen
        ]
        flags[rate] = sum(one.fell for one in said)
    assert flags[WON] <= 8
    assert flags[WON / 2] >= 50


def test_a_warning_is_not_given_on_a_handful() -> None:
    reference = gather([10, 30], [1, 2], weight=[50, 50])
    few = Seen(np.asarray([9]), np.asarray([0]), np.asarray([12]))
    assert early_warning(few, reference, 30).reason is Unknown.FEW_EXPECTED
    nobody = few.where(np.asarray([False]))
    assert early_warning(nobody, reference, 30).reason is Unknown.NO_CASES
    old = Seen(np.asarray([90]), np.asarray([0]), np.asarray([90]))
    too_old = early_warning(old, gather([10, 20], [1, 0]), 120)
    assert (too_old.expected, too_old.reason) == (None, Unknown.BEYOND_FOLLOW_UP)
