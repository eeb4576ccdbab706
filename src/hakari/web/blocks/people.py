"""The tables of people: ordered by name, coloured only where chance is ruled out, ending in a question."""

from __future__ import annotations

from dataclasses import dataclass

from hakari.planning.scorecard import Cell, Column, PeopleTable, PersonRow, Scorecard
from hakari.web.address import Address
from hakari.web.doors import door
from hakari.web.figures import Figures
from hakari.web.judgement import judge
from hakari.web.marks import Svg, Tone, sparkline, verdict_dot
from hakari.words import Language, knows, say

REP = "/rep"


@dataclass(frozen=True, slots=True)
class Head:
    name: str
    target: str


@dataclass(frozen=True, slots=True)
class CellView:
    """One figure of one person; `base` is its k / n, or its own target where it is a count."""

    name: str
    value: str
    base: str
    url: str
    tone: Tone
    trend: Svg
    dot: Svg
    verdict: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """`url` is empty where the person has no page."""

    name: str
    url: str
    tenure: str
    ramping: bool
    cells: tuple[CellView, ...]
    question: str


@dataclass(frozen=True, slots=True)
class PeopleBlock:
    anchor: str
    role: str
    note: str
    heads: tuple[Head, ...]
    lines: tuple[PersonLine, ...]
    total: tuple[CellView, ...]


def people_blocks(card: Scorecard, address: Address, figures: Figures) -> tuple[PeopleBlock, ...]:
    return tuple(
        _block(table, f"people-{number}", address, figures)
        for number, table in enumerate(card.people, start=1)
    )


def _block(table: PeopleTable, anchor: str, address: Address, figures: Figures) -> PeopleBlock:
    columns = {column.measure: _Scale(column, _largest(table, column.measure)) for column in table.columns}
    return PeopleBlock(
        anchor=anchor,
        role=_role(table.role, figures.lang),
        note=_note(table, figures.lang),
        heads=tuple(_head(column, figures) for column in table.columns),
        lines=tuple(_line(row, columns, address, figures) for row in table.rows),
        total=tuple(_cell(cell, columns[cell.measure], "", address, figures) for cell in table.total),
    )


def _note(table: PeopleTable, lang: Language) -> str:
    """How many, and the rule of colour where there is anything to compare with."""
    count = say("people_count", lang, n=len(table.rows))
    compares = any(column.target is not None for column in table.columns)
    return say("people_note", lang, count=count) if compares else count


@dataclass(frozen=True, slots=True)
class _Scale:
    """A column, and the largest amount in it, so that all its figures carry the same digits."""

    column: Column
    largest: float | None


def _largest(table: PeopleTable, measure: str) -> float | None:
    cells = [cell for row in table.rows for cell in row.cells] + list(table.total)
    return max(
        (cell.value for cell in cells if cell.measure == measure and cell.value is not None), default=None
    )


def _head(column: Column, figures: Figures) -> Head:
    target = "" if column.target is None else figures.beside(column.target, column.unit)
    return Head(column.name, target and say("target_of", figures.lang, value=target))


def _line(row: PersonRow, columns: dict[str, _Scale], address: Address, figures: Figures) -> PersonLine:
    return PersonLine(
        name=row.name,
        url="" if row.key is None else address.to(f"{REP}/{row.key}", team=None),
        tenure=_tenure(row, figures.lang),
        ramping=row.ramping,
        cells=tuple(_cell(cell, columns[cell.measure], row.name, address, figures) for cell in row.cells),
        question=row.question,
    )


def _tenure(row: PersonRow, lang: Language) -> str:
    role = _role(row.role, lang)
    if row.months is None:
        return role
    if row.months < 12:
        return f"{role} · {say('joined_months_ago', lang, n=row.months)}"
    return f"{role} · {say('years_count', lang, n=row.months // 12)}"


def _role(key: str, lang: Language) -> str:
    """A role's short name; a name that is no key of ours is its own."""
    short = f"role_{key}"
    return say(short, lang) if knows(short) else say(key, lang) if knows(key) else key


def _cell(cell: Cell, scale: _Scale, person: str, address: Address, figures: Figures) -> CellView:
    lang, column = figures.lang, scale.column
    said = judge(cell.verdict, column.better, column.unit, cell.n, cell.numerator, cell.denominator, lang)
    more = {"owner": person} if person else {}
    return CellView(
        name=column.name,
        value=figures.value(cell.value, column.unit, cell.n, cell.numerator, scale.largest),
        base=_base(cell, column, figures),
        url=door(address, cell.measure, **more),
        tone=said.tone,
        # A sum's target is due by today, not in one week: only rates and averages have a line to meet.
        trend=sparkline(
            cell.trend, cell.comparison if cell.denominator is not None else None, said.tone, 60.0, 26.0
        )
        if cell.trend
        else Svg(""),
        dot=verdict_dot(said.tone, said.sureness, said.words) if said.is_given else Svg(""),
        verdict=said.words,
    )


def _base(cell: Cell, column: Column, figures: Figures) -> str:
    if cell.denominator == 0:
        return say("denominator_zero", figures.lang)
    if column.unit == "percent":
        return figures.fraction(cell.numerator, cell.denominator, "count") if cell.n >= 10 else ""
    if cell.comparison is None:
        return ""
    return say("target_of", figures.lang, value=figures.beside(cell.comparison, column.unit))
