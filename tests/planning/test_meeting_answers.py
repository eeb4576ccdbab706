"""A meeting shows again what it showed, and the next one opens with what it decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hakari.bootstrap import Company
from hakari.errors import ParameterNotUnderstoodError, UnknownEntryError
from hakari.maths.display_rules import Verdict
from hakari.planning import wording
from hakari.report import meeting_object, meeting_rows
from hakari.units.period import Period
from tests.metrics.rows import write

FIRST = datetime(2026, 11, 9, 3, tzinfo=UTC)  # a Monday noon in Tokyo
NEXT = FIRST + timedelta(days=7)


class Clocked:
    """A company whose clock the test moves."""

    def __init__(self, folder: Path) -> None:
        self.now = FIRST
        self.company = Company(folder, lambda: self.now, in_folder=True)

    def load(self, **tables: list[dict[str, Any]]) -> int:
        with self.company.truth.importing("test", "rows", self.now) as an_import:
            learnt = {name: [{"learnt": self.now, **row} for row in rows] for name, rows in tables.items()}
            write(an_import, learnt)
            return an_import.run


def deal(name: str, **changes: Any) -> dict[str, Any]:
    usual = {"owner": "p1", "status": "open", "amount": 1_000_000, "created_at": "2026-10-05 10:00"}
    return {"id": name, "name": name, "expected_close_on": "2026-12-10", **usual, **changes}


PEOPLE: dict[str, list[dict[str, Any]]] = {
    "team": [{"id": "t1", "name": "第1営業部"}],
    "person": [{"id": "p1", "name": "伊藤 舞", "team": "t1"}],
}


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Clocked]:
    found = Clocked(tmp_path)
    found.load(**PEOPLE, deal=[deal("a", status="won", closed_on="2026-11-05"), deal("b"), deal("c")])
    yield found
    found.company.close()


def start(made: Clocked, **params: str) -> int:
    return made.company.start_meeting(params)


def value(made: Clocked, number: int) -> float | None:
    band = made.company.meeting(number, {}, "ja").card.kgi
    return band.value if band is not None else None


def test_the_same_figures_come_back_after_a_later_import(made: Clocked) -> None:
    number = start(made)
    before = meeting_rows(made.company.meeting(number, {}, "ja"))
    made.now = NEXT
    made.load(**PEOPLE, deal=[deal("b", status="won", closed_on="2026-11-06", amount=9_000_000)])
    view = made.company.meeting(number, {}, "ja")
    assert meeting_rows(view) == before
    assert view.card.notices == ()
    assert value(made, number) == 1_000_000
    assert value(made, start(made)) == 10_000_000


def test_a_figure_that_comes_out_otherwise_is_named(made: Clocked) -> None:
    made.now += timedelta(minutes=1)
    run = made.load(**PEOPLE, deal=[deal("z", status="won", closed_on="2026-11-06")])
    number = start(made)
    made.company.undo(run)
    notices = made.company.meeting(number, {}, "en").card.notices
    assert any(one.startswith("Won amount was 2.00 in the meeting and comes to 1.00") for one in notices)


def test_the_next_meeting_opens_with_the_decisions_and_what_is_still_open(made: Clocked) -> None:
    company = made.company
    first = start(made)
    one = company.decide(first, "当番制", "伊藤 舞", date(2026, 11, 13))
    other = company.decide(first, "決裁者に会う", "森", date(2026, 12, 1))
    company.settle_decision(one, "kept", "11/12 に開始")
    made.now = NEXT
    second = start(made)
    last = company.meeting(second, {}, "ja").last
    assert [(each.decision.id, each.decision.outcome) for each in last] == [(one, "kept"), (other, "open")]
    made.now = NEXT + timedelta(days=7)
    third = company.meeting(start(made), {}, "ja")
    assert [each.decision.id for each in third.last] == [other]
    assert third.before is not None
    assert third.before.id == second
    assert company.meeting(first, {}, "ja").last == ()


def test_a_meeting_of_another_team_is_not_the_one_before(made: Clocked) -> None:
    company = made.company
    company.decide(start(made), "x", "y")
    made.now = NEXT
    team = company.meeting(start(made, team="第1営業部"), {}, "ja")
    assert team.before is None
    assert team.last == ()


def test_a_decision_tells_what_its_kpi_did_since(made: Clocked) -> None:
    """One million in 26 business days; then two million in the five days from Tuesday to Monday."""
    company = made.company
    first = start(made)
    company.decide(first, "x", "y", None, "受注額", 0.5)
    (decided,) = company.decisions(first)
    days = company.calendar.business_days(Period(date(2026, 10, 1), date(2026, 11, 10)))
    assert decided.base == pytest.approx(1_000_000 / days)
    made.now = NEXT
    made.load(**PEOPLE, deal=[deal("b", status="won", closed_on="2026-11-12", amount=2_000_000)])
    (told,) = company.meeting(start(made), {}, "ja").last
    assert told.per_day
    assert told.value == pytest.approx(2_000_000 / 5)
    assert told.wanted == pytest.approx(1_500_000 / days)
    assert told.moved is Verdict.ON_HOLD  # one deal says nothing yet


def test_what_moved_is_between_the_two_meetings(made: Clocked) -> None:
    start(made)
    made.now = NEXT
    made.load(
        **PEOPLE, deal=[deal("b", amount=3_000_000), deal("c", expected_close_on="2027-01-10"), deal("d")]
    )
    moves = made.company.meeting(start(made), {}, "ja").moves
    assert moves is not None
    assert (moves.opening, moves.closing) == (2_000_000, 4_000_000)
    told = {one.name: (one.kind, one.amount) for one in moves.moves}
    assert told == {
        "b": ("increased", 2_000_000),
        "c": ("pushed_out", -1_000_000),
        "d": ("created", 1_000_000),
    }


def test_before_the_first_records_nothing_moved_and_that_is_said(made: Clocked) -> None:
    assert made.company.meeting(start(made), {}, "ja").moves is None


def test_a_decision_without_a_kpi_or_due_before_the_meeting_is_refused(made: Clocked) -> None:
    number = start(made)
    with pytest.raises(ParameterNotUnderstoodError, match="which KPI"):
        made.company.decide(number, "x", "y", None, "", 0.1)
    with pytest.raises(ParameterNotUnderstoodError, match="before the meeting"):
        made.company.decide(number, "x", "y", date(2026, 11, 1))
    with pytest.raises(ParameterNotUnderstoodError, match="no text"):
        made.company.decide(number, " ", "y")
    with pytest.raises(UnknownEntryError):
        made.company.decide(number + 1, "x", "y")
    assert made.company.decisions() == ()


def test_a_company_without_records_has_nothing_to_meet_about(tmp_path: Path) -> None:
    company = Company(tmp_path, lambda: FIRST, in_folder=True)
    with pytest.raises(ParameterNotUnderstoodError, match="import"):
        company.start_meeting({})
    company.close()


def test_hidden_amounts_are_nowhere_in_what_is_said(made: Clocked) -> None:
    view = made.company.meeting(start(made), {"mask": "amount"}, "ja")
    assert "•••" in view.card.headline
    assert "1.0" not in view.card.headline


def test_a_contribution_is_hidden_with_the_amounts(made: Clocked) -> None:
    scope = made.company.asked({"mask": "amount"}, "ja").scope
    assert wording.signed(-2e7, "jpy", scope) == wording.amount(2e7, scope) == "•••"
    assert wording.signed(-0.5, "value", scope) == "−0.5"


def test_the_answer_for_programs_names_each_decision(made: Clocked) -> None:
    number = start(made)
    made.company.decide(number, "x", "y", None, "受注額", 0.1)
    answer = meeting_object(made.company.meeting(number, {}, "ja"), lambda measure: measure)
    assert [one["what"] for one in answer["decisions"]] == ["x"]
    assert answer["meeting"]["id"] == number
