"""One row is one person on our side, with the role and team they hold."""

from __future__ import annotations

from hakari.canonical.schema import choice, date, flag, ref, table, text

TABLE = table(
    __doc__,
    "person",
    "担当者",
    "Rep",
    text("name"),
    text("email"),
    ref("team"),
    choice("role", "marketing", "sdr", "bdr", "fs", "cs", "partner_manager", "manager", "other"),
    text("manager"),
    text("region"),
    date("joined_on"),
    date("left_on"),
    date("ramped_on"),
    flag("incentive"),
    names=("name", "email"),
)
