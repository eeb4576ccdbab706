"""How days and moments are kept: PostgreSQL has types for them, SQLite gets whole numbers.

SQLite drops the zone of a time it is given. Microseconds and days since 1970 have none to drop, sort
rightly, and go into columnar form without being parsed.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from hakari.errors import InstantWithoutZoneError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = EPOCH.toordinal()
_MICROSECOND = timedelta(microseconds=1)

BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def micros(moment: datetime) -> int:
    """Microseconds since 1970 of a moment that knows its zone."""
    if moment.tzinfo is None:
        raise InstantWithoutZoneError(
            f"{moment.isoformat()} names no time zone", "say in which zone the clock stood"
        )
    return (moment - EPOCH) // _MICROSECOND


def moment_of(value: int) -> datetime:
    return EPOCH + timedelta(microseconds=value)


def whole(connection: sa.Connection, column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """A moment as microseconds, a day as days since 1970, a flag as 0 or 1: what is quickest to read."""
    if connection.dialect.name == "sqlite":
        return sa.type_coerce(column, sa.BigInteger)
    if isinstance(column.type, Day):
        return sa.type_coerce(column, sa.Date) - sa.literal(EPOCH.date(), sa.Date)
    if isinstance(column.type, Moment):
        return sa.cast(sa.extract("epoch", column) * 1_000_000, sa.BigInteger)
    return sa.cast(column, sa.Integer)


class Moment(TypeDecorator[datetime]):
    """A moment; aware in Python, UTC in the store."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(sa.BigInteger() if dialect.name == "sqlite" else self.impl_instance)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        whole = micros(value)
        return whole if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if dialect.name == "sqlite":
            return moment_of(value)
        moment: datetime = value
        return moment.astimezone(UTC)


class Day(TypeDecorator[date]):
    """A day of the company's calendar."""

    impl = sa.Date
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(sa.Integer() if dialect.name == "sqlite" else sa.Date())

    def process_bind_param(self, value: date | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        return value.toordinal() - EPOCH_DAY if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        if dialect.name == "sqlite" and value is not None:
            return date.fromordinal(value + EPOCH_DAY)
        day: date | None = value
        return day
