"""One row is one thing a partner did: training passed, deal brought, joint visit."""

from __future__ import annotations

from hakari.canonical.schema import choice, instant, ref, table

TABLE = table(
    __doc__,
    "partner_activity",
    "代理店の活動",
    "Partner activity",
    ref("partner"),
    ref("owner", "person"),
    instant("at"),
    choice("kind", "training", "deal_brought", "joint_visit", "response", "other"),
    ref("deal"),
    occurred="at",
)
