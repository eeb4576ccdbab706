"""One row is one company on one target list, from the day it was put there to the day it was taken off."""

from __future__ import annotations

from hakari.canonical.schema import date, ref, table

TABLE = table(
    __doc__,
    "target_member",
    "リスト登録企業",
    "Target list member",
    ref("target_list"),
    ref("account"),
    ref("owner", "person"),
    date("from_on"),
    date("to_on"),
    date("checked_on"),
    occurred="from_on",
)
