"""One row is one thing that happened to one mail sent to one address."""

from __future__ import annotations

from hakari.canonical.schema import choice, instant, ref, table

TABLE = table(
    __doc__,
    "mail_event",
    "メール配信結果",
    "Mail event",
    ref("campaign"),
    ref("contact"),
    ref("lead"),
    ref("account"),
    ref("owner", "person"),
    choice(
        "kind", "sent", "delivered", "opened", "clicked", "replied", "unsubscribed", "bounced", "converted"
    ),
    instant("at"),
    occurred="at",
)
