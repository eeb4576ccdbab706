"""One row is one judgement of one customer's health: by data and by the rep, never mixed."""

from __future__ import annotations

from hakari.canonical.schema import choice, instant, number, ref, table

TABLE = table(
    __doc__,
    "health",
    "ヘルス",
    "Health grade",
    ref("account"),
    ref("owner", "person"),
    instant("at"),
    number("data_score"),
    choice("subjective", "good", "fair", "poor"),
    occurred="at",
)
