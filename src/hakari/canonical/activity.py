"""One row is one thing one of us did towards a customer: a call, mail, letter, visit."""

from __future__ import annotations

from hakari.canonical.schema import choice, flag, instant, integer, number, ref, table, text

TABLE = table(
    __doc__,
    "activity",
    "活動",
    "Activity",
    ref("owner", "person"),
    ref("account"),
    ref("contact"),
    ref("lead"),
    ref("deal"),
    ref("campaign"),
    instant("occurred_at"),
    choice("kind", "call", "mail", "letter", "sns", "visit", "web_meeting", "form", "event", "other"),
    choice("direction", "outbound", "inbound"),
    choice("outcome", "no_answer", "reception", "person", "refused"),
    integer("duration_seconds"),
    integer("rep_seconds"),
    integer("speech_seconds"),
    number("voice_tone"),
    flag("follow_up"),
    flag("issue_found"),
    flag("opted_in"),
    flag("details_obtained"),
    flag("card_received"),
    flag("tech_touch"),
    flag("auto_captured"),
    text("subject"),
    occurred="occurred_at",
)
