"""What the scorecard shows, in every state and both languages."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from typing import get_type_hints

import pytest
from starlette.testclient import TestClient

from hakari.planning.scorecard import Scorecard
from hakari.web.faults import FaultPage
from hakari.web.frame import Frame
from hakari.web.pages.metric.page import MetricPage
from hakari.web.pages.scorecard.page import ScorecardPage
from hakari.words import Language
from tests.web import sample
from tests.web.conftest import Visit
from tests.web.reading import elements, words_of

STATES = [sample.full, sample.without_targets, sample.scarce, sample.empty]
TEAM = {"team": "第1営業部"}


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("make", STATES)
def test_every_state_is_shown_in_both_languages(
    visit: Visit, make: Callable[[Language], Scorecard], lang: Language
) -> None:
    answer = visit(make).get("/scorecard", params={"lang": lang})
    assert answer.status_code == 200
    assert elements(answer.text, "html")[0].attributes["lang"] == lang
    assert make(lang).headline in words_of(answer.text)
    assert len(answer.content) <= 150_000


def test_the_start_is_the_scorecard(client: TestClient) -> None:
    answer = client.get("/?lang=en", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, "/scorecard?lang=en")


def test_a_form_with_its_defaults_leads_to_the_short_url(client: TestClient) -> None:
    typed = "/scorecard?vs=plan&team=all&period=FY2026-Q2&basis=own&source="
    answer = client.get(typed, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, "/scorecard?period=FY2026-Q2")


@pytest.mark.parametrize("make", STATES)
def test_every_figure_is_a_door(visit: Visit, make: Callable[[Language], Scorecard]) -> None:
    doors = elements(visit(make).get("/scorecard", params={"vs": "plan"}).text, "a", "fig")
    assert [door for door in doors if not door.attributes["href"].startswith("/metric/")] == []
    assert [door for door in doors if not door.text.strip()] == []


def test_a_door_keeps_the_scope_and_narrows_to_the_person(client: TestClient) -> None:
    page = client.get("/scorecard", params={**TEAM, "period": "FY2026-Q3"}).text
    urls = [door.attributes["href"] for door in elements(page, "a", "fig")]
    own = [url for url in urls if "owner=" in url]
    assert own
    assert all("period=FY2026-Q3" in url and "team=" in url for url in urls)


def test_without_a_target_the_columns_of_difference_are_gone(visit: Visit) -> None:
    page = visit(sample.without_targets).get("/scorecard").text
    heads = [head.text for head in elements(page, "th") if "scope" in head.attributes]
    assert "差異" not in heads
    assert "判定" not in heads
    assert "目標を入れると" in words_of(page)


def test_no_denominator_is_unknown_not_zero(visit: Visit) -> None:
    page = visit(sample.scarce).get("/scorecard").text
    row = next(row for row in elements(page, "tr", "kpi-row") if "有効商談率" in row.text)
    assert "— 分母 0" in " ".join(row.text.replace("—", "— ").split())
    assert "0%" not in row.text


def test_too_few_cases_are_counts_without_colour(visit: Visit) -> None:
    page = visit(sample.scarce).get("/scorecard").text
    assert "3 / 4" in words_of(page)
    coloured = [each for each in elements(page) if each.classes & {"good", "bad"} and "svg" in each.ancestors]
    assert coloured == []


def test_only_one_row_is_vivid(client: TestClient) -> None:
    page = client.get("/scorecard", params=TEAM).text
    assert len(elements(page, "tr", "focus")) == 1


def test_people_stand_in_the_order_given_without_a_rank(client: TestClient) -> None:
    page = client.get("/scorecard", params=TEAM).text
    names = [each.text for each in elements(page, "span", "person-name")]
    assert names[:5] == [row.name for row in sample.people("ja")[0].rows]
    assert "位" not in "".join(names)


def test_an_unknown_parameter_is_named_and_kept(client: TestClient) -> None:
    page = client.get("/scorecard", params={"tema": "x"}).text
    assert "tema" in elements(page, "p", "notice")[0].text
    assert any(each.attributes.get("name") == "tema" for each in elements(page, "input"))


def test_a_bad_value_is_a_page_that_names_it(client: TestClient) -> None:
    answer = client.get("/scorecard", params={"vs": "plam"})
    assert answer.status_code == 400
    assert "vs=plam" in words_of(answer.text)
    assert "plan, prev, yoy, none" in words_of(answer.text)


@pytest.mark.parametrize("make", STATES)
def test_every_drawing_with_meaning_says_its_finding(
    visit: Visit, make: Callable[[Language], Scorecard]
) -> None:
    for drawing in elements(visit(make).get("/scorecard").text, "svg"):
        spoken = drawing.attributes.get("role") == "img" and len(drawing.attributes.get("aria-label", "")) > 3
        assert spoken or drawing.attributes.get("aria-hidden") == "true"


def test_json_csv_and_page_give_the_same_figures(client: TestClient) -> None:
    answer = client.get("/scorecard.json", params=TEAM).json()
    rows = list(
        csv.DictReader(io.StringIO(client.get("/scorecard.csv", params=TEAM).content.decode("utf-8-sig")))
    )
    kpis = [row for row in rows if row["block"] == "kpi"]
    assert [kpi["value"] for kpi in answer["kpis"]] == [float(row["value"]) for row in kpis]
    assert [kpi["interval"]["low"] for kpi in answer["kpis"]] == [float(row["low"]) for row in kpis]
    page = words_of(client.get("/scorecard", params=TEAM).text)
    for kpi in answer["kpis"]:
        if kpi["unit"] == "percent":
            assert f"{kpi['numerator']:,} / {kpi['denominator']:,}" in page


def test_a_json_figure_carries_all_it_stands_on(client: TestClient) -> None:
    figure = client.get("/scorecard.json", params=TEAM).json()["kpis"][1]
    assert figure["interval"]["method"] == "Wilson"
    assert figure["reliable"] is True
    assert figure["verdict"] == "below"
    assert figure["url"].startswith("/metric/meeting_rate?team=")


def test_an_unchanged_json_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/scorecard.json").headers["etag"]
    assert client.get("/scorecard.json", headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize("path", ["/scorecard.exe", "/scorecard.pdf", "/scorecards", "/scorecard/"])
def test_what_is_no_page_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path, follow_redirects=False).status_code in (404, 307)


def test_amounts_follow_the_unit_asked_for(client: TestClient) -> None:
    assert "118,200,000" in words_of(client.get("/scorecard", params={"unit": "yen"}).text)
    assert "11,820" in words_of(client.get("/scorecard", params={"unit": "man"}).text)


def test_no_page_uses_a_triangle_for_a_change(client: TestClient) -> None:
    assert re.search("[\u25b2\u25bc\u25b3\u25bd]", client.get("/scorecard").text) is None


@pytest.mark.parametrize("context", [ScorecardPage, MetricPage, FaultPage, Frame])
def test_every_field_of_a_page_says_what_it_holds(context: type) -> None:
    hints = get_type_hints(context, include_extras=True)
    silent = [each.name for each in fields(context) if not getattr(hints[each.name], "__metadata__", None)]
    assert silent == []


def test_a_deadline_that_has_passed_says_so(visit: Visit) -> None:
    def late(lang: Language) -> Scorecard:
        card = sample.full(lang)
        assert card.reverse is not None
        return replace(card, reverse=replace(card.reverse, create_by=date(2026, 11, 11)))

    assert "11/11(水) を過ぎている" in words_of(visit(late).get("/scorecard").text)
    assert "を過ぎている" not in words_of(visit(sample.full).get("/scorecard").text)
