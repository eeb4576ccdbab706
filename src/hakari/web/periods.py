"""The periods a page offers, and the one before and after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from hakari.units import grammar
from hakari.units.fiscal import bucket, first_day, shift, whole_grain, whole_months
from hakari.units.labels import bucket_label
from hakari.units.period import Grain, Period
from hakari.words import Language, say

_RUNNING = (
    "this-quarter", "quarter-1", "this-month", "month-1", "this-half", "this-year", "year-1",
)  # fmt: skip
_QUARTERS = 8


def offered(
    asked: str, label: str, today: date, start_month: int, lang: Language
) -> Iterator[tuple[str, str]]:
    """(value, words): the asked one under its plain label, and first when it is none of the usual ones."""
    usual = [(name, label if name == asked else _words(name, today, start_month, lang)) for name in _RUNNING]
    quarter = first_day(today, Grain.QUARTER, start_month)
    for back in range(2, _QUARTERS + 1):
        day = shift(quarter, Grain.QUARTER, -back)
        name = grammar.name_of(day, Grain.QUARTER, start_month)
        usual.append((name, bucket_label(day, Grain.QUARTER, start_month, lang)))
    if asked not in dict(usual):
        yield asked, label
    yield from usual


def neighbour(period: Period, steps: int, today: date, start_month: int) -> str | None:
    """The canonical text of the period as long as this one, some steps away; None when it has not begun."""
    if period.is_all or period.is_empty:
        return None
    months = whole_months(period)
    grain = whole_grain(period, start_month)
    if grain is not None:
        moved = bucket(shift(period.start, grain, steps), grain, start_month)
    elif months:
        moved = Period(
            shift(period.start, Grain.MONTH, steps * months), shift(period.end, Grain.MONTH, steps * months)
        )
    else:
        moved = Period(
            period.start + timedelta(period.days * steps), period.end + timedelta(period.days * steps)
        )
    return grammar.write(moved, start_month) if moved.start <= today else None


def _words(name: str, today: date, start_month: int, lang: Language) -> str:
    """今四半期 · FY2026 Q3(10–12月): the running word and what it stands for today."""
    period = grammar.read(name, today, start_month)
    grain = whole_grain(period, start_month) or Grain.MONTH
    return say(
        "period_running",
        lang,
        word=say(f"period_{name.replace('-', '_')}", lang),
        label=bucket_label(period.start, grain, start_month, lang),
    )
