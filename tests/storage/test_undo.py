"""An import can be taken back, unless later ones stand on it."""

from __future__ import annotations

import pytest

from hakari.errors import RunNotUndoableError, UnknownRunError
from hakari.storage.truth import Truth
from tests.storage.rows import at, current, line, load, row, versions
from tests.storage.test_names import found, stub


def test_undo_takes_rows_out_and_brings_back_what_they_replaced(truth: Truth) -> None:
    _, first = load(truth, "deal", [row("d1", 0, stage="提案"), row("d3", 0)])
    before = [{**each, "change": 0} for each in versions(truth, "deal")]
    run, _ = load(truth, "deal", [row("d1", 2, stage="受注"), row("d2", 2), row("d3", 2, deleted=True)])
    change = truth.last_change()
    outcome = truth.undo(run, at(3))
    assert (outcome.removed, outcome.restored) == (3, 2)
    assert [{**each, "change": 0} for each in versions(truth, "deal")] == before
    assert line(truth, "deal", "stage", first.keys[0]) == [("提案", at(0), None)]
    assert truth.last_change() == change + 1
    assert truth.runs()[0].undone_at == at(3)


def test_what_was_taken_back_can_be_brought_again_under_the_same_key(truth: Truth) -> None:
    run, first = load(truth, "deal", [row("d1", 0, amount=5)])
    truth.undo(run, at(1))
    _, again = load(truth, "deal", [row("d1", 0, amount=6)])
    assert again.keys == first.keys
    assert current(truth, "deal")["d1"]["amount"] == 6


def test_an_import_whose_rows_a_later_one_replaced_is_not_undone(truth: Truth) -> None:
    run, _ = load(truth, "deal", [row("d1", 0, stage="提案")])
    later, _ = load(truth, "deal", [row("d1", 1, stage="受注")])
    with pytest.raises(RunNotUndoableError, match=f"import {later} brought newer versions of 1 rows"):
        truth.undo(run, at(2))
    truth.undo(later, at(2))
    truth.undo(run, at(2))
    assert current(truth, "deal") == {}


def test_an_import_that_a_later_one_found_unchanged_is_not_undone(truth: Truth) -> None:
    may, _ = load(truth, "deal", [row("d1", 0), row("d2", 0)])
    june, _ = load(truth, "deal", [row("d1", 1), row("d2", 1), row("d3", 1)])
    with pytest.raises(RunNotUndoableError, match=f"import {june} found 2 rows of import {may} unchanged"):
        truth.undo(may, at(2))
    truth.undo(june, at(2))
    assert truth.undo(may, at(2)).removed == 2


def test_an_import_that_wrote_into_the_past_is_undone_without_its_later(truth: Truth) -> None:
    first, outcome = load(truth, "deal", [row("d1", 4, stage="受注")])
    late, _ = load(truth, "deal", [row("d1", 1, stage="提案")])
    truth.undo(late, at(5))
    assert line(truth, "deal", "stage", outcome.keys[0]) == [("受注", at(4), None)]
    truth.undo(first, at(5))
    assert current(truth, "deal") == {}


def test_an_import_is_undone_once(truth: Truth) -> None:
    run, _ = load(truth, "deal", [row("d1", 0)])
    truth.undo(run, at(1))
    with pytest.raises(RunNotUndoableError, match="already taken back"):
        truth.undo(run, at(2))
    with pytest.raises(UnknownRunError, match="no import 99"):
        truth.undo(99, at(2))


def test_undoing_an_import_of_full_rows_leaves_the_stub_they_took_over(truth: Truth) -> None:
    _, key = stub(truth, "acme")
    run, _ = load(truth, "account", [row("a1", 3, name="Acme", known_as=("acme", "acme.jp"))])
    truth.undo(run, at(4))
    assert line(truth, "account", "name", key) == [("ACME", at(0), None)]
    assert found(truth, "acme", "acme.jp") == {"acme": key}


def test_undoing_the_import_that_made_a_stub_removes_it(truth: Truth) -> None:
    run, _ = stub(truth, "acme")
    truth.undo(run, at(1))
    assert current(truth, "account") == {}
    assert found(truth, "acme") == {}


def test_a_stub_that_another_import_uses_stays(truth: Truth) -> None:
    first, key = stub(truth, "acme")
    second, again = stub(truth, "acme", day=1)
    assert key == again
    truth.undo(first, at(2))
    assert [each["key"] for each in current(truth, "account").values()] == [key]
    truth.undo(second, at(2))
    assert current(truth, "account") == {}


def test_a_stub_that_was_taken_over_does_not_stand_in_the_way(truth: Truth) -> None:
    run, key = stub(truth, "acme")
    load(truth, "account", [row("a1", 3, name="Acme", known_as=("acme",))])
    truth.undo(run, at(4))
    assert line(truth, "account", "name", key) == [("Acme", at(3), None)]
    _, same = stub(truth, "acme", day=5)
    assert same == key


def test_a_key_left_by_an_undo_is_not_given_to_two_records(truth: Truth) -> None:
    stub(truth, "acme")
    run, first = load(truth, "account", [row("a1", 1, name="Acme", known_as=("acme",))])
    truth.undo(run, at(2))
    _, other = load(truth, "account", [row("a2", 3, name="Acme", known_as=("acme",))])
    _, again = load(truth, "account", [row("a1", 4, name="Acme", known_as=("acme",))])
    assert other.keys == first.keys
    assert again.keys != first.keys
