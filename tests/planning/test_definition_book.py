"""A company's definition files: followed as soon as they hold, kept in every version, never half applied."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hakari.bootstrap import Company
from hakari.errors import UnknownKpiError
from hakari.planning.definition_answers import VersionFigure
from hakari.units.period import Period
from tests.metrics.rows import write

START = datetime(2026, 10, 1, 3, tzinfo=UTC)
KPI = """id = "large_deals"
ja = "大型案件"
en = "Large deals"
stage = "win"
department = "field_sales"

[measure.count]
kind = "count"
unit = "count"
of = "deals_from_three_million"
words_ja = "300万円以上の案件の数"
words_en = "deals of 3 million yen or more"

[[example]]
measure = "count"
period = "2026-10"
expect = "1"
why = "D2 is small."

[example.rows]
deal = [
  { id = "D1", created_at = "2026-10-05 10:00", amount = 3000000 },
  { id = "D2", created_at = "2026-10-06 10:00", amount = 2999999 },
]
"""
POPULATION = """[deals_from_three_million]
ja = "300万円以上の案件"
en = "Deals of 3 million yen or more"
where = [["amount", ">=", 3000000]]
dates = { event = "created_at", created = "created_at" }
"""


class Home:
    """A company in a folder, and a clock that the test moves."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now, self._stamp = folder, START, 0
        self.company = Company(folder, lambda: self.now, in_folder=True)

    def put(self, name: str, text: str) -> None:
        path = self.folder / "definitions" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        # A file written twice within one tick of the clock and of equal length would look the same.
        self._stamp += 1
        os.utime(path, ns=(self._stamp * 10**9, self._stamp * 10**9))

    def import_deals(self, *amounts: float) -> None:
        rows = [{"id": f"D{n}", "created_at": "2026-10-05 10:00", "amount": a} for n, a in enumerate(amounts)]
        with self.company.truth.importing("test", "deals", self.now) as an_import:
            write(an_import, {"deal": rows})

    def value(self, days: Period) -> list[tuple[str, str, bool, float | None]]:
        params = {"period": f"{days.start}..{days.last_day}"}
        return [_shown(one) for one in self.company.figures_by_version("large_deals", params, "en")]


def _shown(one: VersionFigure) -> tuple[str, str, bool, float | None]:
    value = None if one.result is None else one.result.value
    return f"{one.period.start:%m-%d}", f"{one.period.end:%m-%d}", one.held, value


def read(home: Home) -> None:
    """The company's files are read when they are first asked for."""
    assert "large_deals" in home.company.catalogue.kpis


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path)
    made.put("populations/deal.toml", POPULATION)
    made.put("large.toml", KPI)
    yield made
    made.company.close()


def test_a_file_is_followed_once_it_is_there(home: Home) -> None:
    assert home.company.catalogue.kpis["large_deals"].own
    assert home.company.definition_problems() == ()
    assert [one.file for one in home.company.definitions.log()] == [
        "populations/deal.toml",
        "large.toml",
    ] or [one.file for one in home.company.definitions.log()] == ["large.toml", "populations/deal.toml"]


def test_a_refused_change_leaves_the_last_good_text_in_force(home: Home) -> None:
    version = home.company.catalogue.kpis["large_deals"].version
    home.put("large.toml", KPI.replace('"deals_from_three_million"', '"deals_from_tree_million"'))
    assert home.company.catalogue.kpis["large_deals"].version == version
    (problem,) = home.company.definition_problems()
    assert (problem.file, problem.line, problem.still_holds) == ("large.toml", 10, True)
    assert "did you mean deals_from_three_million" in problem.way_out
    assert len(home.company.definitions.log()) == 2


def test_a_population_at_fault_is_blamed_and_not_the_kpi_that_counts_it(home: Home) -> None:
    read(home)
    home.put(
        "populations/deal.toml", POPULATION.replace("deals_from_three_million", "deals_from_one_million")
    )
    read(home)
    (problem,) = home.company.definition_problems()
    assert (problem.file, problem.still_holds) == ("populations/deal.toml", True)


def test_a_file_that_never_held_takes_no_other_file_with_it(home: Home) -> None:
    read(home)
    home.put("bad.toml", KPI.replace('id = "large_deals"', 'id = "x"'))
    assert "large_deals" in home.company.catalogue.kpis
    (problem,) = home.company.definition_problems()
    assert (problem.file, problem.still_holds) == ("bad.toml", False)
    assert "is borne by the KPI" in problem.what


def test_a_file_that_is_gone_is_no_definition_but_its_text_is_kept(home: Home) -> None:
    read(home)
    home.now = START + timedelta(days=14)
    (home.folder / "definitions" / "large.toml").unlink()
    assert "large_deals" not in home.company.catalogue.kpis
    texts = [one.text for one in home.company.definitions.log() if one.file == "large.toml"]
    assert texts == [KPI, None]
    # What it once said can still be asked for.
    home.import_deals(3_000_000)
    home.now = START + timedelta(days=30)
    assert home.value(Period(date(2026, 10, 1), date(2026, 11, 1))) == [("10-01", "10-15", True, 1.0)]
    with pytest.raises(UnknownKpiError):
        home.company.definition_parts("never_there", Period(date(2026, 10, 1), date(2026, 11, 1)))


def test_a_figure_is_shown_by_the_version_that_held_and_by_todays(home: Home) -> None:
    read(home)
    home.import_deals(1_000_000, 3_000_000, 5_000_000)
    home.now = START + timedelta(days=14)
    home.put("populations/deal.toml", POPULATION.replace("3000000", "1000000"))
    october = Period(date(2026, 10, 1), date(2026, 11, 1))
    assert home.value(october) == [
        ("10-01", "10-15", True, 2.0),
        ("10-01", "10-15", False, 3.0),
        ("10-15", "11-01", True, 0.0),
    ]
    versions = home.company.definition_versions("large_deals")
    assert [(one.holds_from, one.until, one.changed) for one in versions] == [
        (None, date(2026, 10, 15), False),
        (date(2026, 10, 15), None, True),
    ]


def test_pages_say_where_in_their_period_a_definition_changed(home: Home) -> None:
    read(home)
    home.import_deals(1_000_000, 3_000_000)
    home.now = START + timedelta(days=14)
    home.put("populations/deal.toml", POPULATION.replace("3000000", "1000000"))
    said = home.company.metric_view("large_deals", {"period": "2026-10"}, "en").notices
    assert any("Large deals changed on 2026-10-15" in notice for notice in said)
    before = home.company.metric_view("large_deals", {"period": "2026-09"}, "en").notices
    assert not any("changed on" in notice for notice in before)


def test_a_period_on_one_side_of_the_change_has_one_version_that_held(home: Home) -> None:
    read(home)
    home.import_deals(1_000_000, 3_000_000)
    home.now = START + timedelta(days=14)
    home.put("populations/deal.toml", POPULATION.replace("3000000", "1000000"))
    read(home)
    home.now = START + timedelta(days=30)
    assert home.value(Period(date(2026, 10, 20), date(2026, 10, 25))) == [("10-20", "10-25", True, 0.0)]
    assert home.value(Period(date(2026, 10, 1), date(2026, 10, 8))) == [
        ("10-01", "10-08", True, 1.0),
        ("10-01", "10-08", False, 2.0),
    ]


def test_new_words_and_examples_make_a_version_and_no_break(home: Home) -> None:
    read(home)
    home.import_deals(3_000_000)
    home.now = START + timedelta(days=14)
    home.put("large.toml", KPI.replace('ja = "大型案件"', 'ja = "大型案件数"'))
    assert [one.changed for one in home.company.definition_versions("large_deals")] == [False, False]
    assert home.value(Period(date(2026, 10, 1), date(2026, 11, 1))) == [("10-01", "11-01", True, 1.0)]


def test_a_company_may_agree_that_a_change_holds_from_an_earlier_day(home: Home) -> None:
    read(home)
    home.import_deals(3_000_000)
    home.now = START + timedelta(days=30)
    changed = KPI.replace('"deals_from_three_million"', '"deals"').replace(
        'stage = "win"', 'stage = "win"\nholds_from = 2026-10-10'
    )
    home.put("large.toml", changed)
    assert [one.holds_from for one in home.company.definition_versions("large_deals")] == [
        None,
        date(2026, 10, 10),
    ]


def test_a_replaced_kpi_held_as_hakaris_from_the_first_import_on(home: Home, tmp_path: Path) -> None:
    home.import_deals(3_000_000)
    text = home.company.catalogue.kpis["deals_created"].text
    home.now = START + timedelta(days=14)
    home.put("ours.toml", text.replace('of = "deals"', 'of = "deals_from_three_million"'))
    versions = home.company.definition_versions("deals_created")
    assert [(one.own, one.holds_from) for one in versions] == [(False, None), (True, date(2026, 10, 15))]
    # Nobody was shown a figure before the first import: a company that begins with its own has one version.
    fresh = Home(tmp_path / "fresh")
    fresh.put("populations/deal.toml", POPULATION)
    fresh.put("ours.toml", text.replace('of = "deals"', 'of = "deals_from_three_million"'))
    assert fresh.company.catalogue.kpis["deals_created"].own
    fresh.now += timedelta(days=1)
    fresh.import_deals(1.0)
    assert [one.own for one in fresh.company.definition_versions("deals_created")] == [True]
    fresh.company.close()


def test_a_truth_that_several_machines_share_forgets_only_an_emptied_file(home: Home, tmp_path: Path) -> None:
    read(home)
    elsewhere = tmp_path / "elsewhere"
    other = Company(elsewhere, lambda: home.now, in_folder=True)
    other.definitions._truth, other.definitions._follows_folder = home.company.truth, False
    assert other.catalogue.kpis["large_deals"].own
    # What another machine changes is followed without a restart.
    home.put("large.toml", KPI.replace("大型案件", "大口案件"))
    read(home)
    assert other.catalogue.kpis["large_deals"].ja == "大口案件"
    (elsewhere / "definitions").mkdir()
    (elsewhere / "definitions" / "large.toml").write_text("\n", encoding="utf-8")
    assert "large_deals" not in other.catalogue.kpis
    other.close()


def test_a_check_runs_the_examples_and_writes_nothing(home: Home) -> None:
    passed = home.company.check_definition("large.toml", KPI)
    assert (passed.ok, [one.got for one in passed.measures[0].examples]) == (True, ["1"])
    failed = home.company.check_definition("large.toml", KPI.replace('expect = "1"', 'expect = "2"'))
    assert (failed.ok, failed.measures[0].examples[0].got) == (False, "1")
    bare = home.company.check_definition("large.toml", KPI.partition("[[example]]")[0])
    assert (bare.ok, bare.problem) == (False, None)
    refused = home.company.check_definition("large.toml", KPI.replace('"count"\nof', '"counts"\nof'))
    assert refused.problem is not None
    assert refused.problem.line == 9
    assert (home.folder / "definitions" / "large.toml").read_text(encoding="utf-8") == KPI


def test_hakaris_examples_under_a_companys_population_are_told_and_fail_nothing(home: Home) -> None:
    ours = '[won_deals]\nwhere = [["status", "=", "won"], ["amount", ">=", 9000000000]]\n'
    ours += 'dates = { event = "closed_on", created = "created_at", close = "closed_on" }\n'
    checked = home.company.check_definition("populations/deal.toml", POPULATION + ours)
    won = next(one for one in checked.measures if one.measure == "win_deals")
    assert checked.ok
    assert not won.own
    assert [one.ok for one in won.examples] == [False]


def test_a_definition_is_saved_only_when_its_check_passes(home: Home) -> None:
    assert not home.company.save_definition("new.toml", KPI).ok
    text = (
        KPI.replace('id = "large_deals"', 'id = "huge"')
        .replace("大型案件", "特大案件")
        .replace("Large", "Huge")
    )
    assert home.company.save_definition("new.toml", text).ok
    assert home.company.catalogue.kpis["huge"].own
