"""Turns a row's values into what is stored, and into the short hash by which a change is noticed.

The stored form knows no database: days and moments are whole numbers, so a row has one hash everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from hashlib import blake2b
from typing import Any

from hakari.canonical import TABLES, Field
from hakari.canonical.schema import Kind
from hakari.errors import MappingError, UnknownFieldError
from hakari.storage.rows import Row
from hakari.storage.schema.tables import payload
from hakari.storage.schema.types import EPOCH_DAY, micros, moment_of

_DAY = 86_400_000_000


def _text(value: Any) -> str:
    # PostgreSQL keeps every letter but this one.
    return value.replace("\x00", "") if "\x00" in value else str(value)


def _number(value: Any) -> float:
    number = float(value)
    if number - number != 0:
        raise ValueError("not a finite number")
    return number


def _day(value: Any) -> int:
    ordinal: int = value.toordinal()
    return ordinal - EPOCH_DAY


def _converter(field: Field) -> Callable[[Any], Any]:
    if field.kind is Kind.CHOICE:
        return {choice: choice for choice in field.choices}.__getitem__
    converters: dict[Kind, Callable[[Any], Any]] = {
        Kind.TEXT: _text,
        Kind.INTEGER: int,
        Kind.REF: int,
        Kind.NUMBER: _number,
        Kind.MONEY: _number,
        Kind.SHARE: _number,
        Kind.DATE: _day,
        Kind.INSTANT: micros,
        Kind.FLAG: bool,
    }
    return converters[field.kind]


class Encoder:
    """Knows the columns of one table."""

    def __init__(self, table: str) -> None:
        self.table = table
        fields = payload(TABLES[table])
        self.columns = tuple(field.name for field in fields)
        self._places = {field.name: (place, _converter(field)) for place, field in enumerate(fields)}
        self._blank: list[Any] = [None] * len(fields)
        occurred = TABLES[table].occurred
        self._occurred = None if occurred is None else self._places[occurred][0]
        self._occurred_unit = (
            _DAY if occurred is not None and TABLES[table].field(occurred).kind is Kind.DATE else 1
        )
        self.days = tuple(place for place, field in enumerate(fields) if field.kind is Kind.DATE)
        self.moments = tuple(place for place, field in enumerate(fields) if field.kind is Kind.INSTANT)

    def stored(self, values: dict[str, Any]) -> list[Any]:
        """The values in the order of the columns."""
        out = self._blank.copy()
        name = ""
        try:
            for name, value in values.items():
                if value is not None:
                    place, convert = self._places[name]
                    out[place] = convert(value)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise self._refusal(name, values[name]) from error
        return out

    def digest(self, stored: list[Any], row: Row) -> bytes:
        """A hash of what the source says; not of when we learnt it."""
        said: dict[str, Any] = {
            name: value for name, value in zip(self.columns, stored, strict=True) if value is not None
        }
        if row.deleted:
            said["(deleted)"] = True
        if row.occurred_at is not None:
            said["(occurred)"] = micros(row.occurred_at)
        # ascii() of plain values reads the same in every Python; repr() follows the edition of Unicode.
        return blake2b(ascii(said).encode(), digest_size=16).digest()

    def happened_at(self, stored: list[Any], row: Row, observed: int) -> int:
        """When it was so: what the source says, else the row's own time, else when we learnt it."""
        if row.occurred_at is not None:
            return micros(row.occurred_at)
        if self._occurred is None:
            return observed
        own = stored[self._occurred]
        return observed if own is None else own * self._occurred_unit

    def for_postgres(self, stored: list[Any]) -> list[Any]:
        """The same values with days and moments as PostgreSQL takes them."""
        for place in self.days:
            if stored[place] is not None:
                stored[place] = date.fromordinal(stored[place] + EPOCH_DAY)
        for place in self.moments:
            if stored[place] is not None:
                stored[place] = moment_of(stored[place])
        return stored

    def _refusal(self, name: str, value: Any) -> MappingError:
        if name not in self._places:
            return UnknownFieldError(
                f"{self.table} has no field {name!r}", f"its fields are: {', '.join(self.columns)}"
            )
        field = TABLES[self.table].field(name)
        wanted = f"one of {', '.join(field.choices)}" if field.choices else f"a value of kind {field.kind}"
        return MappingError(f"{self.table}.{name} cannot hold {value!r}", f"give {wanted}, or nothing")
