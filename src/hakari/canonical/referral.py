"""One row is one introduction made to us by a customer, partner or acquaintance."""

from __future__ import annotations

from hakari.canonical.schema import instant, ref, table

TABLE = table(
    __doc__,
    "referral",
    "紹介",
    "Referral",
    ref("account"),
    ref("referrer", "account"),
    ref("partner"),
    ref("lead"),
    ref("owner", "person"),
    instant("at"),
    occurred="at",
)
