"""A real company with a year of deals and a goal for its quarter, for the page of its plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from hakari.planning.capacity_plan import CapacityView
from hakari.planning.plan_scenarios import Scenario
from hakari.planning.plan_view import PlanView
from hakari.planning.territory_plan import TerritoryView
from hakari.words import Language
from tests.metrics.rows import Tables
from tests.web.talking import RealMeetings

Row = dict[str, object]
FIRST = date(2025, 11, 3)
PEOPLE: list[Row] = [
    {"id": "p1", "name": "伊藤 舞", "team": "t1", "role": "fs", "joined_on": "2020-04-01"},
    {"id": "p2", "name": "佐々木 蓮", "team": "t1", "role": "fs", "joined_on": "2026-09-01"},
]


def _deal(number: int) -> Row:
    """Three a week, every third of them won after thirty days; the last ten are open."""
    created = FIRST + timedelta(days=number * 7 // 3)
    closed = created + timedelta(days=30 + number % 5)
    row: Row = {
        "id": f"d{number}",
        "name": f"案件{number}",
        "owner": "p2" if number % 4 == 0 and number > 130 else "p1",
        "amount": 1_000_000 + 200_000 * (number % 6),
        "created_at": f"{created} 10:00",
    }
    if number >= 150:
        return {**row, "status": "open"}
    return {**row, "status": "won" if number % 3 == 0 else "lost", "closed_on": closed.isoformat()}


ROWS: Tables = {
    "team": [{"id": "t1", "name": "第1営業部"}],
    "person": PEOPLE,
    "deal": [_deal(number) for number in range(160)],
    "target": [
        {"id": "g", "measure": "win_amount", "starts_on": "2026-10-01", "ends_on": "2026-12-31",
         "value": 30_000_000},
    ],
}  # fmt: skip


class RealPlans(RealMeetings):
    """The side of the hand-made company that plans: a real one's answers."""

    def plan_view(
        self, params: Mapping[str, str], lang: Language, compare: Sequence[str] | None = None
    ) -> PlanView:
        return self.real.plan_view(params, lang, compare)

    def save_scenario(self, name: str, params: Mapping[str, str], author: str, reason: str) -> Scenario:
        return self.real.save_scenario(name, params, author, reason)

    def capacity_plan(self, params: Mapping[str, str], lang: Language) -> CapacityView:
        return self.real.capacity_plan(params, lang)

    def territory_plan(self, params: Mapping[str, str], lang: Language) -> TerritoryView:
        return self.real.territory_plan(params, lang)
