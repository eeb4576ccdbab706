"""How near each way of telling a young cohort's rate comes to the truth, in worlds whose truth is known.

200 cases a month, horizon 180 days, target: what began in the last 90 days. Beside each figure stands the
published one of the study it repeats, and whether the two agree within the error of both simulations.

| way | what it is                                                      |
|-----|-----------------------------------------------------------------|
| A   | won so far ÷ created                                            |
| B   | won in the last 90 days ÷ created in the last 90 days           |
| D   | won within 180 days ÷ created, of those created 180 to 270 days ago |
| E   | 1 − Kaplan–Meier, as if lost cases stayed open                  |
| F   | Aalen–Johansen of the past year                                 |
| N   | nowcast, completed by F                                         |
| P   | Aalen–Johansen of what happened in the last 90 days             |
| M   | nowcast, completed by P                                         |
| S   | N, or M where a shift is flagged: what Hakari shows             |

Bias is against the rate of cases created from now on: after a fall, the lower one. Coverage is that of the
truth for D, F and P, and that of the cohort's own finished rate for the predictive bands of N, M and S.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import sqrt

import numpy as np

from benchmarks.nowcast_worlds import (
    FALL,
    FELL_LATELY,
    HAPPENINGS,
    HORIZON,
    TRUTH,
    Drawn,
    Happening,
    Law,
    calibrated_law,
    demo_law,
    drawn,
)
from benchmarks.tables import Cell, Table
from hakari.maths.aalen_johansen import one_minus_kaplan_meier
from hakari.maths.nowcast import Nowcast, mature_ratio, nowcast
from hakari.maths.shifts import RECENT_DAYS, ReferenceKind, early_warning, reference_of

SEEDS = 200
DRAWS = 300
WAYS = ("A", "B", "D", "E", "F", "N", "P", "M", "S")
_NO = (None,) * 5

# Relative bias in %, by world in the order of HAPPENINGS; None where nothing was published.
PUBLISHED_BIAS: dict[str, tuple[float | None, ...]] = {
    "A": (-54, -55, -68, -54, -44),
    "B": (4, -10, -33, 7, 35),
    "D": (0, 0, 0, 37, 37),
    "E": (33, 33, 33, 64, 81),
    "F": (0, 0, 0, 23, 36),
    "N": (0, 0, 1, 14, 31),
    "P": (0, 0, 1, 3, 31),
    "M": (0, 0, 1, 3, 29),
    "S": _NO,
}
PUBLISHED_RMSE: dict[str, tuple[float | None, ...]] = {
    "A": (0.114, None, None, None, None),
    "D": (0.016, None, None, None, None),
    "F": (0.009, None, None, None, None),
    "N": (0.014, None, 0.011, None, None),
    "P": (0.018, None, None, 0.017, None),
    "M": (0.019, None, None, 0.017, None),
}
# Where an estimator is unbiased, from and to; after a fall, the one figure given.
PUBLISHED_COVER: dict[str, tuple[float, float]] = {"D": (0.93, 0.96), "F": (0.94, 0.96), "P": (0.92, 0.96)}
AFTER_A_FALL = {"D": 0.06, "F": 0.01}
PUBLISHED_COVER_80 = (0.81, 0.93)
PUBLISHED_WARNINGS: dict[Happening, tuple[float, float]] = {
    Happening("nothing changed"): (0.04, 0.06),
    Happening("nothing changed", monthly=600): (0.04, 0.06),
    Happening("fell 2 mo ago", wins=FALL, fell_days_ago=FELL_LATELY): (0.41, 0.41),
    Happening("fell 2 mo ago", wins=FALL, fell_days_ago=FELL_LATELY, monthly=600): (0.81, 0.81),
}
# A law of other waits repeats what does not depend on waits: that aligned ways are right where rates hold
# still, and that the ratio of old cohorts keeps to the old rate after a fall.
OF_ANY_LAW = ("D", "F", "N", "P", "M")
OF_ANY_LAW_AFTER_A_FALL = ("D",)
_STANDARD_ERRORS = 3.0


@dataclass(slots=True)
class Found:
    """What one way said in all seeds of one world, beside what was so."""

    values: list[float] = field(default_factory=list)
    finished: list[float] = field(default_factory=list)
    holds: list[bool] = field(default_factory=list)
    holds_80: list[bool] = field(default_factory=list)
    unknown: int = 0

    def bias(self, truth: float) -> tuple[float, float]:
        """In % of the truth, and its standard error."""
        values = np.asarray(self.values)
        return 100 * (values.mean() / truth - 1), 100 * values.std(ddof=1) / truth / sqrt(values.size)

    def rmse(self, truth: float) -> float:
        return float(np.sqrt(np.mean((np.asarray(self.values) - truth) ** 2)))

    def own_bias(self) -> float:
        """In % of what the cohort came to in the end."""
        return 100 * float(np.mean(self.values) / np.mean(self.finished) - 1)


def run(seeds: int = SEEDS) -> Table:
    started, cpu = time.perf_counter(), time.process_time()
    table = Table(
        f"Nowcast study: {seeds} seeds a world, 200 cases a month, true {HORIZON}-day rate {TRUTH}",
        "",
        (
            "bias %", "±", "published", "of own cohort %", "RMSE", "published RMSE",
            "covers 95 %", "published 95 %", "covers 80 %", "unknown", "agrees",
        ),
    )  # fmt: skip
    flags = []
    for law in (calibrated_law(), demo_law()):
        for place, happening in enumerate(HAPPENINGS):
            ways, flagged = _world(law, happening, seeds)
            flags.append(f"{law.name}, {happening.name}: {flagged:.0%}")
            for way in WAYS:
                table.add(f"{law.name} · {happening.name} · {way}", *_line(law, place, way, ways[way]))
    said = [line[-1] for line in table.lines.values()]
    table.says = (
        f"{said.count('yes')} of {said.count('yes') + said.count('NO')} lines agree with what was published. "
        f"{time.perf_counter() - started:.0f} s, {time.process_time() - cpu:.0f} s CPU.\n"
        f"Shift flagged — {'; '.join(flags)}.\n"
        f"Fall warned of, at equal ages — {'; '.join(_warnings(seeds))}."
    )
    return table


def _warnings(seeds: int) -> Iterator[str]:
    """How often the last two months are said to have fallen, beside the ten months before them."""
    law = calibrated_law()
    for happening, published in PUBLISHED_WARNINGS.items():
        warned = 0
        for seed in range(seeds):
            year = drawn(law, happening, seed).year
            new = year.since < FELL_LATELY
            warned += early_warning(year.where(new), year.where(~new).cohort(), HORIZON).fell
        share = warned / seeds
        agrees = (
            "agrees" if _near(share, *published, 0.005, _cover_error(published, seeds)) else "DOES NOT AGREE"
        )
        old = "–".join(f"{one:.0%}" for one in sorted(set(published)))
        yield f"{happening.name}, {happening.monthly} a month: {share:.0%} (published {old}, {agrees})"


def _world(law: Law, happening: Happening, seeds: int) -> tuple[dict[str, Found], float]:
    ways = {way: Found() for way in WAYS}
    truth = law.rate() * happening.wins
    flagged = 0
    for seed in range(seeds):
        company = drawn(law, happening, seed)
        flagged += _company(company, ways, truth)
    return ways, flagged / seeds


def _company(company: Drawn, ways: dict[str, Found], truth: float) -> bool:
    """Adds what each way says of one company; whether a shift was flagged."""
    seen, target, cohort = company.seen, company.target, company.target.cohort()
    reference = reference_of(company.year, HORIZON)
    whole, recent = reference.whole, reference.recent
    window = seen.where((seen.since >= HORIZON) & (seen.since < HORIZON + RECENT_DAYS))
    won_lately = (seen.cause == 1) & (seen.since - seen.age < RECENT_DAYS)
    _plain(ways["A"], cohort.exits(within=HORIZON) / cohort.n, company)
    _plain(ways["B"], float(won_lately.sum()) / target.since.size, company)
    _plain(ways["E"], float(one_minus_kaplan_meier(company.year.cohort()).share(HORIZON)), company)
    for way, said in (
        ("D", mature_ratio(window.cohort(), HORIZON)),
        ("F", whole.at(HORIZON)),
        ("P", recent.at(HORIZON)),
    ):
        if said.value is None:
            ways[way].unknown += 1
            continue
        _plain(ways[way], said.value, company)
        ways[way].holds.append(said.interval.contains(truth))
    by_whole = nowcast(cohort, whole, HORIZON, draws=DRAWS)
    by_recent = nowcast(cohort, recent, HORIZON, draws=DRAWS)
    shown = by_recent if reference.kind is ReferenceKind.RECENT else by_whole
    for way, projected in (("N", by_whole), ("M", by_recent), ("S", shown)):
        _projected(ways[way], projected, company)
    return reference.kind is ReferenceKind.RECENT


def _plain(found: Found, value: float, company: Drawn) -> None:
    found.values.append(value)
    found.finished.append(company.finished)


def _projected(found: Found, said: Nowcast, company: Drawn) -> None:
    if said.value is None:
        found.unknown += 1
        return
    _plain(found, said.value, company)
    of_80, of_95 = said.bands
    found.holds.append(of_95.contains(company.finished))
    found.holds_80.append(of_80.contains(company.finished))


def _line(law: Law, place: int, way: str, found: Found) -> tuple[Cell, ...]:
    happening = HAPPENINGS[place]
    truth, compared = law.rate() * happening.wins, _repeats(law, way, happening)
    bias, error = found.bias(truth)
    rmse, seeds = found.rmse(truth), len(found.values)
    old_bias = PUBLISHED_BIAS[way][place] if compared else None
    old_rmse = PUBLISHED_RMSE.get(way, _NO)[place] if compared else None
    cover = _share(found.holds)
    old_cover = _published_cover(way, happening) if compared else None
    agrees = [
        old_bias is None or _near(bias, old_bias, old_bias, 0.5, error),
        old_rmse is None or _near(rmse, old_rmse, old_rmse, 0.0005, rmse / sqrt(2 * seeds)),
        old_cover is None or cover is None or _near(cover, *old_cover, 0.005, _cover_error(old_cover, seeds)),
    ]
    old_80 = PUBLISHED_COVER_80 if found.holds_80 and way == "N" and not happening.fell_days_ago else None
    cover_80 = _share(found.holds_80)
    if old_80 and cover_80 is not None:
        agrees.append(_near(cover_80, *old_80, 0.005, _cover_error(old_80, seeds)))
    verdict = "—" if old_bias is None else "yes" if all(agrees) else "NO"
    old_95 = None if old_cover is None else "–".join(f"{one:.2f}" for one in sorted(set(old_cover)))
    return (
        f"{bias:+.1f}", f"{error:.1f}", None if old_bias is None else f"{old_bias:+.0f}",
        f"{found.own_bias():+.1f}", f"{rmse:.4f}", None if old_rmse is None else f"{old_rmse:.3f}",
        _two(cover), old_95, _two(cover_80), found.unknown, verdict,
    )  # fmt: skip


def _repeats(law: Law, way: str, happening: Happening) -> bool:
    still = OF_ANY_LAW_AFTER_A_FALL if happening.fell_days_ago else OF_ANY_LAW
    return law.name == "calibrated" or way in still


def _published_cover(way: str, happening: Happening) -> tuple[float, float] | None:
    if not happening.fell_days_ago:
        return PUBLISHED_COVER.get(way)
    after = AFTER_A_FALL.get(way) if happening.fell_days_ago > RECENT_DAYS else None
    return None if after is None else (after, after)


def _near(value: float, low: float, high: float, rounding: float, error: float) -> bool:
    """Within three standard errors of the difference of two simulations of one size, beyond the rounding."""
    slack = rounding + _STANDARD_ERRORS * sqrt(2) * error
    return low - slack <= value <= high + slack


def _cover_error(published: tuple[float, float], seeds: int) -> float:
    middle = sum(published) / 2
    return sqrt(middle * (1 - middle) / seeds)


def _share(holds: list[bool]) -> float | None:
    return float(np.mean(holds)) if holds else None


def _two(share: float | None) -> str | None:
    return None if share is None else f"{share:.3f}"
