"""How much must be done in which week so that enough arrives by the deadline, and what stands in the way.

A linear programme: the least effort, with as low a peak of the daily load as the weight `smooth` asks for,
that lands what is needed, within what people can do in each week, what the list of companies gives, and how
soon one may be approached again. What cannot be reached at all is said as a shortfall, never planned away.
The prices of the limits (duals) tell which of them binds, and what one more of it is worth.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hakari.errors import ImpossibleSampleError
from hakari.maths.cohorts import Floats, Ints

_ENOUGH = 1e-9
_WORTH = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """`landing` (weeks, segments): what one effort brings by the deadline. `capacity` (weeks, reps): efforts.

    `serves` (reps, segments) says who may work where; None: everyone everywhere. `records` per segment, inf
    without a list, are each approached `touches` times, and again after `cool_down` weeks, or never. One
    effort a day less at the busiest is worth `smooth` efforts on every day: without it all would be done in
    the first weeks.
    """

    landing: Floats
    capacity: Floats
    workdays: Ints
    serves: NDArray[np.bool_] | None = None
    records: Floats | None = None
    touches: float = 1.0
    cool_down: int | None = None
    smooth: float = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Binding:
    """A limit that holds the reach down: one more record, or one more person, would land `worth` more."""

    kind: str  # list | people
    segment: int | None
    worth: float


@dataclass(frozen=True, slots=True, eq=False)
class BackPlan:
    """`effort` (weeks, segments, reps) lands `landed` of `need`; what is missing is `short`.

    `reach` is the most that could land; `marginal` the efforts that one more of the need would cost, None
    where nothing more can be had.
    """

    effort: Floats
    need: float
    landed: float
    short: float
    reach: float
    marginal: float | None
    binding: tuple[Binding, ...]

    @property
    def total(self) -> float:
        return float(self.effort.sum())

    @property
    def feasible(self) -> bool:
        return self.short <= 0

    @property
    def weekly(self) -> Floats:
        return np.asarray(self.effort.sum(axis=(1, 2)))


def back_plan(limits: Limits, need: float) -> BackPlan:
    """The plan that lands `need`, or the most that can be landed and by how much it falls short."""
    return Planner(limits).plan(need)


class Planner:
    """Solves for one set of limits; the most that can be reached is found once."""

    def __init__(self, limits: Limits) -> None:
        _check(limits)
        self.limits = limits
        self.crews = _crews(limits)
        self.caps = np.stack([limits.capacity[:, crew].sum(axis=1) for crew in self.crews.members], axis=1)
        self._shape = (*limits.landing.shape, len(self.crews.members))
        self._most = self._solve(None)

    @property
    def reach(self) -> float:
        return float(-self._most.fun)

    def plan(self, need: float) -> BackPlan:
        slack = _ENOUGH * max(1.0, abs(need))
        if need <= 0:
            return self._said(np.zeros(self._shape), need, 0.0, 0.0)
        if need > self.reach + slack:
            return self._said(self._efforts(self._most.x), need, need - self.reach, None)
        found = self._solve(min(need, self.reach))
        return self._said(self._efforts(found.x), need, 0.0, float(-found.ineqlin.marginals[0]))

    def _said(self, efforts: Floats, need: float, short: float, marginal: float | None) -> BackPlan:
        landed = float((efforts.sum(axis=2) * self.limits.landing).sum())
        shared = self._shared(efforts)
        return BackPlan(shared, need, landed, short, self.reach, marginal, tuple(self._binding()))

    def _efforts(self, x: Floats) -> Floats:
        size = int(np.prod(self._shape))
        return np.maximum(x[:size], 0.0).reshape(self._shape)

    def _shared(self, efforts: Floats) -> Floats:
        """A crew's efforts shared out by what each of its members can do that week."""
        found = np.zeros((*self.limits.landing.shape, self.limits.capacity.shape[1]))
        for place, crew in enumerate(self.crews.members):
            capacity = self.limits.capacity[:, crew]
            total = capacity.sum(axis=1, keepdims=True)
            shares = capacity / np.where(total > 0, total, 1.0)
            found[:, :, crew] = efforts[:, :, place, None] * shares[:, None, :]
        return found

    def _solve(self, need: float | None) -> Any:
        """The most that lands without a need, else the least effort for it."""
        from scipy import optimize, sparse  # Half a second; pages without a plan do without.

        landing = np.repeat(self.limits.landing.ravel(), len(self.crews.members))
        size, weeks = landing.size, self._shape[0]
        rows, bounds = self._rows()
        allowed = np.broadcast_to(self.crews.serves.T[None], self._shape).ravel()
        upper = np.where(allowed, np.inf, 0.0)
        if need is None:
            table = sparse.csr_matrix(rows)
            return optimize.linprog(
                -landing, A_ub=table, b_ub=bounds, bounds=np.stack([np.zeros(size), upper], 1), method="highs"
            )
        blank = sparse.csr_matrix((rows.shape[0], 1))
        first = sparse.csr_matrix(np.append(-landing, 0.0)[None])
        table = sparse.vstack([first, sparse.hstack([rows, blank]), self._loads(size)]).tocsr()
        cost = np.append(np.ones(size), self.limits.smooth * self.limits.workdays.sum())
        ends = np.append(upper, np.inf)
        return optimize.linprog(
            cost,
            A_ub=table,
            b_ub=np.concatenate([[-need], bounds, np.zeros(weeks)]),
            bounds=np.stack([np.zeros(ends.size), ends], 1),
            method="highs",
        )

    def _rows(self) -> tuple[Any, Floats]:
        """One row a week and crew for its people, one a window and segment for the list."""
        from scipy import sparse

        weeks, segments, crews = self._shape
        place = np.arange(weeks * segments * crews).reshape(self._shape)
        groups = [place[w, :, c] for w in range(weeks) for c in range(crews)]
        bounds = list(self.caps.ravel())
        for segment, first, last in self._windows():
            groups.append(place[first:last, segment, :].ravel())
            records = self.limits.records
            bounds.append(float(records[segment]) * self.limits.touches if records is not None else 0.0)
        columns = np.concatenate(groups)
        which = np.repeat(np.arange(len(groups)), [group.size for group in groups])
        table = sparse.csr_matrix((np.ones(columns.size), (which, columns)), shape=(len(groups), place.size))
        return table, np.array(bounds)

    def _windows(self) -> Iterator[tuple[int, int, int]]:
        """Segment, first and end week of each stretch in which nobody may be approached anew."""
        weeks, records = self._shape[0], self.limits.records
        length = weeks if self.limits.cool_down is None else max(1, min(weeks, self.limits.cool_down))
        for segment in range(self._shape[1]):
            if records is not None and np.isfinite(records[segment]):
                for first in range(weeks - length + 1):
                    yield segment, first, first + length

    def _loads(self, size: int) -> Any:
        """One row a week: its load per working day is no more than the peak, the last variable."""
        from scipy import sparse

        weeks = self._shape[0]
        here = np.repeat(np.arange(weeks), size // weeks)
        share = 1.0 / np.maximum(self.limits.workdays, 1)
        load = sparse.csr_matrix((share[here], (here, np.arange(size))), shape=(weeks, size))
        return sparse.hstack([load, sparse.csr_matrix(-np.ones((weeks, 1)))])

    def _binding(self) -> Iterator[Binding]:
        """What holds the reach down: the prices of the programme that lands the most."""
        prices = -np.asarray(self._most.ineqlin.marginals)
        people = prices[: self.caps.size].reshape(self.caps.shape)
        lists: dict[int, float] = {}
        for row, (segment, _, _) in enumerate(self._windows(), start=self.caps.size):
            lists[segment] = lists.get(segment, 0.0) + float(prices[row])
        for segment, price in lists.items():
            if price * self.limits.touches > _WORTH:
                yield Binding("list", segment, price * self.limits.touches)
        heads = np.array([max(1, crew.size) for crew in self.crews.members])
        worth = float(((people * self.caps) / heads).sum(axis=0).max(initial=0.0))
        if worth > _WORTH:
            yield Binding("people", None, worth)


@dataclass(frozen=True, slots=True, eq=False)
class _Crews:
    """People who may work on the same segments; for the programme they are one."""

    members: list[Ints]
    serves: NDArray[np.bool_]  # (crews, segments)


def _crews(limits: Limits) -> _Crews:
    reps, segments = limits.capacity.shape[1], limits.landing.shape[1]
    serves = limits.serves if limits.serves is not None else np.ones((reps, segments), np.bool_)
    if not reps:
        return _Crews([np.zeros(0, np.int64)], np.ones((1, segments), np.bool_))
    kinds, place = np.unique(serves, axis=0, return_inverse=True)
    place = place.reshape(-1)
    return _Crews([np.flatnonzero(place == kind) for kind in range(len(kinds))], kinds)


def _check(limits: Limits) -> None:
    weeks = limits.landing.shape[0]
    if limits.capacity.shape[0] != weeks or limits.workdays.shape != (weeks,) or not weeks:
        raise ImpossibleSampleError(
            f"{weeks} weeks came with capacities of {limits.capacity.shape[0]} and workdays of "
            f"{limits.workdays.size}.",
            "Give each week that is left what it lands, its capacities and its working days.",
        )
    if limits.landing.min() < 0 or limits.capacity.min(initial=0) < 0 or limits.touches <= 0:
        raise ImpossibleSampleError("A plan's limit is below zero.", "Use counts of 0 and more.")
