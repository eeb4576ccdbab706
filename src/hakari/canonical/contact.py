"""One row is one person on the customer's side."""

from __future__ import annotations

from hakari.canonical.schema import choice, date, flag, instant, ref, table, text

TABLE = table(
    __doc__,
    "contact",
    "相手先担当者",
    "Contact",
    text("name", personal=True),
    ref("account"),
    text("department"),
    text("title"),
    choice("role_level", "executive", "manager", "staff"),
    flag("key_person"),
    text("email", personal=True),
    text("phone", personal=True),
    ref("owner", "person"),
    date("card_received_on"),
    instant("created_at"),
    occurred="created_at",
    names=("email", "name"),
)
