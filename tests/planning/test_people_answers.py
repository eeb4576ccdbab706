"""One person's page: stable by key, private where it was typed, questions by rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from hakari.access import Viewer
from hakari.bootstrap import Company
from hakari.errors import (
    NotAllowedError,
    ParameterNotUnderstoodError,
    UnknownEntryError,
    UnknownPersonError,
)
from tests.metrics.rows import LEARNT, write
from tests.web import sample

NAMES = ("伊藤 舞", "伊藤 航", "森 咲")


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    made = Company(tmp_path, lambda: sample.NOW, in_folder=True)
    people = [
        {"id": f"p{number}", "name": name, "role": "fs", "manager": "森 咲", "joined_on": "2024-04-01"}
        for number, name in enumerate(NAMES)
    ]
    people[1]["joined_on"] = "2026-09-01"
    with made.truth.importing("test", "rows", LEARNT) as an_import:
        write(an_import, {"person": people, "deal": [
            {"id": "d", "name": "d", "owner": "p0", "status": "open", "amount": 2_000_000,
             "created_at": "2026-10-01 10:00", "expected_close_on": "2026-11-01"}]})  # fmt: skip
    yield made
    made.close()


def key(company: Company, name: str) -> int:
    return company.person_named(name).key


def test_a_person_is_found_by_name_without_its_space_by_part_and_by_key(company: Company) -> None:
    assert key(company, "伊藤舞") == key(company, "舞") == key(company, str(key(company, "伊藤 舞")))
    with pytest.raises(UnknownPersonError, match="2 people"):
        company.person_named("伊藤")
    with pytest.raises(UnknownPersonError, match="nobody"):
        company.person_named("田中")


def test_a_key_of_nobody_is_refused(company: Company) -> None:
    with pytest.raises(UnknownPersonError):
        company.rep(99, {}, "ja")


def test_a_viewer_who_may_not_see_somebody_has_no_page_of_them(company: Company) -> None:
    other = key(company, "森 咲")
    company.viewer = Viewer("ito", frozenset({key(company, "伊藤 舞")}))
    with pytest.raises(UnknownPersonError):
        company.rep(other, {}, "ja")


def test_without_figures_the_question_is_what_the_figures_do_not_show(company: Company) -> None:
    view = company.rep(key(company, "伊藤 舞"), {}, "ja")
    assert view.kpis == ()
    assert [one.rule for one in view.questions] == ["past_close", "few"]


def test_a_newcomer_is_told_as_ramping_and_an_old_hand_is_not(company: Company) -> None:
    young, old = (company.rep(key(company, name), {}, "ja") for name in ("伊藤 航", "伊藤 舞"))
    assert young.person.months == 2
    assert young.person.share == pytest.approx(2 / 6)
    assert old.person.share is None
    assert "ramping" in [one.rule for one in young.questions]


def test_the_neighbours_are_the_people_of_the_same_role_by_name(company: Company) -> None:
    first = company.rep(key(company, "伊藤 舞"), {}, "ja").person
    assert (first.before, first.after) == (None, key(company, "伊藤 航"))


def test_a_promise_is_kept_with_its_history(company: Company) -> None:
    who = key(company, "伊藤 舞")
    entry = company.promise(who, "見積を送る", due=sample.TODAY + timedelta(days=3))
    company.settle(entry, "not_kept", "先方が休み")
    company.settle(entry, "kept")
    (promise,) = company.talk(who).promises
    assert (promise.who, promise.outcome, promise.remark) == ("伊藤 舞", "kept", "")
    assert [(turn.outcome, turn.remark) for turn in promise.turns] == [
        ("not_kept", "先方が休み"),
        ("kept", ""),
    ]


def test_an_overdue_promise_comes_first_among_the_questions(company: Company) -> None:
    who = key(company, "伊藤 舞")
    company.promise(who, "見積を送る", due=sample.TODAY)
    company.clock = lambda: sample.NOW + timedelta(days=2)
    assert company.rep(who, {}, "ja").questions[0].rule == "promise_overdue"
    assert [one.what for one in company.promises_due(sample.TODAY)] == ["見積を送る"]
    assert company.promises_due(sample.TODAY - timedelta(days=1)) == ()


def test_a_promise_for_yesterday_and_an_empty_note_are_refused(company: Company) -> None:
    who = key(company, "伊藤 舞")
    with pytest.raises(ParameterNotUnderstoodError, match="before today"):
        company.promise(who, "x", due=date(2026, 11, 1))
    with pytest.raises(ParameterNotUnderstoodError, match="no text"):
        company.write_note(who, "note", "  ")
    with pytest.raises(ParameterNotUnderstoodError, match="outcome"):
        company.settle(company.promise(who, "x"), "perhaps")


def test_a_rep_adds_a_topic_that_the_manager_reads_and_nobody_else(company: Company) -> None:
    rep, boss, other = (key(company, name) for name in ("伊藤 舞", "森 咲", "伊藤 航"))
    owner = company.viewer
    company.viewer = Viewer("mai", None, person=rep)
    company.write_note(rep, "topic", "育休の相談")
    seen = {}
    for name, viewer in (("boss", Viewer("mori", person=boss)), ("peer", Viewer("ko", person=other)),
                         ("owner", owner)):  # fmt: skip
        company.viewer = viewer
        seen[name] = len(company.talk(rep).topics)
    assert seen == {"boss": 1, "peer": 0, "owner": 0}


def test_a_decision_cannot_be_erased_as_a_note_and_strangers_erase_nothing(company: Company) -> None:
    who = key(company, "伊藤 舞")
    entry = company.write_note(who, "note", "x")
    company.viewer = replace(company.viewer, name="stranger")
    with pytest.raises(UnknownEntryError):
        company.erase(entry)
    company.viewer = Viewer("ito", frozenset({who}))
    with pytest.raises(NotAllowedError):
        company.erase_person(who)


def test_all_about_a_person_can_be_erased_by_who_sees_the_whole_company(company: Company) -> None:
    who = key(company, "伊藤 舞")
    company.write_note(who, "unseen", "x")
    company.promise(who, "y")
    assert company.erase_person(who) == 2
    talk = company.talk(who)
    assert [(one.text, one.erased) for one in talk.unseen] == [("", True)]
    assert talk.open_promises == ()
