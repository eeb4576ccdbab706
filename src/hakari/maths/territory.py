"""Splits accounts between reps, alike in potential, with as few changes of hands as that allows.

    maximise   Σ fit(account, rep) + keep · (accounts that stay with their rep)
    so that    every account has one rep who may have it,
               each rep has the mean potential ± 5 % and the mean number of accounts ± 15 %

What makes that impossible is named: an account larger than a rep's whole share, accounts nobody may have,
a group of accounts too large for the few who may have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hakari.errors import ImpossibleSampleError
from hakari.maths.cohorts import Floats, Ints
from hakari.maths.territory_exact import PAIRS_UP_TO, exact
from hakari.maths.territory_lp import Bools, Bounds, Cut, Programme
from hakari.maths.territory_repair import Repair

TOLERANCE, COUNT_TOLERANCE = 0.05, 0.15


class Obstacle(StrEnum):
    NOBODY_MAY = "nobody_may"  # no rep may have the account; it stays where it is
    TOO_LARGE = "too_large"  # one account is more than a rep's whole share
    GROUP_TOO_LARGE = "group_too_large"  # more accounts than the few who may have them can hold
    TOO_LITTLE = "too_little"  # all that the rep may have is less than a share
    NO_SPLIT = "no_split"  # proven: no split is within the bounds
    NOT_FOUND = "not_found"  # accounts come whole: the nearest split found lies outside


@dataclass(frozen=True, slots=True)
class Problem:
    """Accounts and reps it concerns, and the share of a rep's mean potential they amount to."""

    kind: Obstacle
    accounts: tuple[int, ...] = ()
    reps: tuple[int, ...] = ()
    share: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """`potential` by account; `current` the place of the owner among the reps, −1 for none of them.

    `fit` and `allowed` hold a row an account and a column a rep. Keys are unique; they settle ties, so that
    the order in which accounts and reps come does not.
    """

    accounts: Sequence[str]
    reps: Sequence[str]
    potential: Floats
    current: Ints
    fit: Floats
    allowed: Bools

    def __post_init__(self) -> None:
        shape = (len(self.accounts), len(self.reps))
        fits = self.fit.shape == shape == self.allowed.shape and len(self.potential) == shape[0]
        fits = fits and len(self.current) == shape[0]
        if not shape[1] or not fits or len({*self.accounts}) < shape[0] or len({*self.reps}) < shape[1]:
            raise ImpossibleSampleError(
                "Territories need at least one rep, and one potential, owner and row of fits an account.",
                "Give every account and every rep once.",
            )
        if not np.all(np.isfinite(self.potential)) or np.any(self.potential < 0):
            raise ImpossibleSampleError(
                "A potential is negative or not known.", "Estimate it or leave the account out."
            )

    def sorted(self) -> tuple[Task, Ints, Ints]:
        """By keys, with the places that accounts and reps had."""
        rows = np.argsort(np.asarray(self.accounts, dtype=object), kind="stable").astype(np.int64)
        columns = np.argsort(np.asarray(self.reps, dtype=object), kind="stable").astype(np.int64)
        back = np.empty(len(columns) + 1, dtype=np.int64)
        back[columns], back[-1] = np.arange(len(columns)), -1
        sorted_task = Task(
            [self.accounts[row] for row in rows],
            [self.reps[column] for column in columns],
            self.potential[rows],
            back[self.current[rows]],
            self.fit[np.ix_(rows, columns)],
            self.allowed[np.ix_(rows, columns)],
        )
        return sorted_task, rows, columns


@dataclass(frozen=True, slots=True)
class Load:
    """A rep's potential and accounts; `off` is the distance from an equal share, as a share of it."""

    potential: float
    accounts: int
    off: float | None


@dataclass(frozen=True, slots=True)
class Territories:
    """`rep_of` is the place of each account's rep; −1 where nobody may have it and nobody had it.

    `gap` is how far `score` lies below what no split can exceed, as a share; None outside the bounds.
    `kept_at_optimum` counts accounts kept before accounts in parts were made whole.
    """

    rep_of: tuple[int, ...]
    before: tuple[Load, ...]
    after: tuple[Load, ...]
    kept: int
    kept_at_optimum: float
    score: float
    gap: float | None
    problems: tuple[Problem, ...]

    @property
    def balanced(self) -> bool:
        return not any(one.kind is not Obstacle.NOBODY_MAY for one in self.problems)

    @property
    def widest(self) -> float | None:
        """The largest distance from the mean potential; None without any."""
        known = [abs(one.off) for one in self.after if one.off is not None]
        return max(known) if known else None


def territories(
    task: Task,
    keep: float = 1.0,
    tolerance: float = TOLERANCE,
    count_tolerance: float = COUNT_TOLERANCE,
    seed: int = 0,
) -> Territories:
    """The nearest split is given even where none is within the bounds; `problems` then says why."""
    if keep < 0 or not 0 < tolerance < 1 or not 0 < count_tolerance < 1:
        raise ImpossibleSampleError(
            "Keeping owners cannot count less than 0, and tolerances are shares between 0 and 1.",
            "Write 5 % as 0.05.",
        )
    ordered, rows, columns = task.sorted()
    found, problems, bound, kept = _split(ordered, keep, tolerance, count_tolerance, seed)
    rep_of = np.full(len(rows), -1, dtype=np.int64)
    rep_of[rows] = np.where(found >= 0, columns[found], -1)
    placed = rep_of >= 0
    mean = float(task.potential[placed].sum()) / len(columns)
    kept_by = placed & (rep_of == task.current)
    score = float(task.fit[np.flatnonzero(placed), rep_of[placed]].sum() + keep * kept_by.sum())
    return Territories(
        tuple(rep_of.tolist()),
        _loads(task, task.current, mean),
        _loads(task, rep_of, mean),
        int(kept_by.sum()),
        kept,
        score,
        None if bound is None else max(0.0, (bound - score) / bound) if bound > 0 else 0.0,
        tuple(_moved(one, rows, columns) for one in problems),
    )


def _split(
    task: Task, keep: float, tolerance: float, count_tolerance: float, seed: int
) -> tuple[Ints, list[Problem], float | None, float]:
    """Rep of each account, what stands in the way, the bound on the score, accounts kept at the optimum."""
    nobody = ~task.allowed.any(axis=1)
    problems = [Problem(Obstacle.NOBODY_MAY, (int(one),)) for one in np.flatnonzero(nobody)]
    owned = np.flatnonzero(nobody & (task.current >= 0))
    may = task.allowed.copy()
    may[owned, task.current[owned]] = True
    rep_of = task.current.copy()
    free = np.flatnonzero(may.any(axis=1))
    if not free.size:
        return rep_of, problems, None, 0.0
    potential, allowed, current = task.potential[free], may[free], task.current[free]
    score = task.fit[free] + keep * (current[:, None] == np.arange(len(task.reps)))
    bounds = Bounds.around(potential, len(task.reps), tolerance, count_tolerance)
    programme = Programme(potential, score, allowed, current, bounds)
    cut = programme.cut(seed)
    rep_of[free], outside, none_exists = _whole(programme, cut)
    if not outside.any():
        return rep_of, problems, cut.bound, cut.kept
    named = _named(free, potential, allowed, bounds)
    # Each cause named is a proof of its own; the programme cuts a large account into parts and sees none.
    kind = Obstacle.NO_SPLIT if none_exists or named else Obstacle.NOT_FOUND
    reps = tuple(int(one) for one in np.flatnonzero(outside))
    return rep_of, [*problems, *named, Problem(kind, reps=reps)], None, cut.kept


def _whole(programme: Programme, cut: Cut) -> tuple[Ints, Bools, bool]:
    """The split with accounts made whole, which reps lie outside the bounds, whether that is proven."""
    potential, score, bounds = programme.potential, programme.score, programme.bounds
    broken = bool(cut.breach.any())
    start, proven = cut.rep_of, broken
    if not broken and programme.allowed.size <= PAIRS_UP_TO:
        found, proven = exact(programme)
        start = start if found is None else found
    rep_of = Repair(start, potential, score, programme.allowed, bounds).run()
    return rep_of, bounds.outside(rep_of, potential, score.shape[1]) > 0, proven


def _named(places: Ints, potential: Floats, allowed: Bools, bounds: Bounds) -> list[Problem]:
    """Causes that a person can act on; there may be others that only all bounds together make."""
    mean = potential.sum() / allowed.shape[1]
    if mean <= 0:
        return []
    found = [
        Problem(Obstacle.TOO_LARGE, (int(places[one]),), share=float(potential[one] / mean))
        for one in np.flatnonzero(potential > bounds.most)
    ]
    groups, group = np.unique(allowed, axis=0, return_inverse=True)
    for number, who in enumerate(groups):
        inside = (~allowed | who).all(axis=1)  # accounts that only these reps may have
        total = float(potential[inside].sum())
        if not who.all() and total > bounds.most * who.sum():
            accounts = tuple(int(one) for one in places[group.reshape(-1) == number])
            reps = tuple(int(one) for one in np.flatnonzero(who))
            found.append(Problem(Obstacle.GROUP_TOO_LARGE, accounts, reps, total / mean))
    possible = potential @ allowed
    return found + [
        Problem(Obstacle.TOO_LITTLE, reps=(int(one),), share=float(possible[one] / mean))
        for one in np.flatnonzero(possible < bounds.least)
    ]


def _moved(one: Problem, rows: Ints, columns: Ints) -> Problem:
    accounts = tuple(int(rows[place]) for place in one.accounts)
    return Problem(one.kind, accounts, tuple(int(columns[place]) for place in one.reps), one.share)


def _loads(task: Task, rep_of: Ints, mean: float) -> tuple[Load, ...]:
    placed = rep_of >= 0
    amount = np.bincount(rep_of[placed], task.potential[placed], minlength=len(task.reps))
    count = np.bincount(rep_of[placed], minlength=len(task.reps))
    return tuple(
        Load(float(one), int(many), float(one / mean - 1) if mean > 0 else None)
        for one, many in zip(amount, count, strict=True)
    )
