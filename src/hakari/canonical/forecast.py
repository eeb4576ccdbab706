"""One row is what was said, at one moment, would be won in one period: by a person, a team or for all."""

from __future__ import annotations

from hakari.canonical.schema import date, instant, money, ref, table

TABLE = table(
    __doc__,
    "forecast",
    "受注予測",
    "Forecast",
    ref("owner", "person"),
    ref("team"),
    date("starts_on"),
    date("ends_on"),
    money("amount"),
    instant("submitted_at"),
    occurred="submitted_at",
)
