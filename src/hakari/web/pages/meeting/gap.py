"""The slide on the bottleneck: what each factor made of the gap, and the factor in focus by segment."""

from __future__ import annotations

from dataclasses import dataclass

from hakari.maths.driver_noise import Part
from hakari.planning.gap_view import Evidence, Factor, Gap, GapTree
from hakari.units.display import number, points
from hakari.web.figures import Figures
from hakari.web.marks import Svg, signed_bar
from hakari.words import say

MOST_SEGMENTS = 6


@dataclass(frozen=True, slots=True)
class FactorLine:
    """`state` is bottleneck, sure or pale; pale where chance alone could make the part."""

    name: str
    actual: str
    base: str
    part: str
    span: str
    bar: Svg
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class SegmentLine:
    name: str
    before: str
    now: str
    rate: str
    mix: str
    total: str
    is_pale: bool


@dataclass(frozen=True, slots=True)
class GapBlock:
    """The parts of the factors, and `rest`, add up to `total`."""

    sentence: str
    base_word: str
    factors: tuple[FactorLine, ...]
    rest: str
    total: str
    by: str
    split_title: str
    segments: tuple[SegmentLine, ...]
    remedies: tuple[tuple[str, str], ...]


def gap_block(gap: Gap | None, figures: Figures) -> GapBlock | None:
    if gap is None or gap.tree is None:
        return None
    tree, lang = gap.tree, figures.lang
    largest = max((abs(one.part.value) for one in tree.factors if one.part is not None), default=0.0)
    named = tree.named
    key = "meeting_gap" if named is None else "meeting_gap_bottleneck"
    total = _signed(tree.gap, tree, figures)
    part = "" if named is None or named.part is None else _signed(named.part.value, tree, figures)
    name = "" if named is None else named.name
    split = gap.split
    factor = None if split is None else tree.factor(split.factor)
    return GapBlock(
        sentence=say(key, lang, goal=tree.name, gap=total, kpi=name, part=part),
        base_word=say(f"gap_base_{tree.vs}", lang),
        factors=tuple(_factor(one, tree, largest, figures) for one in tree.factors),
        rest="" if tree.rest is None else _signed(tree.rest.value, tree, figures),
        total=total,
        by="" if split is None else split.by_name,
        split_title=""
        if split is None or factor is None
        else say("meeting_gap_split", lang, kpi=factor.name, by=split.by_name),
        segments=_segments(gap, tree, factor, figures),
        remedies=tuple((one.name, _evidence(one.evidence, figures) or one.words) for one in gap.remedies),
    )


def _factor(one: Factor, tree: GapTree, largest: float, figures: Figures) -> FactorLine:
    lang, part = figures.lang, one.part
    state = "bottleneck" if one.key == tree.bottleneck else "pale" if part is None or part.pale else "sure"
    words = {"bottleneck": "bottleneck", "pale": "within_noise", "sure": "reliable"}[state]
    return FactorLine(
        name=one.name,
        actual=_value(one.value, one.unit, figures),
        base=_value(one.base, one.unit, figures),
        part="—" if part is None else _signed(part.value, tree, figures),
        span="" if part is None else _span(part, tree, figures),
        bar=Svg("") if part is None else signed_bar(part.value, largest),
        state=state,
        words=say(words, lang) if part is not None else "",
    )


def _segments(gap: Gap, tree: GapTree, factor: Factor | None, figures: Figures) -> tuple[SegmentLine, ...]:
    if gap.split is None or factor is None:
        return ()
    rows = sorted(gap.split.rows, key=lambda one: one.total)[:MOST_SEGMENTS]
    return tuple(
        SegmentLine(
            name=one.name,
            before=_value(one.value_before, factor.unit, figures),
            now=_value(one.value, factor.unit, figures),
            rate=_signed(one.rate.value, tree, figures),
            mix=_signed(one.mix.value, tree, figures),
            total=_signed(one.total, tree, figures),
            is_pale=one.rate.pale and one.mix.pale,
        )
        for one in rows
    )


def _value(value: float | None, unit: str, figures: Figures) -> str:
    """A quotient of two steps that is no rate needs two digits."""
    return number(value, 2) if unit == "value" else figures.value(value, unit, 1_000)


def _signed(amount: float, tree: GapTree, figures: Figures) -> str:
    return figures.difference(amount, tree.unit)


def _span(part: Part, tree: GapTree, figures: Figures) -> str:
    if part.low is None or part.high is None:
        return ""
    return f"{_signed(part.low, tree, figures)} ~ {_signed(part.high, tree, figures)}"


def _evidence(found: Evidence | None, figures: Figures) -> str:
    if found is None:
        return ""
    sure = say("within_noise" if found.pale else "reliable", figures.lang)
    return f"{found.sentence} — {points(found.difference)} · {sure}"
