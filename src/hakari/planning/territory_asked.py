"""How a URL or a command line wants territories to be split."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hakari.errors import ParameterNotUnderstoodError
from hakari.maths.territory import COUNT_TOLERANCE, TOLERANCE
from hakari.planning.capacity_asked import number_of, share_of

TERRITORY = ("potential", "keep", "within", "count_within", "require", "unowned")
POTENTIALS = ("auto", "potential", "annual_revenue", "employees", "deals")


@dataclass(frozen=True, slots=True)
class TerritoryAsked:
    """`keep` weighs an account that stays against a rep with experience; `require` names industries."""

    potential: str = "auto"
    keep: float = 1.0
    within: float = TOLERANCE
    count_within: float = COUNT_TOLERANCE
    require: tuple[str, ...] = ()
    unowned: bool = False


def read_territory(params: Mapping[str, str]) -> TerritoryAsked:
    potential = params.get("potential") or "auto"
    if potential not in POTENTIALS:
        raise ParameterNotUnderstoodError(
            f"potential={potential} is not known", f"use one of {', '.join(POTENTIALS)}"
        )
    keep = number_of(params, "keep")
    unowned = params.get("unowned") or "no"
    if unowned not in ("yes", "no"):
        raise ParameterNotUnderstoodError(f"unowned={unowned} is neither yes nor no", "write unowned=yes")
    return TerritoryAsked(
        potential=potential,
        keep=1.0 if keep is None else keep,
        within=_tolerance(params, "within", TOLERANCE),
        count_within=_tolerance(params, "count_within", COUNT_TOLERANCE),
        require=tuple(one.strip() for one in params.get("require", "").split(",") if one.strip()),
        unowned=unowned == "yes",
    )


def _tolerance(params: Mapping[str, str], name: str, usual: float) -> float:
    found = share_of(params, name)
    if found == 0:
        raise ParameterNotUnderstoodError(f"{name}=0 leaves no room", f"write {name}={usual}")
    return usual if found is None else found
