"""The check of the KPIs as a page: graded, with reason and way out; owners, days and the set are kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hakari.bootstrap import Company
from hakari.web.app import create_app
from hakari.words import LANGUAGES, Language, say
from tests.web import sample
from tests.web.defined import defined_company
from tests.web.reading import elements, words_of

PAGE = "/definitions/lint"
ORIGIN = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    with defined_company(tmp_path) as made:
        yield made


@pytest.fixture
def client(company: Company) -> TestClient:
    return TestClient(
        create_app(company, clock=lambda: sample.NOW), base_url="http://localhost", follow_redirects=False
    )


def _sent(client: TestClient, path: str, **fields: str) -> tuple[int, str]:
    inputs = elements(client.get(PAGE).text, "input")
    token = next(one.attributes["value"] for one in inputs if one.attributes.get("name") == "token")
    answer = client.post(path, data={"token": token, **fields}, headers=ORIGIN)
    return answer.status_code, answer.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_six_checks_stand_in_their_order_each_with_a_grade(client: TestClient, lang: Language) -> None:
    page = client.get(f"{PAGE}?lang={lang}", follow_redirects=True).text
    titles = [one.text for one in elements(page, "h2")]
    for item in range(1, 7):
        assert any(title.startswith(f"{item}. {say(f'lint_item_{item}', lang)}") for title in titles)
    assert say("definitions_lint", lang) in words_of(page)


def test_a_finding_says_why_from_where_and_leads_to_the_way_out(client: TestClient) -> None:
    page = client.get(PAGE).text
    assert say("lint_unsigned_why", "ja") in words_of(page)
    assert "出典: 001" in words_of(page)
    links = [one.attributes.get("href", "") for one in elements(page, "a")]
    assert any(link.startswith("/definitions/choices#win_rate") for link in links)
    assert "#set" in links


def test_the_same_findings_are_rows_of_files(client: TestClient, company: Company) -> None:
    rows = client.get(f"{PAGE}.json").json()["lint"]
    assert {row["rule"] for row in rows} == {one.rule for one in company.lint("ja").checks}
    text = client.get(f"{PAGE}.csv").text
    assert len(list(csv.DictReader(io.StringIO(text)))) == len(rows)
    assert client.get(f"{PAGE}.xlsx").status_code == 200
    assert client.get(f"{PAGE}.md").status_code == 200


def test_an_owner_and_a_review_day_are_kept(client: TestClient, company: Company) -> None:
    status, _ = _sent(client, f"{PAGE}/care", measure="won_unit_price", owner="林", review_on="2027-03-31")
    assert status == 303
    care = company.kpi_cares()["won_unit_price"]
    assert (care.owner, care.review_on) == ("林", date(2027, 3, 31))


def test_a_day_that_is_none_is_refused_with_what_was_typed(client: TestClient, company: Company) -> None:
    measure = company.kpi_set("ja")[1][0]
    status, page = _sent(client, f"{PAGE}/care", measure=measure, owner="林", review_on="tomorrow")
    assert status == 422
    assert say("day_not_understood", "ja") in words_of(page)
    typed = [one.attributes.get("value") for one in elements(page, "input")]
    assert "林" in typed
    assert company.kpi_cares() == {}


def test_a_kpi_is_added_and_a_sixth_takes_the_place_of_another(client: TestClient, company: Company) -> None:
    for name in ("win_deals", "deals_created", "sdr_connects.rate", "sdr_meetings.rate", "gross_profit"):
        if len(company.kpi_set("ja")[1]) < 5:
            assert _sent(client, f"{PAGE}/set", added=name, instead="")[0] == 303
    held = company.kpi_set("ja")[1]
    assert len(held) == 5
    status, page = _sent(client, f"{PAGE}/set", added="order_amount", instead="")
    assert status == 422
    assert "number 6" in words_of(page)
    assert _sent(client, f"{PAGE}/set", added="order_amount", instead=held[0])[0] == 303
    assert company.kpi_set("ja")[1] == ("order_amount", *held[1:])


def test_nothing_is_changed_from_elsewhere(client: TestClient, company: Company) -> None:
    answer = client.post(
        f"{PAGE}/set", data={"added": "order_amount"}, headers={"origin": "http://evil.example"}
    )
    assert answer.status_code == 403
    assert company.profile.kpis == ()
