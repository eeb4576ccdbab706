"""How a URL or a command line wants territories to be split."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hakari.errors import ParameterNotUnderstoodError
from hakari.maths.territory import COUNT_TOLERANCE, TOLERANCE
from hakari.planning.asking import values_in
from hakari.planning.capacity_asked import number_of, share_of

TERRITORY = ("potential", "keep", "within", "count_within", "require", "pin", "forbid", "unowned")
POTENTIALS = ("auto", "potential", "annual_revenue", "employees", "deals")


@dataclass(frozen=True, slots=True)
class TerritoryAsked:
    """`keep` weighs an account that stays against a rep with experience; `require` names industries.

    Accounts in `pin` stay where they are; `forbid` holds pairs of an account and a rep who may not have it.
    """

    potential: str = "auto"
    keep: float = 1.0
    within: float = TOLERANCE
    count_within: float = COUNT_TOLERANCE
    require: tuple[str, ...] = ()
    unowned: bool = False
    pin: tuple[str, ...] = ()
    forbid: tuple[tuple[str, str], ...] = ()


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
        require=_names(params, "require"),
        unowned=unowned == "yes",
        pin=_names(params, "pin"),
        forbid=tuple(_pair(one) for one in _names(params, "forbid")),
    )


def _names(params: Mapping[str, str], name: str) -> tuple[str, ...]:
    return values_in(params.get(name, ""))


def _pair(text: str) -> tuple[str, str]:
    account, sign, rep = text.rpartition(":")
    if not sign or not account.strip() or not rep.strip():
        raise ParameterNotUnderstoodError(
            f"forbid={text} is no account with a rep", "write forbid=ACCOUNT:REP, several apart by commas"
        )
    return account.strip(), rep.strip()


def _tolerance(params: Mapping[str, str], name: str, usual: float) -> float:
    found = share_of(params, name)
    if found == 0:
        raise ParameterNotUnderstoodError(f"{name}=0 leaves no room", f"write {name}={usual}")
    return usual if found is None else found
