"""One row is the value one measure should reach for one team, person or the company in one period."""

from __future__ import annotations

from hakari.canonical.schema import date, number, ref, table, text

TABLE = table(
    __doc__,
    "target",
    "目標",
    "Target",
    text("measure"),
    ref("team"),
    ref("owner", "person"),
    date("starts_on"),
    date("ends_on"),
    number("value"),
    occurred="starts_on",
)
