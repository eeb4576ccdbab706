"""Computes milestones: one pass over each table that tells something about another, however much it tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import sqlglot.expressions as exp

from hakari.canonical.milestones import Milestone
from hakari.canonical.predicate import atoms
from hakari.canonical.schema import Kind
from hakari.storage.conditions import Joins, column, ident, table_source, where_sql
from hakari.storage.projection_tables import day_of, quoted
from hakari.storage.projection_touched import added_name, changed_name, touched_name

FACT, OWN = "f", "t"


def tables(milestones: Sequence[Milestone]) -> list[str]:
    return sorted({milestone.table for milestone in milestones})


@lru_cache(maxsize=256)
def statement(
    table: str, milestones: tuple[Milestone, ...], schema: str, zone: str, dirty: str | None
) -> str:
    """`selected` as text."""
    return selected(table, milestones, schema, zone, dirty).sql(dialect="duckdb", identify=True)


def selected(
    table: str, milestones: Sequence[Milestone], schema: str, zone: str, dirty: str | None
) -> exp.Select:
    """A select of the milestones of `table`; only of the keys in table `dirty`, if one is given.

    A row that nothing points at has no milestones row: nothing is known, which is not zero.
    """
    of_table = [milestone for milestone in milestones if milestone.table == table]
    tellers = passes(milestones, table)
    alias_of = {(one[0].source, one[0].via): f"m{number}" for number, one in enumerate(tellers)}
    select = exp.select(column("key", OWN), *_shown(of_table, alias_of, zone))
    select = select.from_(table_source(table, schema, OWN))
    for told_by, alias in zip(tellers, alias_of.values(), strict=True):
        only = None if dirty is None else among(column(told_by[0].via, FACT), dirty)
        partial = _following(told_by, schema) if told_by[0].among else one_pass(told_by, schema, only)
        select = select.join(
            exp.Subquery(this=partial, alias=exp.TableAlias(this=ident(alias))),
            on=exp.EQ(this=column("key", alias), expression=column("key", OWN)),
            join_type="left",
        )
    told = [exp.Not(this=exp.Is(this=column("key", a), expression=exp.null())) for a in alias_of.values()]
    select = select.where(exp.or_(*told))
    if dirty is not None:
        select = select.where(among(column("key", OWN), dirty))
    return select


def passes(milestones: Sequence[Milestone], table: str) -> list[list[Milestone]]:
    """Those of a table by who tells them, and through which reference."""
    found: dict[tuple[str, str], list[Milestone]] = {}
    for one in milestones:
        if one.table == table:
            found.setdefault((one.source, one.via), []).append(one)
    return list(found.values())


def _shown(
    milestones: Sequence[Milestone], alias_of: dict[tuple[str, str], str], zone: str
) -> Iterator[exp.Expr]:
    for milestone in milestones:
        own = column(milestone.name, alias_of[(milestone.source, milestone.via)])
        yield own
        if milestone.kind is Kind.INSTANT:
            day: exp.Expr = exp.maybe_parse(day_of(own.sql(dialect="duckdb"), zone), dialect="duckdb")
            yield exp.alias_(day, f"{milestone.name}__day", quoted=True)


def one_pass(
    milestones: Sequence[Milestone], schema: str, only: exp.Expr | None, rows: exp.Table | None = None
) -> exp.Select:
    """All that one table tells through one reference, by the key it refers to; `only` by some of its rows."""
    source, via = milestones[0].source, milestones[0].via
    joins = Joins(source, schema, FACT)
    parent = column(via, FACT)
    shown = [exp.alias_(_told(milestone, joins), milestone.name, quoted=True) for milestone in milestones]
    select = exp.select(exp.alias_(parent, "key", quoted=True), *shown)
    select = joins.add_to(select.from_(rows or table_source(source, schema, FACT)))
    known = exp.Not(this=exp.Is(this=parent.copy(), expression=exp.null()))
    select = select.where(known if only is None else exp.and_(known, only))
    return select.group_by(parent.copy())


def _following(milestones: Sequence[Milestone], schema: str) -> exp.Select:
    """For each row, what the next of its kind says; all rows are read, for any may be the next."""
    source = milestones[0].source
    return exp.select(column("key", FACT), *(_next(one) for one in milestones)).from_(
        table_source(source, schema, FACT)
    )


def _next(milestone: Milestone) -> exp.Expr:
    value = column(milestone.field, FACT)
    order = [exp.Ordered(this=value.copy(), nulls_first=True), exp.Ordered(this=column("key", FACT))]
    following = exp.Window(
        this=exp.Anonymous(this="lead", expressions=[value]),
        partition_by=[column(name, FACT) for name in milestone.among],
        order=exp.Order(expressions=order),
    )
    return exp.alias_(following, milestone.name, quoted=True)


def _told(milestone: Milestone, joins: Joins) -> exp.Expr:
    """One aggregate, over the rows that fulfil the milestone's condition."""
    value: exp.Expr = column(milestone.field, FACT)
    conditions = [where_sql(milestone.where, joins)] if milestone.where else []
    if milestone.since is not None:
        since = joins.column((milestone.via, milestone.since))
        conditions.append(exp.GTE(this=value.copy(), expression=since))
    if milestone.after is not None:
        start = joins.column((milestone.via, milestone.after))
        conditions.append(exp.GTE(this=value.copy(), expression=start.copy()))
        value = exp.IntDiv(
            this=exp.paren(_micros(value) - _micros(start)), expression=exp.Literal.number(1_000_000)
        )
    chosen = exp.Case().when(exp.and_(*conditions), value) if conditions else value
    if milestone.how == "distinct":
        return exp.Count(this=exp.Distinct(expressions=[chosen]))
    if milestone.how == "any":
        return exp.GT(this=exp.Count(this=chosen), expression=exp.Literal.number(0))
    return {"first": exp.Min, "last": exp.Max, "count": exp.Count, "sum": exp.Sum}[milestone.how](this=chosen)


def _micros(moment: exp.Expr) -> exp.Expr:
    return exp.func("epoch_us", moment.copy(), dialect="duckdb")


def among(key: exp.Column, dirty: str) -> exp.Expr:
    listed = exp.select(column("key", "d")).from_(
        exp.Table(this=ident(dirty), alias=exp.TableAlias(this=ident("d")))
    )
    return exp.In(this=key, query=exp.Subquery(this=listed))


def dirty_before(milestones: Sequence[Milestone], table: str, changed: Sequence[str]) -> Iterator[str]:
    """Selects of the `table` keys that changed rows pointed at; to be run before these are replaced.

    `changed`, and `added` below, are the tables that have temporary tables of such keys (see `Touched`).
    """
    for one in passes(milestones, table):
        if one[0].source in changed:
            yield from _pointed_at(one, changed_name(one[0].source))


def dirty_after(
    milestones: Sequence[Milestone], table: str, changed: Sequence[str], added: Sequence[str]
) -> Iterator[str]:
    """Selects of the `table` keys whose milestones have to be told from all rows again, as rows are now.

    Keys that new rows point at are left out where what these tell can be added to what is known.
    """
    for one in passes(milestones, table):
        source = one[0].source
        for milestone in one:
            yield from _dirty_through(milestone, [*changed, *added])
        if source in changed:
            yield from _pointed_at(one, changed_name(source))
        if source in added and not adds_up(one):
            yield from _pointed_at(one, added_name(source))


def adds_up(told_by: Sequence[Milestone]) -> bool:
    """Whether what new rows tell can be added to what all others told: a sum of fractions would not be the
    same to the last digit, and who of several is new is not known without looking at all.
    """
    return all(one.how in ("first", "last", "any", "count") for one in told_by)


def _pointed_at(told_by: Sequence[Milestone], keys: str) -> Iterator[str]:
    if told_by[0].among:
        yield from (_of_the_same_kind(milestone, keys) for milestone in told_by)
        return
    source, via = quoted(told_by[0].source), quoted(told_by[0].via)
    yield f"SELECT f.{via} FROM main.{source} AS f WHERE f.key IN (SELECT key FROM {keys})"


def _dirty_through(milestone: Milestone, touched: Sequence[str]) -> Iterator[str]:
    """By way of the records its condition looks at: a contact who was promoted."""
    for path, target in _ways(milestone):
        if target in touched:
            joins = Joins(milestone.source, "main", FACT)
            at = joins.column(path).sql(dialect="duckdb")
            select = exp.select(column(milestone.via, FACT))
            select = joins.add_to(select.from_(table_source(milestone.source, "main", FACT)))
            sql = select.sql(dialect="duckdb", identify=True)
            yield f"{sql} WHERE {at} IN (SELECT key FROM {touched_name(target)})"


def _of_the_same_kind(milestone: Milestone, keys: str) -> str:
    """Selects the rows before and after which a touched row stood or now stands."""
    source = quoted(milestone.source)
    alike = " AND ".join(f"f.{name} IS NOT DISTINCT FROM t.{name}" for name in map(quoted, milestone.among))
    return (
        f"SELECT f.key FROM main.{source} AS f JOIN main.{source} AS t ON {alike}"
        f" WHERE t.key IN (SELECT key FROM {keys})"
    )


def _ways(milestone: Milestone) -> Iterator[tuple[tuple[str, ...], str]]:
    """The references a milestone's condition follows, and the tables they lead to."""
    named = [path for atom in atoms(milestone.where) for path in atom.paths()]
    for path in named:
        for depth in range(1, len(path)):
            target = Joins(milestone.source, "main").field(path[:depth]).ref
            if target is not None:
                yield path[:depth], target
