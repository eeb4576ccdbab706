"""The sales meeting on the page: opened by a form, six slides, decisions kept, amounts hidden on request."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hakari.bootstrap import Company
from hakari.web.app import create_app
from tests.web import sample
from tests.web.defined import defined_company
from tests.web.reading import elements, words_of

ORIGIN = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    with defined_company(tmp_path) as made:
        yield made


@pytest.fixture
def client(company: Company) -> TestClient:
    app = create_app(company, clock=lambda: sample.NOW)
    return TestClient(app, base_url="http://localhost", follow_redirects=False)


def send(client: TestClient, path: str, **fields: str) -> tuple[int, str]:
    """The status, and where it leads or the page that comes back."""
    inputs = [e.attributes for e in elements(client.get(path).text, "input")]
    token = next(one["value"] for one in inputs if one.get("name") == "token")
    answer = client.post(path, data={"token": token, **fields}, headers=ORIGIN)
    return answer.status_code, answer.headers.get("location", answer.text)


@pytest.fixture
def place(client: TestClient) -> str:
    status, led = send(client, "/meeting", team="第1営業部", title="週次会議")
    assert status == 303
    return led


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_meeting_has_six_slides_in_three_sheets(client: TestClient, place: str, lang: str) -> None:
    page = client.get(place, params={"lang": lang}, follow_redirects=True).text
    assert [e.attributes["id"] for e in elements(page, "section", "slide")] == [
        f"slide-{n}" for n in range(1, 7)
    ]
    assert len(elements(page, "div", "sheet")) == 3
    assert "週次会議" in words_of(page)


def test_a_decision_is_written_down_and_settled(client: TestClient, company: Company, place: str) -> None:
    status, led = send(
        client, place, do="decide", part="slide-6", what="当番制", owner="伊藤 舞", due="2026-12-01",
        kpi="win_amount", change="＋５%",
    )  # fmt: skip
    assert (status, led) == (303, f"{place}#slide-6")
    (decided,) = company.decisions()
    assert (decided.change, decided.measure, decided.outcome) == (0.05, "win_amount", "open")
    send(client, place, do="kept", part="slide-6", entry=str(decided.id))
    assert company.decisions()[0].outcome == "kept"


@pytest.mark.parametrize(
    "fields",
    [
        {"what": "", "owner": "x"},
        {"what": "x", "owner": ""},
        {"what": "x", "owner": "y", "change": "5"},
        {"what": "x", "owner": "y", "change": "a lot", "kpi": "win_amount"},
        {"what": "x", "owner": "y", "due": "2026-01-01"},
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(
    client: TestClient, company: Company, place: str, fields: dict[str, str]
) -> None:
    status, page = send(client, place, do="decide", part="slide-6", **fields)
    assert status == 422
    assert len(elements(page, "p", "field-fault")) == 1
    assert company.decisions() == ()


def test_a_form_from_elsewhere_opens_nothing(client: TestClient, company: Company) -> None:
    assert client.post("/meeting", data={"title": "x"}).status_code == 403
    assert client.post("/meeting", data={"title": "x"}, headers=ORIGIN).status_code == 422
    assert company.meetings() == ()


def test_a_team_that_is_not_there_is_named(client: TestClient) -> None:
    status, page = send(client, "/meeting", team="第9営業部")
    assert status == 422
    assert "第9営業部" in page


def test_hidden_amounts_are_nowhere_on_the_page(client: TestClient, place: str) -> None:
    page = client.get(f"{place}?mask=amount").text
    assert "•••" in words_of(page)
    assert "3.00" not in words_of(page)


def test_the_figures_lead_to_records_of_the_same_moment(client: TestClient, place: str) -> None:
    links = [e.attributes["href"] for e in elements(client.get(place).text, "a", "fig")]
    assert links
    assert all("asof=" in link and "team=" in link for link in links)
    assert client.get(links[0], follow_redirects=True).status_code == 200


@pytest.mark.parametrize("suffix", ["csv", "md", "xlsx", "json"])
def test_a_meeting_is_a_file_too(client: TestClient, place: str, suffix: str) -> None:
    assert client.get(f"{place}.{suffix}").status_code == 200


@pytest.mark.parametrize("suffix", ["csv", "md", "xlsx", "json"])
def test_the_list_is_a_file_too(client: TestClient, place: str, suffix: str) -> None:
    assert client.get(f"/meeting.{suffix}").status_code == 200
    assert client.get("/meeting.doc").status_code == 404


@pytest.mark.parametrize("number", ["99", "x", "1e2"])
def test_a_meeting_that_is_not_there_says_so(client: TestClient, number: str) -> None:
    assert client.get(f"/meeting/{number}").status_code == 404


def test_the_list_names_the_meetings_and_the_scorecard_leads_there(client: TestClient, place: str) -> None:
    assert "週次会議" in words_of(client.get("/meeting").text)
    page = client.get("/scorecard?team=第1営業部", follow_redirects=True).text
    assert any(e.attributes["href"].startswith("/meeting?team=") for e in elements(page, "a", "meeting-link"))
