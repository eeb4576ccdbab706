"""Figures that stand at a moment, not over a period: stocks, coverage of a frozen list, recency."""

from __future__ import annotations

from datetime import date, timedelta

import sqlglot
import sqlglot.expressions as exp

from hakari.canonical.milestones import MILESTONES, Milestone
from hakari.canonical.predicate import Where
from hakari.errors import DefinitionError
from hakari.metrics.definitions import Aggregate, Population
from hakari.metrics.fact import Fact, in_period
from hakari.metrics.rows import group_by
from hakari.storage.conditions import Joins, cast, column, literal, table_source, where_sql
from hakari.units.period import Period

Span = tuple[tuple[str, ...], tuple[str, ...]]
Days = tuple[tuple[str, ...], Period]
LISTED: Span = (("from_on",), ("to_on",))  # how membership of a target list is written down


def stock_rows(
    fact: Fact, of: Aggregate, alive: Span, end: date, *, now: bool, last_day: bool = False
) -> exp.Select:
    """SELECT s0…, key, day, weight, entity: rows begun before `end` and not ended by then.

    What is there now has begun, also where nobody wrote down when; of an earlier day that is unknown.
    """
    begun, ended = (fact.joins.day(path) for path in alive)
    last = end - timedelta(days=1)
    weight: exp.Expr = fact.joins.column(of.path) if of.how == "sum" else literal(1)
    if of.how == "last":
        weight = _days_since(fact.joins.day(of.path), begun, end)
    entity = fact.joins.column(of.path) if of.how == "distinct" else exp.null()
    select = _rows(fact, begun, weight, entity)
    not_ended = exp.or_(
        exp.Is(this=ended, expression=exp.null()),
        exp.GTE(this=ended.copy(), expression=literal(last if last_day else end)),
    )
    has_begun: exp.Expr = exp.LT(this=begun.copy(), expression=literal(end))
    if now:
        has_begun = exp.paren(exp.or_(has_begun, exp.Is(this=begun.copy(), expression=exp.null())))
    select = select.where(has_begun, not_ended)
    if of.how == "last":
        select = select.where(exp.Not(this=exp.Is(this=weight.copy(), expression=exp.null())))
    select = select.where(where_sql(of.population.where, fact.joins), *fact.conditions())
    return fact.joins.add_to(select)


def _days_since(day: exp.Expr, begun: exp.Expr, end: date) -> exp.Expr:
    """From the day, or from the beginning where nothing has happened since; unknown where it came later."""
    none = exp.Is(this=day.copy(), expression=exp.null())
    known = exp.LT(this=day.copy(), expression=literal(end))
    since = exp.Case(ifs=[exp.If(this=known, true=day), exp.If(this=none, true=begun.copy())])
    days = exp.Sub(this=exp.Sub(this=literal(end), expression=since), expression=literal(1))
    return cast(exp.paren(days), "DOUBLE")


def coverage_rows(
    listed: Fact,
    members: Population,
    events: Joins,
    by: Aggregate,
    entity: tuple[str, ...],
    day: Days,
    alive: Span = LISTED,
    seen: Period | None = None,
) -> exp.Select:
    """SELECT s0…, key, day, weight, entity, reached: the list as it stood on the first day.

    Reached is who an event of the period, or of the days `seen`, is about.
    """
    day_path, piece = day
    own = listed.joins.column(entity)
    touched = exp.alias_(events.column(entity), "entity", quoted=True)
    population = by.population
    reached = sqlglot.select(touched).distinct()
    reached = reached.from_(table_source(population.table, events.schema, events.alias))
    reached = reached.where(
        in_period(events.day(day_path), seen or piece), where_sql(population.where, events)
    )
    reached = events.add_to(reached)
    select = _rows(listed, listed.joins.day(alive[0]), literal(1), own)
    hit = exp.Not(this=exp.Is(this=column("entity", "r"), expression=exp.null()))
    select = select.select(exp.alias_(hit, "reached", quoted=True))
    select = select.where(*listed.conditions(), *_frozen(listed, members.where, piece, alive))
    select = select.where(exp.Not(this=exp.Is(this=own.copy(), expression=exp.null())))
    return listed.joins.add_to(select).join(
        reached.subquery("r"),
        on=exp.EQ(this=column("entity", "r"), expression=own.copy()),
        join_type="left",
    )


def recency_rows(fact: Fact, of: Aggregate, end: date) -> exp.Select:
    """SELECT s0…, key, day, weight, entity: entities touched before `end`; the weight is days since."""
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
    touched = column("last", "l")
    days = exp.Sub(this=exp.Sub(this=literal(end), expression=touched), expression=literal(1))
    select = _rows(fact, touched.copy(), cast(exp.paren(days), "DOUBLE"), exp.null())
    where = tuple(one for one in of.population.where if not _is_itself(one, of.path))
    select = select.where(where_sql(where, fact.joins), *fact.conditions())
    return fact.joins.add_to(select).join(
        last.subquery("l"),
        on=exp.EQ(this=column("entity", "l"), expression=column("key", fact.joins.alias)),
    )


def _rows(fact: Fact, day: exp.Expr, weight: exp.Expr, entity: exp.Expr) -> exp.Select:
    named = {"key": column("key", fact.joins.alias), "day": day, "weight": weight, "entity": entity}
    columns = [exp.alias_(value, name, quoted=True) for name, value in named.items()]
    return sqlglot.select(*fact.slices(), *columns).from_(fact.source)


def summed(rows: exp.Select, width: int, *totals: exp.Expr) -> exp.Select:
    """The rows' totals a slice; `width` is the number of slice columns in front."""
    groups = [column(one.alias, "q") for one in rows.expressions[:width]]
    return group_by(sqlglot.select(*groups, *totals).from_(rows.subquery("q")), width)


def total_of(how: str) -> exp.Expr:
    """How many rows, how much weight, or how many entities."""
    if how == "sum":
        return exp.Sum(this=column("weight", "q"))
    if how == "distinct":
        return exp.Count(this=exp.Distinct(expressions=[column("entity", "q")]))
    return exp.Count(this=exp.Star())


def spread_of() -> tuple[exp.Expr, exp.Expr]:
    """Standard deviation and mean of the weights; who has none weighs nothing, which is known."""
    weights = [exp.Coalesce(this=column("weight", "q"), expressions=[literal(0)]) for _ in range(2)]
    return exp.StddevPop(this=weights[0]), exp.Avg(this=weights[1])


def reached_entities() -> exp.Expr:
    hit = exp.Case(ifs=[exp.If(this=column("reached", "q"), true=column("entity", "q"))])
    return exp.Count(this=exp.Distinct(expressions=[hit]))


def _frozen(listed: Fact, where: Where, piece: Period, alive: Span) -> list[exp.Expr]:
    """On the list on the period's first day; for all time, ever on it."""
    found = [where_sql(where, listed.joins)]
    if not piece.is_all:
        start, left = (listed.joins.day(path) for path in alive)
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


def _is_itself(condition: object, path: tuple[str, ...]) -> bool:
    """The inner join says "was touched" as of `end`; the milestone itself would know later touches too."""
    return getattr(condition, "op", "") == "not_null" and getattr(condition, "path", ()) == path


def milestone_named(table: str, name: str) -> Milestone:
    for milestone in MILESTONES:
        if milestone.table == table and milestone.name == name:
            return milestone
    raise DefinitionError(f"{table} has no milestone {name!r}", "a recency is measured from a milestone")
