"""The first door: the very rows a figure counts, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hakari.canonical import TABLES
from hakari.canonical.schema import Kind
from hakari.canonical.tactics import TACTIC_NAMES
from hakari.planning.metric_view import CellValue, MetricView, RecordColumn, RecordTable
from hakari.units.display import number
from hakari.web.address import Address
from hakari.web.figures import UNKNOWN, Figures
from hakari.web.frame import Link
from hakari.words import knows, say

_NUMERIC = {"count", "jpy", "number"}
_CHOICE_FIELDS = {
    field.name for table in TABLES.values() for field in table.fields if field.kind is Kind.CHOICE
}


@dataclass(frozen=True, slots=True)
class RecordsBlock:
    sides: tuple[Link, ...]
    name: str
    count: str
    heads: tuple[tuple[str, bool], ...]  # (name, is a number)
    rows: tuple[tuple[tuple[str, bool], ...], ...]
    shown: str
    before: str
    after: str


def records_block(view: MetricView, address: Address, figures: Figures) -> RecordsBlock | None:
    """Of the sides of the fraction, the one the address names, or else the first there is."""
    if not view.records:
        return None
    table = next((each for each in view.records if each.side == address["of"]), view.records[0])
    lang = figures.lang
    first = (table.page - 1) * table.page_size + 1
    last = first + len(table.rows) - 1
    sides = tuple(
        Link(
            say("side_with_count", lang, side=say(each.side, lang), n=number(each.total)),
            address.to(of=each.side, page=None),
            each is table,
        )
        for each in view.records
    )
    return RecordsBlock(
        sides=sides,
        name=table.name,
        count=say("records_count", lang, n=number(table.total)),
        heads=tuple((_head(column, figures), column.kind in _NUMERIC) for column in table.columns),
        rows=tuple(_row(row, table, figures) for row in table.rows),
        shown=say("rows_shown", lang, first=number(first), last=number(last), total=number(table.total))
        if table.rows
        else "",
        before=address.to(page=str(table.page - 1)) if table.page > 1 else "",
        after=address.to(page=str(table.page + 1)) if table.page < table.pages else "",
    )


def _head(column: RecordColumn, figures: Figures) -> str:
    key = f"field_{column.key}"
    return say(key, figures.lang) if knows(key) else column.name


def _row(row: tuple[CellValue, ...], table: RecordTable, figures: Figures) -> tuple[tuple[str, bool], ...]:
    return tuple(
        (_written(value, column, figures), column.kind in _NUMERIC)
        for value, column in zip(row, table.columns, strict=True)
    )


def _written(value: CellValue, column: RecordColumn, figures: Figures) -> str:
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, bool):
        return say("yes" if value else "no", figures.lang)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return (
            figures.amount(value)
            if column.kind == "jpy"
            else number(value, 0 if float(value).is_integer() else 2)
        )
    return _choice(value, column.key, figures)


def _choice(value: str, field: str, figures: Figures) -> str:
    """The word for a value of a choice field; what is none, such as a company's own stage, stays."""
    if field == "tactic" and value in TACTIC_NAMES:
        return TACTIC_NAMES[value][0 if figures.lang == "ja" else 1]
    key = f"choice_{value}"
    return say(key, figures.lang) if field in _CHOICE_FIELDS and knows(key) else value
