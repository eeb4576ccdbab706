"""How figures that stand at a moment go wrong: last days, what was checked since, who owns nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hakari.errors import DefinitionError
from hakari.metrics.engine import Engine
from hakari.metrics.kpi_file import read_kpi
from hakari.metrics.loader import built_in
from hakari.metrics.placing import DefinitionFile
from hakari.metrics.query import Query
from hakari.metrics.result import MetricResult
from hakari.units.calendar import FiscalCalendar
from hakari.units.period import Period
from tests.metrics.rows import projected

OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
Tables = dict[str, list[dict[str, Any]]]


def ask(folder: Path, tables: Tables, measure: str, *by: str, period: Period = OCTOBER) -> list[MetricResult]:
    truth, projection = projected(folder, tables)
    found = Engine(projection, built_in(), FiscalCalendar()).measure(
        Query((measure,), period, date(2026, 12, 1), by)
    )
    projection.close()
    truth.close()
    return found


def test_a_target_holds_on_its_last_day_and_not_after(tmp_path: Path) -> None:
    targets = [{"measure": "win_amount", "starts_on": "2026-10-01", "ends_on": "2026-10-31", "value": 1}]
    months = Period(date(2026, 9, 1), date(2026, 12, 1))
    found = ask(tmp_path, {"target": targets}, "kpi_count", "month", period=months)
    assert {one.slice["month"]: one.value for one in found} == {"2026-09": 0, "2026-10": 1, "2026-11": 0}


def test_an_entry_checked_since_does_not_make_the_past_fresh(tmp_path: Path) -> None:
    tables: Tables = {
        "account": [{"id": "a", "name": "a"}],
        "target_list": [{"id": "t", "name": "t"}],
        "target_member": [
            {"target_list": "t", "account": "a", "from_on": "2026-01-01", "checked_on": "2026-11-20"}
        ],
    }
    months = Period(date(2026, 10, 1), date(2026, 12, 1))
    found = ask(tmp_path, tables, "list_freshness_days", "month", period=months)
    assert {one.slice["month"]: one.value for one in found} == {"2026-10": None, "2026-11": 10}


def test_territories_are_alike_whatever_they_are_counted_in(tmp_path: Path) -> None:
    people = [{"id": name, "name": name, "role": "fs", "ramped_on": "2026-01-01"} for name in "pqr"]
    for scale in (1, 1000):
        accounts = [
            {"name": f"{owner}{amount}", "owner": owner, "potential": amount * scale}
            for owner, amount in (("p", 1), ("p", 2), ("q", 3), ("r", 6))
        ]
        folder = tmp_path / str(scale)
        folder.mkdir()
        (found,) = ask(folder, {"person": people, "account": accounts}, "territory_balance")
        assert found.value == pytest.approx(0.353553, abs=1e-6)  # 3, 3 and 6: √2 ÷ 4


def test_a_company_lost_before_the_period_is_no_customer_to_sell_more_to(tmp_path: Path) -> None:
    tables: Tables = {
        "account": [{"id": "a", "name": "a"}],
        "contract": [{"account": "a", "starts_on": "2025-04-01", "churned_on": "2026-09-30"}],
        "order": [{"account": "a", "kind": "upsell", "ordered_on": "2026-10-05"}],
    }
    (found,) = ask(tmp_path, tables, "upsell_cross_sell_rate")
    assert (found.value, found.denominator) == (None, 0)


def test_without_potentials_on_record_the_balance_is_unknown_and_says_why(tmp_path: Path) -> None:
    people = [{"name": name, "role": "fs", "ramped_on": "2026-01-01"} for name in "pq"]
    (found,) = ask(tmp_path, {"person": people}, "territory_balance")
    assert found.value is None
    assert "account" in found.interval.method


@pytest.mark.parametrize(
    ("broken", "key"),
    [
        ('kind = "spread"\nof = { population = "ramped_field_sales", sum = "potential" }', "alive"),
        ('kind = "attainment"', "kind"),
        ('kind = "attainment"\nmeasure = "win_amount"\nagainst = "them"', "against"),
        ('kind = "capacity"\nmeasure = "win_amount"\nof = "field_sales_people"', "ramp_days"),
    ],
)
def test_what_is_not_said_is_asked_for(broken: str, key: str) -> None:
    head = 'id = "x"\nja = "x"\nen = "x"\nstage = "manage"\ndepartment = "management"\n'
    text = f'{head}[measure.value]\nunit = "value"\n{broken}\n'
    with pytest.raises(DefinitionError) as caught:
        read_kpi(DefinitionFile("x.toml", text), built_in().populations)
    assert caught.value.key == key
