"""The shipped KPI files: whole, in two languages, and true to the catalogue they were drawn from."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hakari.canonical import TABLES
from hakari.canonical.milestones import milestones_of
from hakari.canonical.predicate import atoms, field_at
from hakari.canonical.schema import Kind
from hakari.errors import DefinitionError
from hakari.metrics import loader
from hakari.metrics.derived import check, names_in
from hakari.metrics.fact import paths_of
from hakari.metrics.loader import built_in
from hakari.metrics.naming import fold, measures_named

FILES = Path(loader.__file__).parent
KPI_FILES = sorted((FILES / "catalogue").rglob("*.toml"))
# What the articles ask for without naming it as a KPI, and what their KPIs are made of.
OWN = {
    "first_call_wait",
    "acct_person_coverage",
    "bantc_deals",
    "brand_searches",
    "campaign_contacts",
    "campaign_response_rate",
    "campaign_responses",
    "closing_ratio",
    "contracts_churned",
    "contracts_running",
    "contracts_started",
    "deals_created",
    "deals_open",
    "deals_overdue",
    "deals_still_open",
    "deals_with_next_action",
    "department_heads",
    "department_outputs",
    "gross_profit",
    "headcount",
    "incentive_results",
    "key_persons_approached_3m",
    "key_persons_untouched",
    "lead_deals",
    "leads_acquired",
    "order_amount",
    "partner_active",
    "pipeline_due",
    "proposals_made",
    "qualified_meetings",
    "qualified_to_won_days",
    "ref_referrers",
    "repeat_orders",
    "site_pages",
    "talk_seconds",
    "valid_leads",
}
GLOSSARY = {
    "appointment": "monthly_appointments",
    "appointment_rate": "acq_appointments.rate",
    "avg_deal_size": "won_unit_price",
    "bant": "bantc_completeness",
    "call_count": "outbound_dials",
    "collection_rate": "collection_rate",
    "connect": "sdr_connects.count",
    "connect_rate": "sdr_connects.rate",
    "coverage_lead": "acct_lead_coverage",
    "coverage_meeting": "acct_opportunity_coverage",
    "coverage_person": "acct_person_coverage",
    "deal": "deals_created",
    "executive_contact_rate": "win_decision_maker_rate",
    "first_call_5min": "speed_to_lead_5min.rate",
    "follow_up": "sdr_followups",
    "gross_profit": "gross_profit",
    "lead": "leads_acquired",
    "lead_time": "win_cycle_days",
    "meeting": "sdr_meetings.count",
    "meeting_rate": "sdr_meetings.rate",
    "opt_in_rate": "bdr_optins.rate",
    "person_connect_rate": "bdr_person_connects.rate",
    "pipeline": "pipeline_by_phase",
    "pipeline_created": "pipeline_created_3m",
    "proposal": "win_proposals",
    "qualified_meeting": "sdr_valid_opportunities.count",
    "qualified_rate": "sdr_valid_opportunities.rate",
    "retention_rate": "ret_retention_rate",
    "revenue": "kgi_annual_revenue",
    "target_fit_rate": "acq_target_fit_rate",
    "win_rate": "fs_win_rate_on_opportunities",
    "won": "win_deals",
    "won_amount": "win_amount",
    "won_count": "win_deals",
    "商談化率": "sdr_meetings.rate",
    "受注額": "win_amount",
    "受注率": "fs_win_rate_on_opportunities",
}


def said(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def articles(shared_catalogue: dict[str, list[dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    """The catalogue drawn from the articles, by KPI id."""
    return {one["id"]: one for one in shared_catalogue["kpis_108"] + shared_catalogue["kpis_extra"]}


def test_each_stage_has_its_folder_and_each_kpi_its_file() -> None:
    for path in KPI_FILES:
        raw = said(path)
        assert (raw["stage"], raw["id"]) == (path.parent.name, path.stem)


def test_the_catalogue_covers_the_whole_way_from_lead_to_customer() -> None:
    kpis = built_in().kpis.values()
    assert len(kpis) >= 70
    assert {kpi.stage for kpi in kpis} == {"acquire", "nurture_qualify", "win", "retain", "manage"}
    assert {kpi.department for kpi in kpis} == {
        "marketing",
        "inside_sales",
        "sdr",
        "bdr",
        "field_sales",
        "customer_success",
        "partner",
        "management",
    }


def test_every_kpi_says_where_it_comes_from() -> None:
    assert [kpi.id for kpi in built_in().kpis.values() if not kpi.source] == []


def test_every_measure_says_what_it_counts_in_both_languages() -> None:
    for measure in built_in().measures.values():
        assert all((measure.ja, measure.en, measure.words_ja, measure.words_en)), measure.id
        assert bool(measure.caution_ja) == bool(measure.caution_en), measure.id


def test_every_measure_has_an_example_and_every_example_a_reason() -> None:
    catalogue = built_in()
    examples = [one for kpi in catalogue.kpis.values() for one in kpi.examples]
    assert set(catalogue.measures) == {one.measure for one in examples}
    assert all(one.why and 1 <= sum(len(rows) for rows in one.rows.values()) <= 14 for one in examples)


def test_no_two_measures_share_a_name() -> None:
    names = Counter(fold(name) for one in built_in().measures.values() for name in (one.ja, one.en) if name)
    own = {fold(one.ja) for one in built_in().measures.values() if fold(one.ja) == fold(one.en)}
    assert [name for name, count in names.items() if count > 1 and name not in own] == []


def test_no_name_means_two_kpis() -> None:
    catalogue = built_in()
    for name, found in catalogue.names.items():
        assert len({catalogue.measures[one].kpi for one in found}) == 1, (name, found)


@pytest.mark.parametrize(("name", "measure"), GLOSSARY.items())
def test_a_word_of_the_glossary_finds_one_measure(name: str, measure: str) -> None:
    assert [one.id for one in measures_named(built_in(), name)] == [measure]


def test_a_kpi_of_the_articles_keeps_its_place_and_its_keys(articles: dict[str, dict[str, Any]]) -> None:
    for kpi in built_in().kpis.values():
        if kpi.id in OWN:
            continue
        article = articles[kpi.id]
        stage = "manage" if article["stage"] == "all" else article["stage"]
        assert (kpi.stage, kpi.department, kpi.tactic) == (stage, article["department"], article["tactic"])
        keys = {formula["key"] for formula in article["formula"]}
        assert {one.key for one in kpi.measures} == keys, kpi.id


def test_our_own_kpis_are_those_listed_here(articles: dict[str, dict[str, Any]]) -> None:
    assert set(built_in().kpis) - set(articles) == OWN


def test_an_example_writes_only_fields_and_choices_that_exist() -> None:
    for kpi in built_in().kpis.values():
        for example in kpi.examples:
            for table, rows in example.rows.items():
                for name, value in _cells(rows):
                    field = TABLES[table].field(name)
                    assert field.kind is not Kind.CHOICE or value in field.choices, (kpi.id, name, value)


def _cells(rows: list[dict[str, object]]) -> Iterator[tuple[str, object]]:
    for row in rows:
        yield from ((name, value) for name, value in row.items() if name != "id")


def test_every_condition_names_a_field_of_its_table() -> None:
    for population in built_in().populations.values():
        extra = milestones_of(population.table)
        for atom in atoms(population.where):
            assert field_at(population.table, atom.path, extra, population.name).name == atom.path[-1]
        for path in population.dates.values():
            assert field_at(population.table, path, extra, population.name).is_time


def test_a_condition_on_a_field_that_is_not_there_is_refused() -> None:
    with pytest.raises(DefinitionError):
        field_at("deal", ("colour",), {}, "deal.toml")


def test_every_population_is_used_and_named() -> None:
    catalogue = built_in()
    used = {part.population.name for one in catalogue.measures.values() for part in one.parts()}
    used |= {one.listed.name for one in catalogue.measures.values() if one.listed is not None}
    assert set(catalogue.populations) == used
    assert [one.name for one in catalogue.populations.values() if one.name in (one.ja, one.en)] == []


def test_a_formula_speaks_of_measures_that_exist() -> None:
    measures = built_in().measures
    formulas = {one.id: one.formula for one in measures.values() if one.kind == "derived"}
    check(formulas, measures)
    assert all(names_in(formula) for formula in formulas.values())


def test_every_dimension_is_reached_from_some_table() -> None:
    for dimension in built_in().dimensions.values():
        assert any(paths_of(dimension, table) for table in TABLES), dimension.name
        assert dimension.ja
        assert dimension.en


def test_a_path_of_one_table_is_not_taken_for_another() -> None:
    channel = built_in().dimensions["channel"]
    assert paths_of(channel, "activity") == [("kind",)]
    assert paths_of(channel, "campaign_member") == [("channel",)]
    assert paths_of(channel, "order") == []
