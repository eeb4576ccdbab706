"""One row is one search word by which we want to be found, by search results, by ads or by our own name."""

from __future__ import annotations

from hakari.canonical.schema import choice, date, flag, integer, ref, table, text

TABLE = table(
    __doc__,
    "keyword",
    "キーワード",
    "Keyword",
    text("word"),
    choice("aim", "seo", "ad", "both"),
    flag("brand"),
    integer("goal_rank"),
    ref("product"),
    ref("owner", "person"),
    date("from_on"),
    date("to_on"),
    occurred="from_on",
    names=("word",),
)
