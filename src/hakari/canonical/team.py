"""One row is one team, unit or branch of our company."""

from __future__ import annotations

from hakari.canonical.schema import ref, table, text

TABLE = table(
    __doc__,
    "team",
    "チーム",
    "Team",
    text("name"),
    text("region"),
    ref("parent", "team"),
    names=("name",),
)
