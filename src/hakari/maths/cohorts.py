"""Counts cases by how old they were when they ended, in a table so small that a million of them is quick.

A case is anything that begins on one day and may end on another in one of several ways: a lead that is won,
lost or still open. Ages are whole units (days here; any unit does), and one rule holds everywhere:

* `age` is the age at the exit; of an open case the last age it was watched through to the end. So with
  figures up to and including the evening of day T, a lead of day T is 0 old, and an exit on its first day
  is an exit at age 0.
* `cause` 0 is open, 1 the exit that the rate counts, 2 and up the exits that rule it out. A lost lead has
  exited; treating it as open for ever is the mistake that makes rates too high by a third.
* `entry` is the age from which the case was watched. 0 is from its beginning, its first day included; with 3
  it counts among those at risk from age 4 on, and is known only because it had not ended before.
* `weight` counts equal cases: 5 is the same as five rows.

A case that ended before it began is counted in `left_out` and in nothing else. A case that was opened again
ended at its first close; its second life is a case of its own, or what was true yesterday changes today.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hakari.errors import ImpossibleSampleError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
OPEN, COUNTED = 0, 1
_CELLS_COUNTED_DIRECTLY = 8_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """Cases by (age, entry, cause), each combination once and in this order, with how many there are."""

    age: Ints
    cause: Ints
    entry: Ints
    weight: Floats
    left_out: float = 0.0

    @property
    def n(self) -> float:
        return float(self.weight.sum())

    @property
    def open(self) -> float:
        return float(self.weight[self.cause == OPEN].sum())

    @property
    def causes(self) -> int:
        """The highest cause that occurs, at least 1."""
        return max(COUNTED, int(self.cause.max(initial=0)))

    def exits(self, cause: int = COUNTED, within: int | None = None) -> float:
        here = self.cause == cause
        return float(self.weight[here if within is None else here & (self.age <= within)].sum())

    def open_before(self, age: int) -> tuple[Ints, Floats]:
        """Ages of the open cases that are younger, and how many there are of each age."""
        here = (self.cause == OPEN) & (self.age < age)
        ages, place = np.unique(self.age[here], return_inverse=True)
        return ages, np.bincount(place, self.weight[here], len(ages)).astype(np.float64)

    def watched_until(self, age: int) -> Cohort:
        """The same cases if nobody had looked at them beyond this age; rates up to it do not change."""
        beyond = self.age > age
        seen = (self.entry < age) | (self.entry == 0)
        cut = gather(
            np.where(beyond, age, self.age)[seen],
            np.where(beyond, OPEN, self.cause)[seen],
            self.entry[seen],
            self.weight[seen],
        )
        return replace(cut, left_out=self.left_out)


def gather(age: ArrayLike, cause: ArrayLike, entry: ArrayLike = 0, weight: ArrayLike | None = None) -> Cohort:
    """The table of these cases; what was never watched (it ended by its late entry) is not in it."""
    ages, causes = whole(age, "An age"), whole(cause, "A cause")
    entries = np.broadcast_to(whole(entry, "An entry"), ages.shape)
    weights = np.ones(ages.shape) if weight is None else np.asarray(weight, dtype=np.float64)
    if not (ages.shape == causes.shape == weights.shape) or ages.ndim != 1:
        raise ImpossibleSampleError(
            f"{ages.size} ages came with {causes.size} causes and {weights.size} weights.",
            "Give each case one age, one cause and one weight.",
        )
    if causes.min(initial=0) < 0 or not np.all(np.isfinite(weights)) or weights.min(initial=0) < 0:
        raise ImpossibleSampleError(
            "A cause or a weight is below zero.", "Use 0 for open, 1 and up for exits, and counts as weights."
        )
    backwards = ages < 0
    entries = np.maximum(entries, 0)
    kept = ~backwards & (weights > 0) & ((entries == 0) | (ages > entries))
    left_out = float(weights[backwards].sum())
    if not kept.all():
        ages, causes, entries, weights = ages[kept], causes[kept], entries[kept], weights[kept]
    return Cohort(*_table(ages, causes, entries, weights), left_out)


def whole(values: ArrayLike, what: str) -> Ints:
    """The values as integers; a fraction is refused, because rounding it is the caller's decision."""
    given = np.asarray(values)
    if given.dtype.kind in "iub":
        return given.astype(np.int64)
    as_floats = given.astype(np.float64)
    if not np.all(np.isfinite(as_floats)) or np.any(as_floats != np.floor(as_floats)):
        raise ImpossibleSampleError(
            f"{what} is not a whole number.", "Count whole days, or whole minutes where days are too coarse."
        )
    return as_floats.astype(np.int64)


def _table(ages: Ints, causes: Ints, entries: Ints, weights: Floats) -> tuple[Ints, Ints, Ints, Floats]:
    if not ages.size:
        return ages, causes, entries, weights
    last_cause, last_entry = int(causes.max()) + 1, int(entries.max()) + 1
    if int(ages.max()) + 1 > 2**62 // (last_cause * last_entry):
        raise ImpossibleSampleError("An age is beyond any calendar.", "Check the dates it was counted from.")
    key = (ages * last_entry + entries) * last_cause + causes
    if int(key.max()) < min(_CELLS_COUNTED_DIRECTLY, 20 * key.size):
        counts = np.bincount(key, weights)
        keys = np.flatnonzero(counts)
        totals = counts[keys]
    else:
        keys, place = np.unique(key, return_inverse=True)
        totals = np.bincount(place, weights)
    rest, cause = np.divmod(keys, last_cause)
    age, entry = np.divmod(rest, last_entry)
    return age, cause, entry, totals.astype(np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Cases as they looked one evening, one place each; `since` is the age that day, ended or not."""

    age: Ints
    cause: Ints
    since: Ints

    def cohort(self) -> Cohort:
        return gather(self.age, self.cause)

    def mature(self, horizon: int) -> Seen:
        """Those that began at least `horizon` ago."""
        return self.where(self.since >= horizon)

    def where(self, here: NDArray[np.bool_]) -> Seen:
        return Seen(self.age[here], self.cause[here], self.since[here])

    def last(self, days: int) -> Cohort:
        """What happened in the last `days`: everybody is watched only from where those days began."""
        return gather(self.age, self.cause, np.maximum(self.since - days, 0))

    def before_last(self, days: int) -> Cohort:
        """What had happened by then; with `last` it makes up the whole, and no exit is in both."""
        old = self.since > days
        until = (self.since - days)[old]
        later = self.age[old] > until
        return gather(np.where(later, until, self.age[old]), np.where(later, OPEN, self.cause[old]))


def seen_at(
    began: ArrayLike, ended: ArrayLike, cause: ArrayLike, as_of: int, known: ArrayLike | None = None
) -> Seen:
    """The cases as they looked on the evening of day `as_of`; days are whole numbers on one calendar.

    What began later is not there. An exit that happened or became `known` (by default, the day it happened)
    only later is still open. `ended` of a case with cause 0 does not matter.
    """
    start, end, causes = whole(began, "A day"), whole(ended, "A day"), whole(cause, "A cause")
    heard = end if known is None else np.maximum(whole(known, "A day"), end)
    there = start <= as_of
    start, end, causes, heard = start[there], end[there], causes[there], heard[there]
    exited = (causes != OPEN) & (heard <= as_of)
    since = as_of - start
    return Seen(np.where(exited, end - start, since), np.where(exited, causes, OPEN), since)
