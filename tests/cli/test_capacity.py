"""capacity, incentive and territory in the terminal say what their pages say, also through a server."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence

import pytest

from hakari.bootstrap import Company
from hakari.cli.remote import ASKING
from hakari.cli.session import Session
from hakari.cli.start import run
from tests.planning.selling import NOW, selling_company


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    with selling_company(tmp_path_factory.mktemp("selling")) as made:
        yield made


def said(company: Company, words: Sequence[str], code: int = 0) -> str:
    out, err = io.StringIO(), io.StringIO()
    session = Session(out=out, err=err, lent=company, clock=lambda: NOW)
    assert run(["--lang", "en", *words], session) == code, err.getvalue()
    return out.getvalue() if code == 0 else err.getvalue()


def test_a_running_server_answers_all_three() -> None:
    assert {"capacity", "incentive", "territory"} <= {*ASKING}


def test_capacity_says_target_people_and_hiring(company: Company) -> None:
    text = said(company, ["capacity", "--attrition", "0", "--hire", "2027-01:1"])
    assert "the target of 125.0" in text
    assert "Ramped heads" in text
    assert "Nov 2026" in text


def test_capacity_as_json_holds_everything(company: Company) -> None:
    answer = json.loads(said(company, ["capacity", "--json"]))
    assert answer["productivity"]["value"] == 10_000_000
    assert answer["ramp"]["hires"] == 1
    assert len(answer["attainment"]["edges"]) == len(answer["attainment"]["past"]["bins"])


def test_an_incentive_plan_is_simulated_and_never_payroll(company: Company) -> None:
    text = said(company, ["incentive", "--fixed", "6000000", "--variable", "4000000", "--cliff", "50%"])
    assert "Never payroll" in text
    assert "No variable pay below 100%" in text
    rows = json.loads(said(company, ["incentive", "--json"]))
    assert [row["plan"] for row in rows] == ["without", "plan", "healthy", "cliff"]
    assert rows[0]["luck"] is None


def test_territory_as_csv_holds_the_moves_and_as_table_the_balance(company: Company) -> None:
    rows = list(csv.DictReader(io.StringIO(said(company, ["territory", "--format", "csv"]).lstrip("\ufeff"))))
    assert len(rows) == 5
    text = said(company, ["territory"])
    assert "nothing is changed" in text
    assert "8 → 4" in text


def test_what_cannot_be_ends_with_an_error_and_the_way_out(company: Company) -> None:
    assert "2027-01:5" in said(company, ["capacity", "--hire", "soon"], code=2)
