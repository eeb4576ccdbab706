"""The parts of the plan as a row of tabs, the same over each of them."""

from __future__ import annotations

from hakari.web.address import Address
from hakari.web.frame import SHARED, Link
from hakari.words import say

REVERSE, CAPACITY, TERRITORY = "/plan", "/plan/capacity", "/plan/territory"
PLACES = (
    ("plan_part_reverse", REVERSE),
    ("plan_part_capacity", CAPACITY),
    ("plan_part_territory", TERRITORY),
)


def plan_tabs(address: Address, current: str) -> tuple[Link, ...]:
    """What is assumed on one part means nothing on the others; the scope stays."""
    gone: dict[str, str | None] = {name: None for name in address.given if name not in SHARED}
    return tuple(
        Link(say(key, address.lang), address.to(path, **gone), path == current) for key, path in PLACES
    )
