"""The KPI rows: each figure beside its target, with its range, its trend and how sure the difference is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hakari.planning.scorecard import KpiRow
from hakari.planning.shifted import shift_text
from hakari.web.address import Address
from hakari.web.doors import door
from hakari.web.figures import Figures
from hakari.web.judgement import Judgement, judge
from hakari.web.marks import Svg, Tone, axis_head, interval_row, sparkline, verdict_dot
from hakari.words import Language, say


@dataclass(frozen=True, slots=True)
class KpiLine:
    """One KPI, written out. `is_focus` marks the one row that may be vivid.

    `note` says why there is no figure; `caution` is told in full behind the definition door.
    """

    name: str
    population: str
    url: str
    definition_url: str
    value: str
    range: str
    comparison: str
    difference: str
    tone: Tone
    axis: Svg
    trend: Svg
    fraction: str
    waiting: str
    projected: str
    verdict_dot: Svg
    verdict: str
    note: str
    caution: str
    is_focus: bool


@dataclass(frozen=True, slots=True)
class KpiBlock:
    """`compares` is False when no row has anything to compare with: the columns for it are then left out."""

    lines: tuple[KpiLine, ...]
    compares: bool
    comparison_word: str
    axis: Svg
    trend_word: str
    summary: str
    flag: str


def kpi_block(
    rows: Sequence[KpiRow], vs: str, address: Address, figures: Figures, bottleneck: str | None = None
) -> KpiBlock:
    """`vs` is what they are set against, as in the URL. The goal's bottleneck is the focus if it is a row."""
    lang = figures.lang
    judged = [
        (kpi, judge(kpi.verdict, kpi.better, kpi.unit, kpi.n, kpi.numerator, kpi.denominator, lang))
        for kpi in rows
    ]
    focus = next((kpi for kpi in rows if kpi.measure == bottleneck), None) or _focus(judged)
    flag = say("bottleneck" if focus is not None and focus.measure == bottleneck else "largest_sure", lang)
    word = say(f"vs_{vs}", lang)
    return KpiBlock(
        lines=tuple(_line(kpi, said, kpi is focus, address, figures) for kpi, said in judged),
        compares=any(kpi.comparison is not None for kpi in rows),
        comparison_word=word,
        axis=axis_head(say("axis_target", lang, word=word)),
        trend_word=_trend_word(rows, lang),
        summary=_summary([said for _, said in judged], lang),
        flag=flag,
    )


def _focus(judged: list[tuple[KpiRow, Judgement]]) -> KpiRow | None:
    """The unfavourable difference that is sure and largest beside its target."""
    bad = [
        kpi for kpi, said in judged if said.tone == "bad" and kpi.comparison and kpi.difference is not None
    ]
    return max(bad, key=lambda kpi: abs((kpi.difference or 0) / (kpi.comparison or 1)), default=None)


def _line(kpi: KpiRow, said: Judgement, is_focus: bool, address: Address, figures: Figures) -> KpiLine:
    lang = figures.lang
    value = figures.value(kpi.value, kpi.unit, kpi.n, kpi.numerator)
    span = figures.range(kpi.interval, kpi.unit, kpi.n)
    if kpi.denominator == 0:
        span = say("denominator_zero", lang)
    comparison = figures.beside(kpi.comparison, kpi.unit, kpi.n)
    difference = figures.difference(kpi.difference, kpi.unit, kpi.n)
    finding = say("finding_kpi" if kpi.comparison is not None else "finding_kpi_alone", lang, name=kpi.name,
                  value=value, comparison=comparison, difference=difference,
                  range=span or say("no_range", lang), verdict=said.words)  # fmt: skip
    return KpiLine(
        name=kpi.name,
        population=_first_sentence(kpi.population),
        url=door(address, kpi.measure),
        definition_url=door(address, kpi.measure, "definition"),
        value=value,
        range=span,
        comparison=comparison,
        difference=difference,
        tone=said.tone,
        axis=interval_row(
            kpi.value, kpi.interval, kpi.comparison, kpi.previous, said.tone, said.sureness, finding
        ),
        trend=sparkline(kpi.trend, kpi.weekly_comparison, said.tone),
        fraction=_fraction(kpi, figures),
        waiting=_waiting(kpi, figures),
        projected=projected_words(kpi, lang),
        verdict_dot=verdict_dot(said.tone, said.sureness),
        verdict=said.words,
        note=kpi.note if kpi.value is None else shift_text(kpi.shift, lang) if kpi.shift else "",
        caution=kpi.note if kpi.value is not None else "",
        is_focus=is_focus,
    )


def _first_sentence(words: str) -> str:
    """What is divided by what; the finer points follow behind the definition door."""
    for stop in ("。", "; ", ". "):
        words = words.partition(stop)[0]
    return words


def _fraction(kpi: KpiRow, figures: Figures) -> str:
    if kpi.denominator is None or kpi.unit == "count":
        return say("records_count", figures.lang, n=figures.value(kpi.n, "count"))
    if kpi.unit == "percent":
        return figures.fraction(kpi.numerator, kpi.denominator, "count")
    return say("records_count", figures.lang, n=figures.value(kpi.denominator, "count"))


def projected_words(kpi: KpiRow, lang: Language) -> str:
    """That the figure is a projection, and to which horizon."""
    if kpi.projection is None or kpi.projection.value is None:
        return ""
    return say("projected_within", lang, days=kpi.projection.horizon_days)


def _waiting(kpi: KpiRow, figures: Figures) -> str:
    """How many of the denominator are still undecided: below one in a hundred is not worth a word."""
    if kpi.open_share is None or kpi.open_share < 0.01:
        return ""
    waiting = say("still_open", figures.lang, share=f"{kpi.open_share:.0%}")
    if not projected_words(kpi, figures.lang):
        return waiting
    counted = figures.value(kpi.counted, kpi.unit, kpi.n, kpi.numerator)
    return f"{say('counted_so_far', figures.lang, value=counted)} · {waiting}"


def _trend_word(rows: Sequence[KpiRow], lang: Language) -> str:
    weeks = max((len(kpi.trend) for kpi in rows), default=0)
    return say("weeks_of_trend", lang, n=weeks) if weeks else say("trend", lang)


def _summary(judgements: list[Judgement], lang: Language) -> str:
    sure = sum(1 for said in judgements if said.sureness == "sure" and said.is_given)
    if not any(said.is_given for said in judgements):
        return ""
    return say("kpi_summary", lang, total=len(judgements), n=sure)
