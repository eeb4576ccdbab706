"""What the sales force can sell month by month against the target, and by when whom to hire for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from hakari.errors import ParameterNotUnderstoodError
from hakari.maths.capacity import (
    EDGES,
    LONG_AGO,
    Attainments,
    Hires,
    attainments,
    capacity,
    doubled,
    headcount,
    heads_needed,
    last_month_to_hire,
)
from hakari.maths.rep_sales import Deals
from hakari.planning.capacity_asked import CapacityAsked, PayAsked
from hakari.planning.compose import period_label, sources
from hakari.planning.desk import Desk
from hakari.planning.pay_plan import PayView, pay_view
from hakari.planning.scorecard import Freshness, Scope
from hakari.planning.seasons import season_of, share_passed, weight
from hakari.planning.sellers import (
    Force,
    Seller,
    month_of,
    month_period,
    months_between,
    productive_measure,
    read_force,
    won_sizes,
)
from hakari.planning.targets import TargetBook, read_targets
from hakari.units.fiscal import add_months
from hakari.units.period import Grain, Period
from hakari.words import say

AHEAD, LONGEST_AHEAD = 12, 60
HEADS_SHOWN = (1, 2, 3, 5, 8)
PAST_QUARTERS = 4


@dataclass(frozen=True, slots=True)
class MonthLine:
    """`expected` is the actual of a finished month and the capacity of a coming one; both in the running one.

    `heads` count newcomers in full, `settled_heads` by their share of the ramp.
    """

    month: date
    actual: float | None
    capacity: float | None
    target: float | None
    heads: float | None
    settled_heads: float | None

    @property
    def expected(self) -> float | None:
        known = [one for one in (self.actual, self.capacity) if one is not None]
        return sum(known) if known else None


@dataclass(frozen=True, slots=True)
class HireBy:
    """The last month in which so many may join and still bring what is missing; None when it is too late."""

    heads: int
    month: date | None


@dataclass(frozen=True, slots=True)
class PastAttainment:
    """Sellers and quarters with a target of their own, counted between the edges of attainment."""

    bins: tuple[int, ...]
    n: int
    reached: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class Doubling:
    """Sales when heads are doubled, as a multiple: all at once, one part a month, and so with leavers."""

    at_once: float
    spread: float
    leaving: float | None


@dataclass(frozen=True, slots=True)
class CapacityView:
    """`missing` is the target minus what is expected, over the months that have a target.

    `attrition` is what was reckoned with; `reach` in `ahead` the chance that all together reach the target.
    """

    company: str
    demo: bool
    scope: Scope
    period_label: str
    teams: tuple[str, ...]
    sources: tuple[str, ...]
    freshness: Freshness
    notices: tuple[str, ...]
    asked: CapacityAsked
    force: Force | None
    lines: tuple[MonthLine, ...] = ()
    attrition: float = 0.0
    missing: float | None = None
    target: float | None = None
    expected: float | None = None
    hire_by: tuple[HireBy, ...] = ()
    needed_now: int | None = None
    past: PastAttainment | None = None
    ahead: Attainments | None = None
    doubling: Doubling | None = None
    deals: Deals | None = None
    pay: PayView | None = None

    @property
    def edges(self) -> tuple[float, ...]:
        return EDGES


def capacity_view(
    desk: Desk, scope: Scope, asked: CapacityAsked, pay: PayAsked, freshness: Freshness
) -> CapacityView:
    measure = productive_measure(desk, scope)
    force = read_force(desk, scope, measure) if measure is not None else None
    around = CapacityView(
        company=desk.profile.name,
        demo=desk.profile.demo,
        scope=scope,
        period_label=period_label(desk, scope),
        teams=tuple(sorted(desk.store.names("team", desk.schema).values())),
        sources=sources(desk),
        freshness=freshness,
        notices=(),
        asked=asked,
        force=force,
    )
    if force is None or not force.productivity or not force.sellers:
        return around
    found = _Plan(desk, scope, asked, force).fill(around)
    in_money = found.deals is not None and force.measure.unit == "jpy"
    return replace(found, pay=pay_view(found.deals, pay)) if in_money and found.deals else found


class _Plan:
    def __init__(self, desk: Desk, scope: Scope, asked: CapacityAsked, force: Force) -> None:
        self.desk, self.scope, self.asked, self.force = desk, scope, asked, force
        self.book: TargetBook = read_targets(desk.store, desk.schema, desk.catalogue, desk.viewer)
        self.now = month_of(scope.today)
        last = asked.until or add_months(self.now, AHEAD)
        if not self.now < last <= add_months(self.now, LONGEST_AHEAD):
            raise ParameterNotUnderstoodError(
                f"until={last:%Y-%m} is not in the {LONGEST_AHEAD} months to come",
                f"write until={add_months(self.now, AHEAD):%Y-%m}",
            )
        self.ahead = months_between(self.now, last) + 1
        known = force.leaving.rate
        self.attrition = asked.attrition if asked.attrition is not None else known or 0.0
        self.each = force.productivity or 0.0
        self.season = season_of(desk, scope, force.measure)

    def fill(self, view: CapacityView) -> CapacityView:
        lines = self._lines()
        with_target = [one for one in lines if one.target is not None]
        target = sum(one.target or 0.0 for one in with_target) if with_target else None
        expected = sum(one.expected or 0.0 for one in with_target) if with_target else None
        missing = None if target is None or expected is None else target - expected
        sizes = won_sizes(self.desk, self.force.sellers, self.scope.today)
        deals = self._deals(sizes)
        return replace(
            view,
            notices=self._notices(),
            lines=tuple(lines),
            attrition=self.attrition,
            target=target,
            expected=expected,
            missing=missing,
            hire_by=self._hire_by(missing, _span(lines, self.now)),
            needed_now=self._needed(missing, _span(lines, self.now)),
            past=self._past(),
            ahead=self._ahead(deals),
            doubling=self._doubling(),
            deals=deals,
        )

    # Month by month

    def _hires(self) -> list[Hires]:
        present = [
            Hires(
                LONG_AGO if one.joined is None else months_between(self.now, month_of(one.joined)),
                1.0,
                None if one.left is None else months_between(self.now, month_of(one.left)) + 1,
            )
            for one in self.force.sellers
            if one.left is None or one.left >= self.now
        ]
        joining = [Hires(months_between(self.now, month), float(heads)) for month, heads in self.asked.hires]
        return present + joining

    def _lines(self) -> list[MonthLine]:
        force, hires = self.force, self._hires()
        shares = capacity(hires, self.ahead, force.ramp, self.attrition)
        heads = headcount(hires, self.ahead, self.attrition)
        first = self.desk.calendar.period_of(self.scope.today, Grain.YEAR).start
        factors = self._factors()
        lines = [
            MonthLine(month, self._actual(month), None, self._target(month), None, None)
            for month in force.months
            if month >= first
        ]
        for place in range(self.ahead):
            month = add_months(self.now, place)
            left = 1 - share_passed(month_period(month), self.desk.calendar, self.scope.today, self.season)
            lines.append(
                MonthLine(
                    month,
                    self._actual(month) if place == 0 else None,
                    shares[place] * self.each * factors[place % 12] * left,
                    self._target(month),
                    heads[place],
                    shares[place],
                )
            )
        return lines

    def _factors(self) -> list[float]:
        """What the coming twelve months weigh against their mean, by working days and season."""
        months = [month_period(add_months(self.now, place)) for place in range(12)]
        weights = [weight(self.desk.calendar, month, self.season) for month in months]
        whole = sum(weights)
        return [12 * one / whole if whole else 1.0 for one in weights]

    def _actual(self, month: date) -> float | None:
        """Of the whole scope: what others than sellers brought counts too."""
        period = month_period(month).clip_to(date.fromordinal(self.scope.today.toordinal() + 1))
        found = self.desk.one(self.scope, self.force.measure.id, period)
        return found.value if found is not None else None

    def _target(self, month: date) -> float | None:
        if self.asked.need is not None:
            return self.asked.need / (self.ahead - 1) if month > self.now else None
        name = self.force.measure.id
        found = self.book.find(name, month_period(month), adds_up=True, team=self.scope.team)
        return found.value if found is not None else None

    # Hiring

    def _hire_by(self, missing: float | None, span: range) -> tuple[HireBy, ...]:
        if missing is None or missing <= 0 or not span:
            return ()
        found = []
        for heads in HEADS_SHOWN:
            place = last_month_to_hire(missing, span, heads, self.force.ramp, self.attrition, self.each)
            found.append(HireBy(heads, None if place is None else add_months(self.now, place)))
        return tuple(found)

    def _needed(self, missing: float | None, span: range) -> int | None:
        """Heads who would have to join next month; None where that is no way out, of twice as many as now."""
        if missing is None or missing <= 0 or not span:
            return None
        found = heads_needed(missing, span, 1, self.force.ramp, self.attrition, self.each)
        return None if found is None or found > 2 * len(self.force.present(self.now)) else found

    def _doubling(self) -> Doubling:
        ramp = self.force.ramp
        leaving = doubled(ramp, self.attrition) if self.attrition > 0 else None
        return Doubling(doubled(ramp, at_once=True), doubled(ramp), leaving)

    # Attainment

    def _deals(self, sizes: Sequence[float]) -> Deals | None:
        """So many deals a month as their mean size makes the productivity; of counts each deal is 1."""
        if self.force.measure.unit != "jpy":
            sizes = (1.0,) if sizes else ()
        return Deals(self.each / (sum(sizes) / len(sizes)), tuple(sizes)) if sizes and sum(sizes) else None

    def _past(self) -> PastAttainment | None:
        """Of the last four finished quarters; a quarter cut off by joining or leaving is left out."""
        name, start = (
            self.force.measure.id,
            self.desk.calendar.period_of(self.scope.today, Grain.QUARTER).start,
        )
        reached: list[float] = []
        for back in range(1, PAST_QUARTERS + 1):
            quarter = Period(add_months(start, -3 * back), add_months(start, 3 - 3 * back))
            months = [add_months(quarter.start, place) for place in range(3)]
            for one in self.force.sellers:
                target = self.book.find(name, quarter, adds_up=True, owner=one.name)
                known = self.force.outputs[one.key]
                if target is not None and target.value > 0 and all(month in known for month in months):
                    reached.append(sum(known[month] for month in months) / target.value)
        if not reached:
            return None
        counted, _ = np.histogram(reached, np.asarray([*EDGES, np.inf]))
        return PastAttainment(
            tuple(int(one) for one in counted),
            len(reached),
            sum(one >= 1 for one in reached),
            sum(reached) / len(reached),
        )

    def _ahead(self, deals: Deals | None) -> Attainments | None:
        """Of the coming months with a target; who has none of their own gets an equal part of the rest."""
        months = [
            month
            for place in range(1, self.ahead)
            if self._target(month := add_months(self.now, place)) is not None
        ]
        there = [one for one in self.force.present(self.now) if one.left is None]
        if deals is None or not months or not there:
            return None
        whole = sum(self._target(month) or 0.0 for month in months)
        own = [self._own_target(one, months) for one in there]
        known = sum(one for one in own if one is not None)
        without = sum(one is None for one in own)
        rest = max(whole - known, 0.0) / without if without else 0.0
        targets = [rest if one is None else one for one in own]
        if min(targets) <= 0:
            return None
        loads = [self._load(one, months) for one in there]
        every = Deals(deals.number * len(months), deals.sizes, deals.skill_spread)
        return attainments([load / len(months) for load in loads], targets, every)

    def _own_target(self, one: Seller, months: Sequence[date]) -> float | None:
        period = Period(months[0], add_months(months[-1], 1))
        found = self.book.find(self.force.measure.id, period, adds_up=True, owner=one.name)
        return found.value if found is not None and found.value > 0 else None

    def _load(self, one: Seller, months: Sequence[date]) -> float:
        """Months of a settled seller, by the ramp."""
        stays = [one.months_in(month) for month in months]
        return sum(1.0 if stay is None else self.force.ramp.ramp_share(stay) for stay in stays)

    def _notices(self) -> tuple[str, ...]:
        lang, force = self.scope.lang, self.force
        found = []
        if force.leaving.rate is None and self.asked.attrition is None:
            found.append(say("capacity_attrition_unknown", lang))
        if not force.settled_known:
            found.append(say("capacity_nobody_settled", lang))
        return tuple(found)


def _span(lines: Sequence[MonthLine], now: date) -> range:
    """The coming months with a target, counted from the running one."""
    places = [months_between(now, one.month) for one in lines if one.target is not None and one.month >= now]
    return range(min(places), max(places) + 1) if places else range(0)
