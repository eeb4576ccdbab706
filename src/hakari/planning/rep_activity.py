"""What one person did towards customers: how much of each kind, week by week, and the latest of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlglot
import sqlglot.expressions as exp

from hakari.access import rows_for
from hakari.canonical.predicate import Atom
from hakari.planning.desk import Desk
from hakari.planning.kpi_rows import trend_period
from hakari.planning.scorecard import Scope
from hakari.storage.conditions import Joins, table_source, where_sql
from hakari.units.period import Grain

LATEST = 30


@dataclass(frozen=True, slots=True)
class Act:
    at: datetime
    kind: str
    account: str
    contact: str
    outcome: str
    subject: str


@dataclass(frozen=True, slots=True)
class KindWeeks:
    """How many of one kind in each week, in the order of the weeks."""

    kind: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Activity:
    """`weeks` are Mondays; the last week is still running when `is_partial`."""

    weeks: tuple[date, ...]
    kinds: tuple[KindWeeks, ...]
    latest: tuple[Act, ...]
    is_partial: bool


def activity_of(desk: Desk, scope: Scope, owner: int) -> Activity:
    shown = trend_period(desk, scope)
    weeks = tuple(one.start for one in desk.calendar.split(shown, Grain.WEEK))
    counts = _counts(desk, owner, shown.start, min(shown.last_day, scope.today))
    per_kind: dict[str, Counter[date]] = {}
    for kind, day, number in counts:
        per_kind.setdefault(kind, Counter())[day - timedelta(days=day.weekday())] += number
    kinds = [KindWeeks(kind, tuple(found[week] for week in weeks)) for kind, found in per_kind.items()]
    kinds.sort(key=lambda one: (-sum(one.counts), one.kind))
    partial = bool(weeks) and weeks[-1] + timedelta(days=7) > scope.today + timedelta(days=1)
    return Activity(weeks, tuple(kinds), _latest(desk, owner, scope.today), partial)


def _counts(desk: Desk, owner: int, first: date, last: date) -> list[tuple[str, date, int]]:
    joins = Joins("activity", desk.schema)
    kind, day = joins.column(("kind",)), joins.day(("occurred_at",))
    wanted = (
        Atom(("owner",), "=", owner),
        Atom(("occurred_at",), ">=", first),
        Atom(("occurred_at",), "<=", last),
        *rows_for(desk.viewer, "activity"),
    )
    select = sqlglot.select(kind, day, exp.Count(this=exp.Star()))
    select = select.from_(table_source("activity", desk.schema, joins.alias)).where(where_sql(wanted, joins))
    found = desk.store.rows(joins.add_to(select).group_by(kind.copy(), day.copy()))
    return [(kind or "other", day, int(number)) for kind, day, number in found]


def _latest(desk: Desk, owner: int, today: date) -> tuple[Act, ...]:
    joins = Joins("activity", desk.schema)
    at, key = joins.column(("occurred_at",)), joins.column(("key",))
    paths = (("kind",), ("account", "name"), ("contact", "name"), ("outcome",), ("subject",))
    shown = [at, *(joins.column(path) for path in paths)]
    wanted = (
        Atom(("owner",), "=", owner),
        Atom(("occurred_at",), "<=", today),
        *rows_for(desk.viewer, "activity"),
    )
    conditions = where_sql(wanted, joins)
    select = joins.add_to(sqlglot.select(*shown).from_(table_source("activity", desk.schema, joins.alias)))
    newest = [exp.Ordered(this=one.copy(), desc=True) for one in (at, key)]
    rows = desk.store.rows(select.where(conditions).order_by(*newest).limit(LATEST))
    zone = ZoneInfo(desk.calendar.zone)
    return tuple(
        Act(at.replace(tzinfo=UTC).astimezone(zone), *(text or "" for text in texts)) for at, *texts in rows
    )
