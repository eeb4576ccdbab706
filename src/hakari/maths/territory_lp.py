"""The best split of accounts that may be cut into parts: what no whole split can beat, and nearly one itself.

A linear programme over few pairs of account and rep; the prices of its optimum tell which of the pairs left
out would have helped, and these are added until none would. At most two accounts per rep come out in parts.
Bounds may be broken at a price higher than any fit, so that there is always an answer: its breaches are what
no split can avoid.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import optimize, sparse

from hakari.maths.cohorts import Floats, Ints

Bools = np.typing.NDArray[np.bool_]
_BEST, _CHANCE, _ROUNDS, _ADDED = 8, 2, 8, 3
_ALL_PAIRS_UP_TO = 20_000
_PRICE = 1000.0
_STEPS, _PACE = 200, 0.3
_MARGIN = 0.03
_EPSILON, _NEAR, _BROKEN = 1e-7, 2e-3, 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """What each rep may have at least and at most; amounts and accounts."""

    least: float
    most: float
    fewest: float
    many: float

    @classmethod
    def around(cls, potential: Floats, reps: int, tolerance: float, count_tolerance: float) -> Bounds:
        """Counts are whole: one account more or less than the mean is always allowed to be."""
        mean, each = float(potential.sum()) / reps, len(potential) / reps
        fewest, many = each * (1 - count_tolerance), each * (1 + count_tolerance)
        return cls(
            mean * (1 - tolerance),
            mean * (1 + tolerance),
            min(fewest, float(np.floor(each))),
            max(many, float(np.ceil(each))),
        )

    def inside(self, margin: float) -> Bounds:
        """Narrower on each side by this share of the width."""
        by, many = margin * (self.most - self.least), margin * (self.many - self.fewest)
        return Bounds(self.least + by, self.most - by, self.fewest + many, self.many - many)

    def outside(self, rep_of: Ints, potential: Floats, reps: int) -> Floats:
        """`breach` of a whole split."""
        amount = np.bincount(rep_of, potential, minlength=reps)
        count = np.bincount(rep_of, minlength=reps)
        return self.breach(amount.astype(np.float64), count.astype(np.float64))

    def breach(self, amount: Floats, count: Floats) -> Floats:
        """How far each rep lies outside, in shares of the mean; 0 inside."""
        whole, each = max((self.least + self.most) / 2, 1e-300), max((self.fewest + self.many) / 2, 1e-300)
        slack = 1e-9 * whole
        far = np.maximum(amount - self.most - slack, 0) + np.maximum(self.least - amount - slack, 0)
        off = np.maximum(count - self.many - 1e-9, 0) + np.maximum(self.fewest - count - 1e-9, 0)
        return np.asarray(far / whole + off / each, dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """The optimum: the rep with the largest part of each account, and what the parts add up to.

    `bound` is a score no split within the bounds exceeds; `breach` what remains outside them per rep.
    """

    rep_of: Ints
    bound: float
    kept: float
    breach: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """`score` and `allowed` of each account (row) with each rep (column); `current` is −1 of nobody."""

    potential: Floats
    score: Floats
    allowed: Bools
    current: Ints
    bounds: Bounds
    margin: float = 0.0

    def cut(self, seed: int = 0) -> Cut:
        """A large task is solved a little inside the bounds: making accounts whole then breaks few."""
        if not self.margin and self.allowed.size > _ALL_PAIRS_UP_TO:
            inside = replace(self, margin=_MARGIN).cut(seed)
            if not inside.breach.any():
                return inside
        pairs = self._first_pairs(seed)
        solved = self._solved(pairs)
        for _ in range(_ROUNDS):
            if self._near(solved) or not self._add(pairs, solved):
                break
            solved = self._solved(pairs)
        return self._read(pairs, solved)

    def _add(self, pairs: Bools, solved: optimize.OptimizeResult) -> bool:
        """The pairs left out that would have helped most, a few an account; whether there are any."""
        worth = self.score - self._prices(solved)
        gained = np.where(self.allowed & ~pairs, worth, -np.inf)
        gained -= np.where(pairs, worth, -np.inf).max(axis=1, keepdims=True)
        best = np.argsort(-gained, axis=1, kind="stable")[:, :_ADDED]
        rows = np.arange(len(best))[:, None]
        helps = gained[rows, best] > _EPSILON
        pairs[rows, best] |= helps
        return bool(helps.any())

    def _near(self, solved: optimize.OptimizeResult) -> bool:
        """Whether more pairs could add next to nothing; while bounds are broken they might still help."""
        whole = solved.x[-4 * self.score.shape[1] :].max() <= _BROKEN
        bound = self._bound(solved, self.margin)
        return bool(whole and bound + solved.fun <= _NEAR * abs(bound))

    def _bound(self, solved: optimize.OptimizeResult, margin: float) -> float:
        """What the prices prove that no split exceeds, of pairs left out as well."""
        best = np.where(self.allowed, self.score - self._prices(solved), -np.inf).max(axis=1)
        return float(best.sum() - solved.ineqlin.marginals @ self._limits(margin))

    def _first_pairs(self, seed: int) -> Bools:
        """All pairs of a small task; else the best at rough prices, the current owner and two by chance."""
        if self.allowed.size <= _ALL_PAIRS_UP_TO:
            return self.allowed.copy()
        worth = self.score - self._rough_prices()
        chance = np.random.default_rng(seed).random(self.score.shape)
        pairs = np.zeros_like(self.allowed)
        rows = np.arange(len(pairs))[:, None]
        for rank, many in ((worth + 1e-6 * chance, _BEST), (chance, _CHANCE)):
            order = np.argsort(-np.where(self.allowed, rank, -np.inf), axis=1, kind="stable")
            pairs[rows, order[:, :many]] = True
        owned = self.current >= 0
        pairs[np.flatnonzero(owned), self.current[owned]] = True
        return pairs & self.allowed

    def _rough_prices(self) -> Floats:
        """Prices that rise with reps who are asked for too much, and fall with those left out.

        Without them the first pairs all lead to the reps who fit best, who cannot take everything.
        """
        (mean, each), one, reps = self._scales(), self.bounds, self.score.shape[1]
        amount, count = np.zeros(reps), np.zeros(reps)
        size, score = self.potential / mean, np.where(self.allowed, self.score, -np.inf)
        found = np.zeros_like(self.score)
        for step in range(_STEPS):
            prices = size[:, None] * amount + count / each
            chosen = (score - prices).argmax(axis=1)
            asked = np.bincount(chosen, size, minlength=reps)
            many = np.bincount(chosen, minlength=reps) / each
            pace = _PACE * each / np.sqrt(1 + step)
            amount += pace * (asked - np.clip(asked, one.least / mean, one.most / mean))
            count += pace * _PACE * (many - np.clip(many, one.fewest / each, one.many / each))
            if step >= _STEPS // 2:
                found += prices / (_STEPS - _STEPS // 2)
        return found

    def _scales(self) -> tuple[float, float]:
        reps = self.score.shape[1]
        return max(float(self.potential.sum()) / reps, 1e-300), max(len(self.potential) / reps, 1e-300)

    def _limits(self, margin: float = 0.0) -> Floats:
        """Right-hand sides: amounts at most and at least, accounts at most and at least; per rep."""
        (mean, each), one = self._scales(), self.bounds.inside(margin)
        four = (one.most / mean, -one.least / mean, one.many / each, -one.fewest / each)
        return np.repeat(four, self.score.shape[1])

    def _solved(self, pairs_taken: Bools) -> optimize.OptimizeResult:
        account, rep = np.nonzero(pairs_taken)
        accounts, reps, pairs = *self.score.shape, len(account)
        mean, each = self._scales()
        place = np.arange(pairs)
        amount, count = self.potential[account] / mean, np.full(pairs, 1 / each)
        values = np.concatenate([amount, -amount, count, -count, -np.ones(4 * reps)])
        rows = np.concatenate([*(rep + block * reps for block in range(4)), np.arange(4 * reps)])
        columns = np.concatenate([*(place for _ in range(4)), pairs + np.arange(4 * reps)])
        limits = sparse.csr_array((values, (rows, columns)), shape=(4 * reps, pairs + 4 * reps))
        once = sparse.csr_array((np.ones(pairs), (account, place)), shape=(accounts, pairs + 4 * reps))
        price = _PRICE * max(each, 1.0)
        return optimize.linprog(
            np.concatenate([-self.score[account, rep], np.full(4 * reps, price)]),
            limits,
            self._limits(self.margin),
            once,
            np.ones(accounts),
            method="highs-ipm",
        )

    def _prices(self, solved: optimize.OptimizeResult) -> Floats:
        """What a place with each rep costs each account in score."""
        reps = self.score.shape[1]
        mean, each = self._scales()
        most, least, many, fewest = -solved.ineqlin.marginals.reshape(4, reps)
        found = self.potential[:, None] / mean * (most - least) + (many - fewest) / each
        return np.asarray(found, dtype=np.float64)

    def _read(self, pairs: Bools, solved: optimize.OptimizeResult) -> Cut:
        account, rep = np.nonzero(pairs)
        accounts, reps = self.score.shape
        parts = np.zeros((accounts, reps))
        parts[account, rep] = solved.x[: len(account)]
        owned = self.current >= 0
        kept = float(parts[np.flatnonzero(owned), self.current[owned]].sum())
        breach = solved.x[len(account) :].reshape(4, reps).sum(axis=0)
        bound = self._bound(solved, 0.0)
        return Cut(parts.argmax(axis=1), bound, kept, np.where(breach > _BROKEN, breach, 0.0))
