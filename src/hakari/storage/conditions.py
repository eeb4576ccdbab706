"""Conditions and dotted names as SQL trees over the projection's tables, with the joins they need."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

import sqlglot.expressions as exp

from hakari.canonical import TABLES, Field
from hakari.canonical.milestones import milestones_of
from hakari.canonical.predicate import AnyOf, Atom, Condition, OtherField, Value, Where
from hakari.canonical.schema import Kind

_BINARY: Mapping[str, type[exp.Binary]] = {
    "=": exp.EQ,
    ">=": exp.GTE,
    ">": exp.GT,
    "<=": exp.LTE,
    "<": exp.LT,
}


def ident(name: str) -> exp.Identifier:
    return exp.to_identifier(name, quoted=True)


def column(name: str, alias: str) -> exp.Column:
    return exp.Column(this=ident(name), table=ident(alias))


def table_source(name: str, schema: str, alias: str) -> exp.Table:
    return exp.Table(this=ident(name), db=ident(schema), alias=exp.TableAlias(this=ident(alias)))


def literal(value: Value) -> exp.Expr:
    """A value as SQL; days are cast, text is escaped by the generator."""
    if isinstance(value, date):
        return cast(exp.Literal.string(value.isoformat()), "DATE")
    return exp.convert(value)


def cast(value: exp.Expr, to: str) -> exp.Cast:
    """The type built, not parsed: parsing its name is most of the work of many a small statement."""
    return exp.Cast(this=value, to=exp.DataType(this=exp.DataType.Type[to], nested=False))


class Columns(Protocol):
    """Where a condition finds the columns it compares."""

    def column(self, path: tuple[str, ...]) -> exp.Column: ...

    def day(self, path: tuple[str, ...]) -> exp.Column: ...

    def field(self, path: tuple[str, ...]) -> Field: ...


class Joins:
    """Reads dotted names over one fact table, and remembers the to-one joins they need.

    Every join follows a reference to a unique key, so no row of the fact is ever counted twice.
    """

    def __init__(self, table: str, schema: str, alias: str = "f") -> None:
        self.table, self.schema, self.alias = table, schema, alias
        self._joined: dict[str, tuple[str, exp.Column]] = {}
        self.ways: dict[str, tuple[str, tuple[str, ...]]] = {}  # alias → its table, and the path to its key
        self._told: dict[str, dict[str, None]] = {}  # alias → the milestones that were asked of it

    def column(self, path: tuple[str, ...]) -> exp.Column:
        """The column a dotted name ends at; a milestone of any table on the way is found too."""
        table, alias = self.table, self.alias
        for depth, step in enumerate(path[:-1], start=1):
            target = self._reference(table, step)
            alias = self._join(f"{alias}_{step}", target, column(step, alias), path[:depth])
            table = target
        name = path[-1]
        if name != "key" and not TABLES[table].has(name) and self._base(name) in milestones_of(table):
            milestones, key = f"{table}__milestone", column("key", alias)
            alias = self._join(f"{alias}__milestone", milestones, key, (*path[:-1], "key"))
            self._told.setdefault(alias, {})[self._base(name)] = None
        return column(name, alias)

    def day(self, path: tuple[str, ...]) -> exp.Column:
        """The same as a day in the company's calendar."""
        if self.field(path).kind is Kind.INSTANT:
            return self.column((*path[:-1], f"{path[-1]}__day"))
        return self.column(path)

    def field(self, path: tuple[str, ...]) -> Field:
        table = self.table
        for step in path[:-1]:
            table = self._reference(table, step)
        name = path[-1]
        if TABLES[table].has(name):
            return TABLES[table].field(name)
        return milestones_of(table)[name]

    def reads(self) -> frozenset[tuple[str, tuple[str, ...], str]]:
        """Each table joined, the path to its key, and of milestones each that was asked for."""
        return frozenset(
            (table, path, name)
            for alias, (table, path) in self.ways.items()
            for name in self._told.get(alias, ("",))
        )

    def step(self, alias: str) -> tuple[str, exp.Column]:
        """The table an alias stands for, and the column that holds the keys of its rows."""
        return self._joined[alias]

    def add_to(self, select: exp.Select) -> exp.Select:
        for alias, (table, on) in self._joined.items():
            # Built, not parsed: `select.join(join_type=…)` would read the words "left join" as SQL.
            equal = exp.EQ(this=column("key", alias), expression=on.copy())
            select.append(
                "joins", exp.Join(this=table_source(table, self.schema, alias), side="LEFT", on=equal)
            )
        return select

    def _join(self, alias: str, table: str, on: exp.Column, way: tuple[str, ...]) -> str:
        self._joined.setdefault(alias, (table, on))
        self.ways.setdefault(alias, (table, way))
        return alias

    @staticmethod
    def _base(name: str) -> str:
        return name.removesuffix("__day")

    @staticmethod
    def _reference(table: str, step: str) -> str:
        target = TABLES[table].field(step).ref
        if target is None:
            raise KeyError(f"{table}.{step} is not a reference")
        return target


def where_sql(where: Where, columns: Columns) -> exp.Expr:
    """All conditions as one boolean tree; no condition is TRUE."""
    parts = [condition_sql(one, columns) for one in where]
    return exp.and_(*parts, copy=False) if parts else exp.true()


def condition_sql(condition: Condition, columns: Columns) -> exp.Expr:
    if isinstance(condition, AnyOf):
        return exp.paren(exp.or_(*(atom_sql(atom, columns) for atom in condition.atoms), copy=False))
    return atom_sql(condition, columns)


def atom_sql(atom: Atom, columns: Columns) -> exp.Expr:
    """One comparison, unknown compared as canonical.predicate.Atom says."""
    if isinstance(atom.value, OtherField):
        return _fields_compared(atom.op, atom.path, atom.value.path, columns)
    subject = columns.column(atom.path)
    if atom.op in ("is_null", "not_null"):
        null = exp.Is(this=subject, expression=exp.null())
        return null if atom.op == "is_null" else exp.Not(this=null)
    if atom.op in ("is_true", "is_false"):
        return exp.Is(this=subject, expression=exp.convert(atom.op == "is_true"))
    if atom.op in ("in", "not_in"):
        values = atom.value if isinstance(atom.value, tuple) else (atom.value,)
        inside = exp.In(this=subject, expressions=[literal(one) for one in values])
        if atom.op == "in":
            return inside
        unknown = exp.Is(this=subject.copy(), expression=exp.null())
        return exp.paren(exp.or_(exp.Not(this=inside), unknown, copy=False))
    if isinstance(atom.value, tuple):
        raise TypeError(f"{atom.text()} compares with several values")
    if atom.op == "!=":
        return exp.NullSafeNEQ(this=subject, expression=literal(atom.value))
    if columns.field(atom.path).kind is Kind.INSTANT and isinstance(atom.value, date | str):
        subject = columns.day(atom.path)
    return _BINARY[atom.op](this=subject, expression=literal(atom.value))


def _fields_compared(op: str, one: tuple[str, ...], other: tuple[str, ...], columns: Columns) -> exp.Expr:
    kinds = {columns.field(path).kind for path in (one, other)}
    read = columns.day if kinds == {Kind.DATE, Kind.INSTANT} else columns.column
    return _BINARY[op](this=read(one), expression=read(other))
