"""The shelf of measures, a definition's card and the targets: found by search, read without a script."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from hakari.bootstrap import Company
from hakari.metrics.definitions import KINDS, UNITS
from hakari.web.app import create_app
from hakari.web.pages.definitions.in_words import conditions_of, formula_of
from hakari.words import LANGUAGES, knows
from tests.web import sample
from tests.web.defined import defined_company
from tests.web.reading import elements, words_of

WIN_RATE = "fs_win_rate_on_opportunities"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    with defined_company(tmp_path_factory.mktemp("defined")) as made:
        yield made


@pytest.fixture(scope="module")
def client(company: Company) -> TestClient:
    return TestClient(create_app(company, clock=lambda: sample.NOW), base_url="http://localhost")


def _rows(page: str) -> list[str]:
    return [each.text for each in elements(page, "small") if "tbody" in each.ancestors and "_" in each.text]


def test_the_shelf_holds_every_measure_of_the_catalogue(client: TestClient, company: Company) -> None:
    page = client.get("/definitions").text
    shown = {each for each in _rows(page) if each in company.catalogue.measures}
    assert shown | {one for one in company.catalogue.measures if "_" not in one} == set(
        company.catalogue.measures
    )


def test_the_headline_counts_and_names_what_would_help_most(client: TestClient, company: Company) -> None:
    rows = company.definition_rows("ja")
    able = sum(row.computable for row in rows)
    assert 0 < able < len(rows)
    headline = next(iter(elements(client.get("/definitions").text, "h1"))).text
    assert headline.startswith(f"{len(rows)} の指標のうち {able} が、いまのデータで計算できる。")
    assert "いちばん効くのは" in headline


def test_each_cell_of_the_grid_leads_to_as_many_measures_as_it_says(client: TestClient) -> None:
    page = client.get("/definitions").text
    cells = [each for each in elements(page, "a") if " × " in each.text]
    assert len(cells) > 30
    for cell in cells[:6]:
        total = cell.text.rpartition("/ ")[2]
        found = client.get(cell.attributes["href"]).text
        assert len([row for row in elements(found, "tr") if "tbody" in row.ancestors]) - 5 == int(total)


def test_search_and_filters_narrow_together_and_stay_in_the_url(client: TestClient) -> None:
    asked = {"q": "受注率", "stage": "win"}
    page = client.get("/definitions", params=asked).text
    assert WIN_RATE in page
    assert "speed_to_lead" not in page
    search = next(each for each in elements(page, "input") if each.attributes.get("name") == "q")
    assert search.attributes["value"] == "受注率"
    chosen = [each.attributes["value"] for each in elements(page, "option") if "selected" in each.attributes]
    assert chosen == ["win", "", "", ""]


def test_where_nothing_fits_the_filter_that_hides_most_is_named(client: TestClient) -> None:
    page = client.get("/definitions", params={"q": "受注率", "stage": "retain"}).text
    words = words_of(page)
    assert "この条件に合う指標はない" in words
    assert "「段階: 顧客維持」を外すと" in words


def test_a_measure_without_its_data_says_which_column_of_which_file(client: TestClient) -> None:
    waiting = client.get("/definitions.json", params={"computable": "no"}).json()["definitions"]
    assert all(row["missing"] for row in waiting)
    page = words_of(client.get(f"/definitions/{waiting[0]['kpi']}").text)
    assert "計算に要るデータ" in page
    assert waiting[0]["missing"].split("; ")[0] in page


def test_the_files_of_the_shelf_are_its_rows(client: TestClient) -> None:
    asked = {"department": "field_sales"}
    rows = client.get("/definitions.json", params=asked).json()["definitions"]
    text = client.get("/definitions.csv", params=asked).content.decode("utf-8-sig")
    assert [row["measure"] for row in csv.DictReader(io.StringIO(text))] == [row["measure"] for row in rows]
    assert client.get("/definitions.xlsx").content[:2] == b"PK"
    assert client.get("/definitions.md").text.startswith("| measure |")
    assert client.get("/definitions.exe").status_code == 404


def test_a_card_tells_what_is_divided_by_what_and_the_figure_now(client: TestClient) -> None:
    page = client.get(f"/definitions/{WIN_RATE}").text
    words = words_of(page)
    for said in ("受注した有効商談 ÷ 有効商談", "1 / 2", "状態 = 受注", "count(*)", "002", "1 / 2 = 50%"):
        assert said in words
    figure = next(link for link in elements(page, "a", "fig"))
    assert figure.attributes["href"].startswith(f"/metric/{WIN_RATE}")


def test_a_card_shows_every_example_with_its_rows_and_answer(client: TestClient, company: Company) -> None:
    kpi = company.catalogue.kpis[WIN_RATE]
    page = client.get(f"/definitions/{WIN_RATE}").text
    rows = sum(len(rows) for one in kpi.examples for rows in one.rows.values())
    drawn = [
        each for each in elements(page, "tr") if "article" in each.ancestors and "tbody" in each.ancestors
    ]
    assert len(drawn) == rows
    assert len(elements(page, "p", "answer")) == len(kpi.examples)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_card_can_be_read(client: TestClient, company: Company, lang: str) -> None:
    """One KPI of each phase and kind of counting; a card that cannot be made answers 500."""
    chosen = {(kpi.stage, kpi.measures[0].kind): kpi.id for kpi in company.catalogue.kpis.values()}
    for kpi in chosen.values():
        assert client.get(f"/definitions/{kpi}", params={"lang": lang}).status_code == 200, kpi


def test_a_card_says_where_the_definition_is_used(client: TestClient) -> None:
    words = words_of(client.get("/definitions/win_amount").text)
    for said in ("スコアカードの KGI", "目標 2 件", "の式"):
        assert said in words
    assert "定義の選択「受注率の分母」" in words_of(client.get(f"/definitions/{WIN_RATE}").text)


def test_a_measures_own_id_leads_to_its_place_on_the_card(client: TestClient) -> None:
    answer = client.get("/definitions/sdr_meetings.rate", follow_redirects=False)
    assert answer.headers["location"] == "/definitions/sdr_meetings#rate"
    assert client.get("/definitions/sdr_meetings.json").json()["kpi"] == "sdr_meetings"
    assert client.get("/definitions/no_such_kpi").status_code == 404


def test_targets_stand_in_the_months_they_are_for(client: TestClient) -> None:
    page = client.get("/definitions/targets").text
    wide = [each for each in elements(page, "td") if each.text.strip()]
    assert [(each.text[:4], each.attributes.get("colspan", "1")) for each in wide] == [
        ("9.00", "3"),
        ("4.00", "1"),
    ]
    assert "この条件の目標はない" in words_of(client.get("/definitions/targets?year=FY2020").text)
    team = client.get("/definitions/targets.json", params={"scope": "team"}).json()["targets"]
    assert [(row["team"], row["period_to"], row["value"]) for row in team] == [
        ("第1営業部", "2026-10-31", 4e6)
    ]


def test_the_definition_door_of_a_figure_leads_to_the_card(client: TestClient) -> None:
    page = client.get(f"/metric/{WIN_RATE}", params={"door": "definition"}).text
    links = [link.attributes["href"] for link in elements(page, "a")]
    assert f"/definitions/{WIN_RATE}" in links
    assert "/definitions" in links


def test_going_to_another_page_leaves_the_filters_behind_and_keeps_the_scope(client: TestClient) -> None:
    page = client.get("/definitions", params={"stage": "win", "period": "FY2026-Q2", "theme": "dark"}).text
    links = {link.text.strip(): link.attributes["href"] for link in elements(page, "a")}
    assert links["スコアカード"] == "/scorecard?period=FY2026-Q2&theme=dark"


def test_an_unused_parameter_is_named_and_not_dropped_in_silence(client: TestClient) -> None:
    assert "URL の「sourse」はこのページでは使われていない" in words_of(
        client.get("/definitions", params={"sourse": "x"}).text
    )


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/definitions", "What would help most is"),
        (f"/definitions/{WIN_RATE}", "Qualified deals won ÷ Qualified deals"),
        ("/definitions/choices", "None of 10 words with contradicting readings is chosen yet."),
        ("/definitions/targets", "targets in FY2026"),
        ("/definitions/new", "Saving writes a file named after the id"),
    ],
)
def test_english_is_english(client: TestClient, path: str, said: str) -> None:
    words = words_of(client.get(path, params={"lang": "en"}).text)
    assert said in words
    assert "計算できる" not in words


def test_every_kind_unit_and_clock_has_a_word() -> None:
    better = ("higher", "lower", "neither")
    families = {"kind": KINDS, "unit": UNITS, "clock": ("wall", "office"), "better": better}
    keys = [f"{family}_{member}" for family, members in families.items() for member in members]
    assert [key for key in keys if not knows(key)] == []


def test_every_measure_says_in_words_what_it_counts(company: Company) -> None:
    measures = company.catalogue.measures
    for one in measures.values():
        said = {formula_of(one, measures, lang).line for lang in LANGUAGES}
        assert all(said), one.id
        assert not any(name in line.split() for line in said for name in measures if "_" in name), one.id


def test_every_population_says_its_conditions_in_words(company: Company) -> None:
    for population in company.catalogue.populations.values():
        for lang in LANGUAGES:
            assert all(conditions_of(population, lang)), population.name
            assert not any("_" in line for line in conditions_of(population, lang)), population.name
