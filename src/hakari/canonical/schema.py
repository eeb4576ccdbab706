"""What a canonical table is made of: fields, their kinds, and how a row is recognised."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a field's value is read, stored and compared."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    MONEY = "money"
    SHARE = "share"  # 0..1
    DATE = "date"  # a day in the company's calendar, without a clock
    INSTANT = "instant"  # a moment, kept in UTC
    FLAG = "flag"
    CHOICE = "choice"
    REF = "ref"  # the key of a row of another canonical table


@dataclass(frozen=True, slots=True)
class Field:
    """One column; a bad value in an `essential` field rejects the whole row, in others it is noted."""

    name: str
    kind: Kind
    ref: str | None = None
    choices: tuple[str, ...] = ()
    essential: bool = False
    personal: bool = False  # names a human being outside the company

    @property
    def is_time(self) -> bool:
        return self.kind in (Kind.DATE, Kind.INSTANT)


@dataclass(frozen=True, slots=True)
class Table:
    """One canonical table. `names` are the fields by which other rows call it when they know no id."""

    name: str
    ja: str
    en: str
    says: str
    fields: tuple[Field, ...]
    occurred: str | None = None
    names: tuple[str, ...] = ()

    def field(self, name: str) -> Field:
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no field {name}")

    def has(self, name: str) -> bool:
        return any(field.name == name for field in self.fields)


def text(name: str, *, personal: bool = False) -> Field:
    return Field(name, Kind.TEXT, personal=personal)


def integer(name: str) -> Field:
    return Field(name, Kind.INTEGER, essential=False)


def number(name: str, *, essential: bool = False) -> Field:
    return Field(name, Kind.NUMBER, essential=essential)


def money(name: str) -> Field:
    return Field(name, Kind.MONEY, essential=True)


def share(name: str) -> Field:
    return Field(name, Kind.SHARE)


def date(name: str, *, essential: bool = True) -> Field:
    return Field(name, Kind.DATE, essential=essential)


def instant(name: str, *, essential: bool = True) -> Field:
    return Field(name, Kind.INSTANT, essential=essential)


def flag(name: str) -> Field:
    return Field(name, Kind.FLAG)


def choice(name: str, *choices: str) -> Field:
    return Field(name, Kind.CHOICE, choices=choices)


def ref(name: str, table: str | None = None) -> Field:
    return Field(name, Kind.REF, ref=table or name)


def table(
    doc: str | None,
    name: str,
    ja: str,
    en: str,
    *fields: Field,
    occurred: str | None = None,
    names: tuple[str, ...] = (),
) -> Table:
    """A table whose meaning is its module's docstring, so that the two cannot drift apart."""
    return Table(name, ja, en, (doc or "").strip(), fields, occurred, names)
