"""One row is how much one customer used the product on one day or in one month."""

from __future__ import annotations

from hakari.canonical.schema import date, integer, ref, table

TABLE = table(
    __doc__,
    "usage",
    "利用状況",
    "Usage",
    ref("account"),
    ref("contract"),
    date("on"),
    integer("active_users"),
    integer("licensed_users"),
    integer("events"),
    occurred="on",
)
