"""Guesses which table a sheet holds and which slot each column means, and says how sure it is.

A guess is the header's place in the dictionary, tested against the values: a column called 確度 is a share
when it reads 60% and a forecast category when it reads A. Below `SURE` nothing is taken as settled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from hakari.sources.files.blanks import is_not_known, plain
from hakari.sources.files.column_style import Surroundings, column_style
from hakari.sources.files.flags import read_flag
from hakari.sources.files.header_book import (
    Candidate,
    HeaderForm,
    TableEntry,
    candidates,
    entries,
    header_form,
    hint_length,
    names_another_thing,
    similar_form,
    tables_knowing,
)
from hakari.sources.files.readers import reader_for
from hakari.sources.files.reasons import Unreadable
from hakari.sources.files.slots import ROW_ID, Reading, slots_of

SURE = 0.6
_TESTED_VALUES = 200
_HINT = 2.5
# With this much weight the headers speak for themselves, whatever the file is called.
_STRONG = 2.5
_FEW = 0.8
_ENOUGH, _ENOUGH_WITH_ID = 5, 3
_COVERED = 0.25
_BLANK_COLUMN = 0.3
_UNSURE = 0.5
_MOST_UNKNOWN = 60
_REPEATED_IDS = 0.05
# An opportunity id is a deal's own, and the reference of its activities and stages.
_OWN_HEADER = 3
# Cells that are plainly meant as days or amounts, and only written in a way that is not read.
_MEANT = {
    *(
        "day_without_year",
        "day_order_unclear",
        "no_such_day",
        "weekday_disagrees",
        "era_over",
        "no_such_time",
    ),
    *("kanji_number", "number_range", "about_a_number", "thousands", "number_too_large", "not_a_share"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet as the guess sees it. `values` are filled cells from the first rows."""

    position: int
    header: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """`slot` is None when nothing is known or a better column has taken it (`taken_by`)."""

    column: Column
    slot: str | None
    confidence: float
    why: str
    taken_by: str | None = None


@dataclass(frozen=True, slots=True)
class TableGuess:
    """The table the sheet most likely holds, and the runner-up."""

    table: str | None
    confidence: float
    columns: tuple[ColumnGuess, ...]
    runner_up: str | None = None


def guess_table(columns: Sequence[Column], around: Surroundings, *names: str) -> TableGuess:
    """`names` are the sheet's and the file's, which often say what is inside; the first that does counts."""
    forms = _forms(columns)
    tester = _Tester(around)
    hints = _hints(names)
    longest = max(hints.values())
    scored: list[tuple[float, str, tuple[ColumnGuess, ...]]] = []
    for table, entry in entries().items():
        if not any(candidates(table, form) for form in forms):
            continue
        guesses = _assign(table, columns, forms, tester)
        if not _meets_needs(entry, guesses, forms):
            continue
        score = sum(map(_weight, guesses, forms))
        score += _HINT if longest and hints[table] == longest else 0.0
        scored.append((score, table, guesses))
    if not scored:
        return TableGuess(None, 0.0, tuple(ColumnGuess(column, None, 0.0, "unknown") for column in columns))
    scored.sort(key=lambda each: -each[0])
    best, table, guesses = scored[0]
    second, runner_up = (scored[1][0], scored[1][1]) if len(scored) > 1 else (0.0, None)
    hinted = longest > 0 and hints[table] == longest
    thin = _is_thin(best - (_HINT if hinted else 0.0), guesses, own=_has_own_id(guesses, forms))
    doubtful = names_another_thing(*names) or thin
    if doubtful and not (hinted and not names_another_thing(*names)):
        return TableGuess(table, _UNSURE, guesses, runner_up)
    if longest and not hinted and best < _STRONG:
        return TableGuess(table, _UNSURE, guesses, runner_up)
    return TableGuess(table, min(1.0, 0.5 + (best - second) / best), guesses, runner_up)


def _is_thin(weight: float, guesses: Sequence[ColumnGuess], *, own: bool) -> bool:
    """One or two familiar headers among many strange ones say little about the table; an id of its `own`
    and two more say enough.
    """
    used = sum(1 for guess in guesses if guess.slot and guess.confidence >= SURE)
    there = sum(1 for guess in guesses if guess.column.values and guess.column.header)
    if used >= (_ENOUGH_WITH_ID if own else _ENOUGH):
        return False
    return used < 2 or (weight < _FEW and used / max(there, 1) < 0.5) or used / max(there, 1) < _COVERED


def _hints(names: Sequence[str]) -> dict[str, int]:
    for name in names:
        hints = {table: hint_length(table, name) for table in entries()}
        if any(hints.values()):
            return hints
    return dict.fromkeys(entries(), 0)


def guess_columns(table: str, columns: Sequence[Column], around: Surroundings) -> tuple[ColumnGuess, ...]:
    """For a sheet whose table is known."""
    return _assign(table, columns, _forms(columns), _Tester(around))


def _forms(columns: Sequence[Column]) -> list[HeaderForm]:
    forms = [header_form(column.header) for column in columns]
    unknown = [place for place, form in enumerate(forms) if not form.known and columns[place].header]
    if len(unknown) <= _MOST_UNKNOWN:
        for place in unknown:
            forms[place] = similar_form(columns[place].header) or forms[place]
    return forms


def _assign(
    table: str, columns: Sequence[Column], forms: Sequence[HeaderForm], tester: _Tester
) -> tuple[ColumnGuess, ...]:
    """The surest pairs first; each slot goes to one column, each column to one slot."""
    pairs: list[tuple[float, int, int, int, Candidate]] = []
    for place, form in enumerate(forms):
        for candidate in candidates(table, form):
            confidence = candidate.confidence * tester.factor(table, candidate.slot, columns[place])
            filled = len(columns[place].values)
            pairs.append((confidence, -candidate.rank, min(filled, 1), -place, candidate))
    pairs.sort(key=lambda pair: (pair[2], pair[0] >= SURE, pair[1], pair[0], pair[3]), reverse=True)
    by_slot: dict[str, int] = {}
    chosen: dict[int, ColumnGuess] = {}
    losers: dict[int, ColumnGuess] = {}
    for confidence, _, _, negative, candidate in pairs:
        place = -negative
        if place in chosen:
            continue
        column = columns[place]
        if candidate.slot in by_slot:
            winner = columns[by_slot[candidate.slot]].header
            losers.setdefault(place, ColumnGuess(column, None, 0.0, "taken", taken_by=winner))
            continue
        by_slot[candidate.slot] = place
        why = "header" if forms[place].confidence >= 0.9 else "similar header"
        chosen[place] = ColumnGuess(column, candidate.slot, confidence, why)
    return tuple(
        chosen.get(place) or losers.get(place) or ColumnGuess(column, None, 0.0, "unknown")
        for place, column in enumerate(columns)
    )


def _meets_needs(entry: TableEntry, guesses: Sequence[ColumnGuess], forms: Sequence[HeaderForm]) -> bool:
    """`id!` is an id whose header says of what: any table has an `id`, only leads have a `lead number`."""
    have = {guess.slot for guess in guesses if guess.slot and guess.confidence >= SURE}
    if _has_own_id(guesses, forms):
        have.add("id!")
    return all(any(slot in have for slot in need) for need in entry.needs)


def _has_own_id(guesses: Sequence[ColumnGuess], forms: Sequence[HeaderForm]) -> bool:
    return any(
        guess.slot == ROW_ID and guess.confidence >= SURE and tables_knowing(form.folded) <= _OWN_HEADER
        for guess, form in zip(guesses, forms, strict=True)
    )


def _weight(guess: ColumnGuess, form: HeaderForm) -> float:
    """A header that only few tables know speaks louder for its table."""
    if guess.slot is None or guess.confidence < SURE:
        return 0.0
    fill = 1.0 if guess.column.values else _BLANK_COLUMN
    return guess.confidence * fill / sqrt(tables_knowing(form.folded))


class _Tester:
    """Reads some values of a column as a slot would, once for each way of reading."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._known: dict[tuple[int, str], float] = {}

    def factor(self, table: str, slot_name: str, column: Column) -> float:
        """From 1 for values that fit to 0 for values that cannot be meant."""
        slot = slots_of(table)[slot_name]
        name = f"{table}.{slot_name}" if slot.reading is Reading.CHOICE else slot.reading.value
        if slot_name == ROW_ID:
            name = "row id"
        key = (column.position, name)
        if key not in self._known:
            self._known[key] = self._test(table, slot_name, column)
        return self._known[key]

    def _test(self, table: str, slot_name: str, column: Column) -> float:
        slot = slots_of(table)[slot_name]
        values = column.values[:_TESTED_VALUES]
        if not values:
            return 1.0
        if slot_name == ROW_ID:
            repeated = 1 - len(set(column.values)) / len(column.values)
            return 0.55 if repeated > _REPEATED_IDS else 1.0
        if slot.reading in (Reading.TEXT, Reading.DOMAIN, Reading.PERIOD, Reading.ID):
            return 1.0
        if slot.reading is Reading.NAME:
            return 0.4 if _share(values, _is_flag) > 0.9 else 1.0
        style = column_style(slot, column.header, values, self._around)
        read = reader_for(table, slot, style)
        fits = _share(values, lambda value: _is_meant(read(value)))
        if slot.reading is Reading.CHOICE:
            return 0.5 + 0.5 * fits if fits >= 0.2 else 0.5
        return 0.3 + 0.7 * fits if fits >= 0.5 else 0.4 * fits


def _share(values: Sequence[str], test: Callable[[str], bool]) -> float:
    asked = [value for value in values if not is_not_known(plain(value))]
    return sum(map(test, asked)) / len(asked) if asked else 1.0


def _is_flag(value: str) -> bool:
    return isinstance(read_flag(value), bool)


def _is_meant(value: object) -> bool:
    return not isinstance(value, Unreadable) or value.reason.key in _MEANT
