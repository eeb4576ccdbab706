"""The page of one person: four views at their addresses, forms that only the page itself can send."""

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


@pytest.fixture
def place(company: Company) -> str:
    return f"/rep/{company.person_named('伊藤 舞').key}"


def field(page: str, name: str) -> str:
    found = [e.attributes for e in elements(page, "input") if e.attributes.get("name") == name]
    return found[0]["value"]


def send(client: TestClient, place: str, **fields: str) -> str:
    """Sends a form as the page has it; gives where it leads, or the page that comes back."""
    page = client.get(f"{place}?view=1on1").text
    token = next(
        e.attributes["value"] for e in elements(page, "input") if e.attributes.get("name") == "token"
    )
    answer = client.post(f"{place}?view=1on1", data={"token": token, **fields}, headers=ORIGIN)
    return answer.headers["location"] if answer.status_code == 303 else answer.text


@pytest.mark.parametrize("view", ["overview", "deals", "activity", "1on1"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_view_has_its_address_and_its_tab(client: TestClient, place: str, view: str, lang: str) -> None:
    answer = client.get(f"{place}?view={view}&lang={lang}", follow_redirects=True)
    assert answer.status_code == 200
    tabs = [e for e in elements(answer.text, "a") if e.attributes.get("aria-current") == "page"]
    assert len(tabs) == 1


def test_what_the_figures_do_not_show_stands_before_all_else(client: TestClient, place: str) -> None:
    titles = [e.text for e in elements(client.get(f"{place}?view=1on1").text, "h2")]
    assert titles[0].startswith("数字に出ていないこと")


def test_a_note_is_written_shown_with_its_day_and_erased(client: TestClient, place: str) -> None:
    assert (
        send(client, place, do="unseen", part="unseen", text="<b>競合</b>が動いた")
        == f"{place}?view=1on1#unseen"
    )
    page = client.get(f"{place}?view=1on1").text
    assert "&lt;b&gt;競合&lt;/b&gt;が動いた" in page
    assert "11/20(金)" in words_of(page)
    entry = next(
        e.attributes["value"] for e in elements(page, "input") if e.attributes.get("name") == "entry"
    )
    send(client, place, do="erase", part="unseen", entry=entry)
    gone = client.get(f"{place}?view=1on1").text
    assert "競合" not in gone
    assert "が消去" in words_of(gone)


def test_a_promise_is_settled_and_opened_again(client: TestClient, company: Company, place: str) -> None:
    send(client, place, do="promise", part="promise", what="見積", due="2026-12-01")
    person = company.person_named("伊藤 舞").key
    (promise,) = company.talk(person).promises
    send(client, place, do="kept", part="settle", entry=str(promise.id))
    assert company.talk(person).promises[0].outcome == "kept"
    send(client, place, do="open", part="settle", entry=str(promise.id))
    assert company.talk(person).promises[0].outcome == "open"


def test_what_is_wrong_is_said_beside_the_form_and_what_was_typed_stays(
    client: TestClient, company: Company, place: str
) -> None:
    page = send(client, place, do="promise", part="promise", what="見積", due="2026-13-41")
    assert "見積" in page
    assert len(elements(page, "p", "field-fault")) == 1
    assert "内容を書いて" in send(client, place, do="note", part="note", text=" ")
    assert company.talk(company.person_named("伊藤 舞").key).promises == ()


def test_nobody_writes_from_elsewhere_or_with_an_old_form(
    client: TestClient, company: Company, place: str
) -> None:
    assert client.post(place, data={"do": "note", "text": "x"}).status_code == 403
    stale = client.post(
        place, data={"do": "note", "part": "note", "text": "x", "token": "old"}, headers=ORIGIN
    )
    assert stale.status_code == 422
    assert company.talk(company.person_named("伊藤 舞").key).notes == ()


@pytest.mark.parametrize("suffix", ["csv", "md", "xlsx"])
@pytest.mark.parametrize("view", ["overview", "deals", "activity", "1on1"])
def test_every_view_is_a_file_too(client: TestClient, place: str, view: str, suffix: str) -> None:
    assert client.get(f"{place}.{suffix}?view={view}").status_code == 200


def test_the_json_names_the_rule_behind_each_question(client: TestClient, place: str) -> None:
    answer = client.get(f"{place}.json").json()
    assert answer["person"]["name"] == "伊藤 舞"
    assert {one["rule"] for one in answer["questions"]} <= {"few", "steady", "no_next_action", "below"}


@pytest.mark.parametrize("key", ["999", "伊藤", "1e3", "0.json"])
def test_nobody_is_a_page_that_says_so(client: TestClient, key: str) -> None:
    assert client.get(f"/rep/{key}", follow_redirects=True).status_code == 404


def test_the_people_table_leads_to_the_page(client: TestClient, place: str) -> None:
    page = client.get("/scorecard?period=FY2026-Q3", follow_redirects=True).text
    assert place in {e.attributes["href"].partition("?")[0] for e in elements(page, "a")}


def test_a_persons_figures_lead_to_their_own_records(client: TestClient, place: str) -> None:
    links = [e.attributes["href"] for e in elements(client.get(place).text, "a", "fig")]
    assert links
    assert all("owner=" in link for link in links)
