"""Which weekly figures have shifted beyond season, days off and chance; see hakari.maths.alerts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np

from hakari.maths.alerts import WATCHED, Excursion, Weekly, threshold, watch
from hakari.metrics.definitions import Measure
from hakari.metrics.result import MetricResult
from hakari.planning.desk import Desk
from hakari.planning.scorecard import Scope, Shift
from hakari.units.display import percent
from hakari.units.labels import day_label
from hakari.units.period import Grain, Period
from hakari.words import Language, say

# Two years behind the watched half-year: enough for a season, and no more than a page has time for.
WEEKS_BACK = 104 + WATCHED
# The KGI and five KPIs: a figure's own page says the same of it as the scorecard does.
_A_SCORECARD = 6
# A week of a cohort with more open cases would look like a fall.
_MOST_OPEN = 0.1
_COUNTED = ("count", "sum", "distinct")
_SHARES = ("rate", "conversion")


def watched(measures: Sequence[Measure]) -> list[Measure]:
    """What comes week by week: counts, sums and shares. A stock, a median or a price does not."""
    return [
        one for one in measures if (one.kind in _COUNTED and one.window_months is None) or one.kind in _SHARES
    ]


def shifts(desk: Desk, scope: Scope, names: Sequence[str]) -> dict[str, tuple[Shift, ...]]:
    """The shifts of the last half-year of each measure, oldest first.

    Together they cry wolf as often as one or two alone would: the limit grows with their number.
    """
    asked = watched([desk.measure(name) for name in names])
    if not asked:
        return {}
    limit = threshold(max(len(asked), _A_SCORECARD))
    by_measure: dict[str, list[MetricResult]] = {one.id: [] for one in asked}
    raw = replace(scope, lag=False)
    for found in desk.ask(raw, list(by_measure), _weeks(desk, scope), (Grain.WEEK.value,)):
        by_measure[found.measure].append(found)
    return {
        one.id: _shifts(desk, one, weeks, limit) for one in asked if (weeks := _recorded(by_measure[one.id]))
    }


def _weeks(desk: Desk, scope: Scope) -> Period:
    """Whole weeks up to the period's end, or to the last one that is over today."""
    last = min(scope.period.last_day, scope.today)
    week = desk.calendar.period_of(last, Grain.WEEK)
    end = week.end if week.end <= scope.today + timedelta(days=1) else week.start
    return Period(end - timedelta(weeks=WEEKS_BACK), end)


def _recorded(weeks: list[MetricResult]) -> list[MetricResult]:
    """Without the weeks before the first record."""
    first = next((at for at, one in enumerate(weeks) if one.n or one.numerator), len(weeks))
    return weeks[first:]


def _shifts(desk: Desk, measure: Measure, weeks: list[MetricResult], limit: float) -> tuple[Shift, ...]:
    found = watch(_series(desk, measure, weeks), limit=limit)
    return () if found is None else tuple(_shift(one, weeks) for one in found.excursions)


def _series(desk: Desk, measure: Measure, weeks: list[MetricResult]) -> Weekly:
    days = np.array([float(one.period.start.toordinal()) for one in weeks])
    if measure.kind in _SHARES:
        cases = np.array([_cases(one) for one in weeks])
        won = np.array([float(one.numerator or 0) if _cases(one) else 0.0 for one in weeks])
        # Of a share counted on two days more may come out in a week than went in.
        return Weekly(won, cases, days, binomial=bool((won <= cases).all()))
    workdays = [float(desk.calendar.business_days(one.period)) for one in weeks]
    return Weekly(np.array([float(one.value or 0) for one in weeks]), np.array(workdays), days)


def _cases(one: MetricResult) -> float:
    return 0.0 if (one.open_share or 0.0) > _MOST_OPEN else float(one.denominator or 0)


def _shift(one: Excursion, weeks: list[MetricResult]) -> Shift:
    def day(week: int) -> MetricResult:
        return weeks[min(week, len(weeks) - 1)]

    return Shift(
        since=day(one.start).period.start,
        noticed=day(one.noticed).period.start,
        until=None if one.end is None else day(one.end).period.start,
        up=one.up,
        ratio=None if np.isnan(one.ratio) else one.ratio,
    )


def lasting(found: Sequence[Shift]) -> Shift | None:
    """The latest one that is not over."""
    return next((one for one in reversed(found) if one.until is None), None)


def shift_text(shift: Shift, lang: Language) -> str:
    """Since the week of 9 November: 72 % of what was due."""
    key = "shift_up" if shift.up else "shift_down"
    key += "" if shift.until is None else "_over"
    until = "" if shift.until is None else day_label(shift.until, lang)
    return say(key, lang, since=day_label(shift.since, lang), until=until, share=percent(shift.ratio))
