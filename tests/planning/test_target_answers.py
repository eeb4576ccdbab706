"""Targets as they are read, judged, proposed, set and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from hakari.bootstrap import Company
from hakari.errors import ParameterNotUnderstoodError
from hakari.maths.target_proposals import Band
from hakari.metrics.targets import COMPANY, Whose
from hakari.planning.target_answers import CellEdit
from hakari.planning.target_grid import GridLine
from hakari.planning.target_scopes import whose_text
from hakari.units.period import Period
from tests.planning.aiming import NOW, aiming_company

DEALS = "win_deals"
SATO, SUZUKI, NEW = Whose(owner="佐藤"), Whose(owner="鈴木"), Whose(owner="高橋")
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
DECEMBER = Period(date(2026, 12, 1), date(2027, 1, 1))


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    with aiming_company(tmp_path_factory.mktemp("selling")) as company:
        yield company


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    with aiming_company(tmp_path) as company:
        yield company


def _lines(company: Company, **params: str) -> dict[str, GridLine]:
    grid = company.target_grid({"kpi": DEALS, **params}, "ja")
    return {f"{line.kind} {whose_text(line.whose)}": line for line in grid.lines}


def test_what_a_team_has_more_than_its_people_is_a_line_and_no_error(sold: Company) -> None:
    lines = _lines(sold)
    assert [*lines] == ["team team:第1", "adjust team:第1", "person person:佐藤", "person person:鈴木"]
    assert [(cell.period, cell.value) for cell in lines["adjust team:第1"].cells] == [(DECEMBER, 2.0)]


def test_a_finished_month_says_whether_it_was_reached_and_a_coming_one_how_likely(sold: Company) -> None:
    october, december = _lines(sold)["person person:佐藤"].cells
    assert october.judged is not None
    assert december.judged is not None
    assert (october.judged.reached, october.judged.actual, october.judged.chance) == (True, 6.0, None)
    assert december.judged.last == (5.0, 4.0, 6.0)
    assert 0.3 < (december.judged.chance or 0) < 0.7
    assert december.judged.band is Band.STRETCH


def test_a_grid_shows_whom_it_is_asked_for(sold: Company) -> None:
    assert [*_lines(sold, person="鈴木")] == ["person person:鈴木"]
    assert [*_lines(sold, scope="team")] == ["team team:第1"]
    assert [*_lines(sold, q="佐藤")] == ["person person:佐藤"]
    assert len(_lines(sold, team="第1")) == 4
    assert _lines(sold, team="第2") == {}
    with pytest.raises(ParameterNotUnderstoodError, match="第3"):
        _lines(sold, team="第3")


def test_only_the_lines_that_are_shown_are_judged(sold: Company) -> None:
    grid = sold.target_grid({"kpi": DEALS}, "ja", slice(0, 1))
    assert [[cell.judged is not None for cell in line.cells] for line in grid.lines] == [
        [True],
        [False],
        [False, False],
        [False],
    ]


def test_proposals_are_easier_than_the_mean_and_a_newcomer_s_are_less(sold: Company) -> None:
    (known,) = sold.suggestions(DEALS, SATO, [DECEMBER], {}, "ja")
    (new,) = sold.suggestions(DEALS, NEW, [DECEMBER], {}, "ja")
    assert known.target == 5.0
    assert known.proposed.mean == 5.0
    assert known.proposed.value is not None
    assert known.proposed.value < known.proposed.mean
    assert (known.proposed.chance or 0) > 0.65
    assert new.proposed.value is None or new.proposed.value < known.proposed.value
    (of_source,) = sold.suggestions(DEALS, Whose(source="展示会"), [DECEMBER], {}, "ja")
    assert of_source.proposed.mean is not None


def test_a_target_set_is_in_the_grid_with_its_reason_and_can_be_taken_back(company: Company) -> None:
    company.target_grid({}, "ja")
    written = company.set_targets(
        [CellEdit(DEALS, SATO, DECEMBER, 7.0), CellEdit(DEALS, SUZUKI, DECEMBER, 3.0)], "増員", "山田"
    )
    assert (written.read, written.loaded, written.updated, written.unchanged) == (2, 0, 1, 1)
    cell = _lines(company)["person person:佐藤"].cells[-1]
    assert (cell.value, cell.reason, cell.author) == (7.0, "増員", "山田")
    company.undo(written.run)
    assert _lines(company)["person person:佐藤"].cells[-1].value == 5.0
    told = company.target_history(DEALS, SATO, DECEMBER)
    assert [(one.before, one.value, one.author, one.undone_at is not None) for one in told] == [
        (None, 5.0, None, False),
        (5.0, 7.0, "山田", True),
    ]


def test_a_target_without_a_value_is_none(company: Company) -> None:
    company.set_targets([CellEdit(DEALS, SUZUKI, DECEMBER, None)], "退職", "山田")
    assert "person person:鈴木" not in _lines(company)
    with pytest.raises(ParameterNotUnderstoodError, match="reason"):
        company.set_targets([CellEdit(DEALS, SATO, DECEMBER, 1.0)], " ", "山田")


def test_a_target_for_somebody_unknown_is_refused_by_the_nearest_name(company: Company) -> None:
    edit = CellEdit(DEALS, Whose(owner="佐籐"), DECEMBER, 1.0)
    with pytest.raises(ParameterNotUnderstoodError, match="佐籐") as refused:
        company.set_targets([edit], "x", "山田")
    assert "佐藤" in refused.value.way_out
    assert company.truth.runs()[0].source == "test"


def test_a_target_learnt_later_is_not_known_at_an_earlier_moment(company: Company) -> None:
    company.clock = lambda: NOW
    company.set_targets([CellEdit(DEALS, SATO, DECEMBER, 7.0)], "増員", "山田")
    company.clock = lambda: NOW + timedelta(days=3)
    now = company.target_grid({"kpi": DEALS, "person": "佐藤"}, "ja").lines[0].cells[-1]
    then = company.target_grid({"kpi": DEALS, "person": "佐藤", "asof": "2026-11-18"}, "ja").lines[0]
    assert now.value == 7.0
    assert then.cells[-1].value == 5.0


def test_what_is_pasted_is_all_accounted_for_and_tried_before_it_is_kept(company: Company) -> None:
    text = "担当者\t12月\t1月\t2月\n佐藤\t5\t6\t七\n合計\t5\t6\t0"
    runs = len(company.truth.runs())
    tried = company.paste_targets(text, DEALS, 2026, "", "期初", "山田", keep=False)
    assert len(company.truth.runs()) == runs
    assert (tried.read, tried.loaded, tried.unchanged, tried.rejected) == (4, 1, 1, 2)
    assert [(one.row, one.column, one.value) for one in tried.rejects][:1] == [(2, "2月", "七")]
    kept = company.paste_targets(text, DEALS, 2026, "", "期初", "山田", keep=True)
    assert replace(kept, run=0) == replace(tried, run=0)
    january = _lines(company)["person person:佐藤"].cells[-1]
    assert (january.value, january.reason, january.author) == (6.0, "期初", "山田")


def test_a_year_is_split_over_its_months_and_a_short_past_is_no_season(sold: Company) -> None:
    year = sold.target_year("FY2026")
    parts, season = sold.split_target(DEALS, 100, year, {}, "ja")
    assert not season.is_known
    assert len(parts) == 12
    assert sum(value for _, value in parts) == 100
    assert all(value.is_integer() for _, value in parts)


def test_whom_a_target_may_be_for(sold: Company) -> None:
    found = [whose_text(one) for one in sold.target_choices(DEALS, {}, "ja")]
    assert found == ["company", "team:第1", "person:佐藤", "person:鈴木", "source:展示会", "source:紹介"]
    assert sold.target_whose("team:第1|source:展示会") == Whose("第1", source="展示会")
    assert sold.target_whose("segment:業種=製造業") == Whose(segment="industry=製造業")
    assert sold.target_whose("company") == COMPANY
