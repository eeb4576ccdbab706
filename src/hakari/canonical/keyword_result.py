"""One row is where one search word stood, and how often it was searched, on one day or in one month."""

from __future__ import annotations

from hakari.canonical.schema import date, integer, number, ref, table

TABLE = table(
    __doc__,
    "keyword_result",
    "検索順位・検索数",
    "Keyword result",
    ref("keyword"),
    ref("campaign"),
    date("on"),
    number("rank"),
    integer("searches"),
    occurred="on",
)
