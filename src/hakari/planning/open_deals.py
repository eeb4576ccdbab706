"""One person's open deals, and which of them wait for a decision: by rule, each rule by its name.

past_close      the expected close date has gone by
no_next_action  nobody wrote what comes next
overdue         what comes next was due before today
stalled         longer in its stage than 80 % of the deals that have left it, of at least ten
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import sqlglot
import sqlglot.expressions as exp

from hakari.access import rows_for
from hakari.canonical.predicate import Atom
from hakari.planning.desk import Desk
from hakari.storage.conditions import Joins, column, table_source, where_sql

STALLED_SHARE = 0.8
FEWEST_LEFT = 10
DECISIVE = ("past_close", "no_next_action", "stalled")
RULES = (*DECISIVE, "overdue")


@dataclass(frozen=True, slots=True)
class StageLimit:
    """After how many days a deal in a stage is slower than most; `left` deals it was learnt from."""

    days: float
    left: int


@dataclass(frozen=True, slots=True)
class OpenDeal:
    """`days` are since it came into its stage, or since it was created; `waits` names the rules that fire."""

    key: int
    name: str
    account: str
    amount: float | None
    stage: str
    category: str
    expected_close: date | None
    next_action: str
    next_action_due: date | None
    days: int | None
    limit: StageLimit | None
    last_touch: date | None
    waits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenDeals:
    """`unanswerable` are the rules the records cannot answer, since nobody ever filled their field."""

    deals: tuple[OpenDeal, ...]
    unanswerable: tuple[str, ...]

    @property
    def waiting(self) -> tuple[OpenDeal, ...]:
        """Those that need a decision, the most reasons first, then the largest."""
        found = [one for one in self.deals if not set(DECISIVE).isdisjoint(one.waits)]
        return tuple(sorted(found, key=lambda one: (-len(one.waits), -(one.amount or 0), one.key)))

    def under(self, rule: str) -> tuple[OpenDeal, ...]:
        return tuple(one for one in self.deals if rule in one.waits)


def open_deals(desk: Desk, owner: int, today: date) -> OpenDeals:
    """By expected close date, those without one last."""
    possible = {rule for rule in RULES if _can_tell(desk, rule)}
    limits = stage_limits(desk)
    deals = [_deal(row, limits, possible, today) for row in _rows(desk, owner)]
    deals.sort(key=lambda one: (one.expected_close is None, one.expected_close or today, one.key))
    return OpenDeals(tuple(deals), tuple(rule for rule in RULES if rule not in possible))


def stage_limits(desk: Desk) -> dict[str, StageLimit]:
    """For every stage that enough deals have left, the days after which a deal in it counts as stalled."""
    stayed: dict[str, list[int]] = {}
    came: dict[int, date] = {}
    for deal, stage, left, created in _moves(desk):
        since = came.get(deal, created)
        if since is not None and left is not None and stage:
            stayed.setdefault(stage, []).append((left - since).days)
        if left is not None:
            came[deal] = left
    return {
        stage: StageLimit(float(np.quantile(days, STALLED_SHARE)), len(days))
        for stage, days in stayed.items()
        if len(days) >= FEWEST_LEFT
    }


def _moves(desk: Desk) -> Iterator[tuple[Any, ...]]:
    """Every move as (deal, stage it left, day, day the deal was created), each deal's in order."""
    joins = Joins("stage_change", desk.schema)
    shown = [joins.column(("deal",)), joins.column(("from_stage",)), joins.day(("at",))]
    shown.append(joins.day(("deal", "created_at")))
    allowed = where_sql(rows_for(desk.viewer, "stage_change"), joins)
    select = sqlglot.select(*shown).from_(table_source("stage_change", desk.schema, joins.alias))
    ordered = joins.add_to(select).where(allowed)
    yield from desk.store.rows(
        ordered.order_by(joins.column(("deal",)), joins.column(("at",)), joins.column(("key",)))
    )


def _rows(desk: Desk, owner: int) -> list[tuple[Any, ...]]:
    joins = Joins("deal", desk.schema)
    paths = ("key", "name", "amount", "stage", "forecast_category", "expected_close_on", "next_action")
    shown: list[exp.Expr] = [joins.column((path,)) for path in (*paths, "next_action_due")]
    shown += [joins.day(("created_at",)), joins.column(("account", "name"))]
    shown += [joins.column(("last_touch_at__day",)), column("day", "moved")]
    wanted = (Atom(("status",), "=", "open"), Atom(("owner",), "=", owner), *rows_for(desk.viewer, "deal"))
    allowed = where_sql(wanted, joins)
    select = joins.add_to(sqlglot.select(*shown).from_(table_source("deal", desk.schema, joins.alias)))
    on = exp.EQ(this=column("deal", "moved"), expression=joins.column(("key",)))
    last = exp.Max(this=column("at__day", "s")).as_("day")
    moved = sqlglot.select(column("deal", "s"), last).from_(table_source("stage_change", desk.schema, "s"))
    select = select.join(moved.group_by(column("deal", "s")).subquery("moved"), on=on, join_type="left")
    return desk.store.rows(select.where(allowed))


def _can_tell(desk: Desk, rule: str) -> bool:
    """A field nobody ever filled is not empty of each deal: it is unknown."""
    filled = desk.store.filled("deal", desk.schema)
    needs: Mapping[str, tuple[str, ...]] = {
        "past_close": ("expected_close_on",),
        "no_next_action": ("next_action", "next_action_due"),
        "overdue": ("next_action_due",),
        "stalled": ("stage",),
    }
    return any(name in filled for name in needs[rule])


def _deal(
    row: tuple[Any, ...], limits: Mapping[str, StageLimit], possible: set[str], today: date
) -> OpenDeal:
    key, name, amount, stage, category, close, action, due, created, account, touched, moved = row
    since = moved or created
    days = None if since is None else (today - since).days
    limit = limits.get(stage or "")
    fires = {
        "past_close": close is not None and close < today,
        "no_next_action": not action and due is None,
        "overdue": due is not None and due < today,
        "stalled": limit is not None and days is not None and days > limit.days,
    }
    return OpenDeal(
        key=key,
        name=name or "",
        account=account or "",
        amount=amount,
        stage=stage or "",
        category=category or "",
        expected_close=close,
        next_action=action or "",
        next_action_due=due,
        days=days,
        limit=limit,
        last_touch=touched,
        waits=tuple(rule for rule in RULES if rule in possible and fires[rule]),
    )
