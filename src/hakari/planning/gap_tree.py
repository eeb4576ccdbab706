"""The goal as the product of its factors, and what each of them made of the gap.

One clock for all: every stage is what happened in the period, and a rate is the quotient of two such counts.
It is not the rate of the same cases followed to their end, and a nowcast has no place in it. What is compared
is the plan to date, each target with the share of it that is due, or the same elapsed days of another period.
Nothing is planned here that nobody planned: factors without a target keep what the goal's plan leaves after
all the others, one factor by itself, several together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod, sqrt
from zlib import crc32

from hakari.maths.driver_noise import Average, Counted, Drawn, Known, Part, Product, Share, bottleneck, parts
from hakari.planning.desk import Desk
from hakari.planning.gap_stages import (
    Flow,
    Stage,
    chain_of,
    rate_of,
    read_flows,
    supported,
    weekly_dispersion,
)
from hakari.planning.gap_view import Factor, GapTree, NoTree
from hakari.planning.kpi_rows import comparison_period, target_now
from hakari.planning.pace import due as due_by_today
from hakari.planning.scorecard import Scope
from hakari.planning.targets import TargetBook
from hakari.units.period import Period
from hakari.words import say


@dataclass(frozen=True, slots=True)
class Link:
    """One factor with the records it is read from."""

    stage: Stage
    measure: str  # of the catalogue; "" of a plain quotient
    top: float
    bottom: float | None  # None of the first stage, which is divided by nothing
    error: float | None = None  # of an average
    dispersion: float = 1.0  # of the first stage

    @property
    def value(self) -> float | None:
        """None where nothing is divided by nothing."""
        if self.bottom is None:
            return self.top
        return self.top / self.bottom if self.bottom else None

    def drawn(self, instead: float) -> Known | Counted | Share | Average:
        """The factor with its chance; `instead` stands where it is not known."""
        if self.bottom is None:
            return Counted(self.top, self.dispersion)
        if not self.bottom:
            return Known(instead)
        if self.stage.is_amount:
            return Average(self.top / self.bottom, self.error)
        return Share(self.top, self.bottom, 1.0 if self.measure == "closing_ratio" else self.stage.part)


def links_of(stages: Sequence[Stage], flows: Mapping[str, Flow], dispersion: float = 1.0) -> tuple[Link, ...]:
    """The factors of a chain, first stage first, which varies as much as `dispersion` says."""
    found: list[Link] = []
    for place, stage in enumerate(stages):
        bottom = flows[stages[place - 1].key].total if place else None
        flow = flows[stage.key]
        error = _error(flow, bottom) if stage.is_amount and bottom else None
        found.append(Link(stage, rate_of(stages, place), flow.total, bottom, error, dispersion))
    return tuple(found)


def _error(flow: Flow, n: float) -> float | None:
    """The standard error of the mean of n amounts."""
    return standard_error(flow.total, sum(flow.squares.values()), n)


def standard_error(total: float, squares: float, n: float) -> float | None:
    if n < 2:
        return None
    return sqrt(max(0.0, (squares - total * total / n) / (n - 1)) / n)


def gap_tree(desk: Desk, book: TargetBook, scope: Scope, goal: str) -> GapTree | NoTree:
    """The gap against what `vs` says, or why there is none to split."""
    if scope.vs == "none":
        return NoTree("gap_nothing_compared", "prev")
    stages = chain_of(desk, scope, goal)
    if len(stages) < 2 or stages[-1].measure != goal:
        return NoTree("gap_no_chain")
    now = read_flows(desk, scope, stages, desk.so_far(scope))
    if scope.vs == "plan":
        return _against_plan(desk, book, scope, goal, supported(stages, now, None), now)
    return _against_period(desk, scope, goal, stages, now)


def _against_period(
    desk: Desk, scope: Scope, goal: str, stages: Sequence[Stage], now: Mapping[str, Flow]
) -> GapTree | NoTree:
    period = comparison_period(desk, scope, scope.vs)
    known = [one for one in stages if desk.comparable(one.measure, period)]
    before = read_flows(desk, scope, known, period) if known else {}
    kept = supported(known, now, before)
    if len(kept) < 2 or kept[-1].measure != goal:
        return NoTree("gap_no_past")
    spread = weekly_dispersion(desk, scope, kept[0])
    new, old = links_of(kept, now, spread), links_of(kept, before, spread)
    values = [_known(mine.value, other.value) for mine, other in zip(new, old, strict=True)]
    bases = [_known(other.value, mine.value) for mine, other in zip(new, old, strict=True)]
    found = parts(
        [one.drawn(base) for one, base in zip(old, bases, strict=True)],
        [one.drawn(value) for one, value in zip(new, values, strict=True)],
        seed_of(values, bases),
    )
    factors = [
        _factor(desk, scope, kept, new, place, (old[place].top, bases[place], "period", found[place]))
        for place in range(len(kept))
    ]
    return _tree(desk, scope, goal, (new[-1].top, old[-1].top), period, factors)


def _known(value: float | None, other: float | None) -> float:
    """What nothing is divided by nothing gives is not known: it stands as the other side has it."""
    return value if value is not None else other if other is not None else 0.0


def seed_of(*inputs: object) -> int:
    """The same figures draw the same chance."""
    return crc32(repr(inputs).encode())


@dataclass(frozen=True, slots=True)
class _Plan:
    """What each factor should be, where from, and the goal's part that is due."""

    values: tuple[float | None, ...]
    sources: tuple[str, ...]
    due: float

    @property
    def missing(self) -> list[int]:
        return [place for place, value in enumerate(self.values) if value is None]

    @property
    def rest(self) -> float:
        """What the goal's plan leaves after all targets; 1 where these multiplied are the plan."""
        product = prod(value for value in self.values if value is not None)
        return self.due / product if product else 0.0


def _against_plan(
    desk: Desk, book: TargetBook, scope: Scope, goal: str, stages: Sequence[Stage], now: Mapping[str, Flow]
) -> GapTree | NoTree:
    if scope.filters:
        return NoTree("gap_filters_no_plan", "prev")
    if len(stages) < 2 or stages[-1].measure != goal:
        return NoTree("gap_no_chain")
    links = links_of(stages, now, weekly_dispersion(desk, scope, stages[0]))
    plan = _plan(desk, book, scope, goal, stages, links)
    if plan is None:
        return NoTree("gap_no_plan", "prev")
    return _planned_tree(desk, scope, goal, (stages, links), plan)


def _plan(
    desk: Desk, book: TargetBook, scope: Scope, goal: str, stages: Sequence[Stage], links: Sequence[Link]
) -> _Plan | None:
    """None without a target for the goal, unless all factors have one and the goal is their product."""
    values: list[float | None] = []
    sources: list[str] = []
    count: float | None = None
    for place, link in enumerate(links):
        own = target_now(desk, book, scope, desk.measure(link.measure)) if link.measure else None
        source = "target"
        if own is None and count and place < len(links) - 1 and stages[place].side == "value":
            due = target_now(desk, book, scope, desk.measure(stages[place].measure))
            own, source = (None, "") if due is None else (due / count, "counts")
        values.append(own)
        sources.append(source if own is not None else "")
        count = own if place == 0 else None if own is None or count is None else count * own
    whole = book.find(goal, scope.period, adds_up=True, team=scope.team)
    if whole is not None:
        planned = due_by_today(desk, book, scope, desk.measure(goal), whole)
        return _Plan(tuple(values), tuple(sources), planned) if planned > 0 else None
    return None if count is None else _Plan(tuple(values), tuple(sources), count)


def _planned_tree(
    desk: Desk, scope: Scope, goal: str, chain: tuple[Sequence[Stage], Sequence[Link]], plan: _Plan
) -> GapTree:
    """One factor without a target takes what is left; of several, or of none, the rest stands beside them."""
    stages, links = chain
    alone = plan.missing[0] if len(plan.missing) == 1 else None
    bases = [plan.rest if place == alone else value for place, value in enumerate(plan.values)]
    values = [_known(one.value, base) for one, base in zip(links, bases, strict=True)]
    own = [place for place, base in enumerate(bases) if base is not None]
    before: list[Drawn] = [Known(bases[place] or 0.0) for place in own]
    after: list[Drawn] = [links[place].drawn(values[place]) for place in own]
    if alone is None:
        left = [place for place in range(len(links)) if place not in own]
        before.append(Known(plan.rest))
        after.append(Product(tuple(links[place].drawn(values[place]) for place in left)))
    found = parts(before, after, seed_of(values, bases))
    by_place = dict(zip(own, found, strict=False))
    factors = []
    for place, count in enumerate(_counts(bases, plan.due)):
        source = "derived" if place == alone else plan.sources[place]
        known = (count, bases[place], source, by_place.get(place))
        factors.append(_factor(desk, scope, stages, links, place, known))
    rest = found[-1] if alone is None else None
    names = tuple(factors[place].name for place in plan.missing) if alone is None else ()
    return _tree(desk, scope, goal, (links[-1].top, plan.due), scope.period, factors, (rest, names))


def _counts(bases: Sequence[float | None], due: float) -> list[float | None]:
    """How many the plan has at each stage; unknown after a factor without a base, up to the goal."""
    found: list[float | None] = []
    count: float | None = 1.0
    for base in bases:
        count = None if count is None or base is None else count * base
        found.append(count)
    return [*found[:-1], due]


def _factor(
    desk: Desk,
    scope: Scope,
    stages: Sequence[Stage],
    links: Sequence[Link],
    place: int,
    known: tuple[float | None, float | None, str, Part | None],
) -> Factor:
    """`known` is the stage's count and the factor's value beside it, where from, and its part."""
    link, (count_base, base, source, part) = links[place], known
    here = stage_name(stages[place], scope)
    formula = here if place == 0 else f"{here} ÷ {stage_name(stages[place - 1], scope)}"
    measure = desk.measure(link.measure) if link.measure else None
    return Factor(
        key=stages[place].key,
        name=formula if measure is None else measure.ja if scope.lang == "ja" else measure.en,
        formula=formula,
        measure=link.measure or None,
        unit=measure.unit if measure is not None else "jpy" if link.stage.is_amount else "value",
        stage=here,
        count=link.top,
        count_base=count_base,
        n=link.bottom,
        value=_known(link.value, base),
        base=base,
        source=source,
        part=part,
    )


def stage_name(stage: Stage, scope: Scope) -> str:
    return say(f"gap_stage_{stage.key}", scope.lang)


def _tree(
    desk: Desk,
    scope: Scope,
    goal: str,
    ends: tuple[float, float],
    compared: Period,
    factors: Sequence[Factor],
    left: tuple[Part | None, tuple[str, ...]] = (None, ()),
) -> GapTree:
    """`ends` are the goal's actual and base. The bottleneck is none of what follows from the plan alone."""
    measure = desk.measure(goal)
    named = [one for one in factors if one.part is not None and one.source != "derived"]
    place = bottleneck([one.part for one in named if one.part is not None])
    return GapTree(
        measure=goal,
        name=measure.ja if scope.lang == "ja" else measure.en,
        unit=measure.unit,
        actual=ends[0],
        base=ends[1],
        vs=scope.vs,
        period=scope.period,
        compared=compared,
        factors=tuple(reversed(factors)),
        rest=left[0],
        rest_names=left[1],
        bottleneck=None if place is None else named[place].key,
    )
