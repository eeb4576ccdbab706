"""One row is one marketing or outreach action: a seminar, an exhibition, a mailing, a call list."""

from __future__ import annotations

from hakari.canonical.schema import choice, date, money, ref, table, text
from hakari.canonical.tactics import TACTICS

TABLE = table(
    __doc__,
    "campaign",
    "施策",
    "Campaign",
    text("name"),
    choice("tactic", *TACTICS),
    choice("aim", "acquire", "nurture", "both"),
    text("theme"),
    text("scenario"),
    date("starts_on"),
    date("ends_on"),
    money("cost"),
    ref("owner", "person"),
    occurred="starts_on",
    names=("name",),
)
