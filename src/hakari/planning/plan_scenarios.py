"""Scenarios of a plan that were kept: what was asked, by whom and why, in every version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from hakari.errors import ParameterNotUnderstoodError
from hakari.storage.truth import SettingVersion

PREFIX = "plan_scenario/"
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Scenario:
    """One kept question; `version` counts how often it was written."""

    name: str
    asked: Mapping[str, str]
    author: str
    reason: str
    version: int
    at: datetime


def scenario_value(
    name: str, asked: Mapping[str, str], author: str, reason: str
) -> tuple[str, dict[str, Any]]:
    """The setting that keeps a scenario; refuses a name that cannot be told from others."""
    named = name.strip()
    if not named or len(named) > _LONGEST or any(not char.isprintable() for char in named):
        raise ParameterNotUnderstoodError(
            f"{name!r} is no name for a scenario", f"use 1 to {_LONGEST} letters, such as 採用2名"
        )
    return PREFIX + named, {"asked": dict(asked), "author": author, "reason": reason}


def scenarios_of(log: Iterable[SettingVersion]) -> list[Scenario]:
    found: dict[str, Scenario] = {}
    for one in log:
        name = one.key.removeprefix(PREFIX)
        version = found[name].version + 1 if name in found else 1
        said = one.value
        found[name] = Scenario(name, dict(said["asked"]), said["author"], said["reason"], version, one.at)
    return list(found.values())


def scenario_named(known: Sequence[Scenario], name: str) -> Scenario:
    for one in known:
        if one.name == name.strip():
            return one
    names = [one.name for one in known]
    near = get_close_matches(name, names, n=1, cutoff=0.3)
    raise ParameterNotUnderstoodError(
        f"no scenario is called {name!r}",
        f"did you mean {near[0]}?" if near else f"kept: {', '.join(names) or 'none yet'}",
    )
