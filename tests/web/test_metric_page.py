"""What lies behind one figure: four doors, each a page of its own."""

from __future__ import annotations

import csv
import io

import pytest
from starlette.testclient import TestClient

from tests.web.reading import elements, words_of

DOORS = {
    "records": "分子 265",
    "breakdown": "資料ダウンロード",
    "definition": "担当者と話せたコール",
    "math": "265 ÷ 1,864",
}


@pytest.mark.parametrize("door", DOORS)
def test_each_door_opens_by_its_url(client: TestClient, door: str) -> None:
    page = client.get("/metric/meeting_rate", params={"door": door}).text
    assert DOORS[door] in words_of(page)
    tabs = [
        link
        for link in elements(page, "a")
        if "door-tabs" in "".join(link.ancestors) or "nav" in link.ancestors
    ]
    assert [tab.text for tab in tabs if tab.attributes.get("aria-current") == "page"] == [
        {"records": "明細", "breakdown": "内訳", "definition": "定義", "math": "計算"}[door]
    ]


def test_the_figure_is_the_same_as_on_the_scorecard(client: TestClient) -> None:
    scorecard = client.get("/scorecard.json").json()["kpis"][1]
    figure = client.get("/metric/meeting_rate.json").json()["figure"]
    for name in ("value", "numerator", "denominator", "interval", "target", "verdict"):
        assert figure[name] == scorecard[name]


def test_records_are_counted_and_paged(client: TestClient) -> None:
    first = client.get("/metric/meeting_rate").text
    assert len(elements(first, "tr")) == 51
    assert "265件中 1–50" in words_of(first)
    last = client.get("/metric/meeting_rate", params={"page": "6"}).text
    assert "265件中 251–265" in words_of(last)
    assert [link.attributes["rel"] for link in elements(last, "a") if "rel" in link.attributes] == ["prev"]


def test_the_other_side_of_the_fraction_is_one_link_away(client: TestClient) -> None:
    page = client.get("/metric/meeting_rate").text
    link = next(link for link in elements(page, "a") if link.text.strip() == "分母 1,864")
    assert "1,864件中 1–50" in words_of(client.get(link.attributes["href"]).text)


def test_a_breakdown_row_leads_to_its_records(client: TestClient) -> None:
    page = client.get("/metric/meeting_rate", params={"door": "breakdown"}).text
    row = next(row for row in elements(page, "a") if row.text == "32.5%")
    assert row.attributes["href"].startswith("/metric/meeting_rate?source=")


def test_a_filter_without_a_control_can_be_taken_off(client: TestClient) -> None:
    page = client.get("/metric/meeting_rate", params={"owner": "伊藤 舞"}).text
    assert "担当者: 伊藤 舞" in words_of(page)
    off = next(
        link for link in elements(page, "a") if link.attributes.get("aria-label") == "担当者: 伊藤 舞 を外す"
    )
    assert off.attributes["href"] == "/metric/meeting_rate"


def test_the_csv_of_a_door_is_its_table_and_cannot_run(client: TestClient) -> None:
    text = client.get("/metric/meeting_rate.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 265  # all of them, not the page's fifty
    assert rows[2]["account"] == "'=cmd()"
    parts = client.get("/metric/meeting_rate.csv", params={"door": "breakdown"}).content.decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(parts)))["source"] == "問い合わせ"


def test_an_unknown_measure_is_a_page_and_a_json_with_the_way_out(client: TestClient) -> None:
    page = client.get("/metric/win_rte")
    assert page.status_code == 404
    assert "Did you mean win_rate?" in words_of(page.text)
    assert client.get("/metric/win_rte.json").json() == {
        "error": "'win_rte' is not a measure.",
        "way_out": "Did you mean win_rate?",
        "status": 404,
    }


def test_english_is_english_throughout(client: TestClient) -> None:
    words = words_of(client.get("/metric/meeting_rate", params={"lang": "en"}).text)
    for word in ("Records", "Breakdown", "Definition", "Math", "95% interval", "Numerator 265"):
        assert word in words
