"""Finds the longest chain of stages that a company's records support, and the course of each of its steps.

Deals pass from created to qualified, proposed and won; a later stage implies the earlier ones. In front of
them come appointments, connects and calls, or leads, where enough of what follows can be traced back to them.
What cannot be traced back arrives by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hakari.maths.cohorts import COUNTED, OPEN, Floats, Ints, Seen
from hakari.planning.reverse_records import Columns, Records

COMPETING = COUNTED + 1
CALLS, CONNECTS, LEADS, APPOINTMENTS = "calls", "connects", "leads", "appointments"
DEALS, QUALIFIED, PROPOSED, ORDERS = "deals", "qualified", "proposals", "orders"
_SUPPORTED = 0.8  # of the orders must have passed a stage for it to be one of the chain
_FEW = 10
_MATCHED_WITHIN = {CONNECTS: 30, APPOINTMENTS: 180, LEADS: 365}
_RECENT = 182


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """One step: how old each case is and how it ended, and what it is worth (NaN: as any order)."""

    seen: Seen
    worth: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """`stages` from the efforts to the orders; courses[k] leads from stage k to the next.

    `inflow` counts, by stage, the recent cases that no case of the stage before led to; `entries` the days on
    which cases reached each stage.
    """

    stages: tuple[str, ...]
    courses: tuple[Course, ...]
    inflow: Mapping[str, int]
    entries: Mapping[str, Floats]
    recent_days: int
    prices: Floats
    kept: float


def chain_of(records: Records, *, distinct: bool = False) -> Chain | None:
    """None without deals and orders on record; with `distinct`, an account won twice counts once."""
    deals = _Deals(records.deals)
    if not deals.created.any() or deals.won.sum() == 0:
        return None
    stages, days = deals.stages()
    courses = [deals.course(here, there) for here, there in pairwise(days)]
    entries = {name: one[~np.isnan(one)] for name, one in zip(stages, days, strict=True)}
    inflow = dict.fromkeys(stages, 0)
    front = _Front(records, deals)
    for name, course, reached, others in front.links():
        inflow[stages[0]] = others
        stages, courses, entries[name] = [name, *stages], [course, *courses], reached
        inflow[name] = 0
    prices = deals.shares() if distinct else deals.prices()
    return Chain(tuple(stages), tuple(courses), inflow, entries, _RECENT, prices, deals.kept())


class _Deals:
    """Days on which each deal reached each stage, from today; NaN where it did not."""

    def __init__(self, rows: Columns) -> None:
        self.rows = rows
        self.created = rows["created"]
        self.won = (rows["won"] > 0) & ~np.isnan(rows["closed"])
        self.open = rows["open"] > 0

    def stages(self) -> tuple[list[str], list[Floats]]:
        order = np.where(self.won, self.rows["closed"], np.nan)
        qualified = np.where(self.rows["valid"] > 0, self.rows["qualified"], np.nan)
        wanted = [(QUALIFIED, qualified), (PROPOSED, self.rows["proposed"])]
        kept = [(name, day) for name, day in wanted if self._supported(day)]
        names = [DEALS, *(name for name, _ in kept), ORDERS]
        days = [self.created, *(day for _, day in kept), order]
        # A deal that was won had been proposed, whatever was written down: the later day fills the earlier.
        for place in range(len(days) - 2, -1, -1):
            days[place] = np.fmin(days[place], days[place + 1])
        return names, days

    def _supported(self, day: Floats) -> bool:
        if np.count_nonzero(~np.isnan(day)) < _FEW:
            return False
        return float(np.mean(~np.isnan(day[self.won]))) >= _SUPPORTED

    def course(self, here: Floats, there: Floats) -> Course:
        """From one stage to the next: passed on, ended, or still open."""
        inside = ~np.isnan(here)
        start, passed = here[inside], there[inside]
        closed, still = self.rows["closed"][inside], self.open[inside]
        through = ~np.isnan(passed)
        # An end nobody dated may have come as late as today.
        ended = np.where(np.isnan(closed), 0.0, closed)
        age = np.where(through, passed, np.where(still, 0.0, ended)) - start
        cause = np.where(through, COUNTED, np.where(still, OPEN, COMPETING))
        worth = self.rows["worth"][inside]
        return Course(Seen(_whole(np.maximum(age, 0)), _whole(cause), _whole(-start)), worth)

    def prices(self) -> Floats:
        """What single orders were worth, those of the last year where there are enough."""
        worth, day = self.rows["worth"][self.won], self.rows["closed"][self.won]
        lately = worth[(day >= -365) & ~np.isnan(worth)]
        return lately if lately.size >= _FEW else worth[~np.isnan(worth)]

    def shares(self) -> Floats:
        """What an order adds to the number of different accounts: less than one where some order again."""
        account = self.rows["account"][self.won & (self.rows["closed"] >= -365)]
        account = account[~np.isnan(account)]
        return np.array([np.unique(account).size / account.size]) if account.size else np.ones(1)

    def kept(self) -> float:
        """By how much the orders won are smaller than all that were decided."""
        decided = ~self.open & ~np.isnan(self.rows["amount"])
        own, lost = self.rows["amount"][decided & self.won], self.rows["amount"][decided & ~self.won]
        if own.size < _FEW or lost.size < _FEW or np.concatenate([own, lost]).mean() <= 0:
            return 1.0
        return float(own.mean() / np.concatenate([own, lost]).mean())


@dataclass(frozen=True, slots=True, eq=False)
class _Heads:
    """The cases that stand first so far, as something to be traced back: their day and their keys."""

    name: str
    day: Floats
    keys: Mapping[str, Floats]


class _Front:
    """What comes before the deals, as far as it can be traced."""

    def __init__(self, records: Records, deals: _Deals) -> None:
        self.records, self.deals = records, deals

    def links(self) -> list[tuple[str, Course, Floats, int]]:
        """From the deals backwards: name, course, entry days, and how many of what follows came otherwise."""
        rows = self.deals.rows
        heads = _Heads(DEALS, self.deals.created, {key: rows[key] for key in ("key", "lead", "account")})
        found: list[tuple[str, Course, Floats, int]] = []
        appointments = self.records.appointments
        if appointments["set"].size:
            link = _linked(APPOINTMENTS, _first_ones(appointments, heads), heads)
            if link is not None:
                found.append(link)
                keys = {key: appointments[key] for key in ("lead", "account")}
                heads = _Heads(APPOINTMENTS, appointments["set"], keys)
        connects = _linked(CONNECTS, _as_heads(CONNECTS, self.records.connects, "day"), heads)
        if connects is not None:
            return [*found, connects, self._calls()]
        leads = {**self.records.leads, "lead": self.records.leads.get("key", np.zeros(0))}
        link = _linked(LEADS, _as_heads(LEADS, leads, "received"), heads)
        return found if link is None else [*found, link]

    def _calls(self) -> tuple[str, Course, Floats, int]:
        """A call is a connect at once or never."""
        days = self.records.calls["day"]
        days = days[~np.isnan(days)]
        connects = self.records.connects["day"]
        reached = np.zeros(days.size, np.int64)
        # Which call of a day was the one that connected makes no difference to the share or to the lag.
        at, counts = np.unique(connects[~np.isnan(connects)], return_counts=True)
        order = np.argsort(days, kind="stable")
        first = np.searchsorted(days[order], at)
        for place, count in zip(first.tolist(), counts.tolist(), strict=True):
            reached[order[place : place + count]] = 1
        seen = Seen(np.zeros(days.size, np.int64), np.where(reached, COUNTED, COMPETING), _whole(-days))
        return CALLS, Course(seen, np.full(days.size, np.nan)), days, 0


def _as_heads(name: str, rows: Columns, day: str) -> _Heads:
    return _Heads(
        name, rows[day], {key: one for key, one in rows.items() if key in ("deal", "lead", "account")}
    )


def _first_ones(appointments: Columns, deals: _Heads) -> _Heads:
    """Appointments that began something: not those about a deal that was there before."""
    found = _as_heads(APPOINTMENTS, appointments, "set")
    day = found.day.copy()
    order = np.argsort(deals.keys["key"], kind="stable")
    place = np.searchsorted(deals.keys["key"][order], found.keys["deal"])
    place = order[np.minimum(place, order.size - 1)]
    known = deals.keys["key"][place] == found.keys["deal"]
    day[known & (deals.day[place] < found.day)] = np.nan
    return _Heads(found.name, day, found.keys)


def _linked(name: str, before: _Heads, after: _Heads) -> tuple[str, Course, Floats, int] | None:
    """Traces each later case to the last earlier one of the same key; None where too few can be traced."""
    within = _MATCHED_WITHIN[name]
    best: NDArray[np.int64] = np.full(after.day.size, -1, dtype=np.int64)
    for mine, theirs in (("deal", "key"), ("lead", "lead"), ("account", "account")):
        if mine in before.keys and theirs in after.keys:
            traced = _latest(before.day, before.keys[mine], after.day, after.keys[theirs], within)
            best = np.where(best < 0, traced, best)
    if np.count_nonzero(best >= 0) < _FEW:
        return None
    wait = np.full(before.day.size, np.inf)
    known = best >= 0
    np.minimum.at(wait, best[known], (after.day[known] - before.day[best[known]]))
    inside = ~np.isnan(before.day)
    wait, since = wait[inside], -before.day[inside]
    through = np.isfinite(wait)
    old = ~through & (since > within)
    age = np.where(through, np.where(through, wait, 0.0), np.minimum(since, within))
    cause = np.where(through, COUNTED, np.where(old, COMPETING, OPEN))
    others = int(np.count_nonzero((best < 0) & (after.day > -_RECENT) & ~np.isnan(after.day)))
    course = Course(Seen(_whole(age), _whole(cause), _whole(since)), np.full(age.size, np.nan))
    return name, course, before.day[inside], others


def _latest(day: Floats, key: Floats, later: Floats, wanted: Floats, within: int) -> Ints:
    """For each later case the place of the last earlier one with its key, at most so many days before."""
    usable = np.flatnonzero(~np.isnan(day) & ~np.isnan(key))
    found = np.full(later.size, -1, dtype=np.int64)
    asked = np.flatnonzero(~np.isnan(later) & ~np.isnan(wanted))
    if not usable.size or not asked.size:
        return found
    # One number a pair: keys far apart, days within them in order.
    span = 1e5
    mine = key[usable] * span + (day[usable] + span / 2)
    order = np.argsort(mine, kind="stable")
    theirs = wanted[asked] * span + (later[asked] + span / 2)
    place = np.searchsorted(mine[order], theirs, "right") - 1
    candidate = usable[order[np.maximum(place, 0)]]
    fits = (place >= 0) & (key[candidate] == wanted[asked]) & (later[asked] - day[candidate] <= within)
    found[asked[fits]] = candidate[fits]
    return found


def _whole(values: Floats | NDArray[np.int64]) -> Ints:
    return np.asarray(values).astype(np.int64)
