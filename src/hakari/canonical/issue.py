"""One row is one challenge of a customer: when it was found, addressed and solved."""

from __future__ import annotations

from hakari.canonical.schema import instant, ref, table, text

TABLE = table(
    __doc__,
    "issue",
    "顧客の課題",
    "Customer's challenge",
    ref("account"),
    ref("contact"),
    ref("owner", "person"),
    text("title"),
    instant("found_at"),
    instant("addressed_at"),
    instant("solved_at"),
    occurred="found_at",
)
