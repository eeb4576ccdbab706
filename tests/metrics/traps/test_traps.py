"""The ways figures go wrong elsewhere: each trap as a few rows, and the answer a careful person gives."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from hakari.metrics.engine import Engine
from hakari.metrics.loader import built_in
from hakari.metrics.query import Query
from hakari.metrics.result import MetricResult
from hakari.storage.truth import Row
from hakari.units.calendar import FiscalCalendar
from hakari.units.period import Period
from tests.metrics.rows import LEARNT, projected

OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
TODAY = date(2026, 12, 1)
Tables = dict[str, list[dict[str, Any]]]


def ask(
    folder: Path, tables: Tables, measure: str, *by: str, period: Period = OCTOBER, basis: str | None = None
) -> list[MetricResult]:
    truth, projection = projected(folder, tables)
    engine = Engine(projection, built_in(), FiscalCalendar())
    found = engine.measure(Query((measure,), period, TODAY, by, basis))
    projection.close()
    truth.close()
    return found


def won(name: str, amount: int, **more: Any) -> dict[str, Any]:
    return {"id": name, "status": "won", "amount": amount, "closed_on": "2026-10-20", **more}


def test_fan_out_a_deal_with_three_calls_is_won_once(tmp_path: Path) -> None:
    """deal 100 ← call, call, call: the amount is 100, not 300."""
    calls = [{"kind": "call", "deal": "d", "occurred_at": f"2026-10-0{n} 10:00"} for n in (1, 2, 3)]
    assert ask(tmp_path, {"deal": [won("d", 100)], "activity": calls}, "win_amount")[0].value == 100


def test_chasm_two_fans_do_not_multiply(tmp_path: Path) -> None:
    """cost 600 for a campaign with 2 spends and 3 leads: 600 ÷ 3 = 200, not 600 × 3 ÷ (3 × 2)."""
    tables: Tables = {
        "campaign": [{"id": "c", "name": "c"}],
        "ad_spend": [{"campaign": "c", "on": "2026-10-02", "amount": 300} for _ in range(2)],
        "lead": [{"campaign": "c", "received_at": f"2026-10-0{n} 10:00"} for n in (1, 2, 3)],
    }
    found = ask(tmp_path, tables, "acq_cost_per_lead")[0]
    assert (found.numerator, found.denominator, found.value) == (600, 3, 200)


def test_double_counting_a_person_seen_in_two_months_is_one_in_the_quarter(tmp_path: Path) -> None:
    visits = [{"visitor": "v", "at": f"2026-{month}-05 10:00"} for month in (10, 11)]
    months = ask(
        tmp_path / "a",
        {"web_visit": visits},
        "web_visitors_uu",
        "month",
        period=Period(date(2026, 10, 1), date(2026, 12, 1)),
    )
    assert [one.value for one in months] == [1, 1]
    both = ask(
        tmp_path / "b",
        {"web_visit": visits},
        "web_visitors_uu",
        period=Period(date(2026, 10, 1), date(2026, 12, 1)),
    )
    assert both[0].value == 1


def test_null_keys_deals_of_nobody_stay_in_the_total(tmp_path: Path) -> None:
    tables: Tables = {"person": [{"id": "p", "name": "p"}], "deal": [won("a", 100, owner="p"), won("b", 30)]}
    assert ask(tmp_path / "a", tables, "win_amount")[0].value == 130
    slices = {one.slice["owner"]: one.value for one in ask(tmp_path / "b", tables, "win_amount", "owner")}
    assert slices == {"p": 100, None: 30}


def test_a_missing_amount_is_not_zero_in_a_mean(tmp_path: Path) -> None:
    """100 and unknown: the mean of what is known is 100, of one deal."""
    found = ask(tmp_path, {"deal": [won("a", 100), {**won("b", 0), "amount": None}]}, "won_unit_price")[0]
    assert (found.value, found.n) == (100, 1)


@pytest.mark.parametrize(
    ("moment", "month"), [("2026-10-31 23:59", "2026-10"), ("2026-11-01 00:00", "2026-11")]
)
def test_a_month_ends_at_midnight_in_tokyo_not_in_utc(tmp_path: Path, moment: str, month: str) -> None:
    """31 October 23:59 in Tokyo is 14:59 UTC; 1 November 00:00 is still October in UTC."""
    calls = [{"kind": "call", "occurred_at": moment}]
    autumn = Period(date(2026, 10, 1), date(2026, 12, 1))
    found = ask(tmp_path, {"activity": calls}, "outbound_dials", "month", period=autumn)
    assert {one.slice["month"]: one.value for one in found if one.value} == {month: 1}


def test_two_clocks_a_win_of_october_from_september_is_not_in_october_s_cohort(tmp_path: Path) -> None:
    deals = [
        {
            "status": "won",
            "valid": True,
            "created_at": "2026-09-10 10:00",
            "qualified_at": "2026-09-12 10:00",
            "closed_on": "2026-10-20",
        },
        {
            "status": "open",
            "valid": True,
            "created_at": "2026-10-10 10:00",
            "qualified_at": "2026-10-12 10:00",
        },
    ]
    event = ask(tmp_path / "a", {"deal": deals}, "fs_win_rate_on_opportunities", basis="event")[0]
    assert (event.numerator, event.denominator) == (1, 1)
    cohort = ask(tmp_path / "b", {"deal": deals}, "fs_win_rate_on_opportunities", basis="created")[0]
    assert (cohort.numerator, cohort.denominator, cohort.open_share) == (0, 1, 1.0)


def test_a_rate_over_one_has_no_wilson_interval(tmp_path: Path) -> None:
    """Two wins of October meet one deal qualified in October: 200 %, and no interval that pretends."""
    deals = [
        {
            "status": "won",
            "valid": True,
            "created_at": "2026-09-10 10:00",
            "qualified_at": day,
            "closed_on": "2026-10-20",
        }
        for day in ("2026-09-12 10:00", "2026-10-01 10:00")
    ]
    found = ask(tmp_path, {"deal": deals}, "fs_win_rate_on_opportunities", basis="event")[0]
    assert (found.numerator, found.denominator) == (2, 1)
    assert not found.interval.is_known


def test_people_of_one_name_are_two_people(tmp_path: Path) -> None:
    tables: Tables = {
        "person": [{"id": "1", "name": "佐藤"}, {"id": "2", "name": "佐藤"}],
        "deal": [won("a", 100, owner="1"), won("b", 30, owner="2")],
    }
    assert sorted(one.value or 0 for one in ask(tmp_path, tables, "win_amount", "owner")) == [30, 100]


def test_a_frozen_list_does_not_grow_its_denominator(tmp_path: Path) -> None:
    """Two companies on the list on 1 October, one more added on the 15th: 1 of 2."""
    tables: Tables = {
        "account": [{"id": name, "name": name} for name in "abc"],
        "target_list": [{"id": "l", "name": "l"}],
        "target_member": [
            {"target_list": "l", "account": name, "from_on": day}
            for name, day in (("a", "2026-04-01"), ("b", "2026-04-01"), ("c", "2026-10-15"))
        ],
        "deal": [{"account": name, "created_at": "2026-10-20 10:00", "status": "open"} for name in "ac"],
    }
    found = ask(tmp_path, tables, "acct_opportunity_coverage")[0]
    assert (found.numerator, found.denominator) == (1, 2)


def test_an_open_deal_without_a_day_of_creation_is_in_today_s_pipeline(tmp_path: Path) -> None:
    deals = [
        {"status": "open", "amount": 100},
        {"status": "open", "amount": 50, "created_at": "2026-10-01 10:00"},
    ]
    running = Period(date(2026, 10, 1), date(2027, 1, 1))
    assert ask(tmp_path, {"deal": deals}, "pipeline_by_phase", period=running)[0].value == 150


def test_a_month_that_has_not_begun_has_no_stock(tmp_path: Path) -> None:
    deals = [{"status": "open", "amount": 100, "created_at": "2026-10-01 10:00"}]
    winter = Period(date(2026, 11, 1), date(2027, 3, 1))
    months = [
        one.slice["month"]
        for one in ask(tmp_path, {"deal": deals}, "pipeline_by_phase", "month", period=winter)
    ]
    assert months == ["2026-11", "2026-12"]


def test_all_time_by_month_begins_with_the_first_record(tmp_path: Path) -> None:
    deals = [{"status": "open", "amount": 100, "created_at": "2026-10-01 10:00"}]
    found = ask(tmp_path, {"deal": deals}, "pipeline_by_phase", "month", period=Period.all())
    assert [one.slice["month"] for one in found] == ["2026-10", "2026-11", "2026-12"]


def test_before_the_first_record_nothing_is_known(tmp_path: Path) -> None:
    found = ask(
        tmp_path, {"deal": [won("a", 100)]}, "win_amount", period=Period(date(2024, 1, 1), date(2024, 2, 1))
    )
    assert found[0].value is None
    assert "2026-10-20" in found[0].interval.method


def test_amounts_nobody_wrote_down_do_not_add_up_to_zero(tmp_path: Path) -> None:
    found = ask(tmp_path, {"deal": [{**won("a", 0), "amount": None}]}, "win_amount")[0]
    assert found.value is None
    assert "deal.amount" in found.interval.method


def test_a_campaign_known_only_by_its_name_still_names_its_slice(tmp_path: Path) -> None:
    truth, projection = projected(tmp_path, {})
    with truth.importing("test", "leads", LEARNT) as an_import:
        keys = an_import.stubs("campaign", {"秋の展示会": "秋の展示会"}, LEARNT)
        received = datetime(2026, 10, 5, 1, tzinfo=UTC)
        an_import.write("lead", [Row("l", {"campaign": keys["秋の展示会"], "received_at": received}, LEARNT)])
    projection.refresh(truth)
    query = Query(("leads_acquired",), OCTOBER, TODAY, ("campaign",))
    found = Engine(projection, built_in(), FiscalCalendar()).measure(query)
    assert [(one.slice["campaign"], one.value) for one in found] == [("秋の展示会", 1)]
    projection.close()
    truth.close()
