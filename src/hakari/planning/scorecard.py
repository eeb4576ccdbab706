"""What a scorecard says, before anyone draws it: the same for page, terminal, CSV and spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from hakari.maths.display_rules import Verdict
from hakari.maths.intervals import Interval
from hakari.metrics.result import Projected
from hakari.planning.gap_view import GapTree, NoTree
from hakari.units.display import MoneyUnit
from hakari.units.period import Period
from hakari.words import Language


@dataclass(frozen=True, slots=True)
class Scope:
    """Which scorecard is meant; every field is a parameter of the page's URL."""

    period: Period
    today: date
    team: str | None = None  # the team's name; None = the whole company
    vs: str = "plan"  # plan | prev | yoy | none
    basis: str | None = None  # event | created | close; None = each KPI's own
    lag: bool = True  # whether a cohort's rate is projected for its open cases
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # dimension → accepted names
    as_of: datetime | None = None
    lang: Language = "ja"
    unit: MoneyUnit = "million"
    masked: bool = False  # whether amounts are hidden, as for a shared screen


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One week of a trend; the running week is `partial` and drawn hollow."""

    label: str
    starts: date
    value: float | None
    n: int
    partial: bool


@dataclass(frozen=True, slots=True)
class Shift:
    """Since the week beginning on `since` a figure is above or below what was due; `until` None: it still is.

    `ratio` is what came over what was due; `noticed` the week in which chance no longer explained it.
    """

    since: date
    noticed: date
    until: date | None
    up: bool
    ratio: float | None


@dataclass(frozen=True, slots=True)
class KpiRow:
    """One KPI. `difference` is measured against `comparison`: the plan, the previous period or a year ago.

    Of a cohort with open cases `value` and `interval` are the projection's, and `counted` is numerator ÷
    denominator so far; of everything else `counted` is the value.
    """

    measure: str
    name: str
    population: str  # in words: numerator ÷ denominator, date basis
    unit: str  # percent | count | jpy | days | minutes | value
    better: str
    value: float | None
    comparison: float | None
    difference: float | None
    interval: Interval
    previous: float | None
    numerator: float | None
    denominator: float | None
    n: int
    open_share: float | None
    trend: tuple[TrendPoint, ...]
    verdict: Verdict
    note: str = ""  # why there is no figure, or a caution
    counted: float | None = None
    projection: Projected | None = None
    weekly_comparison: float | None = None  # what a single week may be set against: not a sum's target
    shift: Shift | None = None  # the latest one that lasts


@dataclass(frozen=True, slots=True)
class PacePoint:
    """One business day: cumulative actual (None after today) and cumulative plan (None without a plan)."""

    day: date
    actual: float | None
    plan: float | None


@dataclass(frozen=True, slots=True)
class CompositionPart:
    """One part of what the period may bring: won, or open deals due in it by forecast category."""

    key: str  # won | A | B | C | none
    count: int
    amount: float


@dataclass(frozen=True, slots=True)
class KgiBand:
    """The one goal of the scorecard: where it stands against the plan to date."""

    measure: str
    name: str
    unit: str
    value: float | None
    n: int
    plan_total: float | None
    plan_to_date: float | None
    difference: float | None
    year_ago: float | None  # the same elapsed business days a year earlier
    remaining: float | None
    pipeline_open: float | None
    pipeline_multiple: float | None
    business_days: tuple[int, int]  # elapsed, total
    pace: tuple[PacePoint, ...]
    composition: tuple[CompositionPart, ...]


@dataclass(frozen=True, slots=True)
class ReverseLine:
    """The shortfall worked back: orders, qualified meetings, and the last day to create them in time."""

    shortfall: float
    orders: int
    qualified: int | None
    lead_time_days: float | None
    create_by: date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One person's figure for one KPI; coloured only when the 99 % interval excludes the target."""

    measure: str
    value: float | None
    comparison: float | None
    numerator: float | None
    denominator: float | None
    n: int
    trend: tuple[TrendPoint, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class PersonRow:
    key: int | None  # of the person's record; None where there is none
    name: str
    role: str
    months: int | None  # since they joined; None when unknown
    ramping: bool
    cells: tuple[Cell, ...]
    question: str  # a question for the 1on1, never a grade


@dataclass(frozen=True, slots=True)
class Column:
    measure: str
    name: str
    unit: str
    better: str
    target: float | None


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """People of one role, in the order of their names: no ranking. `total` is recomputed from sums."""

    role: str
    columns: tuple[Column, ...]
    rows: tuple[PersonRow, ...]
    total: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Freshness:
    last_import: datetime | None
    change: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Everything the page shows. `headline` is a pair: the finding, and the line of small print under it."""

    company: str
    demo: bool
    scope: Scope
    period_label: str
    teams: tuple[str, ...]
    sources: tuple[str, ...]
    headline: str
    subline: str
    kgi: KgiBand | None
    reverse: ReverseLine | None
    kpis: tuple[KpiRow, ...]
    people: tuple[PeopleTable, ...]
    freshness: Freshness
    notices: tuple[str, ...]  # unknown parameters, an empty period moved to the latest with data, …
    gap: GapTree | NoTree | None = None  # the goal's gap split among its factors, or why it cannot be
