"""Figures and findings in words: what the headline, the small print and the questions say."""

from __future__ import annotations

from collections.abc import Sequence

from hakari.maths.display_rules import Verdict, favourable
from hakari.planning.gap_view import GapTree, NoTree
from hakari.planning.scorecard import Cell, KgiBand, KpiRow, Scope
from hakari.units import display
from hakari.units.display import MoneyUnit
from hakari.words import say

SCALES: dict[MoneyUnit, float] = {"yen": 1, "thousand": 1e3, "man": 1e4, "million": 1e6, "oku": 1e8}


def figure(value: float | None, unit: str, n: float | None, scope: Scope) -> str:
    """A value as people read it, in the scope's language and money unit."""
    lang = scope.lang
    if unit == "percent":
        return display.percent(value, n, lang)
    if unit == "jpy":
        return amount(value, scope)
    if unit in ("days", "minutes", "hours"):
        text = display.number(value, 1)
        return text if value is None or unit == "hours" else say(f"{unit}_count", lang, n=text)
    return display.number(value, 0 if value is None or unit == "count" or float(value).is_integer() else 1)


def amount(value: float | None, scope: Scope) -> str:
    """Money in the page's unit, without naming it: the page names it once."""
    if value is None:
        return display.number(None)
    if scope.masked:
        return display.HIDDEN
    scaled = value / SCALES[scope.unit]
    return display.number(
        scaled, 0 if scope.unit == "yen" or abs(scaled) >= 1_000 else 1 if abs(scaled) >= 10 else 2
    )


def headline(
    band: KgiBand | None, rows: Sequence[KpiRow], scope: Scope, gap: GapTree | NoTree | None = None
) -> str:
    """The finding: the goal against its plan, then its bottleneck, else the largest difference of a KPI."""
    lang = scope.lang
    if band is None and all(row.value is None for row in rows):
        return say("headline_nothing", lang)
    first = _goal(band, scope) if band is not None else ""
    second = bottleneck_words(gap, scope) or (_worst(rows, scope) if scope.vs == "plan" else "")
    return f"{first}{second}" if lang == "ja" else f"{first} {second}".strip()


def _goal(band: KgiBand, scope: Scope) -> str:
    lang = scope.lang
    value = figure(band.value, band.unit, band.n, scope)
    if scope.vs != "plan" or (scope.filters and band.plan_total is None):
        return say("headline_compared", lang, kpi=band.name, value=value)
    if band.plan_total is None:
        return say("headline_no_plan", lang, kpi=band.name, value=value)
    if band.difference is None:
        return say("headline_compared", lang, kpi=band.name, value=value)
    key = "headline_plan_short" if band.difference < 0 else "headline_plan_ahead"
    plan = figure(band.plan_to_date, band.unit, None, scope)
    gap = figure(abs(band.difference), band.unit, None, scope)
    return say(key, lang, kpi=band.name, value=value, plan=plan, gap=gap)


def bottleneck_words(gap: GapTree | NoTree | None, scope: Scope) -> str:
    """The bottleneck and what it cost, in the goal's unit; "" where none is named."""
    factor = gap.named if isinstance(gap, GapTree) else None
    if factor is None or factor.part is None or not isinstance(gap, GapTree):
        return ""
    return say(
        "headline_bottleneck", scope.lang, kpi=factor.name, part=signed(factor.part.value, gap.unit, scope)
    )


def signed(value: float, unit: str, scope: Scope) -> str:
    """A difference with its sign, in the scope's money unit where it is money."""
    if scope.masked and unit == "jpy":
        return display.HIDDEN
    scaled = value / SCALES[scope.unit] if unit == "jpy" else value
    whole = (unit == "jpy" and scope.unit == "yen") or abs(scaled) >= 1_000
    return display.signed(scaled, 0 if whole else 1)


def worst_row(rows: Sequence[KpiRow]) -> tuple[KpiRow | None, int]:
    """The reliably unfavourable row furthest from its target in proportion, and how many there are."""
    bad = [row for row in rows if favourable(row.verdict, row.better) is False and row.comparison]
    if not bad:
        return None, 0
    return max(bad, key=lambda row: abs(row.difference or 0) / abs(row.comparison or 1)), len(bad)


def _worst(rows: Sequence[KpiRow], scope: Scope) -> str:
    lang = scope.lang
    if all(row.comparison is None for row in rows):
        return ""
    row, count = worst_row(rows)
    if row is None:
        return say("headline_none_reliable", lang)
    value = figure(row.value, row.unit, row.denominator, scope)
    target = figure(row.comparison, row.unit, row.denominator, scope)
    key = "headline_worst" if count == 1 else "headline_worst_among"
    return say(key, lang, kpi=row.name, value=value, target=target, n=count)


def subline(band: KgiBand | None, scope: Scope, elapsed: tuple[int, int]) -> str:
    """The small print under the headline: unit, business days, how the plan is spread."""
    lang = scope.lang
    parts = [say("subline_unit", lang)]
    parts.append(say("subline_money", lang, unit=display.money_unit(scope.unit, lang)))
    if scope.period.last_day <= scope.today:
        parts.append(say("subline_done", lang))
    else:
        parts.append(say("subline_days", lang, elapsed=elapsed[0], total=elapsed[1]))
        if band is not None and band.plan_to_date is not None:
            parts.append(say("subline_plan", lang))
    return " · ".join(parts)


def question(cells: Sequence[tuple[str, str, str, Cell]], ramping: bool, scope: Scope) -> str:
    """A question for the 1on1; `cells` come as (name, unit, better, cell)."""
    lang = scope.lang
    for key, wanted in (("question_below", False), ("question_above", True)):
        if key == "question_above" and ramping:
            break
        for name, unit, better, cell in cells:
            if favourable(cell.verdict, better) is wanted:
                value = figure(cell.value, unit, cell.denominator, scope)
                target = figure(cell.comparison, unit, cell.denominator, scope)
                return say(key, lang, kpi=name, value=value, target=target)
    if ramping:
        return say("question_ramping", lang)
    verdicts = {cell.verdict for *_, cell in cells}
    if verdicts <= {Verdict.NO_TARGET}:
        return ""
    if verdicts <= {Verdict.ON_HOLD, Verdict.NO_TARGET}:
        return say("question_few", lang)
    return say("question_none", lang)
