"""One row is money spent on one campaign or tactic on one day."""

from __future__ import annotations

from hakari.canonical.schema import choice, date, integer, money, ref, table, text
from hakari.canonical.tactics import TACTICS

TABLE = table(
    __doc__,
    "ad_spend",
    "広告・施策費用",
    "Ad spend",
    ref("campaign"),
    choice("tactic", *TACTICS),
    text("source"),
    date("on"),
    money("amount"),
    integer("impressions"),
    integer("clicks"),
    occurred="on",
)
