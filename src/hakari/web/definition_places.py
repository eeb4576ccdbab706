"""Where the pages of definitions stand, and the links between them."""

from __future__ import annotations

from hakari.web.address import Address
from hakari.web.frame import SHARED, Link
from hakari.words import say

LIST = "/definitions"
CHOICES = f"{LIST}/choices"
TARGETS = f"{LIST}/targets"
LINT = f"{LIST}/lint"
NEW = f"{LIST}/new"
_TABS = (
    ("definitions_list", LIST),
    ("definitions_choices", CHOICES),
    ("definitions_targets", TARGETS),
    ("definitions_lint", LINT),
)


def within(address: Address, path: str, /, **more: str) -> str:
    """A neighbouring page: filters of this one stay behind."""
    kept = {name: value for name, value in address.given.items() if name in SHARED}
    return Address(path, kept, address.defaults).to(**more)


def card_url(address: Address, kpi: str, measure: str = "") -> str:
    """The card of a KPI, at one of its measures."""
    place = within(address, f"{LIST}/{kpi}")
    key = measure.removeprefix(kpi).lstrip(".")
    return f"{place}#{key}" if key else place


def edit_url(address: Address, kpi: str) -> str:
    return within(address, f"{LIST}/{kpi}/edit")


def tabs(address: Address, here: str) -> tuple[Link, ...]:
    return tuple(Link(say(key, address.lang), within(address, path), path == here) for key, path in _TABS)
