"""Adds what new rows tell to the milestones that are kept: a first call that is earlier, a last one later."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import sqlglot.expressions as exp

from hakari.canonical.milestones import Milestone
from hakari.canonical.schema import Kind
from hakari.storage.conditions import column, ident, table_source
from hakari.storage.projection_milestones import FACT, OWN, adds_up, among, one_pass, passes
from hakari.storage.projection_tables import day_of

_KEPT = "k"
CAME_OR_WENT = "came_or_went"


class Gains:
    """What new rows tell of the `table` records they point at, where it can be added to what is known.

    There is a temporary table of these rows for each of the `sources`, with the columns that are read, and
    one of gains for each reference they point by: its name stands before its statement in `tables`.
    """

    def __init__(
        self, table: str, milestones: tuple[Milestone, ...], zone: str, added: frozenset[str]
    ) -> None:
        self._table, self._zone = table, zone
        self._milestones = [one for one in milestones if one.table == table]
        told = [one for one in passes(milestones, table) if one[0].source in added and adds_up(one)]
        self._alias = {(one[0].source, one[0].via): f"m{number}" for number, one in enumerate(told)}
        selects = [one_pass(one, "main", None, _rows(one[0].source)) for one in told]
        self.sources: dict[str, set[str]] = {}
        for one, select in zip(told, selects, strict=True):
            read = {column.name for column in select.find_all(exp.Column) if column.table == FACT}
            self.sources.setdefault(one[0].source, set()).update(read)
        self.tables = {
            f"gains_{table}_{alias}": select.sql(dialect="duckdb", identify=True)
            for alias, select in zip(self._alias.values(), selects, strict=True)
        }

    def moving(self) -> str:
        """A select of each key, a flag for each milestone that is another now, and whether all is new."""
        moves: exp.Expr
        flags: list[exp.Expr] = []
        for milestone, kept, both in self._pairs():
            moves = exp.false() if both is None else exp.NullSafeNEQ(this=both, expression=kept)
            flags.append(exp.alias_(moves, milestone.name, quoted=True))
        came = exp.alias_(exp.Is(this=column("key", _KEPT), expression=exp.null()), CAME_OR_WENT, quoted=True)
        keys = " UNION ".join(f"SELECT key FROM {name}" for name in self.tables)
        own = exp.Subquery(this=exp.maybe_parse(keys, dialect="duckdb"), alias=_alias(OWN))
        return self._from(exp.select(column("key", OWN), *flags, came).from_(own))

    def merged(self, keys: str) -> str:
        """A select as `statement`'s of the keys in table `keys`: what is kept and what is new, together."""
        shown: list[exp.Expr] = []
        for milestone, kept, both in self._pairs():
            shown.append(exp.alias_(both or kept, milestone.name, quoted=True))
            if milestone.kind is Kind.INSTANT:
                day: exp.Expr = column(f"{milestone.name}__day", _KEPT)
                if both is not None:
                    day = exp.maybe_parse(day_of(both.sql(dialect="duckdb"), self._zone), dialect="duckdb")
                shown.append(exp.alias_(day, f"{milestone.name}__day", quoted=True))
        select = exp.select(column("key", OWN), *shown).from_(table_source(self._table, "main", OWN))
        return self._from(select.where(among(column("key", OWN), keys)))

    def _pairs(self) -> Iterator[tuple[Milestone, exp.Expr, exp.Expr | None]]:
        """Each milestone as it is kept, and with what is new where anything could be."""
        for milestone in self._milestones:
            kept = column(milestone.name, _KEPT)
            alias = self._alias.get((milestone.source, milestone.via))
            both = None if alias is None else _both(milestone.how, kept, column(milestone.name, alias))
            yield milestone, kept, both

    def _from(self, select: exp.Select) -> str:
        kept = table_source(f"{self._table}__milestone", "main", _KEPT)
        gains = [
            exp.Table(this=ident(name), alias=_alias(alias))
            for name, alias in zip(self.tables, self._alias.values(), strict=True)
        ]
        for alias, source in zip((_KEPT, *self._alias.values()), (kept, *gains), strict=True):
            on = exp.EQ(this=column("key", alias), expression=column("key", OWN))
            select = select.join(source, on=on, join_type="left")
        return select.sql(dialect="duckdb", identify=True)


@lru_cache(maxsize=256)
def gains(table: str, milestones: tuple[Milestone, ...], zone: str, added: frozenset[str]) -> Gains:
    """By the tables that have new rows; it is asked the same every day."""
    return Gains(table, milestones, zone, added)


def new_rows_name(source: str) -> str:
    return f"new_{source}"


def _rows(source: str) -> exp.Table:
    return exp.Table(this=ident(new_rows_name(source)), alias=_alias(FACT))


def _alias(name: str) -> exp.TableAlias:
    return exp.TableAlias(this=ident(name))


def _both(how: str, kept: exp.Expr, new: exp.Expr) -> exp.Expr:
    """One of them alone where the other is not known."""
    together: exp.Expr
    if how in ("first", "last"):
        name = "least" if how == "first" else "greatest"
        together = exp.Anonymous(this=name, expressions=[kept.copy(), new.copy()])
    elif how == "any":
        together = exp.Or(this=kept.copy(), expression=new.copy())
    else:
        together = exp.Add(this=kept.copy(), expression=new.copy())
    return exp.Coalesce(this=together, expressions=[kept, new])
