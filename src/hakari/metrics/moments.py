"""Figures that stand at a moment, not over a period: stocks, coverage of a frozen list, recency."""

from __future__ import annotations

from datetime import date

import sqlglot
import sqlglot.expressions as exp

from hakari.canonical.milestones import MILESTONES, Milestone
from hakari.canonical.predicate import Where
from hakari.errors import DefinitionError
from hakari.metrics.cells import group_by
from hakari.metrics.definitions import Aggregate, Population
from hakari.metrics.fact import Fact, in_period
from hakari.storage.conditions import Joins, column, literal, table_source, where_sql
from hakari.units.period import Period

Span = tuple[tuple[str, ...], tuple[str, ...]]
Days = tuple[tuple[str, ...], Period]


def stock_select(fact: Fact, of: Aggregate, alive: Span, end: date) -> exp.Select:
    """SELECT s0…, m0: rows begun before `end` and not ended by then."""
    begun, ended = (fact.joins.day(path) for path in alive)
    total: exp.Expr = exp.Count(this=exp.Star())
    if of.how == "sum":
        total = exp.Sum(this=fact.joins.column(of.path))
    if of.how == "distinct":
        total = exp.Count(this=exp.Distinct(expressions=[fact.joins.column(of.path)]))
    not_ended = exp.or_(
        exp.Is(this=ended, expression=exp.null()), exp.GTE(this=ended.copy(), expression=literal(end))
    )
    groups = fact.slices()
    select = sqlglot.select(*groups, exp.alias_(total, "m0", quoted=True)).from_(fact.source)
    select = select.where(exp.LT(this=begun, expression=literal(end)), not_ended, *fact.conditions())
    select = select.where(where_sql(of.population.where, fact.joins))
    return group_by(fact.joins.add_to(select), len(groups))


def coverage_select(
    listed: Fact, members: Population, events: Joins, by: Aggregate, entity: tuple[str, ...], day: Days
) -> exp.Select:
    """SELECT s0…, m0, m1: entities of the list as it stood on the first day, reached and all."""
    day_path, piece = day
    own = listed.joins.column(entity)
    groups = listed.slices()
    touched = events.column(entity)
    population = by.population
    reached = sqlglot.select(exp.alias_(touched, "entity", quoted=True)).distinct()
    reached = reached.from_(table_source(population.table, events.schema, events.alias))
    reached = reached.where(in_period(events.day(day_path), piece), where_sql(population.where, events))
    reached = events.add_to(reached)
    hit = exp.Case(
        ifs=[exp.If(this=exp.Not(this=exp.Is(this=column("entity", "r"), expression=exp.null())), true=own)]
    )
    select = sqlglot.select(
        *groups,
        exp.alias_(exp.Count(this=exp.Distinct(expressions=[hit])), "m0", quoted=True),
        exp.alias_(exp.Count(this=exp.Distinct(expressions=[own.copy()])), "m1", quoted=True),
    )
    select = select.from_(listed.source).where(*listed.conditions(), *_frozen(listed, members.where, piece))
    select = listed.joins.add_to(select).join(
        reached.subquery("r"),
        on=exp.EQ(this=column("entity", "r"), expression=own.copy()),
        join_type="left",
    )
    return group_by(select, len(groups))


def _frozen(listed: Fact, where: Where, piece: Period) -> list[exp.Expr]:
    """On the list on the period's first day; for all time, ever on it."""
    found = [where_sql(where, listed.joins)]
    if not piece.is_all:
        start, left = listed.joins.day(("from_on",)), listed.joins.day(("to_on",))
        begun = exp.or_(
            exp.Is(this=start, expression=exp.null()),
            exp.LTE(this=start.copy(), expression=literal(piece.start)),
        )
        still = exp.or_(
            exp.Is(this=left, expression=exp.null()),
            exp.GT(this=left.copy(), expression=literal(piece.start)),
        )
        found += [begun, still]
    return found


def recency_select(fact: Fact, of: Aggregate, end: date) -> exp.Select:
    """SELECT s0…, v: for each entity touched before `end`, the days since its last touch."""
    milestone = milestone_named(of.population.table, of.path[-1])
    source = Joins(milestone.source, fact.joins.schema, "e")
    last_day = source.day((milestone.field,))
    key = source.column((milestone.via,))
    last = sqlglot.select(
        exp.alias_(key, "entity", quoted=True), exp.alias_(exp.Max(this=last_day), "last", quoted=True)
    ).from_(table_source(milestone.source, fact.joins.schema, source.alias))
    last = last.where(
        where_sql(milestone.where, source),
        exp.LT(this=last_day.copy(), expression=literal(end)),
        exp.Not(this=exp.Is(this=key.copy(), expression=exp.null())),
    )
    last = group_by(source.add_to(last), 1)
    days = exp.Sub(this=literal(end), expression=column("last", "l"))
    value = exp.Sub(this=exp.cast(exp.paren(days), "DOUBLE"), expression=literal(1.0))
    select = sqlglot.select(*fact.slices(), exp.alias_(value, "v", quoted=True)).from_(fact.source)
    where = tuple(one for one in of.population.where if not _is_itself(one, of.path))
    select = select.where(where_sql(where, fact.joins), *fact.conditions())
    return fact.joins.add_to(select).join(
        last.subquery("l"), on=exp.EQ(this=column("entity", "l"), expression=column("key", fact.joins.alias))
    )


def _is_itself(condition: object, path: tuple[str, ...]) -> bool:
    """The inner join says "was touched" as of `end`; the milestone itself would know later touches too."""
    return getattr(condition, "op", "") == "not_null" and getattr(condition, "path", ()) == path


def milestone_named(table: str, name: str) -> Milestone:
    for milestone in MILESTONES:
        if milestone.table == table and milestone.name == name:
            return milestone
    raise DefinitionError(f"{table} has no milestone {name!r}", "a recency is measured from a milestone")
