"""The targets page: judged, opened for input, saved with a reason, pasted into, and taken out as files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from hakari.bootstrap import Company
from hakari.web.app import create_app
from tests.planning.aiming import NOW, aiming_company
from tests.web.reading import elements, words_of

PATH = "/definitions/targets"
OPEN = {"kpi": "win_deals", "edit": "person:佐藤"}
ORIGIN = {"origin": "http://localhost"}


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    with aiming_company(tmp_path) as made:
        yield made


@pytest.fixture
def client(company: Company) -> TestClient:
    return TestClient(create_app(company, clock=lambda: NOW), base_url="http://localhost")


def _field(page: str, name: str) -> str:
    found = [each for each in elements(page, "input") if each.attributes.get("name") == name]
    return found[0].attributes.get("value") or ""


def _filled(client: TestClient, **typed: str) -> dict[str, str]:
    """The open line's form as a browser sends it, with what is typed."""
    page = client.get(PATH, params=OPEN).text
    names = {each.attributes.get("name", "") or "" for each in elements(page, "input")}
    form = {name: _field(page, name) for name in names if name.startswith(("cell_", "was_"))}
    return {**form, "token": _field(page, "token"), **typed}


def _send(client: TestClient, form: dict[str, str], place: str = "set", **query: str) -> Any:
    asked = urlencode({**OPEN, **query})
    return client.post(f"{PATH}/{place}?{asked}", data=form, headers=ORIGIN, follow_redirects=False)


def test_the_grid_says_what_was_reached_and_how_likely_the_rest_is(client: TestClient) -> None:
    page = client.get(PATH).text
    cells = [each.text for each in elements(page, "td") if "chance" in each.text or each.text.strip()]
    assert any(text.startswith("5") and "達成" in text for text in cells)
    assert any("挑戦" in text for text in cells)
    assert "調整差" in words_of(page)
    titles = [each.attributes.get("title") or "" for each in elements(page, "td")]
    assert any("直近3か月は 5・4・6" in title for title in titles)


def test_filters_are_in_the_url(client: TestClient) -> None:
    one = words_of(client.get(PATH, params={"person": "鈴木"}).text)
    assert "「person」はこのページでは使われていない" not in one
    rows = client.get(f"{PATH}.json", params={"person": "鈴木"}).json()["targets"]
    assert [row["person"] for row in rows] == ["鈴木"]
    assert client.get(PATH, params={"team": "第9"}).status_code == 400


def test_an_open_line_offers_proposals_for_what_is_to_come(client: TestClient) -> None:
    page = client.get(PATH, params=OPEN).text
    adopt = [each.attributes.get("value") or "" for each in elements(page, "button")]
    assert "adopt:most:2026-12-01" in adopt
    assert "adopt:most:2026-10-01" not in adopt
    taken = _send(client, _filled(client, do="adopt:mean:2027-01-01"))
    assert taken.status_code == 200
    assert _field(taken.text, "cell_2027-01-01") == "5"


def test_a_target_is_saved_with_its_reason_and_stands_in_the_history(
    client: TestClient, company: Company
) -> None:
    form = _filled(client, do="save", reason="増員", author="山田")
    answer = _send(client, {**form, "cell_2026-12-01": "7", "cell_2027-01-01": "6"})
    assert answer.status_code == 303
    assert "saved=" in answer.headers["location"]
    assert "hakari undo" in words_of(client.get(answer.headers["location"]).text)
    page = words_of(client.get(PATH, params=OPEN).text)
    assert "山田: 5 → 7" in page
    assert "増員" in page
    company.undo(company.truth.runs()[0].id)
    assert "取り消し" in words_of(client.get(PATH, params=OPEN).text)


def test_without_a_reason_or_a_number_nothing_is_written(client: TestClient, company: Company) -> None:
    runs = len(company.truth.runs())
    answer = _send(client, {**_filled(client, do="save"), "cell_2026-12-01": "約7"})
    assert answer.status_code == 422
    said = words_of(answer.text)
    assert "「約7」は数として読めません" in said
    assert "理由を書いてください" in said
    assert "約7" in answer.text
    assert len(company.truth.runs()) == runs


def test_what_changed_while_it_was_open_is_not_written_over(client: TestClient, company: Company) -> None:
    form = _filled(client, do="save", reason="x", author="山田")
    first = _send(client, {**form, "cell_2026-12-01": "7"})
    assert first.status_code == 303
    second = _send(client, {**form, "cell_2026-12-01": "9"})
    assert second.status_code == 422
    assert "2026-12 の目標が 7 に変わりました" in words_of(second.text)


def test_a_form_from_elsewhere_or_without_its_token_writes_nothing(
    client: TestClient, company: Company
) -> None:
    form = _filled(client, do="save", reason="x", author="山田")
    runs = len(company.truth.runs())
    changed = {**form, "cell_2026-12-01": "7"}
    assert _send(client, {**changed, "token": "wrong"}).status_code == 422
    elsewhere = client.post(f"{PATH}/set?{urlencode(OPEN)}", data=changed, headers={"origin": "http://evil"})
    assert elsewhere.status_code == 403
    assert len(company.truth.runs()) == runs


def test_a_total_is_split_into_whole_cases_that_add_up(client: TestClient) -> None:
    answer = _send(client, _filled(client, do="split", total="100"))
    values = [
        float(each.attributes.get("value") or 0)
        for each in elements(answer.text, "input")
        if (each.attributes.get("name") or "").startswith("cell_")
    ]
    assert len(values) == 12
    assert sum(values) == 100
    assert "季節性は不明" in words_of(answer.text)


def test_pasted_cells_are_tried_and_then_kept(client: TestClient, company: Company) -> None:
    token = _field(client.get(PATH, params=OPEN).text, "token")
    form = {"token": token, "cells": "担当者\t12月\t1月\n鈴木\t4\t四", "measure": "win_deals", "unit": ""}
    tried = _send(client, {**form, "do": "try"}, "paste")
    assert "2 件を読み、新規 0・変更 1・同じ 0・使えない 1。まだ書き込んでいない" in words_of(tried.text)
    assert "2 行目 · 1月 · 四" in words_of(tried.text)
    assert company.truth.runs()[0].source == "test"
    kept = _send(client, {**form, "do": "keep", "reason": "期初", "author": "山田"}, "paste")
    assert kept.status_code == 303
    (row,) = client.get(f"{PATH}.json", params={"person": "鈴木"}).json()["targets"]
    assert (row["value"], row["reason"], row["set_by"]) == (4.0, "期初", "山田")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_line_without_targets_can_be_opened_in_both_languages(client: TestClient, lang: str) -> None:
    page = client.get(PATH, params={**OPEN, "edit": "team:第2", "span": "3", "lang": lang}).text
    title = {"ja": "第2 · 受注件数", "en": "第2 · "}[lang]
    assert any(each.text.startswith(title) for each in elements(page, "h3"))
    assert (
        len([each for each in elements(page, "input") if "cell_" in (each.attributes.get("name") or "")]) == 4
    )


def test_the_workbook_of_the_page_is_read_again_without_a_change(
    client: TestClient, company: Company, tmp_path: Path
) -> None:
    file = tmp_path / "targets.xlsx"
    file.write_bytes(client.get(f"{PATH}.xlsx").content)
    report = company.import_files([file], None, yes=True)
    assert (report.loaded, report.updated, report.unchanged, report.rejected) == (0, 0, 4, 1)
