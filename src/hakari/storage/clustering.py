"""In which order a full build lays rows down: as they are asked for, so that a question reads neighbours.

A month's rows lie together, in it a rep's, in those an account's: a count of different accounts then meets
each of them in one run, and a month that nobody asked about is not read at all.
"""

from __future__ import annotations

from collections.abc import Mapping

from hakari.storage.projection_tables import quoted

_Order = tuple[str, ...]  # the day whose month comes first, then columns
# The tables that grow with what people do all day; all others are small enough in any order.
CLUSTERED: Mapping[str, _Order] = {
    "activity": ("occurred_at__day", "owner", "account", "contact"),
    "mail_event": ("at__day", "owner", "contact"),
    "web_visit": ("at__day", "account"),
}


def order_of(table: str) -> str:
    """ORDER BY …, or nothing where order does not matter."""
    if table not in CLUSTERED:
        return ""
    day, *others = CLUSTERED[table]
    keys = [f"date_trunc('month', {quoted(day)})", *(quoted(name) for name in others)]
    return f" ORDER BY {', '.join(keys)}"
