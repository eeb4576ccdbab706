"""What becomes of each deal: met or not, qualified or not, step by step to won or lost, and at what price."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hakari.sources.demo.block import Block
from hakari.sources.demo.columns import NONE, Bools, Floats, Ints
from hakari.sources.demo.draws import Draws
from hakari.sources.demo.openings import Openings
from hakari.sources.demo.timeline import BUSINESS_DAY

HELD, CANCELLED, NO_SHOW = range(3)
WON, LOST, DORMANT = range(3)
_QUALIFIES_ANYWAY = 0.85  # of the deals that began without a phone call
_EXPECTED_CYCLE = 45  # calendar days a rep first allows for
_PUSH = 21
_DAY = BUSINESS_DAY


@dataclass(frozen=True, slots=True)
class Fates:
    """Places in business time, -1 where it never happens; amounts in yen.

    `reached[k]` is when the deal came to the k-th of the world's steps.
    """

    appointment: Ints
    met: Ints  # the place of the first meeting, held or not
    reached: tuple[Ints, ...]
    closed: Ints
    result: Ints
    pushed: Ints  # when the expected close day was put off
    expected: tuple[Ints, Ints, Ints]  # expected close days: at first, when proposed, after the push
    amount: tuple[Floats, Floats]  # the first guess, and what was proposed
    margin: Floats

    def qualified(self) -> Bools:
        found: Bools = self.reached[0] != NONE
        return found


def fates(block: Block, found: Openings) -> Fates:
    world, draws, size = block.world, block.draws("fates"), found.size
    drawn = draws.chance(size)
    appointment = np.where(
        drawn < world.held, HELD, np.where(drawn < world.held + world.cancelled, CANCELLED, NO_SHOW)
    )
    appointment = np.where(found.appointed, appointment, HELD)
    met = found.created + draws.seconds(world.appointment_lag, size)
    rate = np.where(found.appointed, world.qualifies, _QUALIFIES_ANYWAY)
    good = (appointment == HELD) & draws.happens(rate, size)
    reached, closed, won = _steps(block, draws, found, met, good)
    verdict = met + draws.seconds(world.verdict, size)
    closed = np.where(good, closed, verdict)
    asleep = draws.happens(world.dormant, size) & good
    result = np.where(won, WON, np.where(asleep, DORMANT, LOST))
    last = draws.amounts(world.price, size)
    guess = last * draws.around(world.first_guess, size)
    expected, pushed = _expectations(block, draws, found, reached, closed)
    return Fates(
        appointment,
        met,
        reached,
        closed,
        result,
        pushed,
        expected,
        (np.round(guess, -4), np.round(last, -4)),
        np.round(last * np.minimum(world.margin * draws.around(0.08, size), 0.9), -3),
    )


def _steps(
    block: Block, draws: Draws, found: Openings, met: Ints, good: Bools
) -> tuple[tuple[Ints, ...], Ints, Bools]:
    """When each step was reached, when the deal ended, and whether it was won.

    A rep's skill counts in the last step, so that their win rate is the world's times their skill.
    """
    world, size = block.world, found.size
    here, alive = met.copy(), good
    reached = []
    closed = np.full(size, NONE)
    skill = block.roster.craft(found.owner, found.created // _DAY)
    for number, step in enumerate(world.steps):
        reached.append(np.where(alive, here, NONE))
        rate = step.passes * (skill if number == len(world.steps) - 1 else 1.0)
        on = alive & draws.happens(np.minimum(rate, 0.98), size)
        ends = here + draws.seconds(step.loss, size)
        closed = np.where(alive & ~on, ends, closed)
        here = np.where(on, here + draws.seconds(step.lag, size), here)
        alive = on
    return tuple(reached), np.where(alive, here, closed), alive


def _expectations(
    block: Block, draws: Draws, found: Openings, reached: tuple[Ints, ...], closed: Ints
) -> tuple[tuple[Ints, Ints, Ints], Ints]:
    """The close days reps expect: hopeful at first, put off once when the day passes unsigned."""
    timeline, size = block.timeline, found.size
    first = timeline.day(found.created) + _EXPECTED_CYCLE + draws.below(30, size)
    later = timeline.day(reached[1]) + 18 + draws.below(28, size)
    second = np.where(reached[1] == NONE, first, np.maximum(later, first - 14))
    settled = np.maximum.reduce([found.created, *reached]) + _DAY
    pushed = np.maximum(settled, timeline.place(second))
    pushed = np.where(pushed < closed, pushed, NONE)
    return (first, second, second + _PUSH + draws.below(40, size)), pushed
