"""One row is one statement by a contact that a channel may, or may no longer, be used."""

from __future__ import annotations

from hakari.canonical.schema import choice, flag, instant, ref, table

TABLE = table(
    __doc__,
    "consent",
    "許諾",
    "Consent",
    ref("contact"),
    ref("lead"),
    ref("account"),
    ref("owner", "person"),
    choice("channel", "mail", "call", "letter", "sns", "any"),
    flag("opted_in"),
    instant("at"),
    occurred="at",
)
