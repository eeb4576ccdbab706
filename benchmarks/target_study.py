"""How many members reach the targets that Hakari proposes, in worlds whose coming month is known.

A target is right when seven to eight of ten members reach it. Beside it stands the mean of the last three
months, the usual start value, which is a coin's toss; and how far the stated chance was from what came, over
proposals and means together (both are targets of which Hakari says how likely they are reached).
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from math import sqrt

import numpy as np

from benchmarks.tables import Table
from benchmarks.target_worlds import WORLDS, World
from hakari.maths.target_proposals import (
    Group,
    Month,
    Past,
    Way,
    group,
    outlook,
    propose,
    three_month_mean,
)

SEEDS = 200
WANTED = (0.70, 0.80)
_LESS_IS_BETTER = (Way.LEVEL,)


@dataclass(slots=True)
class Found:
    """What came of the targets of one world."""

    proposed: list[bool] = field(default_factory=list)
    mean: list[bool] = field(default_factory=list)
    stated: list[float] = field(default_factory=list)
    longer: int = 0

    @property
    def share(self) -> float:
        return float(np.mean(self.proposed)) if self.proposed else float("nan")


def run(seeds: int) -> Table:
    started = time.perf_counter()
    table = Table(
        "Target proposals",
        f"{seeds} companies a world; wanted: 70–80 % of members reach the proposal",
        ("proposal", "± 2 s.e.", "3-month mean", "stated − came", "members", "longer period", "in band"),
    )
    within = 0
    for world in WORLDS:
        found = Found()
        for seed in range(seeds):
            _company(world, seed, found)
        share, error = found.share, 2 * sqrt(0.75 * 0.25 / max(1, len(found.proposed)))
        good = WANTED[0] - error <= share <= WANTED[1] + error
        within += good
        came = float(np.mean([*found.proposed, *found.mean]))
        table.add(
            world.name,
            f"{share:.3f}",
            f"{error:.3f}",
            f"{np.mean(found.mean):.3f}",
            f"{np.mean(found.stated) - came:+.3f}",
            len(found.proposed),
            found.longer,
            "yes" if good else "NO",
        )
    table.says += (
        f"; {within} of {len(WORLDS)} worlds are in the band ({time.perf_counter() - started:.0f} s)"
    )
    return table


def _company(world: World, seed: int, found: Found) -> None:
    drawn = world.draw(np.random.default_rng((seed, len(world.name))))
    team = group(world.way, drawn.members)
    assert team is not None
    better = "lower" if world.way in _LESS_IS_BETTER else "higher"
    for past, coming in zip(drawn.members, drawn.coming, strict=True):
        _member(team, past, coming, better, found)


def _member(team: Group, past: Past, coming: Month, better: str, found: Found) -> None:
    start = three_month_mean(past, coming.exposure, rate=team.way is Way.RATE)
    proposal = propose(team, past, coming.exposure, better=better)
    if start is None or proposal is None:
        return
    if proposal.months > 1:
        found.longer += 1  # a month's outcome says nothing about a quarter's target
        return
    actual = coming.value / coming.base if team.way is Way.RATE else coming.value
    expected = outlook(team, past, coming.exposure)
    for target, reached in ((proposal.value, found.proposed), (start, found.mean)):
        reached.append(actual <= target if better == "lower" else actual >= target)
        found.stated.append(expected.chance(target, better))
