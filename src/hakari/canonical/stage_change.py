"""One row is one move of one deal from one stage to another."""

from __future__ import annotations

from hakari.canonical.schema import choice, date, instant, money, ref, table, text

TABLE = table(
    __doc__,
    "stage_change",
    "フェーズの変化",
    "Stage change",
    ref("deal"),
    ref("owner", "person"),
    instant("at"),
    text("from_stage"),
    text("to_stage"),
    money("amount"),
    choice("forecast_category", "A", "B", "C", "omitted"),
    date("expected_close_on"),
    occurred="at",
)
