"""One row is the value one measure should reach, for one team, person, source, segment, target list or the
company, in one period; with who set it and why. A row without a value takes an earlier target away.
"""

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
    text("source"),
    text("segment"),  # a dimension and its value: industry=製造業
    ref("target_list"),
    date("starts_on"),
    date("ends_on"),
    number("value", essential=True),
    text("reason"),
    text("author"),
    occurred="starts_on",
)
