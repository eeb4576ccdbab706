"""A plan as page, terminal and files show it: with its words, its scope, and the scenarios beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hakari.planning.plan_scenarios import Scenario
from hakari.planning.reverse_goal import PlanAsked
from hakari.planning.reverse_plan import ReversePlan
from hakari.planning.scorecard import Freshness, Scope


@dataclass(frozen=True, slots=True)
class Compared:
    """One scenario beside the others; `error` says why it could not be worked out."""

    name: str
    asked: Mapping[str, str]
    plan: ReversePlan | None
    error: str = ""
    scenario: Scenario | None = None


@dataclass(frozen=True, slots=True)
class PlanView:
    """`plan` is None where there is no goal to work back; `refused` then says why."""

    company: str
    demo: bool
    scope: Scope
    period_label: str
    teams: tuple[str, ...]
    sources: tuple[str, ...]
    freshness: Freshness
    notices: tuple[str, ...]
    asked: PlanAsked
    plan: ReversePlan | None
    refused: str = ""
    way_out: str = ""
    compared: tuple[Compared, ...] = field(default=())
