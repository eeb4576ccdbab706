"""Capacity and territory as pages: the URL is the screen, files say the same, and nothing is changed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hakari.bootstrap import Company
from hakari.web.app import create_app
from tests.planning.selling import NOW, ROWS, selling_company


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    with selling_company(tmp_path_factory.mktemp("selling")) as made:
        yield made


@pytest.fixture(scope="module")
def client(company: Company) -> TestClient:
    return TestClient(create_app(company, clock=lambda: NOW), base_url="http://localhost")


def text(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.text


def table(client: TestClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("path", ["/plan", "/plan/capacity", "/plan/territory"])
def test_the_parts_of_the_plan_lead_to_each_other(client: TestClient, path: str) -> None:
    page = text(client, path)
    tabs = re.search(r'<nav class="door-tabs" aria-label="計画の中の移動">(.*?)</nav>', page, re.DOTALL)
    assert tabs is not None
    assert re.findall(r'href="([^"]+)"', tabs[1]) == ["/plan", "/plan/capacity", "/plan/territory"]
    assert f'<a href="{path}" aria-current="page">' in tabs[1]


def test_the_months_of_the_page_are_those_of_its_files(client: TestClient) -> None:
    page = text(client, "/plan/capacity?attrition=0&lang=en&unit=million")
    rows = table(client, "/plan/capacity.csv?attrition=0")
    shown = re.findall(r'<th scope="row">(\w{3} \d{4})</th><td class="num">([^<]*)</td>', page)
    assert len(shown) == len(rows)
    assert next(row["month"] for row in rows if row["capacity"]) == "2026-11"
    answer = client.get("/plan/capacity.json?attrition=0").json()
    assert [month["target"] for month in answer["months"]] == [
        float(row["target"]) if row["target"] else None for row in rows
    ]
    assert answer["attrition"]["left"] == 1


def test_what_is_assumed_stands_in_the_fields_and_what_holds_beside_them(client: TestClient) -> None:
    page = text(client, "/plan/capacity?hire=2027-01:2&team=第1営業部")
    assert 'name="hire" value="2027-01:2"' in page
    assert re.search(r'name="attrition" value="" placeholder="1\.4%"', page)
    assert page.count('<input type="hidden" name="team" value="第1営業部">') >= 2


def test_a_pay_plan_without_wishes_says_that_it_is_an_example_and_never_payroll(client: TestClient) -> None:
    page = text(client, "/plan/capacity")
    assert "給与計算ではない" in page
    assert "例(" in page
    assert "例(" not in text(client, "/plan/capacity?fixed=6000000&variable=3000000")


def test_a_refusal_names_the_way_out(client: TestClient) -> None:
    answer = client.get("/plan/capacity?hire=soon")
    assert answer.status_code == 400
    assert "2027-01:5" in answer.text


def test_an_unknown_parameter_is_told(client: TestClient) -> None:
    assert "hires" in text(client, "/plan/capacity?hires=2027-01:2")


def test_the_moves_of_the_page_are_those_of_its_file(client: TestClient) -> None:
    page, rows = text(client, "/plan/territory"), table(client, "/plan/territory.csv")
    assert len(rows) == 5
    assert all(f'<th scope="row">{row["account"]}' in page for row in rows)
    assert {row["reason"] for row in rows} == {"balance", "owner_left"}
    assert "CRM もここの記録も変更しない" in page
    answer = client.get("/plan/territory.json").json()
    assert (answer["proposal_only"], answer["kept"], len(answer["moves"])) == (True, 7, 5)


def test_a_proposal_changes_no_record(client: TestClient, company: Company) -> None:
    before = company.truth.last_change()
    text(client, "/plan/territory?keep=0&unowned=yes")
    assert company.truth.last_change() == before


@pytest.mark.parametrize("suffix", ["json", "csv", "xlsx", "md"])
@pytest.mark.parametrize("path", ["/plan/capacity", "/plan/territory"])
def test_each_has_every_file_and_no_other(client: TestClient, path: str, suffix: str) -> None:
    assert client.get(f"{path}.{suffix}").status_code == 200
    assert client.get(f"{path}.pdf").status_code == 404


def test_what_is_assumed_here_goes_nowhere_else(client: TestClient) -> None:
    page = text(client, "/plan/capacity?hire=2027-01:2&team=第1営業部")
    assert 'href="/scorecard?team=%E7%AC%AC1%E5%96%B6%E6%A5%AD%E9%83%A8"' in page


def test_a_company_without_records_is_told_what_to_import(tmp_path: Path) -> None:
    with selling_company(tmp_path, {"team": ROWS["team"]}) as empty:
        client = TestClient(create_app(empty, clock=lambda: NOW), base_url="http://localhost")
        assert "入社日" in text(client, "/plan/capacity")
        assert "担当者を 2人以上" in text(client, "/plan/territory")
        assert client.get("/plan/capacity.json").json()["months"] == []
        assert client.get("/plan/territory.csv").status_code == 200


def test_paper_names_the_team_and_no_period_that_does_not_count(client: TestClient) -> None:
    page = text(client, "/plan/territory?team=第1営業部")
    line = re.search(r'<p class="print-line">(.*?)</p>', page)
    assert line is not None
    assert line[1].endswith("組織 第1営業部")
