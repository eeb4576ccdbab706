"""Lays the columns of one sheet on the slots of its table, by a mapping where there is one, else by guess."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from itertools import islice

from hakari.errors import FieldMappedTwiceError, MappingError
from hakari.sources.files.column_style import (
    ColumnStyle,
    Surroundings,
    column_style,
    depends_on_order,
    with_day_order,
)
from hakari.sources.files.dates import DayOrder
from hakari.sources.files.delimited import Line
from hakari.sources.files.guess import SURE, Column, ColumnGuess
from hakari.sources.files.layout import SAMPLE_ROWS, Layout, distinct_headers, table_lines
from hakari.sources.files.mapping_file import FileMapping
from hakari.sources.files.plan import ColumnPlan, Question, Why
from hakari.sources.files.slots import ROW_ID, slots_of
from hakari.sources.files.source_file import Sheet
from hakari.sources.files.target_rows import value_style

_BATCH = 20_000
_EXAMPLES = 3


def columns_of(layout: Layout) -> list[Column]:
    """The columns with the filled cells of the first rows."""
    sample = [line for line in layout.sample if not layout.continues(line.cells)]
    return [
        Column(place, header, tuple(_filled(sample, place))) for place, header in enumerate(layout.headers)
    ]


def mapped(file: str, columns: Sequence[Column], mapping: FileMapping) -> list[ColumnPlan]:
    """By a mapping file or a saved mapping; a header it names must be there."""
    _check_headers(file, columns, mapping)
    why: Why = "saved" if mapping.place == "saved" else "mapping"
    names = distinct_headers([column.header for column in columns])
    plans: list[ColumnPlan] = []
    taken: dict[str, str] = {}
    for column, name in zip(columns, names, strict=True):
        slot = mapping.slot_for(column.header)
        if slot is None:
            plans.append(_left_out(column, name, "not listed"))
        elif slot in taken and mapping.place != "saved":
            raise FieldMappedTwiceError(
                f"{mapping.place}: {file} has two columns for {slot!r}: {taken[slot]!r} and {name!r}",
                "rename one of the two columns in the file, so that the mapping can tell them apart",
            )
        elif slot in taken:
            plans.append(replace(_left_out(column, name, "taken"), taken_by=taken[slot]))
        else:
            taken[slot] = name
            plans.append(ColumnPlan(column.position, name, slot, 1.0, why, examples=_examples(column)))
    return plans


def guessed(guesses: Iterable[ColumnGuess], mapping: FileMapping | None) -> list[ColumnPlan]:
    """What is less than sure is left out, with what it might have been."""
    guesses = list(guesses)
    names = distinct_headers([guess.column.header for guess in guesses])
    plans = [_from_guess(guess, name) for guess, name in zip(guesses, names, strict=True)]
    return _with_said_id(plans, mapping) if mapping is not None and mapping.id_said else plans


def styled(
    table: str,
    plans: Sequence[ColumnPlan],
    columns: Sequence[Column],
    around: Surroundings,
    sheet: Sheet,
    layout: Layout,
) -> list[ColumnPlan]:
    """With units and day orders; for an order the whole column is read, because one 13 settles it."""
    found = []
    for plan, column in zip(plans, columns, strict=True):
        if plan.slot is None:
            found.append(plan)
            continue
        style = _style(table, plan.slot, column, around)
        found.append(replace(plan, style=style, says=style.says))
    ordered = [place for place, plan in enumerate(found) if depends_on_order(plan.style)]
    if ordered and len(layout.sample) >= SAMPLE_ROWS:
        for place in ordered:
            position = found[place].position
            values = (_cells(batch, position) for batch in _batches(table_lines(sheet, layout)))
            style = with_day_order(found[place].style, values)
            found[place] = replace(found[place], style=style, says=style.says)
    return _agreed_order(found)


def _style(table: str, slot: str, column: Column, around: Surroundings) -> ColumnStyle:
    if table == "target" and slot == "value":
        return value_style(column.header, column.values, around)
    return column_style(slots_of(table)[slot], column.header, column.values, around)


def column_questions(file: str, plans: Iterable[ColumnPlan]) -> list[Question]:
    questions = []
    for plan in plans:
        if plan.why == "unclear" and plan.maybe:
            questions.append(Question(file, "column", plan.header, (plan.maybe,), plan.examples))
        if plan.slot and not plan.style.day_order_sure:
            options = (
                ("mdy", "dmy") if plan.style.dates and plan.style.dates.order != "dmy" else ("dmy", "mdy")
            )
            questions.append(Question(file, "day order", plan.header, options, plan.examples))
    return questions


def _agreed_order(plans: list[ColumnPlan]) -> list[ColumnPlan]:
    """A column whose order is open follows one of the same file whose order is not."""
    sure = {plan.style.dates.order for plan in plans if plan.style.dates and plan.style.day_order_sure}
    sure.discard(None)
    if len(sure) != 1:
        return plans
    (order,) = sure
    return [plan if plan.style.day_order_sure else _in_order(plan, order) for plan in plans]


def _in_order(plan: ColumnPlan, order: DayOrder | None) -> ColumnPlan:
    if plan.style.dates is None:
        return plan
    dates = replace(plan.style.dates, order=order)
    return replace(plan, style=replace(plan.style, dates=dates, day_order_sure=True))


def _check_headers(file: str, columns: Sequence[Column], mapping: FileMapping) -> None:
    if mapping.place == "saved":
        return
    probe = {column.header: mapping.slot_for(column.header) for column in columns}
    reached = {slot for slot in probe.values() if slot is not None}
    for header, slot in (mapping.columns or {}).items():
        if slot is not None and slot not in reached:
            close = get_close_matches(header, list(probe), n=1, cutoff=0.4)
            raise MappingError(
                f"{mapping.place}: {file} has no column {header!r}",
                f"nearest: {close[0]}" if close else f"its columns are: {', '.join(filter(None, probe))}",
            )


def _from_guess(guess: ColumnGuess, name: str) -> ColumnPlan:
    column = guess.column
    if not column.header:
        return _left_out(column, name, "no header")
    if guess.slot is None:
        plan = _left_out(column, name, "taken" if guess.taken_by else "unknown")
        return replace(plan, taken_by=guess.taken_by)
    if guess.confidence < SURE:
        plan = _left_out(column, name, "unclear")
        return replace(plan, confidence=guess.confidence, maybe=guess.slot)
    why: Why = "header" if guess.why == "header" else "similar header"
    return ColumnPlan(column.position, name, guess.slot, guess.confidence, why, examples=_examples(column))


def _with_said_id(plans: list[ColumnPlan], mapping: FileMapping) -> list[ColumnPlan]:
    """A mapping's `id` wins over the guessed one."""
    found = []
    for plan in plans:
        if plan.header == mapping.id_header:
            found.append(replace(plan, slot=ROW_ID, confidence=1.0, why="mapping", maybe=None))
        elif ROW_ID in (plan.slot, plan.maybe):
            found.append(replace(plan, slot=None, why="not listed", maybe=None))
        else:
            found.append(plan)
    return found


def _left_out(column: Column, name: str, why: Why) -> ColumnPlan:
    return ColumnPlan(column.position, name, None, 0.0, why, examples=_examples(column))


def _examples(column: Column) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in column.values[:50]))[:_EXAMPLES]


def _filled(lines: Iterable[Line], place: int) -> Iterator[str]:
    return (cell for cell in _cells(lines, place) if cell and not cell.isspace())


def _cells(lines: Iterable[Line], place: int) -> list[str]:
    return [line.cells[place] for line in lines if place < len(line.cells)]


def _batches(lines: Iterator[Line]) -> Iterator[list[Line]]:
    while batch := list(islice(lines, _BATCH)):
        yield batch
