"""One row is one agreed date to talk business; it becomes a meeting when it is held."""

from __future__ import annotations

from hakari.canonical.schema import choice, date, flag, instant, ref, table, text

TABLE = table(
    __doc__,
    "appointment",
    "アポ",
    "Appointment",
    ref("owner", "person"),
    ref("host", "person"),
    ref("account"),
    ref("contact"),
    ref("lead"),
    ref("deal"),
    ref("campaign"),
    ref("partner"),
    text("source"),
    choice("channel", "call", "mail", "letter", "sns", "visit", "web_meeting", "form", "event", "other"),
    instant("set_at"),
    date("held_on"),
    choice("status", "set", "held", "cancelled", "no_show"),
    flag("first"),
    occurred="set_at",
)
