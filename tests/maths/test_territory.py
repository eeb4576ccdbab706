"""Every account has one rep, the reps are alike in potential, and what makes that impossible is named."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hakari.errors import ImpossibleSampleError
from hakari.maths.territory import Obstacle, Task, Territories, territories
from hakari.maths.territory_lp import Bounds, Programme

QUICK = settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate])


def task(
    potential: list[float],
    current: list[int],
    reps: int,
    fit: list[list[float]] | None = None,
    forbidden: tuple[tuple[int, int], ...] = (),
) -> Task:
    shape = (len(potential), reps)
    allowed = np.ones(shape, dtype=bool)
    for account, rep in forbidden:
        allowed[account, rep] = False
    return Task(
        [f"account {place:04}" for place in range(shape[0])],
        [f"rep {place:02}" for place in range(reps)],
        np.asarray(potential, dtype=np.float64),
        np.asarray(current, dtype=np.int64),
        np.zeros(shape) if fit is None else np.asarray(fit, dtype=np.float64),
        allowed,
    )


def world(accounts: int, reps: int, seed: int, forbidden: float = 0.0) -> Task:
    """Uneven potentials, owners who are far from alike, fits at random."""
    generator = np.random.default_rng(seed)
    shares = generator.dirichlet(np.ones(reps))
    found = task(
        generator.lognormal(0, 0.8, accounts).tolist(),
        generator.choice(reps, accounts, p=shares).tolist(),
        reps,
        generator.random((accounts, reps)).tolist(),
    )
    found.allowed[:] = generator.random((accounts, reps)) >= forbidden
    found.allowed[:, 0] = True
    return found


def best_by_trying(one: Task, keep: float) -> float | None:
    """The best score of all splits within the bounds; None where there is none."""
    reps = len(one.reps)
    bounds = Bounds.around(one.potential, reps, 0.05, 0.15)
    best: float | None = None
    for split in product(range(reps), repeat=len(one.accounts)):
        rep_of = np.asarray(split)
        rows = np.arange(len(rep_of))
        if bounds.outside(rep_of, one.potential, reps).any() or not one.allowed[rows, rep_of].all():
            continue
        score = float(one.fit[rows, rep_of].sum() + keep * (rep_of == one.current).sum())
        best = score if best is None else max(best, score)
    return best


def test_one_rep_with_everything_gives_half_to_the_other() -> None:
    found = territories(task([10, 10, 10, 10], [0, 0, 0, 0], 2))
    assert sorted(found.rep_of) == [0, 0, 1, 1]
    assert [one.off for one in found.before] == [1.0, -1.0]
    assert [(one.potential, one.accounts, one.off) for one in found.after] == [(20, 2, 0), (20, 2, 0)]
    assert (found.kept, found.balanced) == (2, True)


def test_what_is_balanced_already_stays_as_it_is() -> None:
    found = territories(task([5, 7, 7, 5], [0, 0, 1, 1], 2))
    assert found.rep_of == (0, 0, 1, 1)
    assert found.gap == pytest.approx(0, abs=1e-9)


def test_an_account_nobody_owns_goes_to_who_has_least_or_fits_best() -> None:
    found = territories(task([5, 5, 5, 5], [0, 0, 1, -1], 2))
    assert found.rep_of == (0, 0, 1, 1)


@pytest.mark.parametrize("seed", range(6))
def test_small_tasks_are_solved_as_well_as_by_trying_all_splits(seed: int) -> None:
    one = world(9, 2, seed, forbidden=0.2)
    found, best = territories(one), best_by_trying(one, 1.0)
    assert found.balanced == (best is not None)
    if best is None:
        assert found.problems[-1].kind is Obstacle.NO_SPLIT
    else:
        assert found.score == pytest.approx(best, rel=2e-3)


@QUICK
@given(st.integers(20, 120), st.integers(2, 6), st.integers(0, 10**6), st.sampled_from([0.0, 0.3]))
def test_each_account_has_one_rep_who_may_have_it_and_balance_holds_or_is_denied(
    accounts: int, reps: int, seed: int, forbidden: float
) -> None:
    one = world(accounts, reps, seed, forbidden)
    found = territories(one)
    rep_of = np.asarray(found.rep_of)
    assert one.allowed[np.arange(accounts), rep_of].all()
    bounds = Bounds.around(one.potential, reps, 0.05, 0.15)
    assert found.balanced == (not bounds.outside(rep_of, one.potential, reps).any())
    assert found.gap is None if not found.balanced else found.gap is not None


@QUICK
@given(st.integers(20, 60), st.integers(2, 5), st.integers(0, 10**6), st.lists(st.floats(0, 5), min_size=2))
def test_a_higher_weight_on_staying_never_lowers_the_accounts_kept(
    accounts: int, reps: int, seed: int, weights: list[float]
) -> None:
    one = world(accounts, reps, seed)
    bounds = Bounds.around(one.potential, reps, 0.05, 0.15)
    stays = one.current[:, None] == np.arange(reps)
    kept = [
        Programme(one.potential, one.fit + keep * stays, one.allowed, one.current, bounds).cut().kept
        for keep in sorted(weights[:4])
    ]
    assert all(later >= earlier - 1e-6 for earlier, later in pairwise(kept))


@QUICK
@given(st.integers(20, 60), st.integers(2, 5), st.randoms())
def test_in_which_order_reps_and_accounts_come_does_not_matter(
    accounts: int, reps: int, random: object
) -> None:
    one = world(accounts, reps, accounts)
    rows, columns = list(range(accounts)), list(range(reps))
    random.shuffle(rows)  # type: ignore[attr-defined]
    random.shuffle(columns)  # type: ignore[attr-defined]
    other = Task(
        [one.accounts[row] for row in rows],
        [one.reps[column] for column in columns],
        one.potential[rows],
        np.asarray([columns.index(int(one.current[row])) for row in rows]),
        one.fit[np.ix_(rows, columns)],
        one.allowed[np.ix_(rows, columns)],
    )
    assert names(other, territories(other)) == names(one, territories(one))


def names(one: Task, found: Territories) -> dict[str, str]:
    return {account: one.reps[rep] for account, rep in zip(one.accounts, found.rep_of, strict=True)}


def test_an_account_larger_than_a_share_is_named_with_its_size() -> None:
    found = territories(task([100, 1, 1, 1], [0, 0, 1, 1], 2))
    assert not found.balanced
    large = next(one for one in found.problems if one.kind is Obstacle.TOO_LARGE)
    assert large.accounts == (0,)
    assert large.share == pytest.approx(100 / 51.5)
    assert found.problems[-1].kind is Obstacle.NO_SPLIT
    assert found.gap is None


def test_an_account_that_nobody_may_have_is_named_and_stays() -> None:
    one = task([5, 5, 5, 5, 5], [0, 0, 1, 1, 1], 2, forbidden=((4, 0), (4, 1), (0, 1), (0, 0)))
    found = territories(one)
    assert [(each.kind, each.accounts) for each in found.problems] == [
        (Obstacle.NOBODY_MAY, (0,)),
        (Obstacle.NOBODY_MAY, (4,)),
        (Obstacle.NO_SPLIT, ()),
    ]
    assert (found.rep_of[0], found.rep_of[4]) == (0, 1)


def test_more_than_the_only_one_who_may_can_hold_is_named() -> None:
    found = territories(
        task([5] * 6, [0, 0, 0, 1, 1, 1], 3, forbidden=tuple((place, 1) for place in range(6)))
    )
    kinds = {one.kind for one in found.problems}
    assert Obstacle.TOO_LITTLE in kinds
    assert next(one for one in found.problems if one.kind is Obstacle.TOO_LITTLE).reps == (1,)
    group = next(one for one in found.problems if one.kind is Obstacle.GROUP_TOO_LARGE)
    assert group.reps == (0, 2)
    assert group.share == pytest.approx(3.0)


def test_without_any_potential_the_accounts_are_shared_by_number() -> None:
    found = territories(task([0] * 6, [0] * 6, 3))
    assert [one.accounts for one in found.after] == [2, 2, 2]
    assert found.widest is None


def test_impossible_tasks_are_refused() -> None:
    with pytest.raises(ImpossibleSampleError, match="not known"):
        task([float("nan")], [0], 1)
    with pytest.raises(ImpossibleSampleError, match="at least one rep"):
        task([1.0], [-1], 0)
    with pytest.raises(ImpossibleSampleError, match="shares between 0 and 1"):
        territories(task([1.0], [0], 1), tolerance=5)
