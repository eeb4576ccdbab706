"""Has a weekly figure shifted, or is it season, holidays and chance? Two-sided CUSUM against what was due.

What is due in week w is μ_w = exposure_w · exp(level + season + growth), fitted by quasi-Poisson on the weeks
before the ones watched; exposure is the week's business days, or of a rate the cases it divides by. With at
least a year and a half behind it the season is one yearly harmonic, and growth is part of it where it is
beyond chance; levels that changed long ago are part of it too. Deviations are counted in z = (x − μ) / √(φμ),
φ the overdispersion, and summed up beyond an allowance: S⁺ = max(0, S⁺ + z − k). The sum passes h by chance
about every nine years (k = 0.5, h = 5), and a fall by 30 % passes it within weeks. Sources: Page 1954;
Siegmund 1985 for `threshold`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq

Floats = npt.NDArray[np.float64]

ALLOWANCE, LIMIT = 0.5, 5.0
WATCHED = 26  # the latest weeks, which what is due is not fitted on
LEAST_WEEKS = 26  # before them
SEASON_WEEKS = 78
YEAR = 365.25
# The largest score over all weeks passes this by chance in about one of 300 series.
_STEP_SCORE = 16.0
_TREND_SCORE = 9.0
# The best of some hundred weeks fits better than one straight line, also where the line is the truth.
_STEP_ADVANTAGE = 6.0
_MOST_STEPS, _STEP_MARGIN = 4, 8
_LATE = 1e-9


@dataclass(frozen=True, slots=True)
class Weekly:
    """One series: `values` and `exposure` (business days, or cases) of whole weeks, `days` their first days.

    Of a `binomial` series the values are successes among `exposure` trials. Weeks without any say nothing.
    """

    values: Floats
    exposure: Floats
    days: Floats
    binomial: bool = False

    def known(self) -> npt.NDArray[np.bool_]:
        return self.exposure > 0


@dataclass(frozen=True, slots=True)
class Excursion:
    """A run of the sum above zero that passed the limit: from week `start`, noticed in `noticed`.

    `end` is the first week after it, None while it lasts; `ratio` is actual over due in between.
    """

    start: int
    noticed: int
    end: int | None
    up: bool
    ratio: float


@dataclass(frozen=True, slots=True)
class Watch:
    """What was due in every week (nan where nothing can be said), and where the figure left it."""

    due: Floats
    z: Floats
    excursions: tuple[Excursion, ...]
    dispersion: float
    seasonal: bool
    grows: bool
    steps: tuple[int, ...]

    @property
    def lasting(self) -> Excursion | None:
        """The latest shift that is not over."""
        return next((one for one in reversed(self.excursions) if one.end is None), None)


def watch(
    series: Weekly, *, watched: int = WATCHED, allowance: float = ALLOWANCE, limit: float = LIMIT
) -> Watch | None:
    """None where fewer than LEAST_WEEKS weeks with cases come before the watched ones."""
    size = series.values.size
    known = series.known()
    fitted = known & (np.arange(size) < size - watched)
    if int(fitted.sum()) < LEAST_WEEKS or series.values[fitted].sum() <= 0:
        return None
    span = series.days[fitted].max() - series.days[fitted].min()
    seasonal = bool(span >= SEASON_WEEKS * 7)
    columns, grows, steps = _history(series, fitted, seasonal)
    fit = _fit(series, columns, fitted)
    z = np.where(known, (series.values - fit.due) / np.sqrt(fit.dispersion * fit.spread), np.nan)
    return Watch(
        due=np.where(known, fit.due, np.nan),
        z=z,
        excursions=excursions(series.values, fit.due, z, size - watched, allowance, limit),
        dispersion=fit.dispersion,
        seasonal=seasonal,
        grows=grows,
        steps=steps,
    )


def _history(
    series: Weekly, fitted: npt.NDArray[np.bool_], seasonal: bool
) -> tuple[Floats, bool, tuple[int, ...]]:
    """What the past was made of: level and season, growth, and levels that changed; one after the other."""
    angle = 2 * np.pi * series.days / YEAR
    season = [np.cos(angle), np.sin(angle)] if seasonal else []
    columns = np.column_stack([np.ones(series.days.size), *season])
    growth = (series.days - series.days.mean()) / YEAR
    grows, steps = False, list[int]()
    while len(steps) < _MOST_STEPS:
        fit = _fit(series, columns, fitted)
        at, score = _step(series, columns, fit, fitted)
        tilt = 0.0 if grows or not seasonal else _score(series, columns, fit, fitted, growth)
        if tilt >= max(_TREND_SCORE, score - _STEP_ADVANTAGE):
            grows, added = True, growth
        elif score >= _STEP_SCORE:
            steps.append(at)
            added = (np.arange(series.days.size) >= at).astype(np.float64)
        else:
            break
        columns = np.column_stack([columns, added])
    return columns, grows, tuple(sorted(steps))


@dataclass(frozen=True, slots=True)
class _Fit:
    due: Floats
    spread: Floats  # the variance of a week that is not overdispersed
    dispersion: float


def _fit(series: Weekly, columns: Floats, fitted: npt.NDArray[np.bool_]) -> _Fit:
    """Iteratively reweighted least squares: log link for counts, logit for shares."""
    x, exposure, rows = series.values[fitted], series.exposure[fitted], columns[fitted]
    share = x.sum() / exposure.sum()
    share = min(max(share, _LATE), 1 - _LATE) if series.binomial else max(share, _LATE)
    beta = np.zeros(rows.shape[1])
    beta[0] = np.log(share / (1 - share)) if series.binomial else np.log(share)
    for _ in range(25):
        due, spread = _due(rows @ beta, exposure, series.binomial)
        spread = np.maximum(spread, _LATE)
        information = rows.T @ (spread[:, None] * rows)
        change = np.linalg.lstsq(information, rows.T @ (x - due), rcond=None)[0]
        beta = beta + np.clip(change, -2.0, 2.0)
        if np.abs(change).max() < 1e-8:
            break
    due, spread = _due(rows @ beta, exposure, series.binomial)
    free = max(int(fitted.sum()) - rows.shape[1], 1)
    dispersion = float(((x - due) ** 2 / np.maximum(spread, _LATE)).sum() / free)
    everywhere = _due(columns @ beta, np.maximum(series.exposure, 0.0), series.binomial)
    return _Fit(everywhere[0], np.maximum(everywhere[1], _LATE), max(1.0, dispersion))


def _due(linear: Floats, exposure: Floats, binomial: bool) -> tuple[Floats, Floats]:
    if binomial:
        share = 1 / (1 + np.exp(-np.clip(linear, -30, 30)))
        return exposure * share, exposure * share * (1 - share)
    due = exposure * np.exp(np.clip(linear, -30, 30))
    return due, due


def _score(series: Weekly, columns: Floats, fit: _Fit, fitted: npt.NDArray[np.bool_], added: Floats) -> float:
    """Chi-squared of one more column, told without fitting it."""
    rows, spread, one = columns[fitted], fit.spread[fitted], added[fitted]
    across = rows.T @ (spread * one)
    variance = float(spread @ one**2 - across @ np.linalg.pinv(rows.T @ (spread[:, None] * rows)) @ across)
    more = float(one @ (series.values[fitted] - fit.due[fitted]))
    return more**2 / (fit.dispersion * variance) if variance > _LATE else 0.0


def _step(series: Weekly, columns: Floats, fit: _Fit, fitted: npt.NDArray[np.bool_]) -> tuple[int, float]:
    """The week from which another level would fit best, and the score of it: all weeks at once."""
    weeks = np.flatnonzero(fitted)
    rows, spread = columns[weeks], fit.spread[weeks]
    late = np.cumsum((series.values[weeks] - fit.due[weeks])[::-1])[::-1]
    weighted = rows * spread[:, None]
    across = np.cumsum(weighted[::-1], axis=0)[::-1]
    own = np.cumsum(spread[::-1])[::-1]
    inverse = np.linalg.pinv(rows.T @ weighted)
    variance = own - np.einsum("ij,jk,ik->i", across, inverse, across)
    able = variance > 1e-6 * own
    score = np.where(able, late**2 / (fit.dispersion * np.maximum(variance, _LATE)), 0.0)
    inside = slice(_STEP_MARGIN, weeks.size - _STEP_MARGIN)
    if score[inside].size == 0:
        return 0, 0.0
    best = int(score[inside].argmax())
    return int(weeks[inside][best]), float(score[inside][best])


def excursions(
    values: Floats, due: Floats, z: Floats, first: int, allowance: float, limit: float
) -> tuple[Excursion, ...]:
    """Both sums from week `first` on; a week of which nothing is known leaves them as they are."""
    found = [
        Excursion(start, noticed, end, up, _ratio(values, due, z, start, end))
        for up in (True, False)
        for start, noticed, end in _runs(z if up else -z, first, allowance, limit)
    ]
    return tuple(sorted(found, key=lambda one: (one.noticed, one.start)))


def _runs(z: Floats, first: int, allowance: float, limit: float) -> list[tuple[int, int, int | None]]:
    """A run that was noticed is over when the sum is zero, or as far below its top as the limit is high.

    What passed a limit by far would take years to come down to zero; it was over the week after its top.
    """
    runs: list[tuple[int, int, int | None]] = []
    total, start, noticed, top, peak = 0.0, first, -1, 0.0, first
    for week in range(first, z.size):
        if np.isnan(z[week]):
            continue
        if total == 0.0:
            start, top = week, 0.0
        total = max(0.0, total + float(z[week]) - allowance)
        if total > top:
            top, peak = total, week
        if total > limit and noticed < 0:
            noticed = week
        if noticed >= 0 and (total == 0.0 or total < top - limit):
            runs.append((start, noticed, peak + 1))
            total, noticed = 0.0, -1
    return runs if noticed < 0 else [*runs, (start, noticed, None)]


def _ratio(values: Floats, due: Floats, z: Floats, start: int, end: int | None) -> float:
    weeks = slice(start, end)
    told = ~np.isnan(z[weeks])
    expected = float(due[weeks][told].sum())
    return float(values[weeks][told].sum()) / expected if expected > 0 else float("nan")


def false_alarms(limit: float, allowance: float = ALLOWANCE) -> float:
    """How often a year both sums together pass the limit by chance, by Siegmund's approximation."""
    wide = 2 * allowance * (limit + 1.166)
    length = (exp(wide) - wide - 1) / (2 * allowance**2)
    return 2 * 52 / length


def threshold(series: int, alarms_a_year: float = 0.5, allowance: float = ALLOWANCE) -> float:
    """The limit with which so many series watched together give so many false alarms; never below LIMIT."""
    wanted = alarms_a_year / max(series, 1)
    if wanted >= false_alarms(LIMIT, allowance):
        return LIMIT
    return float(brentq(lambda limit: false_alarms(limit, allowance) - wanted, LIMIT, 60.0))
