"""The fields by which a page's assumptions are changed: a plain form whose answer is another address."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from hakari.planning.capacity_answers import OWN
from hakari.web.address import Address
from hakari.web.frame import SHARED, Frame
from hakari.web.site import Site


@dataclass(frozen=True, slots=True)
class Assumed:
    """`hint` shows what holds where nothing is given; `options` of (value, words) make it a choice."""

    name: str
    label: str
    given: str
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()


def kept_beside(address: Address, names: Collection[str]) -> tuple[tuple[str, str], ...]:
    """What the form must not lose: everything but its own fields and the page turned to."""
    return tuple(
        (name, value) for name, value in address.given.items() if name not in names and name != "page"
    )


def unknown(site: Site, address: Address) -> tuple[str, ...]:
    """Parameters that changed nothing."""
    rest = {name: value for name, value in address.question().items() if name not in OWN}
    return site.company.asked(rest, address.lang).unknown


def team_only(frame: Frame) -> Frame:
    """The scope bar without what these pages do not depend on: periods, comparisons, sources."""
    kept = tuple(one for one in frame.controls if one.name == "team")
    line = " · ".join(f"{one.label} {dict(one.options).get(one.chosen, one.chosen)}" for one in kept)
    return replace(
        frame,
        controls=kept,
        kept=tuple((name, value) for name, value in frame.kept if name in SHARED and name != "team"),
        print_line=line,
        foot=tuple(line if words == frame.print_line else words for words in frame.foot),
    )
