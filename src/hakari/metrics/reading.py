"""What one reading of a table has to fetch so that many figures can be counted from its rows at once.

Conditions look at choices and flags, or hold or not; each of these is a key with a few codes. What belongs
to another table is looked up there once, by a row's reference, instead of being joined to every row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import sqlglot.expressions as exp
from numpy.typing import NDArray

from hakari.access import Viewer
from hakari.canonical.predicate import AnyOf, Atom, OtherField, Where
from hakari.canonical.schema import Field, Kind
from hakari.metrics.components import Component
from hakari.metrics.fact import Fact, in_period
from hakari.metrics.query import Cut
from hakari.metrics.rows import row_conditions, rows_of, split_where
from hakari.storage.conditions import atom_sql, condition_sql
from hakari.units.period import Period

FACT = "f"
FLAGS = (False, True, None)
Accepted = tuple[bool, ...]  # for each code of a key
Test = tuple[tuple[int, Accepted], ...]  # holds where one of the keys has an accepted code


@dataclass(frozen=True, slots=True)
class Asked:
    """Something conditions look at; the last of its values stands for unknown."""

    alias: str
    expression: exp.Expr
    values: tuple[object, ...]

    @property
    def name(self) -> str:
        """What its column is called while it is fetched."""
        return _name(self.expression)


@dataclass(frozen=True, slots=True)
class Sliced:
    """A dimension: the table it is read from, and its values where they are few and known beforehand."""

    alias: str
    expression: exp.Expr
    values: tuple[object, ...] | None

    @property
    def name(self) -> str:
        return _name(self.expression)


@dataclass(frozen=True, slots=True)
class Member:
    """A component and what it asks of a row."""

    component: Component
    tests: tuple[Test, ...]
    column: str = ""  # whose values are added up, or whose different values are counted


@dataclass(slots=True)
class Needed:
    """What is read of one joined table."""

    table: str
    on: exp.Column
    keys: list[int] = field(default_factory=list)
    slices: list[int] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    day: bool = False


class Reading:
    """Collects components of one table and day; those it cannot express it refuses."""

    def __init__(
        self,
        table: str,
        day: tuple[str, ...],
        schema: str,
        cut: Cut,
        viewer: Viewer,
        start_month: int,
        today: date,
    ) -> None:
        self.table, self.schema, self.cut, self.today = table, schema, cut, today
        self.day_path, self.start_month = day, start_month
        self._viewer = viewer
        self._fact = Fact(table, schema, cut, viewer, start_month)
        self.joins = self._fact.joins
        self.day = self.joins.day(day)
        self.keys: list[Asked] = []
        self._places: dict[exp.Expr, int] = {}
        self.members: list[Member] = []
        slices = [self._sliced(place) for place in range(len(cut.dimensions))]
        self.sliced = [one for one in slices if one is not None]

    @property
    def expressible(self) -> bool:
        """Whether its slices and days are something that rows can be counted by here."""
        return len(self.sliced) == len(self.cut.dimensions) and _alias_of(self.day) is not None

    def add(self, component: Component) -> bool:
        """Whether it can be counted here; then it will be."""
        column = self._column(component)
        if not component.dated or column is None:
            return False
        found: list[list[tuple[Asked, Accepted]]] = []
        for condition in component.where:
            atoms = condition.atoms if isinstance(condition, AnyOf) else (condition,)
            found.append([self._asked(atom) for atom in atoms])
        rows = row_conditions(component, self.joins, self.day, self.today)
        found += [[(Asked(_alias_of(row) or "", row, FLAGS), _TRUE)] for row in rows]
        if any(not asked.alias for test in found for asked, _ in test):
            return False
        tests = tuple(tuple((self._key(asked), accepted) for asked, accepted in test) for test in found)
        self.members.append(Member(component, tests, column))
        return True

    def _column(self, one: Component) -> str | None:
        """Only whole numbers are added up: the sum of others depends on their order."""
        if one.how == "count":
            return ""
        if len(one.path) != 1 or one.how not in ("sum", "filled", "distinct"):
            return None
        if one.path == ("key",):
            return "key" if one.how == "distinct" else None
        kind = self.joins.field(one.path).kind
        wanted = Kind.REF if one.how == "distinct" else Kind.INTEGER
        column = self.joins.column(one.path)
        return column.name if kind is wanted and column.table == FACT else None

    def _asked(self, atom: Atom) -> tuple[Asked, Accepted]:
        """A choice or flag by its codes, any other comparison by whether it holds."""
        column = self.joins.column(atom.path)
        values = _values_of(self.joins.field(atom.path))
        if values is not None and not isinstance(atom.value, OtherField) and atom.op in _HOLDS:
            holds = _HOLDS[atom.op]
            return Asked(column.table, column, values), tuple(holds(one, atom.value) for one in values)
        if atom.op in ("is_null", "not_null"):
            missing = exp.Is(this=column, expression=exp.null())
            return Asked(column.table, missing, FLAGS), _TRUE if atom.op == "is_null" else _FALSE
        compared = atom_sql(atom, self.joins)
        return Asked(_alias_of(compared) or "", compared, FLAGS), _TRUE

    def _key(self, asked: Asked) -> int:
        place = self._places.setdefault(asked.expression, len(self.keys))
        if place == len(self.keys):
            self.keys.append(asked)
        return place

    def _sliced(self, place: int) -> Sliced | None:
        dimension = self.cut.dimensions[place]
        value = self._fact.value_of(dimension)
        alias = _alias_of(value)
        if alias != FACT:
            return None if alias is None else Sliced(alias, value, None)
        if self._fact.slice_refs()[place] is not None:
            return Sliced(alias, value, None)
        values = None
        if isinstance(value, exp.Column) and self.joins.field((value.name,)).name == value.name:
            values = _values_of(self.joins.field((value.name,)))
        return None if values is None else Sliced(alias, value, values)

    def needed(self) -> dict[str, Needed]:
        """The joined tables by alias, each after the one it is reached through."""
        aliases = {self.keys[place].alias for place in range(len(self.keys))}
        aliases |= {one.alias for one in self.sliced} | {_alias_of(self.day) or FACT}
        found: dict[str, Needed] = {}
        for alias in sorted(aliases - {FACT}):
            self._reach(alias, found)
        for place, asked in enumerate(self.keys):
            if asked.alias != FACT:
                found[asked.alias].keys.append(place)
        for place, sliced in enumerate(self.sliced):
            if sliced.alias != FACT:
                found[sliced.alias].slices.append(place)
        if self.day.table != FACT:
            found[self.day.table].day = True
        return found

    def _reach(self, alias: str, found: dict[str, Needed]) -> None:
        if alias in found:
            return
        table, on = self.joins.step(alias)
        if on.table != FACT:
            self._reach(on.table, found)
            found[on.table].references.append(on.name)
        found[alias] = Needed(table, on)

    def references(self) -> list[str]:
        """The columns of the table itself that hold keys: of joined tables, slices and counted entities."""
        found = [one.on.name for one in self.needed().values() if one.on.table == FACT]
        return list(dict.fromkeys([*found, *self.entities()]))

    def entities(self) -> list[str]:
        """The columns whose different values are counted."""
        found = [one.column for one in self.members if one.component.how == "distinct"]
        return list(dict.fromkeys(found))

    def select(self, period: Period, columns: Iterable[exp.Expr]) -> exp.Select:
        """The rows that any member may count."""
        fact = Fact(self.table, self.schema, self.cut, self._viewer, self.start_month)
        rows = [*fact.conditions(), *(condition_sql(one, fact.joins) for one in self._shared())]
        if self.day.table == FACT:
            rows.insert(0, in_period(fact.joins.day(self.day_path), period))
        shown = [exp.alias_(one.copy(), f"c{place}", quoted=True) for place, one in enumerate(columns)]
        return rows_of(fact, shown, rows)

    def _shared(self) -> Where:
        """Conditions of all members on the table's own columns: what fails them is not even fetched."""
        shared, _ = split_where([one.component for one in self.members])
        return tuple(one for one in shared if _alias_of(condition_sql(one, self.joins)) == FACT)


_TRUE: Accepted = (False, True, False)
_FALSE: Accepted = (True, False, False)


def _in(value: object, wanted: object) -> bool:
    return value in (wanted if isinstance(wanted, tuple) else (wanted,))


_HOLDS: Mapping[str, Callable[[object, object], bool]] = {
    "=": lambda value, wanted: value == wanted,
    "!=": lambda value, wanted: value != wanted,
    "in": _in,
    "not_in": lambda value, wanted: not _in(value, wanted),
    "is_null": lambda value, _: value is None,
    "not_null": lambda value, _: value is not None,
    "is_true": lambda value, _: value is True,
    "is_false": lambda value, _: value is False,
}


def _values_of(one: Field) -> tuple[object, ...] | None:
    """What a choice or flag can be, unknown last; None for anything else."""
    if one.kind is Kind.FLAG:
        return FLAGS
    return (*one.choices, None) if one.kind is Kind.CHOICE else None


def _name(expression: exp.Expr) -> str:
    return expression.name if isinstance(expression, exp.Column) else expression.sql()


def _alias_of(expression: exp.Expr) -> str | None:
    """The one table whose columns it reads."""
    tables = {one.table for one in expression.find_all(exp.Column)}
    return tables.pop() if len(tables) == 1 else None


def holding(tests: Iterable[Sequence[tuple[int, Accepted]]], codes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which combinations of codes fulfil all tests."""
    found = np.ones(len(codes), np.bool_)
    for test in tests:
        holds = np.zeros(len(codes), np.bool_)
        for place, accepted in test:
            holds |= np.array(accepted)[codes[:, place]]
        found &= holds
    return found
