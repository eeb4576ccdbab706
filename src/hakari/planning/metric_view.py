"""What lies behind one figure: its records, its breakdown, its definition and its arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from hakari.maths.display_rules import Verdict
from hakari.maths.intervals import Interval
from hakari.planning.scorecard import Freshness, KpiRow, Scope, Shift
from hakari.planning.telling_apart import Likely

CellValue = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class RecordColumn:
    """One column of a record table.

    `kind` says how a value is written: text, count, jpy, number, date, instant or flag.
    """

    key: str
    name: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class RecordTable:
    """One page of the rows a figure counts. `total` counts all of them, and equals the k or n printed."""

    side: str  # numerator | denominator
    name: str  # the population, in the reader's language
    columns: tuple[RecordColumn, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    total: int
    page: int  # from 1
    page_size: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.page_size))


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """The same figure for one value of the dimension; `slug` is that value as a filter in the URL."""

    name: str
    slug: str
    value: float | None
    numerator: float | None
    denominator: float | None
    n: int
    interval: Interval
    comparison: float | None
    verdict: Verdict
    likely: Likely | None = None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """`choices` are all dimensions this figure can be split by, as (parameter, name).

    `groups` name rows that cannot be told apart; there are none where that is no question.
    """

    by: str
    choices: tuple[tuple[str, str], ...]
    rows: tuple[BreakdownRow, ...]
    total: BreakdownRow  # recomputed from sums, never a mean of the rows
    groups: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class DefinitionView:
    """What the figure means; texts are in the reader's language, the two names in both."""

    name_ja: str
    name_en: str
    words: str
    formula: str
    numerator: str
    denominator: str  # "" where the figure divides by nothing
    bases: tuple[str, ...]  # the date bases it can be counted on, its own first
    source: str
    cautions: tuple[str, ...]
    version: str
    code: str = ""  # the file the definition is read from, as text


@dataclass(frozen=True, slots=True)
class ArithmeticLine:
    """One step of the arithmetic with today's figures: "265 ÷ 1,864" and what it gives."""

    text: str
    result: str


@dataclass(frozen=True, slots=True)
class TrendFlag:
    """Something to know at a day of the trend; `kind` is shift, initiative or definition."""

    day: date
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class MetricView:
    """Everything the page of one figure shows.

    Of the four doors, only the asked one need be filled: records may be (), breakdown None, arithmetic ().
    """

    company: str
    demo: bool
    scope: Scope
    period_label: str
    teams: tuple[str, ...]
    sources: tuple[str, ...]
    figure: KpiRow  # the same object the scorecard draws, so both pages say the same
    date_basis: str
    undated: int | None
    records: tuple[RecordTable, ...]
    breakdown: Breakdown | None
    definition: DefinitionView
    arithmetic: tuple[ArithmeticLine, ...]
    explain: str  # the plan and the SQL, for those who audit
    freshness: Freshness
    slice: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    shifts: tuple[Shift, ...] = ()  # of the last half-year
    flags: tuple[TrendFlag, ...] = ()
