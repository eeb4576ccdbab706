"""One row is how many people followed one of our social accounts on one day."""

from __future__ import annotations

from hakari.canonical.schema import date, integer, table, text

TABLE = table(
    __doc__,
    "follower_count",
    "フォロワー数",
    "Follower count",
    text("profile"),
    text("network"),
    date("on"),
    integer("followers"),
    occurred="on",
)
