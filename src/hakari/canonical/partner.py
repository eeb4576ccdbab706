"""One row is one partner company that refers, resells or delivers with us."""

from __future__ import annotations

from hakari.canonical.schema import choice, date, ref, table, text

TABLE = table(
    __doc__,
    "partner",
    "代理店",
    "Partner",
    text("name"),
    choice("kind", "referral", "reseller", "co_delivery"),
    date("signed_on"),
    ref("owner", "person"),
    occurred="signed_on",
    names=("name",),
)
