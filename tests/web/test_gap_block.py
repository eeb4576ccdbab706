"""The comb on the scorecard: parts that add up, one bottleneck, pale where chance may have made it."""

from __future__ import annotations

import csv
import io
import re

import pytest
from starlette.testclient import TestClient

from tests.web import sample
from tests.web.conftest import Visit
from tests.web.reading import elements, words_of


def number(words: str) -> float:
    return float(words.replace("−", "-").replace("+", ""))


def test_the_parts_on_the_page_add_up_to_the_gap(client: TestClient) -> None:
    page = client.get("/scorecard").text
    bars = re.findall(r'class="comb-words \w+"[^>]*>([^<]*)<', page)
    assert len(bars) == 6
    assert sum(number(bar) for bar in bars) == pytest.approx(118.2 - 135.6, abs=0.05 * len(bars))


def test_the_bottleneck_is_named_once_in_the_comb_and_at_its_row(client: TestClient) -> None:
    page = client.get("/scorecard").text
    tooth = [one for one in elements(page, "li", "tooth") if "bottleneck" in one.attributes["class"].split()]
    assert len(tooth) == 1
    assert "商談化率" in tooth[0].text
    focus = [
        row.text for row in elements(page, "tr", "kpi-row") if "focus" in row.attributes["class"].split()
    ]
    assert len(focus) == 1
    assert "商談化率" in focus[0]
    assert "ボトルネック" in focus[0]


def test_what_may_be_chance_is_pale(client: TestClient) -> None:
    page = client.get("/scorecard").text
    kinds = re.findall(
        r'class="part-bar (\w+) \w+"', "".join(re.findall(r'<svg class="mark comb".*?</svg>', page))
    )
    assert kinds.count("pale") >= 3
    assert "sure" in kinds


def test_a_segment_of_few_cases_has_no_colour(client: TestClient) -> None:
    page = client.get("/scorecard").text
    why = page.partition('class="why-table"')[2]
    few = next(row for row in why.split("<tr>") if "紹介" in row)
    assert "3 / 8" in few, "a share of eight is no share"
    assert re.findall(r"part-bar (\w+)", few) == ["pale", "pale"]
    assert re.findall(r'class="dot (\w+) (\w+)"', few) == [("noise", "plain")]


def test_each_factor_and_each_dimension_is_a_link_that_keeps_the_scope(client: TestClient) -> None:
    page = client.get("/scorecard", params={"team": "第1営業部", "factor": "meetings", "by": "owner"}).text
    teeth = [one.attributes["href"] for one in elements(page, "a", "factor")]
    factors = [name for url in teeth for name in re.findall(r"factor=(\w+)", url)]
    assert factors == ["amount", "won", "qualified", "meetings", "connects", "calls"]
    assert all("team=" in url and "by=owner" in url and url.endswith("#why") for url in teeth)
    shown = [one for one in elements(page, "a") if one.attributes.get("aria-current") == "true"]
    assert "担当者" in [one.text.strip() for one in shown]
    doors = [one.attributes["href"] for one in elements(page, "a", "fig")]
    assert not any("factor=" in url for url in doors)


def test_evidence_is_a_difference_with_its_interval_or_the_word_that_there_is_none(
    client: TestClient,
) -> None:
    words = words_of(client.get("/scorecard").text)
    assert "44%" in words
    assert "+28pt(+16~+38)" in words
    assert "手がかりになる記録がない" in words
    assert "原因の証明ではない" in words


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_without_a_plan_the_page_says_so_and_offers_the_past(visit: Visit, lang: str) -> None:
    page = visit(sample.without_targets).get("/scorecard", params={"lang": lang}).text
    assert not elements(page, "li", "tooth")
    links = [one.attributes["href"] for one in elements(page, "a")]
    assert any("vs=prev" in url and url.endswith("#tree") for url in links)


def test_json_and_files_hold_the_tree(client: TestClient) -> None:
    gap = client.get("/scorecard.json").json()["gap"]
    assert gap["bottleneck"] == "meetings"
    parts = [one["contribution"]["value"] for one in gap["factors"]]
    assert sum(parts) == pytest.approx(gap["difference"], abs=0.5)
    text = client.get("/scorecard.csv").text
    rows = [
        row for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff"))) if row["block"].startswith("gap")
    ]
    assert [row["block"] for row in rows].count("gap_factor") == 6
    total = next(row for row in rows if row["block"] == "gap_segment_total")
    own = [row for row in rows if row["block"] == "gap_segment"]
    assert sum(float(row["contribution"]) for row in own) == pytest.approx(float(total["contribution"]))
    assert client.get("/scorecard.xlsx").status_code == 200
    assert "gap_factor" in client.get("/scorecard.md").text


def test_a_factor_of_another_scope_gives_way_to_the_tree_s_own(client: TestClient) -> None:
    assert client.get("/scorecard", params={"factor": "deals"}).status_code == 200
