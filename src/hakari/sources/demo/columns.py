"""Columns of many rows at once: whole numbers, decimals or words, each with its way of saying "unknown"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from hakari.canonical import Field
from hakari.canonical.schema import Kind

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

# Keys, codes, flags, days and moments are whole numbers; none of them is ever -1. Decimals use not-a-number.
NONE = -1
SECOND = 1_000_000
DAY = 86_400 * SECOND
EPOCH = date(1970, 1, 1)
_FLOATS = (Kind.MONEY, Kind.NUMBER, Kind.SHARE)


@dataclass(frozen=True, slots=True)
class Words:
    """A word for each row, by its place in a list of words."""

    codes: Ints
    words: Sequence[str]

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True, slots=True)
class Serial:
    """Words that differ by a number only: `Serial("mail-", numbers)`."""

    before: str
    numbers: Ints
    after: str = ""

    def __len__(self) -> int:
        return len(self.numbers)


Column = Ints | Floats | Words | Serial


def blank(size: int) -> Ints:
    return np.full(size, NONE, np.int64)


def ints(values: Sequence[int] | Ints | Bools) -> Ints:
    return np.asarray(values, np.int64)


def same(word: str, size: int) -> Words:
    return Words(np.zeros(size, np.int64), (word,))


def listed(words: Sequence[str]) -> Words:
    """One word after the other."""
    return Words(np.arange(len(words)), words)


def day_number(day: date) -> int:
    return (day - EPOCH).days


def choice(field: Field, name: str) -> int:
    """The number under which a choice is kept."""
    return field.choices.index(name)


def unknown(field: Field, size: int) -> Column:
    return np.full(size, np.nan) if field.kind in _FLOATS else blank(size)


def words(column: Column) -> Words:
    if not isinstance(column, Words):
        raise TypeError(f"{type(column).__name__} holds no list of words")
    return column


def take(column: Column, rows: Ints | Bools) -> Column:
    if isinstance(column, Words):
        return Words(column.codes[rows], column.words)
    if isinstance(column, Serial):
        return Serial(column.before, column.numbers[rows], column.after)
    return column[rows]


def put(old: Column, new: Column, where: Bools) -> Column:
    """`new` where it holds, else `old`. Both sides of words must draw on the same list."""
    if isinstance(old, Words) and isinstance(new, Words):
        return Words(np.where(where, new.codes, old.codes), new.words)
    if isinstance(new, Words) and isinstance(old, np.ndarray):
        return Words(np.where(where, new.codes, NONE), new.words)
    if isinstance(old, np.ndarray) and isinstance(new, np.ndarray):
        return np.where(where, new, old)
    raise TypeError(f"{type(old).__name__} cannot turn into {type(new).__name__}")


def as_python(field: Field, column: Column) -> list[Any]:
    """The values as a `Row` carries them."""
    if isinstance(column, Serial):
        return [f"{column.before}{number}{column.after}" for number in column.numbers.tolist()]
    if isinstance(column, Words):
        words = [*column.words, None]
        return [words[code] for code in column.codes.tolist()]
    if field.kind in _FLOATS:
        return [None if value != value else value for value in column.tolist()]  # noqa: PLR0124
    return _whole(field, column.astype(np.int64))


def _whole(field: Field, column: Ints) -> list[Any]:
    if field.kind is Kind.INSTANT:
        return moments(column)
    if field.kind is Kind.DATE:
        days = column.astype("datetime64[D]")
        days[column == NONE] = np.datetime64("NaT")
        return list(days.tolist())
    if field.kind is Kind.CHOICE:
        names = [*field.choices, None]
        return [names[code] for code in column.tolist()]
    if field.kind is Kind.FLAG:
        flags = (False, True, None)
        return [flags[code] for code in column.tolist()]
    return [None if value == NONE else value for value in column.tolist()]


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moments(column: Ints) -> list[Any]:
    """Microseconds since 1970 as moments in UTC."""
    return [None if value == NONE else _EPOCH + timedelta(microseconds=value) for value in column.tolist()]
