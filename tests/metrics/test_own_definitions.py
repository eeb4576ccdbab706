"""A company's own files over the catalogue: what they replace, and what is refused by file and line."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from hakari.errors import DefinitionError
from hakari.metrics import loader
from hakari.metrics.checks import check_formula, check_measure
from hakari.metrics.definitions import Catalogue
from hakari.metrics.kpi_file import KPI_KEYS, MEASURE_KEYS
from hakari.metrics.loader import built_in, overlay
from hakari.metrics.placing import DefinitionFile, line_of

HEAD = """id = "large_deal_share"
ja = "大型案件の割合"
en = "Share of large deals"
stage = "win"
department = "field_sales"

[measure.rate]
"""
RATE = HEAD + 'kind = "rate"\nunit = "percent"\nnumerator = "won_deals"\ndenominator = "deals"\n'
DERIVED = HEAD + 'kind = "derived"\nunit = "value"\nformula = "win_amount / headcount"\n'
POPULATION = """[large_deals]
ja = "大型案件"
en = "Large deals"
where = [
  ["amount", ">=", 3000000],
]
dates = { event = "created_at", created = "created_at" }
"""


def over(text: str, populations: str = "") -> Catalogue:
    files = [DefinitionFile("populations/deal.toml", populations)] if populations else []
    return overlay(built_in(), [*files, DefinitionFile("ours.toml", text)])


def test_without_files_the_catalogue_is_hakaris() -> None:
    assert overlay(built_in(), []) is built_in()


def test_another_id_is_added_and_the_same_id_replaces() -> None:
    added = over(RATE)
    assert len(added.kpis) == len(built_in().kpis) + 1
    assert (added.kpis["large_deal_share"].own, added.kpis["win_deals"].own) == (True, False)
    text = built_in().kpis["win_deals"].text.replace('ja = "受注件数"', 'ja = "受注件数(当社)"')
    replaced = over(text)
    assert replaced.kpis["win_deals"].own
    assert replaced.kpis["win_deals"].version != built_in().kpis["win_deals"].version
    assert len(replaced.kpis) == len(built_in().kpis)


def test_a_changed_population_gives_a_new_version_to_every_kpi_that_counts_it() -> None:
    changed = overlay(
        built_in(),
        [
            DefinitionFile(
                "populations/deal.toml",
                '[won_deals]\nwhere = [["status", "=", "won"], ["amount", ">", 0]]\n'
                'dates = { event = "closed_on", created = "created_at", close = "closed_on" }\n',
            )
        ],
    )
    before = built_in()
    moved = {name for name in before.kpis if before.kpis[name].version != changed.kpis[name].version}
    assert {"win_deals", "win_amount"} <= moved
    assert "sdr_connects" not in moved
    # What is derived from a changed measure has changed with it.
    assert "revenue_per_head" in moved


@pytest.mark.parametrize(
    ("text", "populations", "line", "said"),
    [
        (RATE.replace('"rate"\nunit', '"rat"\nunit'), "", 8, "kind = 'rat'"),
        (RATE.replace("won_deals", "won_dels"), "", 10, "numerator = 'won_dels' names no population"),
        (RATE.replace("numerator", "numerater"), "", 10, "there is no key 'numerater'"),
        (RATE.replace('stage = "win"', 'stage = "won"'), "", 4, "stage 'won'"),
        (RATE.replace('"大型', "“大型"), "", 2, "this is not TOML"),
        (RATE.replace("大型案件の割合", "受注率"), "", 2, "the name '受注率' is borne by"),
        (RATE.replace('"won_deals"', '"deals"'), "", 11, "it divides by itself"),
        (
            RATE.replace('"won_deals"', '"all_deals"'),
            POPULATION.replace("large_deals", "all_deals").replace('  ["amount", ">=", 3000000],\n', ""),
            11,
            "all_deals and deals are the same rows",
        ),
        (DERIVED.replace("headcount", "(win_amount)"), "", 10, "divides by itself"),
        (DERIVED.replace("headcount", "0"), "", 10, "it divides by 0"),
        (DERIVED.replace("headcount", "won_amount_3m"), "", 10, "it mixes clocks"),
        (DERIVED.replace("/ headcount", "+ win_deals"), "", 10, "they cannot be added"),
        (DERIVED.replace("headcount", "head_count"), "", 10, "'head_count', which does not exist"),
        (DERIVED.replace("headcount", "large_deal_share"), "", 10, "comes back to itself"),
        (
            RATE.replace('"won_deals"', '"qualified_leads_with_appointment"').replace('"deals"', '"leads"'),
            "",
            10,
            "it mixes two clocks",
        ),
        (
            RATE.replace('"won_deals"', '"still_open_deals"').replace('"deals"', '"closed_deals"'),
            "",
            10,
            "no row of the numerator still_open_deals can be in the denominator closed_deals",
        ),
        (
            RATE.replace('"deals"', '"x"').replace('"won_deals"', '"deals"').replace('"x"', '"won_deals"'),
            "",
            11,
            "the denominator won_deals is a part of the numerator deals",
        ),
        (
            HEAD + 'kind = "attainment"\nunit = "percent"\nmeasure = "win_amunt"\nagainst = "people"\n',
            "",
            10,
            "it compares 'win_amunt', which is no measure",
        ),
        (RATE + 'horizon_days = 0\nexit = "closed_on"\n', "", 12, "horizon_days = 0"),
        (RATE + "\n[[example]]\nmeasure = 'rate'\n", "", 13, "an example lacks expect, period, why"),
    ],
)
def test_what_can_only_mislead_is_refused_by_line(text: str, populations: str, line: int, said: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        over(text, populations)
    assert (refused.value.file, refused.value.line) == ("ours.toml", line)
    assert refused.value.what.startswith(f"ours.toml, line {line}: ")
    assert said in refused.value.what
    assert refused.value.key in refused.value.what
    assert refused.value.way_out


@pytest.mark.parametrize(
    ("populations", "line", "said"),
    [
        (POPULATION.replace("3000000],", '3000000],\n  ["amount", "<", 5],'), 5, "no row can be in it"),
        (POPULATION.replace("amount", "amont"), 5, "deal has no field 'amont'"),
        (POPULATION.replace('"created_at" }', '"stage" }'), 7, "'stage' is not a time"),
        (POPULATION.replace("large_deals", "calls"), 1, "is one of activity, not of deal"),
        (POPULATION + 'open = [["amount", "is_null"]]\n', 8, "no row of it can be open"),
    ],
)
def test_a_population_of_nothing_is_refused_by_line(populations: str, line: int, said: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        over(RATE, populations)
    assert (refused.value.file, refused.value.line) == ("populations/deal.toml", line)
    assert said in refused.value.what


def test_rates_of_different_horizons_are_not_divided() -> None:
    horizon = HEAD.replace('id = "large_deal_share"', 'id = "won_{days}"').replace(
        "大型案件の割合", "{days}日"
    )
    rate = horizon.replace("Share of large deals", "Won {days}") + (
        'kind = "conversion"\nunit = "percent"\nnumerator = "won_deals"\ndenominator = "deals"\n'
        'horizon_days = {days}\nexit = "closed_on"\n'
    )
    files = [DefinitionFile(f"won_{days}.toml", rate.format(days=days)) for days in (30, 90)]
    ratio = DefinitionFile("ours.toml", DERIVED.replace("win_amount / headcount", "won_30 / won_90"))
    with pytest.raises(
        DefinitionError, match=r"ours\.toml, line 10: .* it mixes clocks: won_30 .* within 30"
    ):
        overlay(built_in(), [*files, ratio])


def test_two_files_of_one_kpi_are_refused() -> None:
    twice = [DefinitionFile("a.toml", RATE), DefinitionFile("b.toml", RATE)]
    with pytest.raises(DefinitionError, match=r"is also defined in a\.toml"):
        overlay(built_in(), twice)


def test_every_definition_that_ships_would_pass_as_a_companys_own() -> None:
    catalogue = built_in()
    for one in catalogue.measures.values():
        check_measure(one, one.id)
        if one.kind == "derived":
            check_formula(one, catalogue.measures, one.id)


def test_the_keys_of_shipped_files_are_those_a_company_may_use() -> None:
    for path in (Path(loader.__file__).parent / "catalogue").rglob("*.toml"):
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        assert set(raw) <= KPI_KEYS, path.name
        for measure in raw["measure"].values():
            assert set(measure) <= MEASURE_KEYS, path.name


def test_a_line_is_found_by_section_key_and_value() -> None:
    text = 'id = "x"\n\n[measure.a]\nkind = "count"\n\n[measure.b]\nkind = "count"\nwhere = [\n  "one",\n]\n'
    assert line_of(text, "", "id") == 1
    assert line_of(text, "measure.b", "kind") == 7
    assert line_of(text, "measure.b", "where", "one") == 9
    assert line_of(text, "measure.b", "unit") == 6
    assert line_of(text, "measure.c", "kind") == 4
    assert line_of("", "", "id") == 1
