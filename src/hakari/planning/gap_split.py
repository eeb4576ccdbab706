"""Why a factor moved: each segment's own rate, and the mix of segments, which together are the factor's part.

A plan has no segments, so under a plan a factor is split against the previous period, and says so. Of people
there are many, and their differences stand only where 99 % intervals exclude 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from hakari.errors import ParameterNotUnderstoodError, UnknownDimensionError
from hakari.maths.display_rules import PEOPLE_LEVEL
from hakari.maths.driver_noise import LEVEL, Average, Counted, Floats, Known, Part, Share, summed_up
from hakari.maths.driver_tree import split_ratio, worth
from hakari.maths.intervals import Interval, no_data, wilson
from hakari.metrics.definitions import Aggregate, Measure
from hakari.metrics.fact import paths_of
from hakari.metrics.naming import dimension_named
from hakari.planning.asking import as_filter
from hakari.planning.desk import Desk
from hakari.planning.gap_stages import CHAINS, Flow, Stage, read_flows, supported
from hakari.planning.gap_tree import seed_of, standard_error
from hakari.planning.gap_view import GapSplit, GapTree, SplitRow
from hakari.planning.kpi_rows import comparison_period
from hakari.planning.scorecard import Scope
from hakari.units.period import Grain, Period
from hakari.words import say

MOST_ROWS = 12
MOST_PEOPLE = 40
_PEOPLE = ("owner", "manager")
DRAWS = 1_500
_OFFERED = ("source", "segment", "industry", "size", "product", "team", "owner", "manager")
_NOBODY = Part(0.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Segment:
    """One row to be: base and top of the factor, before and after; `squares` of the tops' amounts."""

    names: tuple[str | None, ...]
    base: tuple[float, float]
    top: tuple[float, float]
    squares: tuple[float, float]

    def joined(self, other: _Segment) -> _Segment:
        def both(one: tuple[float, float], two: tuple[float, float]) -> tuple[float, float]:
            return one[0] + two[0], one[1] + two[1]

        return _Segment(
            self.names + other.names,
            both(self.base, other.base),
            both(self.top, other.top),
            both(self.squares, other.squares),
        )


@dataclass(frozen=True, slots=True)
class _Past:
    """The tree's stages that both sides recorded, with their counts, first stage first."""

    stages: tuple[Stage, ...]
    before: tuple[float, ...]
    now: tuple[float, ...]
    compared: Period

    def link(self, key: str) -> tuple[Stage, ...]:
        """What a factor divides by, and what it leads to; of the first stage only itself; () without it."""
        place = next((place for place, one in enumerate(self.stages) if one.key == key), None)
        return () if place is None else self.stages[max(place - 1, 0) : place + 1]

    def unit(self, key: str) -> float:
        """What one unit of the factor's change is worth in the goal."""
        place = next(place for place, one in enumerate(self.stages) if one.key == key)

        def factor(counts: tuple[float, ...]) -> float:
            below = counts[place - 1] if place else 1.0
            return counts[place] / below if below else 0.0

        return float(worth((self.before[-1], factor(self.before)), (self.now[-1], factor(self.now))))


def gap_split(desk: Desk, scope: Scope, tree: GapTree, asked: tuple[str, str]) -> GapSplit | None:
    """The asked factor by the asked dimension, each "" for the tree's own; None where no past is known."""
    key = _factor(tree, asked[0])
    scope = replace(scope, vs="prev") if tree.vs == "plan" else scope
    past = _past(desk, scope, tree)
    stages = past.link(key) if past is not None else ()
    choices = choices_for(desk, scope, stages)
    if past is None or not stages or not choices:
        return None
    by = _dimension(desk, choices, asked[1])
    now = read_flows(desk, scope, stages, desk.so_far(scope), (by,))
    before = read_flows(desk, scope, stages, past.compared, (by,))
    segments = _segments(stages, before, now, MOST_PEOPLE if by in _PEOPLE else MOST_ROWS)
    level = PEOPLE_LEVEL if by in _PEOPLE else LEVEL
    rows, rate, mix = _rows(past.unit(key), stages, segments, scope, level)
    total = rate.value + mix.value
    return GapSplit(key, by, dict(choices)[by], choices, rows, total, rate, mix, scope.vs, past.compared)


def _past(desk: Desk, scope: Scope, tree: GapTree) -> _Past | None:
    """A tree of two periods knows both; beside a plan, the period before has to be counted."""
    chain = {one.key: one for one in CHAINS[tree.measure]}
    factors = tuple(reversed(tree.factors))
    stages = tuple(chain[one.key] for one in factors)
    now = {one.key: Flow({None: one.count}, {}) for one in factors}
    if tree.vs != "plan":
        before = {one.key: Flow({None: one.count_base or 0.0}, {}) for one in factors}
        period = tree.compared
    else:
        period = comparison_period(desk, scope, "prev")
        known = [one for one in stages if desk.comparable(one.measure, period)]
        before = read_flows(desk, scope, known, period) if known else {}
        stages = supported(known, now, before)
    if len(stages) < 2 or stages[-1].key != factors[-1].key:
        return None
    counts = [tuple(side[one.key].total for one in stages) for side in (before, now)]
    return _Past(stages, counts[0], counts[1], period)


def default_factor(tree: GapTree) -> str:
    """The bottleneck; without one, the factor that cost the most."""
    if tree.bottleneck is not None:
        return tree.bottleneck
    own = [one for one in tree.factors if one.part is not None and one.source != "derived"]
    return min(own, key=lambda one: one.part.value if one.part else 0.0).key if own else tree.factors[0].key


def _factor(tree: GapTree, asked: str) -> str:
    key = asked or default_factor(tree)
    if tree.factor(key) is None:
        known = ", ".join(one.key for one in tree.factors)
        raise ParameterNotUnderstoodError(f"factor={key} is no factor of {tree.name}", f"use one of {known}")
    return key


def choices_for(desk: Desk, scope: Scope, stages: Sequence[Stage]) -> tuple[tuple[str, str], ...]:
    """The dimensions that the records of all these stages know."""
    tables = {
        part.population.table for stage in stages for part in _parts_of(desk.measure(stage.measure), stage)
    }
    return tuple(
        (name, one.ja if scope.lang == "ja" else one.en)
        for name in _OFFERED
        if (one := desk.catalogue.dimensions.get(name)) is not None
        and all(paths_of(one, table) for table in tables)
    )


def _parts_of(measure: Measure, stage: Stage) -> Sequence[Aggregate]:
    return measure.parts() if stage.side != "denominator" else measure.parts()[-1:]


def _dimension(desk: Desk, choices: tuple[tuple[str, str], ...], asked: str) -> str:
    if not asked:
        return choices[0][0]
    found = dimension_named(desk.catalogue, asked)
    name = found.value if isinstance(found, Grain) else found.name
    if name in _OFFERED and name not in dict(choices):
        return choices[0][0]  # offered with another factor, and kept from there
    if name not in dict(choices):
        raise UnknownDimensionError(
            f"this factor cannot be split by {asked!r}", f"use one of {', '.join(key for key, _ in choices)}"
        )
    return name


def _segments(
    stages: Sequence[Stage], before: Mapping[str, Flow], now: Mapping[str, Flow], most: int
) -> list[_Segment]:
    """By size; tops whose base bears no such name, as deals of calls without a source, join the nameless."""
    top, base = stages[-1], stages[0]
    flows = (before, now)
    known = [side[stage.key] for side in flows for stage in stages if stage.key in side]
    names = dict.fromkeys(name for flow in known for name in flow.counts)

    def pair(key: str, name: str | None) -> tuple[float, float]:
        first, second = (side[key].counts.get(name, 0.0) if key in side else 0.0 for side in flows)
        return first, second

    def squares(name: str | None) -> tuple[float, float]:
        first, second = (side[top.key].squares.get(name, 0.0) if top.key in side else 0.0 for side in flows)
        return first, second

    found = {
        name: _Segment((name,), pair(base.key, name), pair(top.key, name), squares(name)) for name in names
    }
    nameless = found.pop(None, _Segment((None,), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)))
    for name in [name for name, one in found.items() if not any(one.base)]:
        nameless = nameless.joined(found.pop(name))
    ordered = sorted(found.values(), key=lambda one: (-sum(one.base), str(one.names[0])))
    if any(nameless.base) or any(nameless.top):
        ordered.append(nameless)
    return _fewer(ordered, most)


def _fewer(ordered: list[_Segment], most: int) -> list[_Segment]:
    """The smallest are one row together."""
    if len(ordered) <= most:
        return ordered
    rest = ordered[most - 1]
    for one in ordered[most:]:
        rest = rest.joined(one)
    return [*ordered[: most - 1], rest]


def _rows(
    unit: float, stages: Sequence[Stage], segments: Sequence[_Segment], scope: Scope, level: float
) -> tuple[tuple[SplitRow, ...], Part, Part]:
    """One row a segment, then all rates and all mixes together."""
    generator = np.random.default_rng(seed_of(stages[-1].key, [(one.base, one.top) for one in segments]))
    split = _Split(stages, segments)
    rate, mix = split.values()
    rates, mixes = split.draws(generator)
    row_of = [
        _row(
            stages, one, segments, scope,
            (
                _money(rate[place], rates[:, place], unit, level),
                _money(mix[place], mixes[:, place], unit, level),
            ),
        )
        for place, one in enumerate(segments)
    ]  # fmt: skip
    # The largest part first, but people by name: nobody is ranked.
    rows = tuple(
        sorted(row_of, key=lambda one: (0.0, one.name) if level == PEOPLE_LEVEL else (-abs(one.total), ""))
    )
    all_rates = _money(float(rate.sum()), rates.sum(axis=1), unit)
    return rows, all_rates, _money(float(mix.sum()), mixes.sum(axis=1), unit)


def _money(value: float, drawn: Floats, unit: float, level: float = LEVEL) -> Part:
    if np.isnan(drawn).any():
        return Part(float(value) * unit, None, None, 0.0, 0.0)
    return _NOBODY if value == 0 and not drawn.any() else summed_up(float(value) * unit, drawn * unit, level)


class _Split:
    """The split of one factor, as counted and as drawn."""

    def __init__(self, stages: Sequence[Stage], segments: Sequence[_Segment]) -> None:
        self.stages, self.segments = stages, segments

    @property
    def is_count(self) -> bool:
        return len(self.stages) == 1

    def values(self) -> tuple[Floats, Floats]:
        """Rates and mixes, in the factor's own unit."""
        (base0, base1), (top0, top1) = (
            [np.array([getattr(one, name)[side] for one in self.segments]) for side in (0, 1)]
            for name in ("base", "top")
        )
        if self.is_count:
            return np.zeros_like(top0), top1 - top0
        found = split_ratio((top0, base0), (top1, base1))
        return found.rate, found.mix

    def draws(self, generator: Generator) -> tuple[Floats, Floats]:
        """(draws, segments) of both."""
        before, after = (self._side(generator, side) for side in (0, 1))
        if self.is_count:
            moved = after[0] - before[0]
            return np.zeros_like(moved), moved
        unknown = np.isnan(before[0] + after[0])
        clean = [(np.nan_to_num(top), base) for top, base in (before, after)]
        found = split_ratio(clean[0], clean[1])
        return np.where(unknown, np.nan, found.rate), np.where(unknown, np.nan, found.mix)

    def _side(self, generator: Generator, side: int) -> tuple[Floats, Floats]:
        """Tops and bases anew; a segment without a base keeps its top."""
        tops, bases = [], []
        for one in self.segments:
            base, top = one.base[side], one.top[side]
            drawn = Counted(base if not self.is_count else top).draws(generator, DRAWS)
            if self.is_count:
                bases.append(drawn)
                tops.append(drawn)
                continue
            bases.append(drawn if base else np.zeros(DRAWS))
            rate = self._rate(one, side)
            tops.append(rate.draws(generator, DRAWS) * (drawn if base else 1.0))
        return np.stack(tops, axis=-1), np.stack(bases, axis=-1)

    def _rate(self, one: _Segment, side: int) -> Known | Share | Average:
        base, top, stage = one.base[side], one.top[side], self.stages[-1]
        if not base:
            return Known(top)
        if stage.is_amount:
            return Average(top / base, standard_error(top, one.squares[side], base))
        return Share(top, base, stage.part)


def _row(
    stages: Sequence[Stage],
    one: _Segment,
    segments: Sequence[_Segment],
    scope: Scope,
    parts: tuple[Part, Part],
) -> SplitRow:
    whole = [sum(each.base[side] for each in segments) for side in (0, 1)]
    counts = len(stages) == 1
    value, before = (
        None if counts or not one.base[side] else one.top[side] / one.base[side] for side in (1, 0)
    )
    interval = _interval(stages, one)
    return SplitRow(
        name=_name(one, scope),
        slug=as_filter(one.names[0]) if len(one.names) == 1 and one.names[0] else "",
        base=one.base[1],
        base_before=one.base[0],
        share=one.base[1] / whole[1] if whole[1] else 0.0,
        share_before=one.base[0] / whole[0] if whole[0] else 0.0,
        top=one.top[1],
        value=value,
        value_before=before,
        value_low=interval.low,
        value_high=interval.high,
        rate=parts[0],
        mix=parts[1],
    )


def _interval(stages: Sequence[Stage], one: _Segment) -> Interval:
    base, top = one.base[1], one.top[1]
    is_share = len(stages) == 2 and not stages[-1].is_amount and top <= base
    return wilson(top, base) if is_share and base else no_data(0.95)


def _name(one: _Segment, scope: Scope) -> str:
    """Its own name; of several that share a row, the named ones and those that are nameless."""
    named = [name for name in one.names if name is not None]
    nameless = [say("gap_nameless", scope.lang)] if len(named) < len(one.names) else []
    if len(named) > 3:
        return say("gap_others", scope.lang, n=len(one.names))
    return "・".join([*named, *nameless]) if scope.lang == "ja" else ", ".join([*named, *nameless])
