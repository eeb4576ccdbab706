"""The accounts of a company: whose they are, what they may be worth, and who has won in which industry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

import sqlglot
import sqlglot.expressions as exp

from hakari.access import rows_for
from hakari.canonical.predicate import Atom
from hakari.metrics.labels import distinct_names
from hakari.planning.desk import Desk
from hakari.storage.conditions import Joins, column, table_source, where_sql
from hakari.units.fiscal import add_months

DEAL_MONTHS = 24
# A column says something of the accounts only where it is filled for most of them.
KNOWN_SHARE = 0.5
COLUMNS = ("potential", "annual_revenue", "employees")


@dataclass(frozen=True, slots=True)
class Account:
    key: int
    name: str
    owner: int | None
    owner_name: str
    industry: str
    segment: str
    sizes: tuple[float | None, ...]  # in the order of COLUMNS


@dataclass(frozen=True, slots=True)
class Potential:
    """What stands for potential: `key` is a column, "deals" (won in two years and open), or None of nothing.

    An account without a value of its own counts as the median of its segment or industry, else of all.
    """

    key: str | None
    known: Mapping[int, float]
    typical: Mapping[str, float]
    middle: float

    @property
    def unit(self) -> str:
        return "count" if self.key == "employees" else "jpy"

    def of(self, account: Account) -> float:
        own = self.known.get(account.key)
        return own if own is not None else self.typical.get(_kind(account), self.middle)

    def is_estimated(self, account: Account) -> bool:
        return account.key not in self.known


def read_accounts(desk: Desk) -> list[Account]:
    """Where no account has an owner, whoever had its latest deal stands for one."""
    by_deal = {} if owners_are_kept(desk) else _latest_owners(desk)
    names = ["key", "name", "owner", "industry", "segment", *COLUMNS]
    select = sqlglot.select(*(column(name, "a") for name in names))
    rows: list[tuple[Any, ...]] = desk.store.rows(select.from_(table_source("account", desk.schema, "a")))
    called = distinct_names(desk.store.names("person", desk.schema))
    found = []
    for key, name, own, industry, segment, *sizes in rows:
        owner = own if own is not None else by_deal.get(key)
        known = tuple(None if one is None else float(one) for one in sizes)
        whose = "" if owner is None else called.get(owner, "")
        found.append(Account(key, name or str(key), owner, whose, industry or "", segment or "", known))
    return sorted(found, key=lambda one: one.key)


def owners_are_kept(desk: Desk) -> bool:
    return "owner" in desk.store.filled("account", desk.schema)


def _latest_owners(desk: Desk) -> dict[int, int]:
    joins = Joins("deal", desk.schema)
    shown = [joins.column(("account",)), joins.column(("owner",)), joins.day(("created_at",))]
    allowed = where_sql(rows_for(desk.viewer, "deal"), joins)
    select = joins.add_to(sqlglot.select(*shown).from_(table_source("deal", desk.schema, joins.alias)))
    rows = [row for row in desk.store.rows(select.where(allowed)) if None not in row[:2]]
    rows.sort(key=lambda row: (row[2] is not None, row[2] or date.min, row[1]))
    return {account: owner for account, owner, _ in rows}


def read_potential(desk: Desk, accounts: Sequence[Account], asked: str, today: date) -> Potential:
    """The column asked for, else the first that most accounts have, else their deals."""
    for place, name in enumerate(COLUMNS):
        known = {one.key: size for one in accounts if (size := one.sizes[place]) is not None and size > 0}
        if known and (asked == name or (asked == "auto" and len(known) >= KNOWN_SHARE * len(accounts))):
            return _potential(name, known, accounts)
    if asked in ("auto", "deals"):
        known = _deal_amounts(desk, today)
        if known:
            return _potential("deals", known, accounts)
    return Potential(None, {}, {}, 0.0)


def wins_by(desk: Desk) -> dict[tuple[int, str], int]:
    """Won deals by owner and the account's industry."""
    by = (("owner",), ("account", "industry"))
    won = Atom(("status",), "=", "won")
    rows = _of_deals(desk, by, exp.Count(this=exp.Star()), won)
    return {(owner, industry): int(n) for owner, industry, n in rows if owner is not None and industry}


def _of_deals(
    desk: Desk, by: Sequence[tuple[str, ...]], value: exp.Expr, *wanted: Atom
) -> list[tuple[Any, ...]]:
    """One value of the viewer's deals for each combination."""
    joins = Joins("deal", desk.schema)
    shown = [joins.column(path) for path in by]
    allowed = where_sql((*wanted, *rows_for(desk.viewer, "deal")), joins)
    select = sqlglot.select(*shown, value).from_(table_source("deal", desk.schema, joins.alias))
    return desk.store.rows(joins.add_to(select).where(allowed).group_by(*shown))


def _potential(key: str, known: dict[int, float], accounts: Sequence[Account]) -> Potential:
    kinds: dict[str, list[float]] = {}
    for one in accounts:
        if one.key in known:
            kinds.setdefault(_kind(one), []).append(known[one.key])
    typical = {kind: median(many) for kind, many in kinds.items() if kind}
    return Potential(key, known, typical, median(known.values()))


def _kind(account: Account) -> str:
    return account.segment or account.industry


def _deal_amounts(desk: Desk, today: date) -> dict[int, float]:
    """Won in the last two years, and open now, by account."""
    first = add_months(today, -DEAL_MONTHS)
    amount = exp.Sum(this=Joins("deal", desk.schema).column(("amount",)))
    won = (
        Atom(("status",), "=", "won"),
        Atom(("closed_on",), ">=", first),
        Atom(("closed_on",), "<=", today),
    )
    found: dict[int, float] = {}
    for wanted in (won, (Atom(("status",), "=", "open"),)):
        for account, total in _of_deals(desk, (("account",),), amount, *wanted):
            if account is not None and total:
                found[account] = found.get(account, 0.0) + float(total)
    return found
