"""Calls to leads: how often they are tried, who picks up, who agrees to meet, and how each lead ends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hakari.sources.demo.block import Block
from hakari.sources.demo.columns import NONE, Bools, Floats, Ints
from hakari.sources.demo.draws import Draws
from hakari.sources.demo.leads import Leads, called, first_calls, meeting_rates
from hakari.sources.demo.timeline import BUSINESS_DAY

NO_ANSWER, RECEPTION, PERSON, REFUSED = range(4)
_RECEPTION = 0.12
_SECOND_ROUND = 3  # attempts


@dataclass(frozen=True, slots=True)
class Calls:
    """One row per call; `lead` is a place among the leads, `place` one in business time."""

    lead: Ints
    place: Ints
    outcome: Ints
    met: Bools
    again: Bools  # in the second round, after the lead was put aside


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of each lead, as places in business time; -1 where it did not happen."""

    first_call: Ints
    met: Ints
    given_up: Ints
    put_aside: Bools  # given up for now, to be called again later
    taken_up: Ints  # the first call of the second round
    ended: Ints  # given up for good in the second round
    fast: Bools


@dataclass(slots=True)
class _Round:
    """Calls being made, attempt by attempt, to the leads still in play."""

    leads: Ints
    places: Ints
    rate: Floats
    again: bool


def work(block: Block, found: Leads) -> tuple[Calls, Outcomes]:
    """Both rounds of calls up to the end of the running quarter."""
    draws = block.draws("calls")
    first, fast = first_calls(block, found, draws)
    rate = meeting_rates(block, found, fast)
    active = np.flatnonzero(called(block, found))
    met, last = np.full(found.size, NONE), np.full(found.size, NONE)
    parts = _attempts(block, found, draws, _Round(active, first[active], rate, False), met, last)
    given_up = np.where((met == NONE) & (last != NONE), last, NONE)
    put_aside = (given_up != NONE) & draws.happens(block.world.recycled, found.size)
    back = np.flatnonzero(put_aside & draws.happens(block.world.second_round, found.size))
    start = _hour(block, draws, given_up[back] + draws.seconds(block.world.second_round_lag, len(back)))
    slow = meeting_rates(block, found, np.zeros(found.size, np.bool_))
    ended, taken_up = np.full(found.size, NONE), np.full(found.size, NONE)
    taken_up[back] = start
    parts += _attempts(block, found, draws, _Round(back, start, slow, True), met, ended)
    ended = np.where(met == NONE, ended, NONE)
    outcomes = Outcomes(
        np.where(called(block, found), first, NONE), met, given_up, put_aside, taken_up, ended, fast
    )
    return _joined(parts), outcomes


def _attempts(block: Block, found: Leads, draws: Draws, at: _Round, met: Ints, last: Ints) -> list[Calls]:
    """Call every lead until it is met, given up or out of attempts; fill in `met` and `last`."""
    world, horizon = block.world, block.timeline.last * BUSINESS_DAY
    parts = []
    leads, places = at.leads, at.places
    for attempt in range(_SECOND_ROUND if at.again else world.attempts):
        inside = places < horizon
        leads, places = leads[inside], places[inside]
        size = len(leads)
        drawn = draws.chance(size)
        reached = drawn < _reach(block, found.owner[leads], places)
        agreed = reached & draws.happens(at.rate[leads], size)
        outcome = np.where(reached, PERSON, np.where(drawn > 1 - _RECEPTION, RECEPTION, NO_ANSWER))
        parts.append(Calls(leads, places, outcome, agreed, np.full(size, at.again)))
        met[leads[agreed]] = places[agreed]
        more = np.where(reached, world.again_undecided, world.again_unanswered)
        goes_on = ~agreed & draws.happens(more, size)
        is_last = attempt == (_SECOND_ROUND if at.again else world.attempts) - 1
        done = ~agreed & (~goes_on | is_last)
        last[leads[done]] = places[done]
        leads, places = leads[goes_on], next_day(block, draws, places[goes_on], 1, 4)
    return parts


def _reach(block: Block, owners: Ints, places: Ints) -> Floats:
    by_hour = np.asarray(block.world.connect_by_hour)
    found: Floats = by_hour[places % BUSINESS_DAY // 3600] * block.roster.reach[owners]
    return found


def next_day(block: Block, draws: Draws, places: Ints, low: int, high: int) -> Ints:
    """Some business days later, at an hour at which people call."""
    day = places // BUSINESS_DAY + draws.between(low, high, len(places))
    return _hour(block, draws, day * BUSINESS_DAY)


def _hour(block: Block, draws: Draws, places: Ints) -> Ints:
    """The same business day, at an hour at which people call."""
    size = len(places)
    hour = draws.chosen(block.world.calls_by_hour, size)
    return places // BUSINESS_DAY * BUSINESS_DAY + hour * 3600 + draws.below(3600, size)


def _joined(parts: list[Calls]) -> Calls:
    return Calls(
        np.concatenate([part.lead for part in parts]),
        np.concatenate([part.place for part in parts]),
        np.concatenate([part.outcome for part in parts]),
        np.concatenate([part.met for part in parts]),
        np.concatenate([part.again for part in parts]),
    )
