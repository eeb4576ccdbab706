"""The page of the plan: the URL is the screen, files say the same, and scenarios are kept by a form."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from hakari.web.app import create_app
from tests.web import sample
from tests.web.defined import defined_company
from tests.web.planned import ROWS as PLANNED

ASKED = "goal=60000000&by=2027-03-31"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with defined_company(tmp_path_factory.mktemp("planned"), rows=PLANNED) as company:
        app = create_app(company, clock=lambda: sample.NOW)
        yield TestClient(app, base_url="http://localhost")


def text(client: TestClient, query: str) -> str:
    answer = client.get(f"/plan?{query}")
    assert answer.status_code == 200, answer.text
    return answer.text


def heading(page: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page)
    assert found is not None
    return found[1]


def test_without_a_word_it_is_the_quarters_own_target(client: TestClient) -> None:
    page = text(client, "lang=en")
    assert "¥30M" in page or "¥30.0M" in page
    assert "What must be created by when" in page


def test_the_headline_is_the_verdict(client: TestClient) -> None:
    assert heading(text(client, "goal=1000000")) != heading(text(client, "goal=9000000000"))
    assert "もう届かない" in heading(text(client, "goal=9000000000"))


def test_what_was_observed_stands_as_hint_and_what_is_set_as_value(client: TestClient) -> None:
    page = text(client, f"{ASKED}&price=2000000")
    assert 'name="price" type="text" value="2000000"' in page
    assert re.search(r'name="win_rate" type="text" value="" placeholder="33', page)


def test_a_figure_that_is_none_is_refused_on_the_page_and_the_form_stays(client: TestClient) -> None:
    page = text(client, f"{ASKED}&price=cheap")
    assert "price=cheap" in heading(page)
    assert 'value="cheap"' in page


def test_a_period_without_a_target_asks_for_a_goal(client: TestClient) -> None:
    page = text(client, "period=FY2028")
    assert "no target" in heading(page)


def test_every_file_says_what_the_page_says(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"/plan.csv?{ASKED}").text.removeprefix("\ufeff"))))
    answer = client.get(f"/plan.json?{ASKED}&lang=en").json()
    assert {row["block"] for row in rows} >= {"goal", "stage", "rep", "assumption", "landing"}
    planned = next(row for row in answer["plan"] if row["key"] == "planned")
    written = next(row for row in rows if row["key"] == "planned")
    assert float(written["value"]) == pytest.approx(planned["value"])
    for suffix in ("xlsx", "md"):
        assert client.get(f"/plan.{suffix}?{ASKED}").status_code == 200
    assert client.get("/plan.pdf").status_code == 404


def test_navigation_to_another_page_takes_no_goal_along(client: TestClient) -> None:
    page = text(client, f"{ASKED}&win_rate=40%25&team=第1営業部")
    links = re.findall(r'href="(/scorecard[^"]*)"', page)
    assert links
    assert all("goal" not in link and "win_rate" not in link for link in links)


def test_a_scenario_is_kept_by_the_form_of_the_page_alone(client: TestClient) -> None:
    page = text(client, f"{ASKED}&reps=3")
    token = re.search(r'name="token" value="([0-9a-f]+)"', page)
    assert token is not None
    sent = {"token": token[1], "name": "増員1名", "author": "営業企画", "reason": "採用案"}
    origin = {"Origin": "http://localhost"}
    address = f"/plan/scenarios?{ASKED}&reps=3"
    refused = client.post(address, data={**sent, "token": "0"}, headers=origin)
    assert refused.status_code == 422
    assert "増員1名" in refused.text
    assert client.post(address, data=sent, headers={"Origin": "http://elsewhere"}).status_code == 403
    kept = client.post(address, data=sent, headers=origin, follow_redirects=False)
    assert kept.status_code == 303
    assert "増員1名" in text(client, ASKED)
    nameless = client.post(address, data={**sent, "name": " "}, headers=origin)
    assert nameless.status_code == 422
