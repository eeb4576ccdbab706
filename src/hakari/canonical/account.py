"""One row is one company we sell to or might sell to."""

from __future__ import annotations

from hakari.canonical.schema import date, integer, money, ref, table, text

TABLE = table(
    __doc__,
    "account",
    "企業",
    "Account",
    text("name"),
    text("corporate_number"),
    text("domain"),
    text("industry"),
    integer("employees"),
    money("annual_revenue"),
    money("potential"),
    text("size"),
    text("segment"),
    text("country"),
    ref("parent", "account"),
    ref("owner", "person"),
    date("became_customer_on"),
    names=("name", "domain", "corporate_number"),
)
