"""How often the planted bottleneck is named, and how often one is named where nothing was planted.

The companies are the demo simulator's own, straight from its story to the counts of each step: what happened
from the first day of the running quarter to today. The links, the draws and the rule for naming are those of
the page (`planning.gap_tree.links_of`, `maths.driver_noise`). What is compared is a plan, which is what as
many other companies brought on average by that day in the world without the planted fall, or the same days
of the quarter before. As on the page, deals a meeting have no target and are never named beside a plan. (The
demo's own goals will not do: they ask more calls than its leads give when somebody joins, and say so.)

| world    | what is so                                                                            |
|----------|---------------------------------------------------------------------------------------|
| nothing  | every quarter is like the last but for growth, season and people; no exhibitions      |
| turn     | the demo's story: an exhibition, answers to the first unit's inquiries slow down      |
| connects | nothing, and one call in three that would have reached the person does not            |
| meetings | nothing, and one connect in three that would have led to a meeting does not           |
| quality  | nothing, and one meeting in three that would have qualified does not                  |
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from benchmarks.tables import Table
from hakari.maths.driver_noise import Drawn, Known, bottleneck, dispersion_of, parts
from hakari.planning.gap_stages import CHAINS, WEEKS, Flow, Stage
from hakari.planning.gap_tree import Link, links_of, seed_of
from hakari.sources.demo.block import Block
from hakari.sources.demo.calls import PERSON
from hakari.sources.demo.columns import NONE
from hakari.sources.demo.deals import HELD, WON
from hakari.sources.demo.outbound import CALL
from hakari.sources.demo.simulator import found
from hakari.sources.demo.story import Story, happen
from hakari.sources.demo.timeline import BUSINESS_DAY
from hakari.sources.demo.world import World

SEEDS = 100
TODAY = date(2026, 11, 24)
UNIT = 1
STAGES: tuple[Stage, ...] = tuple(one for one in CHAINS["win_amount"] if one.key != "closed")
LEAST_PLANNERS = 20
PLANNING, PAST = 200_000, 100_000  # where their seeds begin
NO_TARGET = "deals"
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Planted:
    """A world, what the running quarter is drawn from instead, and the step that should be named."""

    name: str
    before: World
    now: World
    step: str | None


def planted() -> tuple[Planted, ...]:
    # Half a year's exhibition is no step that fell, and yet it changes how many are called and agree to meet.
    plain = tuple(replace(one, monthly=0.0) if one.tactic == "exhibition" else one for one in World().sources)
    still = replace(World(), sources=plain, turn_fast=1.0, turn_inquiries=1.0, turn_exhibition=0.0)
    third = 2 / 3
    hours = tuple(rate * third for rate in still.connect_by_hour)
    sources = tuple(
        replace(one, fast_meeting=one.fast_meeting * third, slow_meeting=one.slow_meeting * third)
        for one in plain
    )
    fewer = replace(still, sources=sources, fresh_meeting=still.fresh_meeting * third)
    calm = replace(World(), turn_fast=1.0, turn_inquiries=1.0, turn_exhibition=_plain_exhibition())
    return (
        Planted("nothing", still, still, None),
        Planted("turn", calm, World(), "meetings"),
        Planted("connects", still, replace(still, connect_by_hour=hours), "connects"),
        Planted("meetings", still, fewer, "meetings"),
        Planted("quality", still, replace(still, qualifies=still.qualifies * third), "qualified"),
    )


def _plain_exhibition() -> float:
    """Leads the first unit brings home from any other exhibition: half a year's in three days."""
    source = next(one for one in World().sources if one.tactic == "exhibition")
    return source.monthly * World().unit_shares[UNIT - 1] * 6


def run(seeds: int = SEEDS) -> Table:
    started, planners = time.perf_counter(), max(seeds, LEAST_PLANNERS)
    table = Table(
        f"Gap study: {seeds} companies a world, at the scale of the demo",
        "",
        ("planted", "named it", "named none", "named another", "most often"),
    )
    for one in planted():
        for scope in ("first unit", "company"):
            for against in ("plan", "previous"):
                named = Counter(_named(one, seed, scope, against, planners) for seed in range(seeds))
                table.add(f"{one.name} · {scope} · {against}", *_line(one, named))
    table.says = f"Named: the most negative part that is surely so. {time.perf_counter() - started:.0f} s."
    return table


def _line(one: Planted, named: Counter[str | None]) -> tuple[str | None, int, int, int, str]:
    right = named[one.step] if one.step is not None else 0
    others = {name: count for name, count in named.items() if name not in (None, one.step)}
    most = max(others, key=lambda name: others[name], default=None)
    return (
        one.step,
        right,
        named[None],
        sum(others.values()),
        "" if most is None else f"{most} {others[most]}",
    )


def _named(one: Planted, seed: int, scope: str, against: str, planners: int) -> str | None:
    """The step that the page would name."""
    unit = UNIT if scope == "first unit" else None
    seen = _counted(one.now, seed, unit)
    new = links_of(STAGES, seen.now, seen.dispersion)
    if against == "plan":
        before = _plan(one.before, unit, planners)
    else:
        # The past of a changed world is drawn apart, or the same luck would stand on both sides.
        past = _counted(one.before, seed if one.now is one.before else seed + PAST, unit)
        before = _drawn(links_of(STAGES, past.previous, seen.dispersion))
    if not all(link.value for link in new):
        return None
    split = parts(before, _drawn(new), seed_of(seed, scope, against))
    candidates = [place for place, stage in enumerate(STAGES) if against != "plan" or stage.key != NO_TARGET]
    place = bottleneck(split, candidates)
    return None if place is None else STAGES[place].key


@cache
def _plan(world: World, unit: int | None, planners: int) -> list[Drawn]:
    """The factors of all planning companies together; the first stage is their average."""
    many = [_counted(world, seed + PLANNING, unit).now for seed in range(planners)]
    sums = {stage.key: sum(one[stage.key].total for one in many) for stage in STAGES}
    pooled = links_of(STAGES, {key: Flow({None: total}, {}) for key, total in sums.items()})
    return [Known((link.value or 0.0) / (1 if place else planners)) for place, link in enumerate(pooled)]


def _drawn(links: tuple[Link, ...]) -> list[Drawn]:
    return [link.drawn(link.value or 0.0) for link in links]


@dataclass(frozen=True, slots=True)
class _Company:
    """The steps' counts of the running quarter up to today, and of as many days of the one before.

    `dispersion` is that of its calls in the last twenty weeks, here of five business days.
    """

    now: Mapping[str, Flow]
    previous: Mapping[str, Flow]
    dispersion: float


@cache
def _counted(world: World, seed: int, unit: int | None) -> _Company:
    company = found(world, TODAY, seed, 1)
    timeline = company.timeline
    story = happen(Block(company, 0, 1.0, 0, {}))
    running = len(timeline.quarters) - 1
    first, earlier = (int(np.searchsorted(timeline.quarter_of, number)) for number in (running, running - 1))
    passed = timeline.today_index - first
    return _Company(
        _flows(story, unit, first, first + passed),
        _flows(story, unit, earlier, earlier + passed),
        dispersion_of(
            [
                _flows(story, unit, end - 5, end)["calls"].total
                for end in range(first + passed - 95, first + passed + 1, 5)
            ],
            [5.0] * WEEKS,
        ),
    )


def _flows(story: Story, unit: int | None, first: int, end: int) -> Mapping[str, Flow]:
    """What happened from the first business day up to the end."""

    def inside(people: Ints, places: Ints) -> NDArray[np.bool_]:
        kept = (places != NONE) & (places >= first * BUSINESS_DAY) & (places < end * BUSINESS_DAY)
        here: NDArray[np.bool_] = kept if unit is None else kept & (story.block.roster.unit[people] == unit)
        return here

    counts: dict[str, float] = {}
    for key, people, places in _events(story):
        counts[key] = counts.get(key, 0.0) + float(inside(people, places).sum())
    won = np.where(story.fates.result == WON, story.fates.closed, NONE)
    amounts = story.fates.amount[1][inside(story.openings.owner, won)]
    flows = {key: Flow({None: count}, {}) for key, count in counts.items()}
    flows["amount"] = Flow({None: float(amounts.sum())}, {None: float((amounts**2).sum())})
    return flows


def _events(story: Story) -> Iterator[tuple[str, Ints, Ints]]:
    """Every step's events: whose, and where in business time."""
    calls, touches, opened, fates = story.calls, story.touches, story.openings, story.fates
    caller = story.leads.owner[calls.lead]
    yield "calls", caller, calls.place
    yield "calls", touches.owner, np.where(touches.kind == CALL, touches.place, NONE)
    yield "connects", caller, np.where(calls.outcome == PERSON, calls.place, NONE)
    yield "connects", touches.owner, np.where(touches.outcome == PERSON, touches.place, NONE)
    held = opened.appointed & (fates.appointment == HELD)
    yield "meetings", opened.sourced_by, np.where(held, fates.met, NONE)
    yield "deals", opened.owner, opened.created
    yield "qualified", opened.owner, fates.reached[0]
    yield "won", opened.owner, np.where(fates.result == WON, fates.closed, NONE)
