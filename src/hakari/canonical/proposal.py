"""One row is one offer put before a customer for one deal."""

from __future__ import annotations

from hakari.canonical.schema import instant, money, ref, table

TABLE = table(
    __doc__,
    "proposal",
    "提案",
    "Proposal",
    ref("deal"),
    ref("account"),
    ref("owner", "person"),
    instant("at"),
    money("amount"),
    occurred="at",
)
