"""One row is one chance to win one order, from the day it was created to the day it closed."""

from __future__ import annotations

from hakari.canonical.schema import choice, date, flag, instant, money, ref, share, table, text
from hakari.canonical.tactics import TACTICS

TABLE = table(
    __doc__,
    "deal",
    "案件",
    "Deal",
    text("name"),
    ref("account"),
    ref("contact"),
    ref("owner", "person"),
    ref("sourced_by", "person"),
    ref("team"),
    ref("lead"),
    ref("campaign"),
    ref("partner"),
    ref("product"),
    text("source"),
    choice("tactic", *TACTICS),
    choice("type", "new", "existing", "renewal"),
    money("amount"),
    money("margin"),
    text("currency"),
    text("stage"),
    choice("status", "open", "won", "lost", "dormant"),
    choice("forecast_category", "A", "B", "C", "omitted"),
    share("probability"),
    instant("created_at"),
    instant("qualified_at"),
    instant("proposed_at"),
    date("expected_close_on"),
    date("closed_on"),
    text("next_action"),
    date("next_action_due"),
    text("loss_reason"),
    flag("valid"),
    flag("budget_known"),
    flag("authority_known"),
    flag("needs_known"),
    flag("timing_known"),
    flag("competitor_known"),
    occurred="created_at",
    names=("name",),
)
