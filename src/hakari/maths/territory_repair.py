"""Moves and swaps of whole accounts until every rep lies within the bounds, at the least loss of fit.

Once all are inside, moves and swaps that raise the fit and stay inside follow, those accounts first that
miss most: what making accounts whole has cost is won back in part. Of thousands of accounts so few are cut
that it is not worth the time.
"""

from __future__ import annotations

import numpy as np

from hakari.maths.cohorts import Floats, Ints
from hakari.maths.territory_lp import Bools, Bounds

_MOST_STEPS, _PASSES, _IMPROVED_UP_TO = 2000, 4, 10_000
_TINY, _LEAST_GAIN = 1e-12, 1e-9


class Repair:
    """Changes a split in place; `amount` and `count` follow it."""

    def __init__(
        self, rep_of: Ints, potential: Floats, score: Floats, allowed: Bools, bounds: Bounds
    ) -> None:
        self.rep_of, self.potential, self.score, self.allowed = rep_of.copy(), potential, score, allowed
        self.bounds, self.reps = bounds, score.shape[1]
        self.amount: Floats = np.bincount(self.rep_of, potential, minlength=self.reps).astype(np.float64)
        self.count = np.bincount(self.rep_of, minlength=self.reps).astype(np.float64)

    def run(self) -> Ints:
        """The split after repair; outside the bounds only where neither a move nor a swap helps any more."""
        for _ in range(_MOST_STEPS):
            breach = self._breach()
            if breach.max(initial=0) <= 0:
                break
            worst = np.argsort(-breach, kind="stable")[: np.count_nonzero(breach > 0)]
            if not any(self._move(int(rep)) or self._swap(int(rep)) for rep in worst):
                break
        if self.allowed.size <= _IMPROVED_UP_TO and self._breach().max(initial=0) <= 0:
            self._improve()
        return self.rep_of

    def _improve(self) -> None:
        for _ in range(_PASSES):
            here = self.score[np.arange(len(self.rep_of)), self.rep_of]
            missed = np.where(self.allowed, self.score, -np.inf).max(axis=1) - here
            order = np.argsort(-missed, kind="stable")
            gained = [self._better(int(one)) for one in order[: np.count_nonzero(missed > _TINY)]]
            if not any(gained):
                break

    def _better(self, account: int) -> bool:
        """Moves the account, alone or for another, where that gains most."""
        rep = int(self.rep_of[account])
        lost = self.score[account, rep]
        best = (_LEAST_GAIN, -1, -1)
        for target in np.flatnonzero(self.allowed[account] & (self.score[account] > lost + _TINY)).tolist():
            gain = float(self.score[account, target] - lost)
            others = np.flatnonzero((self.rep_of == target) & self.allowed[:, rep])
            gains = np.concatenate([[gain], gain + self.score[others, rep] - self.score[others, target]])
            size = self.potential[account] - np.concatenate([[0.0], self.potential[others]])
            many = np.concatenate([[1.0], np.zeros(len(others))])
            broken = self.bounds.breach(self.amount[rep] - size, self.count[rep] - many)
            broken = broken + self.bounds.breach(self.amount[target] + size, self.count[target] + many)
            gains = np.where(broken > 0, -np.inf, gains)
            chosen = int(np.argmax(gains))
            if gains[chosen] > best[0]:
                best = (float(gains[chosen]), target, int(others[chosen - 1]) if chosen else -1)
        if best[1] < 0:
            return False
        if best[2] >= 0:
            self._put(best[2], rep)
        self._put(account, best[1])
        return True

    def _breach(self) -> Floats:
        return self.bounds.breach(self.amount, self.count)

    def _move(self, rep: int) -> bool:
        """The move from or to the rep that costs least fit for what it mends."""
        mine = np.flatnonzero(self.rep_of == rep)
        others = np.flatnonzero(self.rep_of != rep)
        account = np.concatenate([np.repeat(mine, self.reps), others])
        target = np.concatenate([np.tile(np.arange(self.reps), len(mine)), np.full(len(others), rep)])
        possible = self.allowed[account, target] & (target != self.rep_of[account])
        account, target = account[possible], target[possible]
        if not len(account):
            return False
        source, size = self.rep_of[account], self.potential[account]
        mended = self._mended(source, target, size, np.ones(len(account)))
        loss = self.score[account, source] - self.score[account, target]
        chosen = _cheapest(loss, mended)
        if chosen is None:
            return False
        self._put(int(account[chosen]), int(target[chosen]))
        return True

    def _swap(self, rep: int) -> bool:
        """The exchange of two accounts, one of them the rep's, that costs least fit for what it mends."""
        mine = np.flatnonzero(self.rep_of == rep)
        others = np.flatnonzero(self.rep_of != rep)
        best: tuple[float, int, int] | None = None
        for own in mine.tolist():
            fits = self.allowed[own, self.rep_of[others]] & self.allowed[others, rep]
            far = others[fits]
            if not len(far):
                continue
            theirs = self.rep_of[far]
            size = self.potential[own] - self.potential[far]
            mended = self._mended(np.full(len(far), rep), theirs, size, np.zeros(len(far)))
            loss = self.score[own, rep] + self.score[far, theirs]
            loss = loss - self.score[own, theirs] - self.score[far, rep]
            chosen = _cheapest(loss, mended)
            if chosen is not None:
                rate = float(loss[chosen] / mended[chosen])
                if best is None or rate < best[0]:
                    best = (rate, own, int(far[chosen]))
        if best is None:
            return False
        _, own, other = best
        their = int(self.rep_of[other])
        self._put(own, their)
        self._put(other, rep)
        return True

    def _mended(self, source: Ints, target: Ints, size: Floats, many: Floats) -> Floats:
        """By how much all breaches together shrink."""
        bounds, amount, count = self.bounds, self.amount, self.count
        before = self._breach()
        after = bounds.breach(amount[source] - size, count[source] - many)
        after = after + bounds.breach(amount[target] + size, count[target] + many)
        return before[source] + before[target] - after

    def _put(self, account: int, rep: int) -> None:
        source, size = self.rep_of[account], self.potential[account]
        self.amount[source] -= size
        self.amount[rep] += size
        self.count[source] -= 1
        self.count[rep] += 1
        self.rep_of[account] = rep


def _cheapest(loss: Floats, mended: Floats) -> int | None:
    helps = mended > _TINY
    if not helps.any():
        return None
    rate = np.where(helps, loss / np.where(helps, mended, 1.0), np.inf)
    return int(np.argmin(rate))
