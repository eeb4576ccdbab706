"""What a KPI file may not say, and what the refusal tells its writer."""

from __future__ import annotations

from pathlib import Path

import pytest

from hakari.errors import DefinitionError
from hakari.metrics.definitions import Catalogue
from hakari.metrics.loader import load

POPULATIONS = """
[calls]
where = [["kind", "=", "call"]]
dates = { event = "occurred_at" }

[connects]
where = [["kind", "=", "call"], ["outcome", "=", "person"]]
dates = { event = "occurred_at" }
"""
LEADS = """
[leads]
dates = { created = "received_at" }
"""
HEAD = 'id = "x"\nja = "エックス"\nen = "X"\nstage = "win"\ndepartment = "field_sales"\n[measure.rate]\n'
RATE = 'kind = "rate"\nunit = "percent"\nnumerator = "connects"\ndenominator = "calls"\n'


def loaded(folder: Path, kpi: str, populations: str = POPULATIONS) -> Catalogue:
    (folder / "activity.toml").write_text(populations, encoding="utf-8")
    (folder / "lead.toml").write_text(LEADS, encoding="utf-8")
    (folder / "x.toml").write_text(kpi, encoding="utf-8")
    (folder / "dimensions").write_text("", encoding="utf-8")
    files = [folder / "activity.toml", folder / "lead.toml"]
    return load(files, [folder / "x.toml"], folder / "dimensions")


def test_a_measure_alone_bears_its_kpi_s_id(tmp_path: Path) -> None:
    assert list(loaded(tmp_path, HEAD + RATE).measures) == ["x"]


def test_names_in_both_languages_and_widths_find_the_measure(tmp_path: Path) -> None:
    names = loaded(tmp_path, HEAD + RATE).names
    assert names["エックス"] == names["x"] == ("x",)


@pytest.mark.parametrize(
    ("kpi", "complaint"),
    [
        (HEAD + RATE.replace('"rate"', '"share"'), "kind = 'share'"),
        (HEAD + RATE.replace('"connects"', '"conects"'), "names no population"),
        (HEAD + RATE.replace('numerator = "connects"', 'numerator = "calls"'), "divides by itself"),
        (HEAD + RATE.replace('"calls"', '"leads"'), "does not fit its populations"),
        (
            HEAD + 'kind = "sum"\nunit = "jpy"\nof = { population = "calls", sum = "outcome" }',
            "cannot be added up",
        ),
        (
            HEAD + 'kind = "sum"\nunit = "jpy"\nof = { population = "calls", sum = "amount" }',
            "no field 'amount'",
        ),
        (HEAD + 'kind = "derived"\nunit = "value"\nformula = "x + 1"', "comes back to itself"),
        (HEAD + 'kind = "derived"\nunit = "value"\nformula = "y / 2"', "does not exist"),
        (HEAD + 'kind = "derived"\nunit = "value"\nformula = "__import__(1)"', "is not arithmetic"),
        (HEAD + 'kind = "stock"\nunit = "count"\nof = "calls"', "from when to when"),
        (HEAD.replace('stage = "win"', 'stage = "wins"') + RATE, "stage 'wins'"),
        ("id = 'x'", "'ja' is missing"),
        ("id = [", "x.toml"),
    ],
)
def test_what_cannot_hold_is_refused_with_file_and_reason(tmp_path: Path, kpi: str, complaint: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        loaded(tmp_path, kpi)
    assert complaint in refused.value.what
    assert "x" in refused.value.what
    assert refused.value.way_out


@pytest.mark.parametrize(
    ("condition", "complaint"),
    [
        ('["kind", "=", "phone"]', "'phone' is no kind"),
        ('["kin", "=", "call"]', "no field 'kin'"),
        ('["kind", "like", "call"]', "is not a condition"),
        ('["kind.name", "=", "call"]', "leads nowhere"),
        ('["owner.team.nam", "=", "x"]', "no field 'nam'"),
        ('["occurred_at", "!=", { field = "lead.received_at" }]', "compares with no field"),
        ('["occurred_at", ">", { fields = "lead.received_at" }]', "compares with no field"),
        ('["occurred_at", ">", { field = "lead.status" }]', "cannot be compared"),
        ('["duration_seconds", ">", { field = "lead.received_at" }]', "cannot be compared"),
        ('["occurred_at", ">", { field = "lead.arrived_at" }]', "no field 'arrived_at'"),
    ],
)
def test_a_condition_outside_the_grammar_is_refused(tmp_path: Path, condition: str, complaint: str) -> None:
    populations = POPULATIONS.replace('["kind", "=", "call"]', condition, 1)
    with pytest.raises(DefinitionError, match=complaint):
        loaded(tmp_path, HEAD + RATE, populations)


def test_a_day_that_is_no_time_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="is not a time"):
        loaded(tmp_path, HEAD + RATE, POPULATIONS.replace("occurred_at", "subject"))
