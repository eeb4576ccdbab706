"""A design is read from TOML or YAML as people write it; what cannot be read is said with its place."""

from __future__ import annotations

import pytest

from hakari.errors import DefinitionError, HakariError
from hakari.metrics.loader import built_in
from hakari.planning.lint.design import Sort
from hakari.planning.lint.design_file import chance_of, formula_of, read_design
from hakari.planning.lint.linter import example_names, example_text
from tests.planning.lint.drawn import TODAY, design

YAML = """
name: 東京支店
kgi:
  name: 受注額
  target: 60_000_000
  per: 四半期
kpi:
  - name: 有効商談率
    formula: 有効商談数 ÷ 商談数
    target: 40%
    review_on: 2027-03-31
    agreed: 林
"""


def test_yaml_says_the_same_as_toml() -> None:
    read = read_design("design.yaml", YAML, built_in(), "ja", TODAY)
    (goal,), (kpi,) = read.goals, read.kpis
    assert (read.name, goal.per, goal.target) == ("東京支店", "quarter", 60_000_000)
    assert (kpi.target, kpi.agreed, kpi.start, kpi.end) == (0.4, ("林",), "meeting", "qualified")
    assert str(kpi.review_on) == "2027-03-31"


@pytest.mark.parametrize(
    ("text", "top", "bottom", "result", "parts"),
    [
        ("商談化数 ÷ コネクト数 × 100", "商談化数", "コネクト数", "", ("商談化数", "コネクト数")),
        ("コネクト数÷発信数×100=コネクト率", "コネクト数", "発信数", "コネクト率", ("コネクト数", "発信数")),
        ("受注率 = 受注件数 / 提案数", "受注件数", "提案数", "受注率", ("受注件数", "提案数")),
        ("connects / calls", "connects", "calls", "", ("connects", "calls")),
        ("受注件数", "", "", "", ("受注件数",)),
        ("", "", "", "", ()),
    ],
)
def test_a_formula_is_taken_apart(
    text: str, top: str, bottom: str, result: str, parts: tuple[str, ...]
) -> None:
    read = formula_of(text)
    assert (read.top, read.bottom, read.result, read.parts) == (top, bottom, result, parts)


def test_a_name_of_the_catalogue_is_its_measure_and_a_contested_word_is_none() -> None:
    read = design('kpi = [{ name = "コール数" }, { name = "受注率" }, { name = "顧客満足率" }]')
    assert [one.measure for one in read.kpis] == ["outbound_dials", "", ""]
    assert read.kpis[1].contested is not None
    assert [one.sort for one in read.kpis] == [Sort.VOLUME, Sort.RATE, Sort.RATE]


def test_a_count_s_chance_is_that_of_the_published_example() -> None:
    past = [36.0, 41.0, 38.0]
    assert chance_of(40, "month", past) == pytest.approx(0.41, abs=0.02)
    assert chance_of(50, "month", past) == pytest.approx(0.05, abs=0.01)
    assert chance_of(60, "month", past) == pytest.approx(0.002, abs=0.002)
    assert chance_of(120, "quarter", past) == pytest.approx(0.4, abs=0.1)
    assert chance_of(40, "month", []) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kpi = [{ nam = 1 }]", "kpi 1 has no name"),
        ('kpi = [{ name = "受注率", targt = 1 }]', "did you mean target?"),
        ('kpi = [{ name = "受注率", target = "many" }]', "is no number"),
        ('kpi = [{ name = "受注率", per = "fortnight" }]', "it is one of day, week"),
        ('kpi = [{ name = "受注率", review_on = "soon" }]', "is no day"),
        ('kpi = [{ name = "受注率", measure = "win_deal" }]', "did you mean win_deals?"),
        ('kpi = [{ name = "受注率" }]\nrates = { "商談" = 0.2 }', "is no rate between two steps"),
        ("name = 3", "neither a KGI nor a KPI"),
        ("kpi = [", "is not TOML"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_way_out(text: str, said: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        design(text)
    assert said in str(refused.value)
    assert refused.value.way_out


def test_an_unknown_example_names_those_there_are() -> None:
    assert "good" in example_names()
    with pytest.raises(HakariError) as refused:
        example_text("goood")
    assert "good" in refused.value.way_out
