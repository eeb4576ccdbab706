"""A viewer, and the condition every query on a table carries for them."""

from __future__ import annotations

from dataclasses import dataclass

from hakari.canonical import TABLES
from hakari.canonical.predicate import Atom, Where
from hakari.errors import NotAllowedError

# Who sells, to whom and what: rows that belong to nobody in particular and hold no one's results.
_COMMON = frozenset(
    {
        "person",
        "team",
        "product",
        "campaign",
        "account",
        "partner",
        "target_list",
        "content_asset",
        "keyword",
        "keyword_result",
        "follower_count",
        "selling_point",
    }
)


@dataclass(frozen=True, slots=True)
class Viewer:
    """`owners` are the keys of the people whose rows may be seen; None means the whole company.

    `person` is the key of the record of the viewer themselves, where it is known who they are.
    """

    name: str
    owners: frozenset[int] | None = None
    person: int | None = None


EVERYONE = Viewer("local owner")


def rows_for(viewer: Viewer, table: str) -> Where:
    """The condition that leaves only rows this viewer may see; a table without an owner is refused."""
    if viewer.owners is None or table in _COMMON:
        return ()
    if not TABLES[table].has("owner"):
        raise NotAllowedError(
            f"{viewer.name} may not see {TABLES[table].en.lower()} rows",
            "they belong to no single person: ask someone who sees the whole company",
        )
    return (Atom(("owner",), "in", tuple(sorted(viewer.owners))),)


_EVERYBODY = "everybody"


def readers_of(viewer: Viewer) -> frozenset[str]:
    """The names a viewer reads texts under. To see the whole company's rows is not to read its notes."""
    return frozenset({_EVERYBODY, _own_name(viewer)})


def for_everybody() -> frozenset[str]:
    """The readers of a text that is nobody's secret, such as a decision."""
    return frozenset({_EVERYBODY})


def between(viewer: Viewer, *people: int) -> frozenset[str]:
    """The readers of a text that is private to its author and these people."""
    return frozenset({_own_name(viewer), *(f"person:{key}" for key in people)})


def _own_name(viewer: Viewer) -> str:
    return f"name:{viewer.name}" if viewer.person is None else f"person:{viewer.person}"
