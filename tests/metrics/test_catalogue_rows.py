"""The 108 rows of article 003, compound rows split: every one is a KPI, with all of its measures."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from hakari.metrics.loader import built_in

ROWS, MEASURES = 108, 133
TABLES_OF_THE_ARTICLE = 26


@pytest.fixture(scope="module")
def rows(shared_catalogue: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return shared_catalogue["kpis_108"]


def test_every_row_is_a_kpi_with_all_of_its_measures(rows: list[dict[str, Any]]) -> None:
    wanted = {row["id"]: [formula["key"] for formula in row["formula"]] for row in rows}
    kpis = built_in().kpis
    held = {name: [one.key for one in kpis[name].measures] for name in wanted if name in kpis}
    assert {name: sorted(keys) for name, keys in held.items()} == {
        name: sorted(keys) for name, keys in wanted.items()
    }
    assert (len(held), sum(map(len, held.values()))) == (ROWS, MEASURES)


def test_a_row_names_the_row_it_was_drawn_from(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        kpi = built_in().kpis[row["id"]]
        assert re.search(rf"\b003 row {row['row']}\b", kpi.source), (kpi.id, kpi.source)
        assert (kpi.stage, kpi.tactic, kpi.department) == (row["stage"], row["tactic"], row["department"])


def test_the_rows_keep_the_articles_tables(rows: list[dict[str, Any]]) -> None:
    kpis = [built_in().kpis[row["id"]] for row in rows]
    assert len({(kpi.stage, kpi.tactic) for kpi in kpis}) == TABLES_OF_THE_ARTICLE
    assert Counter(kpi.stage for kpi in kpis) == {
        "acquire": 53,
        "nurture_qualify": 38,
        "win": 10,
        "retain": 7,
    }


def test_a_percentage_stays_a_percentage(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        measures = {one.key: one for one in built_in().kpis[row["id"]].measures}
        for formula in row["formula"]:
            assert (measures[formula["key"]].unit == "percent") == (formula["unit"] == "percent"), row["id"]
