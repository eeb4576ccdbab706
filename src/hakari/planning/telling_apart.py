"""Who of a team can be told apart by a rate, and who cannot: no ranks, groups within which chance rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hakari.maths.team_rates import team_rates
from hakari.metrics.definitions import Measure
from hakari.metrics.result import MetricResult
from hakari.planning.kpi_rows import UNRIPE
from hakari.planning.shown import projection_of

LEAST_CASES = 3  # somebody with fewer says nothing about the team


@dataclass(frozen=True, slots=True)
class Likely:
    """A member's rate drawn towards the team's as far as few cases demand, with its 90 % interval.

    `apart` says that it lies above or below the team's with a probability of at least 95 %.
    """

    value: float
    low: float
    high: float
    apart: bool


@dataclass(frozen=True, slots=True)
class Apart:
    """`groups` hold names: within one nobody can be told apart. Who is in the middle may be in two."""

    likely: dict[str, Likely]
    groups: tuple[tuple[str, ...], ...]

    @property
    def all_alike(self) -> bool:
        return len(self.groups) <= 1


def told_apart(measure: Measure, key: str, rows: Sequence[MetricResult]) -> Apart | None:
    """None of what is no rate, of one member alone, and of cohorts too young to be set side by side."""
    if measure.kind not in ("rate", "conversion"):
        return None
    members = [one for one in rows if one.slice.get(key) and _counts(one)]
    if len(members) < 2 or any(_is_young(one) for one in members):
        return None
    found = team_rates([one.numerator or 0 for one in members], [one.denominator or 0 for one in members])
    names = [str(one.slice[key]) for one in members]
    likely = {
        name: Likely(one.mean, one.low, one.high, one.differs)
        for name, one in zip(names, found.members, strict=True)
    }
    return Apart(likely, tuple(tuple(sorted(names[place] for place in group)) for group in found.groups))


def _counts(one: MetricResult) -> bool:
    """A part of its whole, and enough of it."""
    return (one.denominator or 0) >= LEAST_CASES and (one.numerator or 0) <= (one.denominator or 0)


def _is_young(one: MetricResult) -> bool:
    """One with more open cases looks worse than it is."""
    return projection_of(one) is not None and (one.open_share or 0) > UNRIPE
