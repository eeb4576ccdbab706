"""What explains a gap, before anyone draws it: the KPI tree, one factor by segment, and what may help."""

from __future__ import annotations

from dataclasses import dataclass

from hakari.maths.driver_noise import Part
from hakari.units.period import Period


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of the goal: a rate, a price, or how many entered at the top.

    `stage` is what the factor leads to, `count` how many of these came, of `n` that it is divided by.
    `source` says where `base` is from: a target, the targets of counts (counts), the goal and all other
    targets (derived), or another period. A factor without a base of its own has no part: it is within the
    tree's `rest`.
    """

    key: str
    name: str
    formula: str  # in words: コネクト ÷ コール
    measure: str | None
    unit: str  # percent | count | jpy | value
    stage: str
    count: float
    count_base: float | None
    n: float | None
    value: float
    base: float | None
    source: str  # target | counts | derived | period | ""
    part: Part | None

    @property
    def difference(self) -> float | None:
        return None if self.base is None else self.value - self.base


@dataclass(frozen=True, slots=True)
class GapTree:
    """A goal as the product of its factors, the goal first in the order of the tree: price … calls.

    The parts of all factors and `rest` add up to `gap`, in the goal's unit. `rest` is what targets leave
    unsaid: factors without a target, and targets that multiplied do not give the goal's plan.
    """

    measure: str
    name: str
    unit: str
    actual: float
    base: float
    vs: str  # plan | prev | yoy
    period: Period
    compared: Period
    factors: tuple[Factor, ...]
    rest: Part | None
    rest_names: tuple[str, ...]
    bottleneck: str | None

    @property
    def gap(self) -> float:
        return self.actual - self.base

    @property
    def named(self) -> Factor | None:
        """The factor that is the bottleneck, where one is."""
        return None if self.bottleneck is None else self.factor(self.bottleneck)

    def factor(self, key: str) -> Factor | None:
        return next((one for one in self.factors if one.key == key), None)


@dataclass(frozen=True, slots=True)
class NoTree:
    """Why a gap cannot be split, as a phrase's key, and the `vs` that could be."""

    reason: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class SplitRow:
    """One segment of a factor, now and before, and its parts in the goal's unit.

    `slug` is the segment as a filter; "" where it is several, or none. Of how many entered there is no rate:
    `rate` is 0 and `mix` holds the change. `low` and `high` bound the rate's part.
    """

    name: str
    slug: str
    base: float
    base_before: float
    share: float
    share_before: float
    top: float
    value: float | None
    value_before: float | None
    value_low: float | None
    value_high: float | None
    rate: Part
    mix: Part

    @property
    def total(self) -> float:
        return self.rate.value + self.mix.value


@dataclass(frozen=True, slots=True)
class GapSplit:
    """One factor by the segments of a dimension; rates and mixes add up to `total`.

    `compared` is the period it is set against: a plan has no segments, so under a plan the previous one.
    """

    factor: str
    by: str
    by_name: str
    choices: tuple[tuple[str, str], ...]
    rows: tuple[SplitRow, ...]
    total: float
    rate: Part
    mix: Part
    vs: str
    compared: Period


@dataclass(frozen=True, slots=True)
class Evidence:
    """A measured difference of two shares of the records: `first` and `second` are (k, n)."""

    sentence: str
    first: tuple[float, float]
    second: tuple[float, float]
    first_name: str
    second_name: str
    difference: float
    low: float
    high: float

    @property
    def pale(self) -> bool:
        return self.low <= 0 <= self.high


@dataclass(frozen=True, slots=True)
class Remedy:
    """Where the articles say to look; without evidence, `words` say that the records hold none."""

    key: str
    name: str
    evidence: Evidence | None
    words: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Everything the page's two blocks show. Without a tree, `missing` says why."""

    tree: GapTree | None
    missing: NoTree | None
    split: GapSplit | None = None
    remedies: tuple[Remedy, ...] = ()
