"""Which goal is worked back: of which figure, until when, what is there already, and when orders count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hakari.errors import ParameterNotUnderstoodError
from hakari.metrics.definitions import Aggregate, Measure
from hakari.metrics.naming import measures_named
from hakari.planning.desk import Desk, day_after
from hakari.planning.reverse_given import Given, before, read_number
from hakari.planning.reverse_plan import Goal
from hakari.planning.scorecard import Scope
from hakari.planning.targets import TargetBook
from hakari.units.period import Grain, Period

REVENUE = "kgi_annual_revenue"
ORDERED = "win_amount"
KGIS = ("win_amount", "win_deals", "kgi_new_customers", "gross_profit", REVENUE)
CHANCES = (50.0, 80.0, 90.0)
DEFAULT_CHANCE = 0.8


@dataclass(frozen=True, slots=True)
class PlanAsked:
    """What a person asks of a plan, as it was written; empty means: as it is."""

    goal: str = ""
    kgi: str = ""
    by: str = ""
    chance: str = ""
    sets: Mapping[str, str] = field(default_factory=dict)

    def as_parameters(self) -> dict[str, str]:
        """The same as a URL carries it, what was left empty left out."""
        own = {"goal": self.goal, "kgi": self.kgi, "by": self.by, "chance": self.chance}
        return {key: value for key, value in {**own, **self.sets}.items() if value}


def read_chance(text: str) -> float | None:
    """80 is P80; "mean" plans by averages alone."""
    if text in ("mean", "none"):
        return None
    if not text:
        return DEFAULT_CHANCE
    found = read_number("chance", text.upper().removeprefix("P"))
    found = found / 100 if found > 1 else found
    if not 0 < found < 0.995:
        raise ParameterNotUnderstoodError(f"chance={text} is no chance", "write 50, 80 or 90, or mean")
    return found


def read_day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ParameterNotUnderstoodError(f"{name}={text} is no day", f"write {name}=2027-03-31") from None


@dataclass(frozen=True, slots=True)
class GoalSource:
    """The goal's own measure, and the aggregate over deals that its orders are counted by."""

    measure: Measure
    ordered: Measure
    of: Aggregate


def goal_source(desk: Desk, asked: str) -> GoalSource:
    """Refuses a measure that is not won by deals: nothing can be worked back from it."""
    measure = measures_named(desk.catalogue, asked)[0]
    ordered = measure
    if measure.kpi == REVENUE:
        ordered = measures_named(desk.catalogue, ORDERED)[0]
    of = ordered.of
    wins = of is not None and of.population.table == "deal" and of.how in ("count", "sum", "distinct")
    if of is None or not wins or not any(_is_won(one.text()) for one in of.population.where):
        raise ParameterNotUnderstoodError(
            f"{asked} is not reached by winning deals, so it cannot be worked back",
            f"ask for one of {', '.join(KGIS)}",
        )
    return GoalSource(measure, ordered, of)


def _is_won(text: str) -> bool:
    return text == "status = 'won'"


def goal_of(
    desk: Desk, book: TargetBook, scope: Scope, asked: PlanAsked, source: GoalSource, given: Given
) -> Goal:
    """The goal asked for, else the target of the period; refused where there is neither."""
    measure = source.measure
    period = _period(desk, book, scope, asked, measure)
    target = None if scope.filters else book.find(measure.id, period, adds_up=True, team=scope.team)
    if not asked.goal and target is None:
        raise ParameterNotUnderstoodError(
            f"{measure.id} has no target for {period.iso}",
            "say what is to be reached, goal=1e9, and until when, by=2027-03-31; or enter a target",
        )
    value = read_number("goal", asked.goal) if asked.goal else target.value if target is not None else 0.0
    last, first = before(period.last_day, given.delivery), before(period.start, given.delivery)
    return Goal(
        measure.id,
        measure.ja if scope.lang == "ja" else measure.en,
        measure.unit,
        value,
        _so_far(desk, scope, source.ordered, Period(first, max(first, day_after(last)))),
        period,
        first,
        last,
        (period.last_day - last).days,
    )


def _period(desk: Desk, book: TargetBook, scope: Scope, asked: PlanAsked, measure: Measure) -> Period:
    """From the start of the fiscal year to `by`; else the longest running one that has a target."""
    calendar = desk.calendar
    if asked.by:
        last = read_day("by", asked.by)
        return Period(calendar.period_of(last, Grain.YEAR).start, last + timedelta(days=1))
    if scope.period.text != "" and scope.period != calendar.period_of(scope.today, Grain.QUARTER):
        return scope.period
    for grain in (Grain.YEAR, Grain.HALF, Grain.QUARTER):
        period = calendar.period_of(scope.today, grain)
        if asked.goal or book.find(measure.id, period, adds_up=True, team=scope.team) is not None:
            return period
    return scope.period


def _so_far(desk: Desk, scope: Scope, ordered: Measure, window: Period) -> float:
    """What the orders that count have brought by now; 0 while the window has not begun."""
    past = window.clip_to(day_after(scope.today))
    if past.is_empty or past.start > scope.today:
        return 0.0
    found = desk.one(replace(scope, basis=None), ordered.id, past)
    return found.value or 0.0 if found is not None else 0.0
