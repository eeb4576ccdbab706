"""How far forecasts were from what came. Each is judged alone, so that too high and too low do not cancel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlglot

from hakari.access import rows_for
from hakari.metrics.attainment import COMPANY, Attainment, Figures, Seat
from hakari.metrics.compose import Figure, without
from hakari.metrics.labels import distinct_names
from hakari.metrics.query import Query
from hakari.metrics.runner import Store
from hakari.metrics.targets import Target, TargetBook
from hakari.storage.conditions import Joins, column, table_source, where_sql
from hakari.units.period import Period

_SAID = ("owner", "team", "starts_on", "ends_on", "amount")


def read_forecasts(store: Store, schema: str, measure: str, query: Query) -> TargetBook:
    """Of each person, team and finished period the forecast that stood when the period began.

    Where none was made by then, the first one made counts. What was said later is not how well it was known.
    """
    joins = Joins("forecast", schema)
    columns = [column(name, joins.alias) for name in _SAID]
    select = sqlglot.select(*columns, joins.day(("submitted_at",)), column("submitted_at", joins.alias))
    select = select.from_(table_source("forecast", schema, joins.alias))
    if gate := rows_for(query.viewer, "forecast"):
        select = select.where(where_sql(gate, joins))
    teams, people = (distinct_names(store.names(one, schema)) for one in ("team", "person"))
    chosen: dict[tuple[str | None, str | None, Period], tuple[bool, float, float]] = {}
    for owner, team, starts, ends, amount, day, at in store.rows(select):
        if None in (starts, ends, amount, day) or (owner is not None and owner not in people):
            continue
        period = Period(starts, ends + timedelta(days=1))
        if period.end > query.today:
            continue
        seat = (None if owner is not None else teams.get(team), people.get(owner), period)
        rank = _rank(day <= starts, at)
        if seat not in chosen or rank > chosen[seat][:2]:
            chosen[seat] = (*rank, float(amount))
    return TargetBook(
        Target(measure, team, owner, period, amount)
        for (team, owner, period), (_, _, amount) in chosen.items()
    )


def _rank(in_time: bool, at: datetime) -> tuple[bool, float]:
    """Of those in time the last is best, of those too late the first."""
    seconds = at.timestamp()
    return in_time, seconds if in_time else -seconds


class ForecastErrors:
    """Σ |forecast − actual| ÷ Σ actual over the forecasts of a scope."""

    def __init__(self, aims: Attainment) -> None:
        self.aims = aims

    def figures(self, period: Period, by: str | None) -> Figures:
        return {label: self._figure(seats, period) for label, seats in self.aims.scopes(by).items()}

    def _figure(self, seats: list[Seat], period: Period) -> Figure:
        missed = actual = 0.0
        n = 0
        for seat, one in self._said(seats, period):
            value, _ = self.aims.actuals.of(seat, (one.period,))
            if value is not None:
                missed, actual, n = missed + abs(one.value - value), actual + value, n + 1
        if n == 0:
            return Figure(None, None, None, 0, without("no forecast of a finished period"))
        share = missed / actual if actual else None
        return Figure(share, missed, actual, n, without("a quotient of two totals"))

    def _said(self, seats: list[Seat], period: Period) -> Iterable[tuple[Seat, Target]]:
        """By people where they forecast themselves, else by teams, else for the company as a whole."""
        book, name = self.aims.book, self.aims.name
        levels = [[Seat(owner=one) for one in self.aims.members(seats)], seats]
        if COMPANY in seats:
            levels.insert(1, [Seat(one) for one in book.outer_teams(name)])
        for level in levels:
            found = [
                (seat, one)
                for seat in level
                for one in book.covering(
                    name, period, self.aims.query.today, team=seat.team, owner=seat.owner
                )
            ]
            if found:
                return found
        return []
