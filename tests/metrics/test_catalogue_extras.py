"""The KPIs that stand beside the article's table: each with all its measures, each measure with its word."""

from __future__ import annotations

from typing import Any

import pytest

from hakari.metrics.definitions import Measure
from hakari.metrics.loader import built_in


@pytest.fixture(scope="module")
def extras(shared_catalogue: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return shared_catalogue["kpis_extra"]


def test_all_69_have_all_their_83_measures(extras: list[dict[str, Any]]) -> None:
    wanted = {(one["id"], formula["key"]) for one in extras for formula in one["formula"]}
    kpis = built_in().kpis
    defined = {(one["id"], measure.key) for one in extras for measure in kpis[one["id"]].measures}
    assert (len(extras), len(wanted)) == (69, 83)
    assert defined == wanted


def test_each_of_their_measures_is_shown_by_an_example(extras: list[dict[str, Any]]) -> None:
    for one in extras:
        kpi = built_in().kpis[one["id"]]
        assert {example.measure for example in kpi.examples} == {measure.id for measure in kpi.measures}


def test_a_share_is_a_share_and_money_is_money(extras: list[dict[str, Any]]) -> None:
    for one in extras:
        kpi = built_in().kpis[one["id"]]
        units = {formula["key"]: formula["unit"] for formula in one["formula"]}
        for measure in kpi.measures:
            assert _fits(measure, units[measure.key]), (measure.id, measure.unit, units[measure.key])


def _fits(measure: Measure, unit: str) -> bool:
    """Months, points, indices and quotients are plain values; a gap has the unit of what it is a gap of."""
    if unit == "same_as_metric":
        compared = built_in().measures[measure.against.measure] if measure.against is not None else None
        return compared is not None and measure.unit == compared.unit
    plain = {"per_month": "count", "months": "value", "points": "value", "index": "value", "ratio": "value"}
    return measure.unit == plain.get(unit, unit)
