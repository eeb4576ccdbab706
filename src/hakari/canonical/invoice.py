"""One row is one bill and what was paid on it."""

from __future__ import annotations

from hakari.canonical.schema import date, money, ref, table

TABLE = table(
    __doc__,
    "invoice",
    "請求・入金",
    "Invoice",
    ref("order"),
    ref("account"),
    ref("owner", "person"),
    date("billed_on"),
    date("due_on"),
    money("amount"),
    date("paid_on"),
    money("paid_amount"),
    occurred="billed_on",
)
