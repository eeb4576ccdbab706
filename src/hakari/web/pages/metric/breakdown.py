"""The second door: the same figure for each value of one dimension, and its total recomputed from sums."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hakari.maths.intervals import Interval
from hakari.planning.metric_view import Breakdown, BreakdownRow, MetricView
from hakari.units.period import Grain
from hakari.web.address import PARAMETERS, Address
from hakari.web.figures import Figures
from hakari.web.frame import Link
from hakari.web.judgement import judge
from hakari.web.marks import Svg, Tone, axis_head, interval_row, verdict_dot
from hakari.words import Language, say


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    url: str
    value: str
    range: str
    comparison: str
    fraction: str
    axis: Svg
    dot: Svg
    verdict: str
    tone: Tone
    likely: str


@dataclass(frozen=True, slots=True)
class BreakdownBlock:
    """`groups` say in words who cannot be told apart."""

    by: str
    groups: tuple[str, ...]
    has_likely: bool
    choices: tuple[Link, ...]
    comparison_word: str
    axis: Svg
    compares: bool
    parts: tuple[Part, ...]
    total: Part


def breakdown_block(view: MetricView, address: Address, figures: Figures) -> BreakdownBlock | None:
    split = view.breakdown
    if split is None:
        return None
    word = say(f"vs_{view.scope.vs}", figures.lang)
    names = dict(split.choices)
    return BreakdownBlock(
        by=names.get(split.by, split.by),
        groups=_groups(split, figures.lang),
        has_likely=any(row.likely for row in split.rows),
        choices=tuple(
            Link(name, address.to(by=key, page=None), key == split.by) for key, name in split.choices
        ),
        comparison_word=word,
        axis=axis_head(say("axis_target", figures.lang, word=word)),
        compares=any(row.comparison is not None for row in (*split.rows, split.total)),
        parts=tuple(_part(row, view, figures, _url(split.by, row.slug, address)) for row in split.rows),
        total=_part(
            replace(split.total, name=say("role_total", figures.lang)),
            view,
            figures,
            address.to(door=None, by=None),
        ),
    )


def _groups(split: Breakdown, lang: Language) -> tuple[str, ...]:
    if not split.groups:
        return ()
    if len(split.groups) == 1:
        return (say("all_alike", lang),)
    between = "・" if lang == "ja" else ", "
    return tuple(between.join(group) for group in split.groups)


def _url(by: str, slug: str, address: Address) -> str:
    """The records of one row: a stretch of time is another period, anything else a filter.

    A row of what has no value ("—") cannot be asked for, so it has no link.
    """
    if not slug:
        return ""
    within: dict[str, str | None] = {"door": None, "by": None, "page": None}
    if by in list(Grain):
        return address.to(period=slug, **within)
    return address.to(**{by: slug}, **within) if by == "team" or by not in PARAMETERS else ""


def _part(row: BreakdownRow, view: MetricView, figures: Figures, url: str) -> Part:
    kpi = view.figure
    said = judge(row.verdict, kpi.better, kpi.unit, row.n, row.numerator, row.denominator, figures.lang)
    value = figures.value(row.value, kpi.unit, row.n, row.numerator)
    span = figures.range(row.interval, kpi.unit, row.n)
    comparison = figures.beside(row.comparison, kpi.unit, row.n)
    is_pair = row.denominator is not None and kpi.unit == "percent"
    return Part(
        name=row.name,
        url=url,
        value=value,
        range=span,
        comparison=comparison,
        fraction=figures.fraction(row.numerator, row.denominator, "count")
        if is_pair
        else say("records_count", figures.lang, n=figures.value(row.n, "count")),
        axis=interval_row(
            row.value, row.interval, row.comparison, None, said.tone, said.sureness,
            f"{row.name} {value} · {comparison} · {span} · {said.words}",
        ),
        dot=verdict_dot(said.tone, said.sureness),
        verdict=said.words,
        tone=said.tone,
        likely=_likely(row, view, figures),
    )  # fmt: skip


def _likely(row: BreakdownRow, view: MetricView, figures: Figures) -> str:
    """The rate as far as so few cases carry it."""
    if row.likely is None:
        return ""
    span = figures.range(Interval(row.likely.low, row.likely.high, 0.9, ""), view.figure.unit, row.n)
    return f"{figures.value(row.likely.value, view.figure.unit)} ({span})"
