"""Which open deals wait for a decision, on a table that can be counted by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hakari.access import Viewer
from hakari.bootstrap import Company
from hakari.planning.open_deals import OpenDeals, open_deals, stage_limits
from tests.metrics.rows import LEARNT, write
from tests.web import sample

TODAY = sample.TODAY  # 20 November 2026
# Ten deals left 提案 after 1, 2, … 10 days: 80 % had gone after 8.2.
LEFT = [
    {"id": f"m{day}", "deal": f"old{day}", "owner": "p1", "from_stage": "提案", "to_stage": "稟議",
     "at": f"2026-09-{1 + day:02} 10:00"}
    for day in range(1, 11)
]  # fmt: skip
OLD = [
    {
        "id": f"old{day}",
        "name": f"old {day}",
        "owner": "p1",
        "status": "won",
        "created_at": "2026-09-01 10:00",
    }
    for day in range(1, 11)
]


def deal(name: str, owner: str = "p1", **changes: Any) -> dict[str, Any]:
    usual = {
        "stage": "提案",
        "status": "open",
        "amount": 1_000_000,
        "created_at": "2026-11-15 10:00",
        "expected_close_on": "2026-12-20",
        "next_action": "call",
        "next_action_due": "2026-11-25",
    }
    return {"id": name, "name": name, "owner": owner, **usual, **changes}


def asked(company: Company, today: date = TODAY, viewer: Viewer | None = None) -> OpenDeals:
    company.viewer = viewer or company.viewer
    keys = {one.name: one.key for one in company.people()}
    return open_deals(company.desk(None), keys["伊藤 舞"], today)


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    made = Company(tmp_path, lambda: sample.NOW, in_folder=True)
    yield made
    made.close()


def load(company: Company, *deals: dict[str, Any], moves: Sequence[dict[str, Any]] = ()) -> None:
    people = [{"id": "p1", "name": "伊藤 舞"}, {"id": "p2", "name": "森 航"}]
    with company.truth.importing("test", "rows", LEARNT) as an_import:
        write(an_import, {"person": people, "deal": [*OLD, *deals], "stage_change": [*LEFT, *moves]})


def test_each_rule_fires_alone_and_by_name(company: Company) -> None:
    load(
        company,
        deal("fine"),
        deal("late", expected_close_on="2026-11-19"),
        deal("today", expected_close_on="2026-11-20"),
        deal("idle", next_action=None, next_action_due=None),
        deal("due", next_action_due="2026-11-19"),
        deal("slow", created_at="2026-11-11 10:00"),
    )
    found = {one.name: one.waits for one in asked(company).deals}
    assert found == {
        "fine": (),
        "late": ("past_close",),
        "today": (),
        "idle": ("no_next_action",),
        "due": ("overdue",),
        "slow": ("stalled",),
    }


def test_an_action_that_is_merely_overdue_asks_for_no_decision(company: Company) -> None:
    load(company, deal("due", next_action_due="2026-11-19"), deal("late", expected_close_on="2026-11-19"))
    assert [one.name for one in asked(company).waiting] == ["late"]


def test_a_stage_that_few_deals_have_left_stalls_nothing(company: Company) -> None:
    load(company, deal("old", stage="稟議", created_at="2026-01-01 10:00"))
    limits = stage_limits(company.desk(None))
    assert {stage: (round(one.days, 1), one.left) for stage, one in limits.items()} == {"提案": (8.2, 10)}
    assert asked(company).deals[0].waits == ()


def test_days_count_from_the_last_move(company: Company) -> None:
    move = {"id": "n", "deal": "moved", "owner": "p1", "from_stage": "初回", "to_stage": "提案"}
    load(company, deal("moved", created_at="2026-10-01 10:00"), moves=[{**move, "at": "2026-11-17 10:00"}])
    assert [(one.days, one.waits) for one in asked(company).deals] == [(3, ())]


def test_a_field_nobody_ever_filled_is_unknown_and_not_empty(company: Company) -> None:
    load(company, deal("bare", next_action=None, next_action_due=None))
    found = asked(company)
    assert found.deals[0].waits == ()
    assert found.unanswerable == ("no_next_action", "overdue")


def test_the_deals_are_the_persons_own_and_only_where_the_viewer_may_see_them(company: Company) -> None:
    load(company, deal("mine", next_action_due="2026-11-19"), deal("other", owner="p2"))
    assert [one.name for one in asked(company).deals] == ["mine"]
    keys = {one.name: one.key for one in company.people()}
    found = open_deals(company.desk(None), keys["森 航"], TODAY)
    assert [one.name for one in found.deals] == ["other"]
    company.viewer = Viewer("ito", frozenset({keys["伊藤 舞"]}))
    assert open_deals(company.desk(None), keys["森 航"], TODAY).deals == ()
