"""One row is one thing that speaks for our product: a strength, a solved challenge, a success story."""

from __future__ import annotations

from hakari.canonical.schema import choice, date, flag, ref, table, text

TABLE = table(
    __doc__,
    "selling_point",
    "提案材料",
    "Selling point",
    text("title"),
    choice("kind", "strength", "solution", "reference"),
    ref("product"),
    ref("account"),
    ref("owner", "person"),
    flag("explainable"),
    date("from_on"),
    date("to_on"),
    occurred="from_on",
    names=("title",),
)
