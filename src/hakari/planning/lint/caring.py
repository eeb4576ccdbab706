"""Who looks after a KPI of the scorecard, and when it is looked at again; and which KPIs are on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hakari.config import CompanyProfile
from hakari.errors import ChoiceRefusedError
from hakari.metrics.definitions import Catalogue, Measure
from hakari.planning.lint.together import MOST_KPIS

CARES = "kpi_care"


@dataclass(frozen=True, slots=True)
class Care:
    """An owner named for this KPI, where it is not simply its department's, and the day of its review."""

    owner: str = ""
    review_on: date | None = None


def cares_from(raw: Mapping[str, Any] | None) -> dict[str, Care]:
    return {
        measure: Care(
            one.get("owner", ""), date.fromisoformat(day) if (day := one.get("review_on")) else None
        )
        for measure, one in (raw or {}).items()
    }


def cares_json(cares: Mapping[str, Care]) -> dict[str, Any]:
    return {
        measure: {"owner": one.owner, "review_on": one.review_on.isoformat() if one.review_on else None}
        for measure, one in sorted(cares.items())
    }


def with_care(
    cares: Mapping[str, Care], measure: str, owner: str | None, review_on: date | None
) -> dict[str, Care]:
    """None leaves as it is."""
    held = cares.get(measure, Care())
    changed = replace(
        held,
        owner=held.owner if owner is None else owner.strip(),
        review_on=held.review_on if review_on is None else review_on,
    )
    return {**cares, measure: changed}


def with_kpi(
    profile: CompanyProfile, shown: tuple[str, ...], catalogue: Catalogue, added: Measure, instead: str = ""
) -> CompanyProfile:
    """The set with one more, or with one in the place of another; a sixth asks which it replaces."""
    held = profile.kpis or shown
    if added.id in held:
        raise ChoiceRefusedError(
            f"{added.id} ({added.ja}) is on the scorecard already", "nothing is to be done"
        )
    if added.id == profile.kgi:
        raise ChoiceRefusedError(f"{added.id} ({added.ja}) is the KGI", "choose another KPI, or another KGI")
    if instead:
        if instead not in held:
            raise ChoiceRefusedError(
                f"{instead} is not on the scorecard", f"replace one of {_listed(held, catalogue)}"
            )
        return replace(profile, kpis=tuple(added.id if one == instead else one for one in held))
    if len(held) >= MOST_KPIS:
        raise ChoiceRefusedError(
            f"{added.id} ({added.ja}) would be KPI number {len(held) + 1}; at most {MOST_KPIS} are followed",
            f"say which one it replaces: {_listed(held, catalogue)}",
        )
    return replace(profile, kpis=(*held, added.id))


def without_kpi(
    profile: CompanyProfile, shown: tuple[str, ...], catalogue: Catalogue, removed: str
) -> CompanyProfile:
    held = profile.kpis or shown
    if removed not in held:
        raise ChoiceRefusedError(
            f"{removed} is not on the scorecard", f"there are {_listed(held, catalogue)}"
        )
    if len(held) == 1:
        raise ChoiceRefusedError(f"{removed} is the only KPI", "add another one first")
    return replace(profile, kpis=tuple(one for one in held if one != removed))


def _listed(held: tuple[str, ...], catalogue: Catalogue) -> str:
    names = catalogue.measures
    return ", ".join(f"{one} ({names[one].ja})" if one in names else one for one in held)
