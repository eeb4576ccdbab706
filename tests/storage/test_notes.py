"""What people type is read by those it was written for, keeps every version, and can be erased."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from hakari.access import EVERYONE, Viewer, between, for_everybody, readers_of
from hakari.errors import NotAllowedError, UnknownEntryError
from hakari.storage.schema.tables import ENTRY
from hakari.storage.truth import Truth
from tests.storage.rows import at, load, row

MANAGER, REP, OTHER = Viewer("sato", person=1), Viewer("ito", frozenset({2}), person=2), Viewer("mori")
PAIR = between(MANAGER, 2)


def note(truth: Truth, text: str, day: float = 1) -> int:
    return truth.notes.write("note", {"text": text}, "sato", at(day), PAIR, person=2)


def texts(truth: Truth, viewer: Viewer, until: float | None = None) -> list[str]:
    moment = None if until is None else at(until)
    found = truth.notes.standing({"note"}, readers_of(viewer), person=2, until=moment)
    return [one.body.get("text", "erased") for one in found]


def test_a_private_note_is_read_by_its_author_and_the_person_alone(truth: Truth) -> None:
    note(truth, "a")
    assert [texts(truth, one) for one in (MANAGER, REP, OTHER, EVERYONE)] == [["a"], ["a"], [], []]


def test_what_the_local_owner_writes_the_local_owner_reads(truth: Truth) -> None:
    truth.notes.write("note", {"text": "b"}, EVERYONE.name, at(1), between(EVERYONE, 2), person=2)
    assert texts(truth, EVERYONE) == ["b"]
    assert texts(truth, REP) == ["b"]
    assert texts(truth, MANAGER) == []


def test_a_decision_is_read_by_everybody(truth: Truth) -> None:
    truth.notes.write("decision", {"what": "x"}, "sato", at(1), for_everybody(), meeting=9)
    assert len(truth.notes.standing({"decision"}, readers_of(OTHER), meeting=9)) == 1


def test_a_change_is_a_version_and_the_earlier_one_still_stands_at_its_time(truth: Truth) -> None:
    number = note(truth, "a")
    truth.notes.change(number, lambda body: {**body, "text": "b"}, "ito", at(3), readers_of(REP))
    assert texts(truth, MANAGER) == ["b"]
    assert texts(truth, MANAGER, until=2) == ["a"]
    versions = truth.notes.history(number, readers_of(MANAGER))
    assert [(one.body["text"], one.by, one.at) for one in versions] == [
        ("a", "sato", at(1)),
        ("b", "ito", at(3)),
    ]
    assert versions[1].written_by == "sato"


def test_a_stranger_can_neither_change_nor_erase_nor_tell_that_a_note_is_there(truth: Truth) -> None:
    number, readers = note(truth, "a"), readers_of(OTHER)
    for attempt in (
        lambda: truth.notes.change(number, lambda body: body, "mori", at(2), readers),
        lambda: truth.notes.erase(number, "mori", at(2), readers),
        lambda: truth.notes.history(number, readers),
    ):
        with pytest.raises(UnknownEntryError):
            attempt()
    assert texts(truth, MANAGER) == ["a"]


def test_an_erased_note_keeps_who_and_when_and_no_word(truth: Truth) -> None:
    number = note(truth, "secret")
    truth.notes.change(number, lambda body: {**body, "text": "secret 2"}, "sato", at(2), readers_of(MANAGER))
    truth.notes.erase(number, "ito", at(3), readers_of(REP))
    assert texts(truth, MANAGER, until=2) == ["erased"]
    last = truth.notes.history(number, readers_of(MANAGER))[-1]
    assert (last.by, last.at, last.erased) == ("ito", at(3), True)
    with truth.database.reading() as connection:
        assert "secret" not in repr(connection.execute(sa.select(ENTRY)).all())
    with pytest.raises(UnknownEntryError, match="erased"):
        truth.notes.change(number, lambda body: body, "sato", at(4), readers_of(MANAGER))


def test_all_that_was_typed_about_a_person_can_be_erased_at_once(truth: Truth) -> None:
    note(truth, "a")
    truth.notes.write("promise", {"what": "b"}, "sato", at(1), PAIR, person=2)
    truth.notes.write("note", {"text": "c"}, "sato", at(1), PAIR, person=3)
    assert truth.notes.erase_about(2, "admin", at(5)) == 2
    assert truth.notes.erase_about(2, "admin", at(6)) == 0
    assert texts(truth, MANAGER) == ["erased"]
    assert truth.notes.standing({"note"}, readers_of(MANAGER), person=3)[0].body == {"text": "c"}


def test_a_clock_that_runs_behind_writes_nothing(truth: Truth) -> None:
    number = note(truth, "a", day=5)
    with pytest.raises(NotAllowedError, match="clock"):
        truth.notes.change(number, lambda body: {**body, "text": "b"}, "sato", at(4), readers_of(MANAGER))
    assert texts(truth, MANAGER) == ["a"]


def test_undoing_an_import_leaves_what_people_typed(truth: Truth) -> None:
    run, outcome = load(truth, "person", [row("p", 0, name="伊藤")])
    truth.notes.write("note", {"text": "a"}, "sato", at(1), PAIR, person=outcome.keys[0])
    truth.undo(run, at(2))
    again = load(truth, "person", [row("p", 3, name="伊藤")])[1]
    assert again.keys == outcome.keys
    assert len(truth.notes.standing({"note"}, readers_of(MANAGER), person=again.keys[0])) == 1
