"""The words of measuring: population, aggregate, measure, KPI, dimension."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from hakari.canonical.predicate import Where, where_text

BASES = ("event", "created", "close")
STAGES = ("acquire", "nurture_qualify", "win", "retain", "manage")
UNITS = ("percent", "count", "jpy", "days", "minutes", "hours", "value")
KINDS = (
    "count",
    "distinct",
    "sum",
    "mean",
    "rate",
    "ratio",
    "conversion",
    "quantile",
    "waiting",
    "coverage",
    "stock",
    "recency",
    "spread",
    "derived",
    "attainment",
    "gap",
    "attainers",
    "capacity",
    "forecast_error",
)
# Kinds that hold another measure against targets or forecasts.
AIMS = ("attainment", "gap", "attainers", "capacity", "forecast_error")


@dataclass(frozen=True, slots=True)
class Population:
    """A named set of rows of one canonical table, and the days on which each row counts.

    `dates` maps a date basis to a time field; the first is the default. `open` tells rows whose
    outcome is not known yet; `ended` names the days on which the others are known to have ended. A row
    that belongs to the population only from a later day on, as a deal with a proposal does, has it in
    `since`.
    """

    name: str
    table: str
    ja: str
    en: str
    where: Where
    dates: Mapping[str, tuple[str, ...]]
    open: Where | None = None
    ended: tuple[tuple[str, ...], ...] = ()
    since: tuple[str, ...] = ()

    def text(self) -> str:
        return f"{self.table}: {where_text(self.where)}"


@dataclass(frozen=True, slots=True)
class Aggregate:
    """What is taken from a population's rows: count, or the sum, mean or distinct values of a field."""

    population: Population
    how: str = "count"  # count | sum | mean | distinct | span | last
    path: tuple[str, ...] = ()
    until: tuple[str, ...] = ()  # with `span`: the days or minutes from path to until

    def text(self) -> str:
        name = ".".join(self.path)
        what = {
            "count": "count(*)",
            "sum": f"sum({name})",
            "mean": f"mean({name})",
            "distinct": f"count(distinct {name})",
            "span": f"{name} → {'.'.join(self.until)}" if self.until else name,
            "last": f"days since {name}",
        }[self.how]
        return f"{what} of {self.population.name}"


@dataclass(frozen=True, slots=True)
class Against:
    """Which measure is held against its targets, and whose: one's own, or those of the people below."""

    measure: str
    who: str = "own"  # own | people
    ramp_days: int = 0  # capacity: how long newcomers take where nobody wrote it down


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a KPI. `bases` are the date bases it may be asked on, its own first."""

    id: str
    key: str
    kpi: str
    kind: str
    ja: str
    en: str
    words_ja: str
    words_en: str
    unit: str
    better: str
    bases: tuple[str, ...]
    of: Aggregate | None = None
    numerator: Aggregate | None = None
    denominator: Aggregate | None = None
    listed: Population | None = None  # coverage: the frozen list
    entity: tuple[str, ...] = ()
    alive: tuple[tuple[str, ...], tuple[str, ...]] | None = None  # stock: from, to
    last_day: bool = False  # the day it is alive to is its last one, as of a contract that ends on it
    held: bool = False  # coverage: by rows up to the end of the period, whenever they came
    against: Against | None = None
    quantile: float = 0.5
    within: int | None = None  # waiting: the share answered in so many minutes
    clock: str = "wall"  # waiting: wall, or office, which stops at night and on days off
    formula: str = ""
    needs_beginning: bool = False  # what was there at the start is part of it: all time has no start
    horizon_days: int | None = None
    exit: tuple[str, ...] = ()
    window_months: int | None = None
    aliases: tuple[str, ...] = ()
    caution_ja: str = ""
    caution_en: str = ""

    def parts(self) -> tuple[Aggregate, ...]:
        """The aggregates the figure is made of, numerator first."""
        return tuple(part for part in (self.of, self.numerator, self.denominator) if part is not None)


@dataclass(frozen=True, slots=True)
class Example:
    """A few rows, a period and the answer a person gets by counting."""

    kpi: str
    measure: str
    period: str
    expect: str
    why: str
    rows: Mapping[str, list[dict[str, object]]]
    today: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Kpi:
    """One row of the catalogue; its measures share a name, a place and a source."""

    id: str
    ja: str
    en: str
    stage: str
    tactic: str
    department: str
    source: str
    version: str  # a digest of the file and of what its populations count
    measures: tuple[Measure, ...]
    examples: tuple[Example, ...] = field(default=())
    text: str = ""  # the file as written
    file: str = ""
    own: bool = False  # the company's, not Hakari's
    holds_from: date | None = None  # of a changed definition; None: from the day it was first seen


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something a KPI can be broken down by; a table is reached through the first path that exists on it."""

    name: str
    ja: str
    en: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that can be measured."""

    populations: Mapping[str, Population]
    kpis: Mapping[str, Kpi]
    measures: Mapping[str, Measure]
    dimensions: Mapping[str, Dimension]
    names: Mapping[str, tuple[str, ...]]  # folded name or alias → measure ids
