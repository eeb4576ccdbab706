"""Whose target is meant, as a URL and a command line write it: person:佐藤, team:第1営業部|source:展示会."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hakari.errors import ParameterNotUnderstoodError
from hakari.metrics.definitions import Catalogue, Dimension
from hakari.metrics.labels import distinct_names
from hakari.metrics.naming import dimension_named
from hakari.metrics.targets import COMPANY, Whose
from hakari.planning.asking import check_name
from hakari.planning.desk import Desk
from hakari.words import Language, say

KINDS = ("company", "team", "person", "source", "segment", "list")
_FIELDS = {
    "team": "team",
    "person": "owner",
    "source": "source",
    "segment": "segment",
    "list": "target_list",
}


@dataclass(frozen=True, slots=True)
class Named:
    """The names that targets may be for, each with its key in the truth."""

    teams: Mapping[str, int]
    people: Mapping[str, int]
    lists: Mapping[str, int]

    @classmethod
    def of(cls, desk: Desk) -> Named:
        def by_name(table: str) -> dict[str, int]:
            found = distinct_names(desk.store.names(table, desk.schema))
            return {name: key for key, name in found.items()}

        return cls(by_name("team"), by_name("person"), by_name("target_list"))


def whose_text(whose: Whose) -> str:
    parts = [(kind, getattr(whose, field)) for kind, field in _FIELDS.items()]
    return "|".join(f"{kind}:{name}" for kind, name in parts if name is not None) or "company"


def read_whose(text: str, named: Named, catalogue: Catalogue) -> Whose:
    """Names that nobody bears are refused with the nearest."""
    if text in ("", "company"):
        return COMPANY
    found: dict[str, str] = {}
    for part in text.split("|"):
        kind, colon, name = part.partition(":")
        if not colon or kind not in _FIELDS or not name.strip():
            raise ParameterNotUnderstoodError(
                f"{part!r} does not say whose target it is",
                "write company, team:NAME, person:NAME, source:NAME, segment:DIMENSION=VALUE or list:NAME",
            )
        found[_FIELDS[kind]] = name.strip()
    return checked(Whose(**found), named, catalogue)


def checked(whose: Whose, named: Named, catalogue: Catalogue) -> Whose:
    for name, known, what in (
        (whose.team, named.teams, "team"),
        (whose.owner, named.people, "person"),
        (whose.target_list, named.lists, "target list"),
    ):
        if name is not None:
            check_name(name, tuple(sorted(known)), what)
    if whose.segment is not None:
        return replace(whose, segment=segment_of(whose.segment, catalogue))
    return whose


def segment_of(text: str | None, catalogue: Catalogue) -> str | None:
    """industry=製造業 for 業種=製造業: the dimension by its id."""
    if text is None:
        return None
    dimension, sign, value = text.partition("=")
    if not sign or not value.strip():
        raise ParameterNotUnderstoodError(f"segment {text!r} names no value", "write it like industry=製造業")
    found = dimension_named(catalogue, dimension.strip())
    name = found.name if isinstance(found, Dimension) else dimension.strip()
    return f"{name}={value.strip()}"


def whose_label(whose: Whose, catalogue: Catalogue, lang: Language) -> str:
    """第1営業部 · 展示会, or 全社."""
    parts = [whose.owner or whose.team, whose.source, whose.target_list]
    if whose.segment is not None:
        dimension, _, value = whose.segment.partition("=")
        known = catalogue.dimensions.get(dimension)
        name = dimension if known is None else known.ja if lang == "ja" else known.en
        parts.append(f"{name}: {value}")
    return " · ".join(part for part in parts if part) or say("whole_company", lang)
