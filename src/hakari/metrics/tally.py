"""Counts, sums and different entities by slice, from rows that come in batches.

Batches whose rows lie slice by slice are counted run by run; any other order gives the same figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hakari.metrics.arrays import Bools, Whole
from hakari.metrics.batch import Rows
from hakari.metrics.reading import Member, Test

Numbers = NDArray[np.float64]
Places = NDArray[np.int32]
Combined = NDArray[np.int64]
_DENSE = 4  # so many places of a table a row: emptier ones take longer than sorting


class Counts:
    """How many rows each slice has of each combination, told as the members' counts."""

    def __init__(self, slices: int, members: int) -> None:
        self.found: Numbers = np.zeros((slices, members))
        self._cells: list[NDArray[np.int64]] = []
        self._counts: list[NDArray[np.int64]] = []

    def take(self, slices: Places, numbers: Combined, kept: Bools) -> None:
        """`kept` says for each combination (the first is none) which members count it."""
        changes = np.flatnonzero(slices[1:] != slices[:-1]) + 1
        starts = np.concatenate([[0], changes])
        width = len(kept)
        if len(starts) * width > _DENSE * len(slices):
            cells = (slices.astype(np.int64) << 32) | numbers
            cells.sort()
            self._cells.append(cells[np.flatnonzero(_heads(cells))])
            places = np.flatnonzero(_heads(cells))
            self._counts.append(np.diff(places, append=len(cells)))
            return
        lengths = np.diff(starts, append=len(slices))
        runs = np.repeat(np.arange(len(starts)) * width, lengths)
        table = np.bincount(runs + numbers, minlength=len(starts) * width).reshape(len(starts), width)
        np.add.at(self.found, slices[starts], table.astype(np.float64) @ kept.astype(np.float64))

    def finish(self, kept: Bools) -> Numbers:
        """Slices × members."""
        if self._cells:
            cells, counts = np.concatenate(self._cells), np.concatenate(self._counts)
            slices, numbers = cells >> 32, cells & 0xFFFFFFFF
            for member in range(kept.shape[1]):
                held = np.flatnonzero(kept[numbers, member])
                self.found[:, member] += np.bincount(
                    slices[held], weights=counts[held], minlength=len(self.found)
                )
        return self.found


class Sums:
    """The sum of one column over the rows of one member, and how many of them have a value."""

    def __init__(self, slices: int, member: int) -> None:
        self.member = member
        self.total: Numbers = np.zeros(slices)
        self.known: Numbers = np.zeros(slices)

    def take(self, slices: Places, values: Whole, held: Bools) -> None:
        """`held` rows have a value and belong to the member."""
        places = np.flatnonzero(held)
        if len(places):
            at = slices.take(places)
            self.total += np.bincount(at, weights=values.take(places), minlength=len(self.total))
            self.known += np.bincount(at, minlength=len(self.known))


class Entities:
    """Who was met in each slice, with a bit for each member that counts them."""

    def __init__(self, slices: int, largest: int, members: int) -> None:
        self._slices, self._members = slices, members
        self._room = largest.bit_length()
        self._met: list[NDArray[np.int64]] = []

    @staticmethod
    def room(slices: int, largest: int) -> int:
        """For how many members there is room beside slice and entity."""
        return 62 - slices.bit_length() - largest.bit_length()

    def take(self, slices: Places, entities: Whole, masks: NDArray[np.int64]) -> None:
        """Rows of no entity (0), or that no member counts, say nothing."""
        places = np.flatnonzero((entities > 0) & (masks > 0))
        if not len(places):
            return
        met = slices.take(places).astype(np.int64)
        met <<= self._room
        met |= entities.take(places)
        met <<= self._members
        met |= masks.take(places)
        met = met[_heads(met)]
        if (met[1:] < met[:-1]).any():
            met.sort()
            met = met[_heads(met)]
        self._met.append(met)

    def finish(self) -> Numbers:
        """Slices × members: how many different ones."""
        found: Numbers = np.zeros((self._slices, self._members))
        if not self._met:
            return found
        met = np.concatenate(self._met)
        self._met = []
        met.sort(kind="stable")  # batches are in order already, most of them one after the other
        who = met >> self._members
        starts = np.flatnonzero(_heads(who))
        slices = who[starts] >> self._room
        masks = np.bitwise_or.reduceat(met & ((1 << self._members) - 1), starts)
        for member in range(self._members):
            held = slices[(masks >> member) & 1 == 1]
            found[:, member] = np.bincount(held, minlength=self._slices)
        return found


def _heads(values: NDArray[np.int64]) -> Bools:
    """Which ones differ from the one before."""
    found: Bools = np.empty(len(values), np.bool_)
    found[:1] = True
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found


def masks_of(kept: Bools, members: Sequence[int]) -> NDArray[np.int64]:
    """For each combination the bits of the members that count it."""
    found = np.zeros(len(kept), np.int64)
    for bit, member in enumerate(members):
        found |= kept[:, member].astype(np.int64) << bit
    return found


class Tally:
    """All members of a reading: each has a number for every slice."""

    def __init__(self, members: Sequence[Member], slices: int, bounds: Mapping[str, int]) -> None:
        self._members, self._slices = members, slices
        self._kept: Bools = np.zeros((0, 0), np.bool_)
        self._counted = [place for place, one in enumerate(members) if one.component.how != "distinct"]
        self._counts = Counts(slices, len(self._counted))
        self._sums: dict[tuple[str, tuple[Test, ...]], Sums] = {}
        self._summed: dict[int, Sums] = {}
        for place, one in enumerate(members):
            if one.component.how in ("sum", "filled"):
                self._summed[place] = self._sums.setdefault((one.column, one.tests), Sums(slices, place))
        self._told = list(_groups(members, slices, bounds))
        self._masks: list[NDArray[np.int64]] = []
        self._columns: dict[int, Bools] = {}
        self._of_counted = self._kept

    @property
    def met(self) -> int:
        """Of how many combinations it knows what they fulfil."""
        return max(len(self._kept) - 1, 0)

    def know(self, kept: Bools) -> None:
        """Combinations × members; the first combination is none."""
        kept[0] = False
        self._kept = kept
        self._columns = {one.member: kept[:, one.member].copy() for one in self._sums.values()}
        self._of_counted = kept[:, self._counted]
        self._masks = [masks_of(kept, one.places) for one in self._told]

    def take(self, slices: Places, numbers: Combined, rows: Rows) -> None:
        """One batch."""
        if self._counted:
            self._counts.take(slices, numbers, self._of_counted)
        for (name, _), sums in self._sums.items():
            held, known = self._columns[sums.member].take(numbers), rows.known(name)
            sums.take(slices, rows.whole(name), held if known is None else held & known)
        for told, masks in zip(self._told, self._masks, strict=True):
            told.entities.take(slices, rows.whole(told.column), masks.take(numbers))

    def finish(self) -> Numbers:
        """Slices × members; not a number where no row reached the member."""
        found = np.full((self._slices, len(self._members)), np.nan)
        counts = self._counts.finish(self._of_counted) if self.met else self._counts.found
        for at, place in enumerate(self._counted):
            rows = counts[:, at]
            how = self._members[place].component.how
            sums = self._summed.get(place)
            if sums is None:
                found[:, place] = np.where(rows > 0, rows, np.nan)
            elif how == "filled":
                found[:, place] = np.where(rows > 0, sums.known, np.nan)
            else:
                found[:, place] = np.where(sums.known > 0, sums.total, np.nan)
        for told in self._told:
            met = told.entities.finish()
            found[:, told.places] = np.where(met > 0, met, np.nan)
        return found


@dataclass(frozen=True, slots=True)
class _Told:
    """Members that count different values of one column."""

    column: str
    places: list[int]
    entities: Entities


def _groups(members: Sequence[Member], slices: int, bounds: Mapping[str, int]) -> Iterator[_Told]:
    """As many members together as there is room for."""
    by_column: dict[str, list[int]] = {}
    for place, one in enumerate(members):
        if one.component.how == "distinct":
            by_column.setdefault(one.column, []).append(place)
    for name, places in by_column.items():
        room = Entities.room(slices, bounds[name])
        for start in range(0, len(places), room):
            some = places[start : start + room]
            yield _Told(name, some, Entities(slices, bounds[name], len(some)))
