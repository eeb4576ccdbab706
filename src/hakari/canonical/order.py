"""One row is one order a customer placed."""

from __future__ import annotations

from hakari.canonical.schema import choice, date, flag, money, ref, table, text

TABLE = table(
    __doc__,
    "order",
    "受注",
    "Order",
    ref("deal"),
    ref("account"),
    ref("owner", "person"),
    ref("team"),
    ref("product"),
    ref("partner"),
    text("source"),
    date("ordered_on"),
    money("amount"),
    money("margin"),
    flag("repeat"),
    choice("kind", "new", "upsell", "cross_sell", "renewal"),
    text("note"),
    occurred="ordered_on",
)
