"""One row is one person or company approached by, or taking part in, one campaign."""

from __future__ import annotations

from hakari.canonical.schema import flag, instant, integer, ref, table, text

TABLE = table(
    __doc__,
    "campaign_member",
    "施策の対象者",
    "Campaign member",
    ref("campaign"),
    ref("lead"),
    ref("contact"),
    ref("account"),
    ref("owner", "person"),
    text("channel"),
    text("segment"),
    instant("at"),
    instant("applied_at"),
    instant("attended_at"),
    instant("answered_at"),
    flag("valid_answer"),
    flag("responded"),
    instant("responded_at"),
    integer("attempts"),
    integer("talk_seconds"),
    occurred="at",
)
