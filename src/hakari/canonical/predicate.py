"""Conditions on the rows of a canonical table, in a closed grammar that every engine can run.

A condition is written `["kind", "=", "call"]`; a dotted name follows references
(`"contact.role_level"`), and `{any = [...]}` holds when one of its conditions does. In place of a value,
`{field = "lead.received_at"}` compares with another field of the same row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hakari.canonical import TABLES, Field
from hakari.canonical.schema import Kind
from hakari.errors import DefinitionError

_ORDERED = ("=", ">=", ">", "<=", "<")
_NUMBERS = (Kind.INTEGER, Kind.NUMBER, Kind.MONEY, Kind.SHARE)
COMPARISONS = ("=", "!=", ">=", ">", "<=", "<")
SETS = ("in", "not_in")
UNARY = ("is_null", "not_null", "is_true", "is_false")
OPERATORS = COMPARISONS + SETS + UNARY
# Table → name → field. Milestones are made of conditions, so they say here what they are called.
MILESTONE_FIELDS: dict[str, dict[str, Field]] = {}


@dataclass(frozen=True, slots=True)
class OtherField:
    """The field that another one is compared with. A day and a moment are compared as days."""

    path: tuple[str, ...]

    def __repr__(self) -> str:
        return ".".join(self.path)


Value = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Atom:
    """One comparison. Unknown fulfils only `is_null`, `!=` and `not_in`: it is not known to be that value."""

    path: tuple[str, ...]
    op: str
    value: Value | OtherField | tuple[Value, ...] = None

    def text(self) -> str:
        name = ".".join(self.path)
        return f"{name} {self.op}" if self.op in UNARY else f"{name} {self.op} {self.value!r}"

    def paths(self) -> tuple[tuple[str, ...], ...]:
        """The fields it looks at."""
        return (self.path, self.value.path) if isinstance(self.value, OtherField) else (self.path,)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when at least one of its atoms holds."""

    atoms: tuple[Atom, ...]

    def text(self) -> str:
        return "(" + " or ".join(atom.text() for atom in self.atoms) + ")"


Condition = Atom | AnyOf
Where = tuple[Condition, ...]


def parse_where(raw: Sequence[Any], table: str, extra: Mapping[str, Field], place: str) -> Where:
    """Read a list of conditions on `table`; `extra` names the milestones that count as its fields."""
    return tuple(_condition(item, table, extra, place) for item in raw)


def _condition(item: Any, table: str, extra: Mapping[str, Field], place: str) -> Condition:
    if isinstance(item, Mapping) and set(item) == {"any"}:
        return AnyOf(tuple(_atom(part, table, extra, place) for part in item["any"]))
    return _atom(item, table, extra, place)


def _atom(item: Any, table: str, extra: Mapping[str, Field], place: str) -> Atom:
    if not isinstance(item, list) or len(item) not in (2, 3) or item[1] not in OPERATORS:
        raise DefinitionError(
            f"{place}: {item!r} is not a condition",
            f'write ["field", "operator", value] with one of {", ".join(OPERATORS)}',
            key="where",
            value=str(item[0]) if isinstance(item, list) and item else "",
        )
    path = tuple(str(item[0]).split("."))
    field = field_at(table, path, extra, place)
    if item[1] in UNARY:
        return Atom(path, item[1])
    if isinstance(item[2], Mapping):
        return Atom(path, item[1], _other_field(item, field, table, extra, place))
    value = tuple(item[2]) if item[1] in SETS else item[2]
    _check_choices(field, value, place)
    return Atom(path, item[1], value)


def _other_field(
    item: Sequence[Any], field: Field, table: str, extra: Mapping[str, Field], place: str
) -> OtherField:
    name = item[2].get("field") if set(item[2]) == {"field"} else None
    if not isinstance(name, str) or item[1] not in _ORDERED:
        raise DefinitionError(
            f"{place}: {item!r} compares with no field",
            f'write ["field", "operator", {{field = "another field"}}] with one of {", ".join(_ORDERED)}',
        )
    path = tuple(name.split("."))
    other = field_at(table, path, extra, place)
    if not (field.is_time and other.is_time) and not {field.kind, other.kind} <= {*_NUMBERS}:
        raise DefinitionError(
            f"{place}: {item[0]} and {name} cannot be compared", "compare two times or two numbers"
        )
    return OtherField(path)


def field_at(table: str, path: tuple[str, ...], extra: Mapping[str, Field], place: str) -> Field:
    """The field a dotted name ends at, which may be a milestone of the table it belongs to."""
    current = TABLES[table]
    for depth, step in enumerate(path):
        field = extra.get(step) if depth == 0 else None
        if field is None and current.has(step):
            field = current.field(step)
        if field is None and depth > 0:
            field = MILESTONE_FIELDS.get(current.name, {}).get(step)
        if field is None:
            known = ", ".join(f.name for f in current.fields)
            raise DefinitionError(
                f"{place}: {current.name} has no field {step!r}", f"its fields are: {known}", value=step
            )
        if depth == len(path) - 1:
            return field
        if field.kind is not Kind.REF or field.ref is None:
            raise DefinitionError(
                f"{place}: {step!r} leads nowhere", "only references can be followed by a dot", value=step
            )
        current = TABLES[field.ref]
    raise DefinitionError(f"{place}: an empty field name", "name a field")


def _check_choices(field: Field, value: Any, place: str) -> None:
    values = value if isinstance(value, tuple) else (value,)
    if field.kind is Kind.CHOICE:
        for one in values:
            if one not in field.choices:
                raise DefinitionError(
                    f"{place}: {one!r} is no {field.name}",
                    f"it is one of {', '.join(field.choices)}",
                    key="where",
                    value=str(one),
                )


def atoms(where: Where) -> Iterator[Atom]:
    """Every comparison in a list of conditions."""
    for condition in where:
        if isinstance(condition, AnyOf):
            yield from condition.atoms
        else:
            yield condition


def where_text(where: Where) -> str:
    return " and ".join(condition.text() for condition in where) or "every row"
