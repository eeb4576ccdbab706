"""One row is one list of companies chosen for outbound work."""

from __future__ import annotations

from hakari.canonical.schema import date, ref, table, text

TABLE = table(
    __doc__,
    "target_list",
    "ターゲットリスト",
    "Target list",
    text("name"),
    ref("owner", "person"),
    date("starts_on"),
    date("ends_on"),
    names=("name",),
)
