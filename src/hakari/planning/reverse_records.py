"""Reads what a plan stands on: deals, appointments, connects and calls as columns of days and keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import sqlglot.expressions as exp

from hakari.canonical.predicate import Where
from hakari.maths.cohorts import Floats
from hakari.metrics.definitions import Aggregate
from hakari.metrics.fact import Fact, paths_of
from hakari.metrics.query import Query, cut_of
from hakari.metrics.rows import rows_of
from hakari.metrics.runner import Run
from hakari.planning.desk import Desk
from hakari.planning.scorecard import Scope
from hakari.storage.conditions import cast, ident, literal, where_sql
from hakari.units.period import Period

_EPOCH = date(1970, 1, 1)
Columns = Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Records:
    """Columns by name, unknown as NaN; days are whole days from today, so that the past is below zero.

    `deals` hold created, qualified, proposed, closed, won, open, worth, lead and account; `appointments` set,
    deal, lead, account and ended; `connects` day, lead and account; `calls` the day and the owner of each
    call; `leads` received and owner; `listed` the accounts on a target list and the day they left it.
    """

    deals: Columns
    appointments: Columns
    connects: Columns
    calls: Columns
    leads: Columns
    listed: Columns = field(default_factory=dict)


def read_records(desk: Desk, scope: Scope, goal: Aggregate) -> Records:
    """Of the scope's team and filters; what a table does not know is not asked of it.

    `goal` is what is to be reached: its population are the deals that count as won, its field their worth.
    """
    reader = _Reader(desk, scope)
    return Records(
        deals=reader.deals(goal),
        appointments=reader.read(
            "appointments",
            {"set": ("set_at",), "ended": ("held_on",)},
            {"deal": ("deal",), "lead": ("lead",), "account": ("account",), "owner": ("owner",)},
        ),
        connects=reader.read(
            "connects", {"day": ("occurred_at",)}, {"lead": ("lead",), "account": ("account",)}
        ),
        calls=reader.read("calls", {"day": ("occurred_at",)}, {"owner": ("owner",)}),
        leads=reader.read("leads", {"received": ("received_at",)}, {"owner": ("owner",)}),
        listed=reader.read("target_accounts", {"left": ("to_on",)}, {"account": ("account",)}),
    )


class _Reader:
    def __init__(self, desk: Desk, scope: Scope) -> None:
        filters = dict(scope.filters)
        if scope.team is not None:
            filters["team"] = (scope.team,)
        self.desk, self.scope = desk, scope
        self.query = Query(
            (), Period.all(), scope.today, filters=filters, as_of=scope.as_of, viewer=desk.viewer
        )

    def read(
        self, population: str, days: Mapping[str, tuple[str, ...]], keys: Mapping[str, tuple[str, ...]]
    ) -> Columns:
        """A population's rows; nothing where the scope narrows by what its table does not know."""
        known = self.desk.catalogue.populations.get(population)
        if known is None or not self._may_ask(known.table):
            return {name: np.zeros(0) for name in (*days, *keys)}
        fact = self._fact(known.table)
        columns = {name: self._day(fact, path) for name, path in days.items()}
        columns |= {name: fact.joins.column(path) for name, path in keys.items()}
        columns["key"] = fact.joins.column(("key",))
        return self._columns(fact, columns, known.where)

    def deals(self, goal: Aggregate) -> Columns:
        fact = self._fact("deal")
        populations = self.desk.catalogue.populations
        deals, qualified = populations["deals"], populations["qualified_deals"]
        worth: exp.Expr = literal(1)
        if goal.how in ("sum", "mean"):
            worth = cast(fact.joins.column(goal.path), "DOUBLE")
        columns = {
            "created": self._day(fact, ("created_at",)),
            "qualified": self._day(fact, ("qualified_at",)),
            "proposed": self._day(fact, ("proposed_at",)),
            "closed": self._day(fact, ("closed_on",)),
            "valid": _flag(where_sql(qualified.where, fact.joins)),
            "won": _flag(where_sql(goal.population.where, fact.joins)),
            "open": _flag(where_sql(deals.open or (), fact.joins)),
            "worth": worth,
            "amount": cast(fact.joins.column(("amount",)), "DOUBLE"),
            "key": fact.joins.column(("key",)),
            "lead": fact.joins.column(("lead",)),
            "account": fact.joins.column(("account",)),
            "owner": fact.joins.column(("owner",)),
        }
        return self._columns(fact, columns, deals.where)

    def _may_ask(self, table: str) -> bool:
        return all(paths_of(self.desk.catalogue.dimensions[name], table) for name in self.query.filters)

    def _fact(self, table: str) -> Fact:
        cut = cut_of(self.query, self.desk.catalogue)
        return Run(self.desk.store, self.query, cut, self.desk.schema, self.desk.calendar.start_month).fact(
            table
        )

    def _day(self, fact: Fact, path: tuple[str, ...]) -> exp.Expr:
        days = exp.Sub(this=fact.joins.day(path), expression=literal(_EPOCH))
        return exp.paren(days)

    def _columns(self, fact: Fact, columns: Mapping[str, exp.Expr], where: Where) -> Columns:
        aliased = [exp.Alias(this=one, alias=ident(name)) for name, one in columns.items()]
        select = rows_of(fact, aliased, [where_sql(where, fact.joins), *fact.conditions()])
        table = self.desk.store.arrow(select)
        today = (self.scope.today - _EPOCH).days
        found = {name: _numbers(table.column(place)) for place, name in enumerate(columns)}
        for name in _DAYS & set(found):
            found[name] = found[name] - today
            later = found[name] > 0
            if name == "closed":  # What ends after today is open today.
                found["open"][later] = 1.0
            found[name][later] = np.nan
        return found


_DAYS = {"created", "qualified", "proposed", "closed", "set", "ended", "day", "received"}


def _numbers(column: pa.ChunkedArray[Any]) -> Floats:
    found: Floats = np.asarray(column.cast(pa.float64()).to_numpy(), dtype=np.float64)
    return found.copy()


def _flag(condition: exp.Expr) -> exp.Expr:
    return exp.Case(ifs=[exp.If(this=condition, true=literal(1))], default=literal(0))
