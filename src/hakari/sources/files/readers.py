"""Turns the cells of one column into values; every distinct text is read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hakari.sources.files.blanks import is_not_known, plain, says_nothing
from hakari.sources.files.choices import read_choice, vocabulary_in_cells
from hakari.sources.files.clock_times import read_clock
from hakari.sources.files.column_style import ColumnStyle
from hakari.sources.files.dates import read_day, read_instant
from hakari.sources.files.flags import read_flag
from hakari.sources.files.folding import domain_of, salesforce_short
from hakari.sources.files.numbers import read_duration, read_number, read_rate, read_share, read_whole
from hakari.sources.files.reasons import Unreadable
from hakari.sources.files.slots import Reading, Slot

Reader = Callable[[str], Any]
# A column of a million different amounts should not be kept in memory.
_MOST_REMEMBERED = 200_000
_ENOUGH_TO_TELL = 1_000
_MOSTLY = 0.7


class Memory(dict[str, Any]):
    """Texts already read. `failed` tells whether any of them could not be."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader = reader
        self._mostly_new = False
        self.failed = False

    def __missing__(self, text: str) -> Any:
        value = self._reader(text)
        if type(value) is Unreadable:
            self.failed = True
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[text] = value
        return value

    def read(self, cells: Sequence[str]) -> list[Any]:
        """Where nearly every cell is different, such as ids, remembering costs more than it saves."""
        if self._mostly_new:
            values = list(map(self._reader, cells))
            self.failed = self.failed or any(type(value) is Unreadable for value in values)
            return values
        known = len(self)
        values = list(map(self.__getitem__, cells))
        self._mostly_new = len(cells) >= _ENOUGH_TO_TELL and len(self) - known > _MOSTLY * len(cells)
        return values


def reader_for(
    table: str, slot: Slot, style: ColumnStyle, own_values: Mapping[str, str] | None = None
) -> Reader:
    """`own_values` are a mapping file's: {"yes": "true"} is put in place of the cell before it is read."""
    read = _reader(table, slot, style)
    if not own_values:
        return read
    own = {plain(text).casefold(): value for text, value in own_values.items()}
    return lambda text: read(own.get(plain(text).casefold(), text))


def _reader(table: str, slot: Slot, style: ColumnStyle) -> Reader:
    reading = slot.reading
    if reading in (Reading.DAY, Reading.INSTANT):
        dates = style.dates
        if dates is None:
            raise AssertionError(f"{table}.{slot.name} was given no way to read days")
        if reading is Reading.DAY:
            return lambda text: read_day(text, dates)
        return lambda text: read_instant(text, dates)
    if reading in (Reading.MONEY, Reading.NUMBER):
        return _number_reader(reading, style)
    if reading is Reading.CHOICE:
        return _choice_reader(table, slot)
    if reading is Reading.SHARE:
        return lambda text: read_share(text, percent=style.percent)
    if reading is Reading.DURATION:
        return lambda text: read_duration(text, style.times)
    return _PLAIN_READERS[reading]


def _number_reader(reading: Reading, style: ColumnStyle) -> Reader:
    if reading is Reading.NUMBER and style.times == 1 and not style.decimal_comma:
        return read_rate
    return lambda text: read_number(text, style.times, decimal_comma=style.decimal_comma)


def _choice_reader(table: str, slot: Slot) -> Reader:
    if slot.field is None:
        raise AssertionError(f"{table}.{slot.name} is a choice without a field")
    words = vocabulary_in_cells(table, slot.field.name)
    choices = slot.field.choices
    return lambda text: read_choice(text, words, choices)


def read_text(text: str) -> str | None:
    return None if says_nothing(text) else text.strip()


def read_name(text: str) -> str | None:
    """The name of another row; 未定 or - name none."""
    return None if is_not_known(plain(text)) else text.strip()


def read_identifier(text: str) -> str | None:
    found = plain(text)
    return None if is_not_known(found) else salesforce_short(found)


def _read_domain(text: str) -> str | None:
    found = read_text(text)
    return None if found is None else domain_of(found) or None


_PLAIN_READERS: dict[Reading, Reader] = {
    Reading.TEXT: read_text,
    Reading.NAME: read_name,
    Reading.ID: read_identifier,
    Reading.DOMAIN: _read_domain,
    Reading.WHOLE: read_whole,
    Reading.FLAG: read_flag,
    Reading.CLOCK: read_clock,
    Reading.PERIOD: read_text,
}
