"""What a column may be laid on: every canonical field, and a few things a field is made from.

A deals export has one "close date" that means two fields, a name may come in two parts, a reference may come
as an id (`account.id`) or as a name (`account`), a time of day may stand in a column of its own
(`occurred_at.time`). Each of these is a slot.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from hakari.canonical import TABLES, Field, Kind


class Reading(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    DOMAIN = "domain"
    ID = "id"
    NAME = "name"
    WHOLE = "whole number"
    NUMBER = "number"
    MONEY = "amount"
    SHARE = "share"
    DURATION = "length of time"
    DAY = "day"
    INSTANT = "moment"
    CLOCK = "time of day"
    FLAG = "yes or no"
    CHOICE = "choice"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Slot:
    """`field` is None for what only helps to find other fields. A bad essential cell rejects its row."""

    name: str
    reading: Reading
    field: Field | None = None
    essential: bool = False
    leads_to: tuple[str, ...] = ()

    @property
    def is_reference(self) -> bool:
        return bool(self.leads_to)


ROW_ID = "id"
DELETED = "deleted"
# Their rows may say which days they are for in words: a month, a quarter of a year.
PERIOD_TABLES = ("target", "forecast")
_SPLIT_NAMES = ("person", "contact", "lead")
# Salesforce lets one column point at rows of several tables; the id's first three letters tell which.
POLYMORPHIC = {"what.id": ("deal", "account"), "who.id": ("contact", "lead")}

_OF_FIELD = {
    Kind.TEXT: Reading.TEXT,
    Kind.INTEGER: Reading.WHOLE,
    Kind.NUMBER: Reading.NUMBER,
    Kind.MONEY: Reading.MONEY,
    Kind.SHARE: Reading.SHARE,
    Kind.DATE: Reading.DAY,
    Kind.INSTANT: Reading.INSTANT,
    Kind.FLAG: Reading.FLAG,
    Kind.CHOICE: Reading.CHOICE,
}


@cache
def slots_of(table: str) -> dict[str, Slot]:
    """Every slot of one canonical table by its name."""
    slots = [Slot(ROW_ID, Reading.ID), Slot(DELETED, Reading.FLAG)]
    for field in TABLES[table].fields:
        slots += _slots_of_field(field)
    slots += _helpers(table)
    return {slot.name: slot for slot in slots}


def _slots_of_field(field: Field) -> list[Slot]:
    if field.ref is not None:
        leads_to = (field.ref,)
        return [
            Slot(field.name, Reading.NAME, field, leads_to=leads_to),
            Slot(f"{field.name}.id", Reading.ID, field, leads_to=leads_to),
        ]
    reading = _OF_FIELD[field.kind]
    if field.name == "domain":
        reading = Reading.DOMAIN
    elif field.kind is Kind.INTEGER and field.name.endswith("seconds"):
        reading = Reading.DURATION
    slots = [Slot(field.name, reading, field, field.essential)]
    if field.kind is Kind.INSTANT:
        slots.append(Slot(f"{field.name}.time", Reading.CLOCK))
    return slots


def _helpers(table: str) -> list[Slot]:
    helpers: list[Slot] = []
    if table in _SPLIT_NAMES:
        helpers += [Slot("first_name", Reading.TEXT), Slot("last_name", Reading.TEXT)]
    if table == "deal":
        helpers += [
            Slot("close_date", Reading.DAY, essential=True),
            Slot("lost_on", Reading.DAY, essential=True),
            Slot("is_won", Reading.FLAG),
            Slot("is_closed", Reading.FLAG),
        ]
    if table == "lead":
        helpers.append(Slot("is_converted", Reading.FLAG))
    if table == "activity":
        helpers += [Slot(name, Reading.ID, leads_to=leads_to) for name, leads_to in POLYMORPHIC.items()]
    if table in PERIOD_TABLES:
        helpers += [
            Slot("period", Reading.PERIOD),
            Slot("year", Reading.PERIOD),
            Slot("fiscal_year", Reading.PERIOD),
            Slot("quarter", Reading.PERIOD),
            Slot("month", Reading.PERIOD),
        ]
    return helpers


# What the helpers help to find.
_MAKES = {
    "first_name": ("name",),
    "last_name": ("name",),
    "close_date": ("closed_on", "expected_close_on"),
    "lost_on": ("closed_on",),
    "is_won": ("status",),
    "is_closed": ("status",),
    "is_converted": ("status",),
    "stage": ("status",),
    "what.id": ("deal", "account"),
    "who.id": ("contact", "lead"),
}


def fields_of(table: str, slots: Iterable[str]) -> set[str]:
    """The canonical fields that these slots fill."""
    known = slots_of(table)
    found: set[str] = set()
    for name in slots:
        slot = known.get(name)
        if slot is not None and slot.field is not None:
            found.add(slot.field.name)
        found.update(field for field in _MAKES.get(name, ()) if TABLES[table].has(field))
    return found
