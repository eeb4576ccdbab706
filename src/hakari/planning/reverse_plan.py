"""What a goal worked back says, before anyone draws it: the same for page, terminal and spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from hakari.units.period import Period


class Origin(StrEnum):
    """Where a figure comes from; what nobody knows is said to be unknown and left out of the reckoning."""

    OBSERVED = "observed"
    GIVEN = "given"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """Reached already; on course at today's pace; needs more; possible, but not with the chance asked for;
    out of reach; or not to be told."""

    REACHED = "reached"
    ON_COURSE = "on_course"
    NEEDS = "needs"
    UNSURE = "unsure"
    SHORT = "short"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached in `period`; orders count from `ordered_from` and until `order_by`.

    Where the goal is revenue, an order counts when it is delivered: `delivery_days` after it was placed.
    """

    measure: str
    name: str
    unit: str
    value: float
    so_far: float
    period: Period
    ordered_from: date
    order_by: date
    delivery_days: int = 0


@dataclass(frozen=True, slots=True)
class Assumption:
    """One figure the plan stands on. Of an observed one `low` and `high` are its 95 % interval."""

    key: str
    unit: str
    value: float | None
    origin: Origin
    n: int | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class StageLine:
    """How many cases must reach a stage, by bucket; `pace` is what today's pace
    brings over all of them.

    `half_by` is the last day from which half of what will ever be won is won in time, `last_useful` the last
    day from which a tenth is.
    """

    key: str
    total: float
    buckets: tuple[float, ...]
    pace: float | None
    under_way: int
    half_by: date | None
    last_useful: date | None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person's share of the efforts; `per_day` on the days of the first weeks, beside today's."""

    name: str
    months: int | None
    ramping: bool
    total: float
    per_day: float
    now_per_day: float | None
    most_per_day: float
    buckets: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class BindingLine:
    """What holds back what can be reached at most: one more `kind` would bring so much more of the goal."""

    kind: str
    worth: float


@dataclass(frozen=True, slots=True)
class LeverLine:
    """What the goal gains by the deadline when this reaches the team's own best quarter."""

    key: str
    unit: str
    now: float
    best: float
    gain: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where one course lands: its average, the 80 % interval, and the chance that the goal is reached."""

    value: float
    low: float | None
    high: float | None
    chance: float


@dataclass(frozen=True, slots=True)
class ReversePlan:
    """`efforts` are what the first stage of the chain needs in all, `per_day` in the first weeks.

    `at_pace` is where today's pace lands, `asked` the chance asked for, `planned` where the plan lands,
    `reach` the most that could be landed on average (None where nobody's capacity is known).
    `needed_win_rate` is what the win rate would have to be at today's pace, and may be above 1; `needed_reps`
    how many settled reps it would take with the chance asked for.
    """

    goal: Goal
    verdict: Verdict
    asked: float | None
    missing: tuple[str, ...]
    assumptions: tuple[Assumption, ...]
    buckets: tuple[Period, ...] = ()
    stages: tuple[StageLine, ...] = ()
    people: tuple[PersonLine, ...] = ()
    binding: tuple[BindingLine, ...] = ()
    levers: tuple[LeverLine, ...] = ()
    planned: Outlook | None = None
    at_pace: Outlook | None = None
    efforts: float = 0.0
    per_day: float = 0.0
    pace_efforts: float = 0.0
    under_way: float = 0.0
    under_way_at_once: float = 0.0
    anyway: float = 0.0
    short: float = 0.0
    reach: float | None = None
    needed_win_rate: float | None = None
    needed_orders: float | None = None
    needed_reps: int | None = None
    business_days: int = 0
    notices: tuple[str, ...] = field(default=())

    @property
    def remaining(self) -> float:
        """What the goal still lacks."""
        return max(0.0, self.goal.value - self.goal.so_far)

    def assumed(self) -> Mapping[str, Assumption]:
        return {one.key: one for one in self.assumptions}
