"""One row is one thing we sell, with its list price."""

from __future__ import annotations

from hakari.canonical.schema import money, table, text

TABLE = table(
    __doc__,
    "product",
    "製品",
    "Product",
    text("name"),
    text("series"),
    money("list_price"),
    names=("name",),
)
