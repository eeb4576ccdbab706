"""One row is one thing people read or watch: a white paper, an article, a video."""

from __future__ import annotations

from hakari.canonical.schema import choice, date, ref, table, text

TABLE = table(
    __doc__,
    "content_asset",
    "コンテンツ",
    "Content asset",
    text("name"),
    choice("kind", "white_paper", "article", "video", "survey", "newsletter", "page", "other"),
    text("theme"),
    ref("made_from", "campaign"),
    date("designed_on"),
    date("published_on"),
    date("withdrawn_on"),
    ref("owner", "person"),
    occurred="published_on",
    names=("name",),
)
