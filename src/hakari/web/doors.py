"""Every number is a door: the link from a figure to what it stands on."""

from __future__ import annotations

from hakari.web.address import Address

DOORS = ("records", "breakdown", "definition", "math")


def door(address: Address, measure: str, door: str = "records", **more: str) -> str:
    """The page of the measure in the same scope; `more` narrows it, to one person's for instance."""
    changes: dict[str, str | None] = {
        "factor": None,
        "by": None,
        "of": None,
        "page": None,
        "door": door,
        **more,
    }
    return address.to(f"/metric/{measure}", **changes)
