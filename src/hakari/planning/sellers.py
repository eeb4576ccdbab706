"""The people who sell: what each brought month by month, how newcomers came along, and how many left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlglot

from hakari.access import rows_for
from hakari.canonical.predicate import Atom
from hakari.maths.intervals import Interval, no_data, normal_mean, poisson_exact
from hakari.maths.ramp import Ramp, ramp_of
from hakari.metrics.definitions import Measure
from hakari.metrics.labels import distinct_names
from hakari.planning.desk import Desk, additive
from hakari.planning.scorecard import Scope
from hakari.storage.conditions import Joins, column, table_source, where_sql
from hakari.units.fiscal import add_months
from hakari.units.period import Period

SELLING = ("fs", "", "other")
SETTLED_MONTHS = 12
PAST_MONTHS, PRODUCTIVE_MONTHS, LEAVING_MONTHS, DEAL_MONTHS = 36, 12, 24, 24
PREFERRED = ("win_amount", "win_deals")


@dataclass(frozen=True, slots=True)
class Seller:
    key: int
    name: str
    team: str | None
    joined: date | None
    left: date | None

    def there(self, month: date) -> bool:
        """On some day of the month that begins on `month`."""
        joined = self.joined is None or self.joined < add_months(month, 1)
        return joined and (self.left is None or self.left >= month)

    def months_in(self, month: date) -> int | None:
        """Whole months of the calendar since the month of joining; None where that is not known."""
        return None if self.joined is None else months_between(self.joined, month)


@dataclass(frozen=True, slots=True)
class Leaving:
    """`rate` a month from `left` in so many months of people; None where leaving is not recorded."""

    left: int
    person_months: int
    rate: float | None
    interval: Interval


@dataclass(frozen=True, slots=True)
class Force:
    """The sellers of a scope and what their own past says.

    `months` are the finished months looked at, oldest first; `outputs` holds each seller's, by key.
    `productivity` is what a settled seller brings in a month; `seat_months` of theirs stand behind it.
    """

    sellers: tuple[Seller, ...]
    measure: Measure
    months: tuple[date, ...]
    outputs: Mapping[int, Mapping[date, float]]
    productivity: float | None
    spread: Interval
    seat_months: int
    settled_known: bool
    ramp: Ramp
    leaving: Leaving

    def present(self, month: date) -> tuple[Seller, ...]:
        return tuple(one for one in self.sellers if one.there(month))


def months_between(first: date, later: date) -> int:
    return (later.year - first.year) * 12 + later.month - first.month


def month_of(day: date) -> date:
    return day.replace(day=1)


def month_period(month: date) -> Period:
    return Period(month, add_months(month, 1))


def productive_measure(desk: Desk, scope: Scope) -> Measure | None:
    """What a seller's month is measured by: the goal where it adds up, else won amount, won deals."""
    known = desk.catalogue.measures
    for name in (desk.profile.kgi, *PREFERRED):
        measure = known.get(name)
        if measure is None or not additive(measure) or not desk.knows(scope, name):
            continue
        found = desk.ask(scope, [name], _past_year(scope), ("owner",))
        if any(one.value and one.slice["owner"] is not None for one in found):
            return measure
    return None


def read_force(desk: Desk, scope: Scope, measure: Measure) -> Force:
    sellers = read_sellers(desk, scope)
    months = _months(desk, scope, measure)
    outputs = _outputs(desk, scope, measure, sellers, months)
    recent = months[-PRODUCTIVE_MONTHS:]
    settled = _settled_values(sellers, outputs, recent)
    known = bool(settled)
    if not known:  # A company younger than a settled seller, or whose records are.
        settled = [outputs[one.key][month] for one in sellers for month in recent if one.there(month)]
    mean = sum(settled) / len(settled) if settled else None
    return Force(
        sellers=tuple(sellers),
        measure=measure,
        months=tuple(months),
        outputs=outputs,
        productivity=mean,
        spread=normal_mean(len(settled), sum(settled), sum(one * one for one in settled))
        if settled
        else no_data(0.95),
        seat_months=len(settled),
        settled_known=known,
        ramp=_ramp(sellers, outputs, months),
        leaving=_leaving(desk, sellers, scope.today),
    )


def read_sellers(desk: Desk, scope: Scope) -> list[Seller]:
    """Everyone in a selling role, those who have left as well; somebody without a role sells.

    Of whom neither a day of joining nor any deal is known, it is not known that they are there.
    """
    names = ["key", "role", "team", "joined_on", "left_on"]
    select = sqlglot.select(*(column(name, "p") for name in names))
    rows: list[tuple[Any, ...]] = desk.store.rows(select.from_(table_source("person", desk.schema, "p")))
    teams = desk.store.names("team", desk.schema)
    called = distinct_names(desk.store.names("person", desk.schema))
    visible = desk.viewer.owners
    dealt = _with_deals(desk)
    found = [
        Seller(key, called[key], teams.get(team) if team is not None else None, joined, left)
        for key, role, team, joined, left in rows
        if (role or "") in SELLING and key in called and (visible is None or key in visible)
        if joined is not None or key in dealt
    ]
    wanted = [one for one in found if scope.team in (None, one.team)]
    return sorted(wanted, key=lambda one: (one.name, one.key))


def _with_deals(desk: Desk) -> frozenset[int]:
    joins = Joins("deal", desk.schema)
    allowed = where_sql(rows_for(desk.viewer, "deal"), joins)
    select = sqlglot.select(joins.column(("owner",))).distinct()
    select = joins.add_to(select.from_(table_source("deal", desk.schema, joins.alias))).where(allowed)
    return frozenset(owner for (owner,) in desk.store.rows(select) if owner is not None)


def won_sizes(desk: Desk, sellers: Sequence[Seller], today: date) -> tuple[float, ...]:
    """The amounts of the sellers' deals won in the last two years, in order of size."""
    joins = Joins("deal", desk.schema)
    wanted = (
        Atom(("status",), "=", "won"),
        Atom(("owner",), "in", tuple(sorted(one.key for one in sellers))),
        Atom(("closed_on",), ">=", add_months(today, -DEAL_MONTHS)),
        Atom(("closed_on",), "<=", today),
        *rows_for(desk.viewer, "deal"),
    )
    allowed = where_sql(wanted, joins)
    select = sqlglot.select(joins.column(("amount",)))
    select = joins.add_to(select.from_(table_source("deal", desk.schema, joins.alias))).where(allowed)
    return tuple(sorted(float(size) for (size,) in desk.store.rows(select) if size))


def _past_year(scope: Scope) -> Period:
    end = month_of(scope.today)
    return Period(add_months(end, -PRODUCTIVE_MONTHS), end)


def _months(desk: Desk, scope: Scope, measure: Measure) -> list[date]:
    """The finished months, as far back as there are records."""
    found: list[date] = []
    end = month_of(scope.today)
    for back in range(1, PAST_MONTHS + 1):
        month = add_months(end, -back)
        if not desk.comparable(measure.id, month_period(month)):
            break
        found.append(month)
    return found[::-1]


def _outputs(
    desk: Desk, scope: Scope, measure: Measure, sellers: Sequence[Seller], months: Sequence[date]
) -> dict[int, dict[date, float]]:
    """A month in which a seller was there and brought nothing is 0; others are left out."""
    found = {one.key: {month: 0.0 for month in months if one.there(month)} for one in sellers}
    if not months or not sellers:
        return found
    keys = {one.name: one.key for one in sellers}
    span = Period(months[0], add_months(months[-1], 1))
    for one in desk.ask(scope, [measure.id], span, ("owner", "month")):
        key = keys.get(one.slice["owner"] or "")
        if key is not None and one.value is not None and one.period.start in found[key]:
            found[key][one.period.start] = one.value
    return found


def _settled_values(
    sellers: Sequence[Seller], outputs: Mapping[int, Mapping[date, float]], months: Sequence[date]
) -> list[float]:
    return [
        outputs[one.key][month]
        for one in sellers
        for month in months
        if month in outputs[one.key] and ((stay := one.months_in(month)) is None or stay >= SETTLED_MONTHS)
    ]


def _ramp(
    sellers: Sequence[Seller], outputs: Mapping[int, Mapping[date, float]], months: Sequence[date]
) -> Ramp:
    """From everyone whose month of joining lies in the records."""
    settled = _settled_values(sellers, outputs, months)
    whole = sum(settled) / len(settled) if settled else 0.0
    if whole <= 0:
        return ramp_of([])
    hires = [
        [outputs[one.key].get(add_months(month_of(one.joined), stay)) for stay in range(len(months))]
        for one in sellers
        if one.joined is not None and months and one.joined >= months[0]
    ]
    return ramp_of([[None if value is None else value / whole for value in hire] for hire in hires])


def _leaving(desk: Desk, sellers: Sequence[Seller], today: date) -> Leaving:
    """A day of leaving nobody ever wrote down is not a company that nobody leaves."""
    end = month_of(today)
    months = [add_months(end, -back) for back in range(1, LEAVING_MONTHS + 1)]
    there = sum(1 for one in sellers for month in months if one.joined is not None and one.there(month))
    left = sum(1 for one in sellers if one.left is not None and months[-1] <= one.left < end)
    if "left_on" not in desk.store.filled("person", desk.schema) or not there:
        return Leaving(left, there, None, no_data(0.95))
    counted = poisson_exact(left)
    low, high = (None if one is None else one / there for one in (counted.low, counted.high))
    return Leaving(left, there, left / there, Interval(low, high, counted.level, counted.method))
