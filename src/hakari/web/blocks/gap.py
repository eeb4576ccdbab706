"""The KPI tree with what each factor made of the gap, and why one of them moved."""

from __future__ import annotations

from dataclasses import dataclass

from hakari.maths.driver_noise import Part
from hakari.planning.gap_view import Evidence, Factor, Gap, GapSplit, GapTree, NoTree, Remedy, SplitRow
from hakari.units.display import number, percent, points
from hakari.web.address import Address
from hakari.web.doors import door
from hakari.web.figures import UNKNOWN, Figures
from hakari.web.frame import Link
from hakari.web.marks import Svg, Tone
from hakari.web.marks.comb import Reach, comb_bar, part_strip, rate_span
from hakari.words import Language, say

LEAST_COLOURED = 30  # with fewer on either side a segment's difference has no colour


@dataclass(frozen=True, slots=True)
class FactorView:
    """One tooth of the comb: a stage above, its factor beneath, and what that made of the gap."""

    key: str
    name: str
    formula: str
    url: str
    door: str
    stage: str
    count: str
    count_base: str
    value: str
    base: str
    base_word: str
    difference: str
    source: str
    part: str
    span: str
    verdict: str
    tone: Tone
    is_bottleneck: bool
    is_chosen: bool
    bar: Svg
    strip: Svg


@dataclass(frozen=True, slots=True)
class SegmentView:
    """One row of the why: how many, the rate beside what it was, and its two parts."""

    name: str
    url: str
    base: str
    base_before: str
    value: str
    value_before: str
    axis: Svg
    total: str
    tone: Tone
    parts: str
    strip: Svg


@dataclass(frozen=True, slots=True)
class SplitView:
    title: str
    note: str
    by_name: str
    base_name: str
    value_name: str
    before_name: str
    has_rates: bool
    choices: tuple[Link, ...]
    rows: tuple[SegmentView, ...]
    total: str
    parts: str


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One remedy; the two shares are "" where the records hold nothing."""

    name: str
    first: str
    first_name: str
    first_base: str
    second: str
    second_name: str
    second_base: str
    difference: str
    words: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class GapBlock:
    """Without factors, `missing` says why, and `instead` is where a gap could be split."""

    note: str
    clock: str
    base_word: str
    factors: tuple[FactorView, ...]
    rest: str
    missing: str
    instead: Link | None
    split: SplitView | None
    evidence: tuple[EvidenceView, ...]


def gap_block(gap: Gap, address: Address, figures: Figures) -> GapBlock:
    if gap.tree is None:
        return _without(gap.missing, address, figures.lang)
    tree, lang = gap.tree, figures.lang
    chosen = gap.split.factor if gap.split is not None else ""
    base_word = say(f"gap_base_{tree.vs}", lang)
    total = figures.difference(tree.gap, tree.unit)
    against = say("plan_to_date" if tree.vs == "plan" else f"gap_base_{tree.vs}", lang)
    return GapBlock(
        note=say("gap_note", lang, base=against.lower(), part=total),
        clock=say("gap_clock", lang),
        base_word=base_word,
        factors=_factors(tree, chosen, address, figures),
        rest=_rest(tree, figures),
        missing="",
        instead=None,
        split=_split(gap.split, tree, address, figures) if gap.split is not None else None,
        evidence=tuple(_evidence(one, lang) for one in gap.remedies),
    )


def _without(missing: NoTree | None, address: Address, lang: Language) -> GapBlock:
    found = missing or NoTree("gap_no_goal")
    instead = None
    if found.instead:
        words = say("gap_compare_instead", lang, base=say(f"gap_base_{found.instead}", lang))
        instead = Link(words, address.to(vs=found.instead))
    return GapBlock("", "", "", (), "", say(found.reason, lang), instead, None, ())


def _factors(tree: GapTree, chosen: str, address: Address, figures: Figures) -> tuple[FactorView, ...]:
    reach = Reach.of([one.part.value for one in tree.factors if one.part is not None])
    return tuple(_factor(one, tree, chosen, reach, address, figures) for one in tree.factors)


def _factor(
    one: Factor, tree: GapTree, chosen: str, reach: Reach, address: Address, figures: Figures
) -> FactorView:
    lang = figures.lang
    tone = tone_of(one.part)
    kind = "derived" if one.source == "derived" else "pale" if one.part is None or one.part.pale else "sure"
    part = _money(one.part, tree, figures)
    verdict = _verdict(one, tree, lang)
    finding = say("gap_finding", lang, kpi=one.name, part=part or UNKNOWN, verdict=verdict)
    value = one.part.value if one.part is not None else None
    shown: Tone = tone if kind == "sure" else "plain"
    return FactorView(
        key=one.key,
        name=one.name,
        formula=one.formula,
        url=address.to(factor=one.key) + "#why",
        door=door(address, one.measure) if one.measure else "",
        stage=tree.name if one.key == tree.factors[0].key else one.stage,
        count=_count(one, tree, figures),
        count_base=_count_base(one, tree, figures),
        value=factor_value(one.value, one.unit, figures, one.n, one.count),
        base=factor_value(one.base, one.unit, figures),
        base_word=say("gap_base_derived" if one.source == "derived" else f"gap_base_{tree.vs}", lang),
        difference=_difference(one, figures),
        source=say(f"gap_source_{one.source or 'none'}", lang),
        part=part,
        span=_span(one.part, tree, figures),
        verdict=verdict,
        tone=shown,
        is_bottleneck=one.key == tree.bottleneck,
        is_chosen=one.key == chosen,
        bar=comb_bar(value, reach, tone, kind, part, finding),
        strip=part_strip([(value or 0.0, tone, kind)], reach),
    )


def tone_of(part: Part | None) -> Tone:
    if part is None or part.value == 0:
        return "plain"
    return "good" if part.value > 0 else "bad"


def _verdict(one: Factor, tree: GapTree, lang: Language) -> str:
    if one.key == tree.bottleneck:
        return say("bottleneck", lang)
    if one.part is None or one.source == "derived":
        return say(f"gap_source_{one.source or 'none'}", lang)
    return say("within_noise" if one.part.pale else "reliable", lang)


def _count(one: Factor, tree: GapTree, figures: Figures) -> str:
    money = one.unit == "jpy" and one.key == tree.factors[0].key
    return figures.value(one.count, "jpy" if money else "count")


def _count_base(one: Factor, tree: GapTree, figures: Figures) -> str:
    if one.count_base is None:
        return ""
    money = one.unit == "jpy" and one.key == tree.factors[0].key
    return figures.value(one.count_base if money else round(one.count_base), "jpy" if money else "count")


def factor_value(
    value: float | None, unit: str, figures: Figures, n: float | None = None, k: float | None = None
) -> str:
    """1.26 deals a meeting is no rate and needs two digits."""
    if unit == "value" and value is not None:
        return number(value, 2)
    if unit == "percent" and n is None:
        return figures.beside(value, unit)
    return figures.value(value if unit != "count" or value is None else round(value), unit, n, k)


def _difference(one: Factor, figures: Figures) -> str:
    if one.unit == "value" and one.difference is not None:
        return f"{'+' if one.difference > 0 else ''}{number(one.difference, 2)}"
    if one.unit == "count" and one.difference is not None and one.base:
        return f"{'+' if one.difference > 0 else ''}{number(one.difference / one.base * 100, 1)}%"
    return figures.difference(one.difference, one.unit, one.n)


def _money(part: Part | None, tree: GapTree, figures: Figures) -> str:
    return "" if part is None else figures.difference(part.value, tree.unit)


def _span(part: Part | None, tree: GapTree, figures: Figures) -> str:
    if part is None or part.low is None or part.high is None:
        return ""
    return " – ".join(figures.difference(end, tree.unit) for end in (part.low, part.high))


def _rest(tree: GapTree, figures: Figures) -> str:
    """What targets leave unsaid, where it is more than rounding."""
    if tree.rest is None:
        return ""
    part = figures.difference(tree.rest.value, tree.unit)
    lang = figures.lang
    if not tree.rest_names:
        return say("gap_rest_of_targets", lang, part=part)
    return say("gap_rest_of_factors", lang, part=part, names=say("list_comma", lang).join(tree.rest_names))


def _split(split: GapSplit, tree: GapTree, address: Address, figures: Figures) -> SplitView:
    lang = figures.lang
    factor = next(one for one in tree.factors if one.key == split.factor)
    before = say(f"gap_base_{split.vs}", lang)
    total = figures.difference(split.total, tree.unit)
    parts = [part.value for row in split.rows for part in (row.rate, row.mix)]
    reach = Reach.of(parts)
    top = max(
        [end for row in split.rows for end in (row.value_high, row.value, row.value_before) if end] or [0.0]
    )
    base_name = factor.stage if factor.n is None else factor.formula.rpartition(" ÷ ")[2]
    note = "gap_why_other_base" if tree.vs == "plan" else "gap_why_note"
    return SplitView(
        title=say("gap_why_title", lang, kpi=factor.name, by=split.by_name),
        note=say(note, lang, vs=_period_compared(split, lang), part=total),
        by_name=split.by_name,
        base_name=base_name,
        value_name=factor.name,
        before_name=before,
        has_rates=factor.n is not None,
        choices=tuple(
            Link(name, address.to(factor=split.factor, by=key) + "#why", key == split.by)
            for key, name in split.choices
        ),
        rows=tuple(
            _segment(row, split, factor, (reach, top), (tree, address, figures)) for row in split.rows
        ),
        total=total,
        parts=_both(split.rate, split.mix, tree, figures),
    )


def _segment(
    row: SplitRow,
    split: GapSplit,
    factor: Factor,
    scales: tuple[Reach, float],
    around: tuple[GapTree, Address, Figures],
) -> SegmentView:
    tree, address, figures = around
    enough = min(row.base, row.base_before) >= LEAST_COLOURED
    kinds = ["sure" if enough and not part.pale else "pale" for part in (row.rate, row.mix)]
    sure_parts = [part for part, kind in zip((row.rate, row.mix), kinds, strict=True) if kind == "sure"]
    own_rate: Tone = tone_of(row.rate) if kinds[0] == "sure" else "plain"
    same_way = bool(sure_parts) and any((part.value > 0) == (row.total > 0) for part in sure_parts)
    narrowed = {split.by: row.slug} if row.slug else {}
    return SegmentView(
        name=row.name,
        url=door(address, factor.measure, **narrowed) if factor.measure and row.slug else "",
        base=_with_share(row.base, row.share),
        base_before=_with_share(row.base_before, row.share_before),
        value=factor_value(row.value, factor.unit, figures, row.base, row.top),
        value_before=factor_value(
            row.value_before,
            factor.unit,
            figures,
            row.base_before,
            (row.value_before or 0.0) * row.base_before,
        ),
        axis=rate_span(row.value, row.value_low, row.value_high, row.value_before, scales[1], own_rate),
        total=figures.difference(row.total, tree.unit),
        tone=("good" if row.total > 0 else "bad") if same_way else "plain",
        parts=_both(row.rate, row.mix, tree, figures),
        strip=part_strip(
            [
                (part.value, tone_of(part), kind)
                for part, kind in zip((row.rate, row.mix), kinds, strict=True)
            ],
            scales[0],
        ),
    )


def _period_compared(split: GapSplit, lang: Language) -> str:
    return say("previous_period" if split.vs == "prev" else "year_ago", lang).lower()


def _both(rate: Part, mix: Part, tree: GapTree, figures: Figures) -> str:
    return " / ".join(figures.difference(part.value, tree.unit) for part in (rate, mix))


def _with_share(count: float, share: float) -> str:
    return f"{number(count)} ({share:.0%})"


def _evidence(one: Remedy, lang: Language) -> EvidenceView:
    found = one.evidence
    if found is None:
        return EvidenceView(one.name, "", "", "", "", "", "", "", one.words, is_sure=False)
    (first, first_base), (second, second_base) = (_shown(pair, lang) for pair in (found.first, found.second))
    return EvidenceView(
        one.name, first, found.first_name, first_base, second, found.second_name, second_base,
        _apart(found, lang), found.sentence, is_sure=not found.pale,
    )  # fmt: skip


def _shown(pair: tuple[float, float], lang: Language) -> tuple[str, str]:
    """A share of fewer than ten is given by its counts alone."""
    k, n = pair
    counts = f"{number(k)} / {number(n)}"
    return (percent(k / n, n, lang), counts) if n >= 10 else (counts, "")


def _apart(found: Evidence, lang: Language) -> str:
    low, high = (points(end, 0).removesuffix("pt") for end in (found.low, found.high))
    sure = say("within_noise" if found.pale else "reliable", lang)
    return say("gap_apart", lang, difference=points(found.difference, 0), low=low, high=high, sure=sure)
