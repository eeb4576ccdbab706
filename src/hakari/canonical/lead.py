"""One row is one person or company that became known to us as possible business, once."""

from __future__ import annotations

from hakari.canonical.schema import choice, date, flag, instant, number, ref, table, text
from hakari.canonical.tactics import TACTICS

TABLE = table(
    __doc__,
    "lead",
    "リード",
    "Lead",
    text("name", personal=True),
    ref("account"),
    ref("contact"),
    ref("campaign"),
    text("source"),
    choice("tactic", *TACTICS),
    ref("owner", "person"),
    ref("partner"),
    instant("received_at"),
    choice("status", "new", "working", "qualified", "converted", "disqualified", "recycled"),
    flag("fits_target"),
    number("fit_score"),
    number("behaviour_score"),
    instant("opted_in_at"),
    instant("qualified_at"),
    instant("disqualified_at"),
    instant("recycled_at"),
    date("reapproach_on"),
    instant("reactivated_at"),
    instant("nurture_started_at"),
    text("reason"),
    occurred="received_at",
    names=("name",),
)
