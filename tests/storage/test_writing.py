"""Rows are loaded, updated or left, and every version stays."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hakari.errors import MappingError
from hakari.storage.truth import Truth
from tests.storage.rows import at, current, line, load, row, sums, values_of, versions


def test_a_row_comes_back_as_it_was_given(truth: Truth) -> None:
    said: dict[str, Any] = {
        "name": "東京 移行案件",
        "amount": 1_234_567.0,
        "probability": 0.3,
        "closed_on": date(1969, 12, 31),
        "created_at": at(1.5),
        "status": "won",
        "valid": False,
        "account": 7,
    }
    load(truth, "deal", [row("d1", 2, **said)])
    stored = current(truth, "deal")["d1"]
    assert {name: stored[name] for name in said} == said
    assert (stored["origin"], stored["observed_at"], stored["happened_at"]) == ("crm", at(2), at(1.5))
    assert stored["stage"] is None


def test_the_same_file_twice_changes_nothing(truth: Truth) -> None:
    rows = [row("d1", 0, name="A"), row("d2", 0, name="B")]
    _, first = load(truth, "deal", rows)
    change = truth.last_change()
    _, second = load(truth, "deal", rows)
    assert (sums(first), sums(second)) == ((2, 0, 0), (0, 0, 2))
    assert first.keys == second.keys
    assert truth.last_change() == change


def test_a_changed_row_keeps_what_it_was_before(truth: Truth) -> None:
    _, loaded = load(truth, "deal", [row("d1", 0, stage="提案")])
    _, updated = load(truth, "deal", [row("d1", 3, stage="受注")])
    assert sums(updated) == (0, 1, 0)
    assert loaded.keys == updated.keys
    assert line(truth, "deal", "stage", loaded.keys[0]) == [
        ("提案", at(0), at(3)),
        ("受注", at(3), None),
    ]


def test_two_sources_may_use_the_same_id(truth: Truth) -> None:
    _, crm = load(truth, "deal", [row("1", 0, name="A")], source="crm")
    _, sfa = load(truth, "deal", [row("1", 0, name="A")], source="sfa")
    assert crm.keys != sfa.keys


def test_the_last_of_two_rows_with_one_id_holds_and_both_are_counted(truth: Truth) -> None:
    rows = [row("d1", 0, stage="提案"), row("d2", 0), row("d1", 0, stage="受注")]
    _, outcome = load(truth, "deal", rows)
    assert sums(outcome) == (2, 1, 0)
    assert line(truth, "deal", "stage", outcome.keys[0]) == [
        ("提案", at(0), at(0)),
        ("受注", at(0), None),
    ]
    _, again = load(truth, "deal", rows)
    assert sums(again) == (0, 0, 3)


def test_what_was_observed_earlier_takes_its_place_in_the_past(truth: Truth) -> None:
    _, first = load(truth, "deal", [row("d1", 4, stage="受注")])
    _, late = load(truth, "deal", [row("d1", 1, stage="提案"), row("d1", 2, stage="提案")])
    assert sums(late) == (0, 1, 1)
    assert line(truth, "deal", "stage", first.keys[0]) == [
        ("提案", at(1), at(4)),
        ("受注", at(4), None),
    ]


def test_a_deleted_row_is_gone_and_its_past_is_not(truth: Truth) -> None:
    _, first = load(truth, "deal", [row("d1", 0, stage="提案"), row("d2", 0)])
    load(truth, "deal", [row("d1", 5, deleted=True)])
    assert list(current(truth, "deal")) == ["d2"]
    assert truth.counts()["deal"] == 1
    assert line(truth, "deal", "stage", first.keys[0])[0] == ("提案", at(0), at(5))


def test_a_row_that_comes_back_after_its_deletion_is_the_same_record(truth: Truth) -> None:
    _, first = load(truth, "deal", [row("d1", 0)])
    load(truth, "deal", [row("d1", 5, deleted=True)])
    _, again = load(truth, "deal", [row("d1", 6)])
    assert sums(again) == (0, 1, 0)
    assert again.keys == first.keys


def test_a_failing_import_leaves_the_store_as_it_was(truth: Truth) -> None:
    load(truth, "deal", [row("d1", 0)])
    with pytest.raises(MappingError):
        load(truth, "deal", [row("d2", 1), row("d1", 1, stage="提案"), row("d3", 1, status="victory")])
    with pytest.raises(MappingError):
        _load_well_and_badly(truth)
    assert list(current(truth, "deal")) == ["d1"]
    assert len(truth.runs()) == 1
    assert truth.last_change() == 1


def test_history_holds_several_versions_of_one_row(truth: Truth) -> None:
    stages = [row("d1", day, stage=stage) for day, stage in enumerate(["初回訪問", "提案", "受注"])]
    with truth.importing("demo", "demo", at(9)) as importing:
        outcome = importing.history("deal", [*stages, row("d2", 0)])
        assert importing.find("deal", ["d1", "nobody"]) == {"d1": outcome.keys[0]}
    assert sums(outcome) == (2, 2, 0)
    assert line(truth, "deal", "stage", outcome.keys[0]) == [
        ("初回訪問", at(0), at(1)),
        ("提案", at(1), at(2)),
        ("受注", at(2), None),
    ]


def test_more_rows_than_one_batch_are_all_there(truth: Truth) -> None:
    rows = [row(f"d{number}", 0, amount=number) for number in range(23_000)]
    _, outcome = load(truth, "deal", rows)
    _, again = load(truth, "deal", rows)
    assert (sums(outcome), sums(again)) == ((23_000, 0, 0), (0, 0, 23_000))
    assert outcome.keys == again.keys
    assert sum(values_of(versions(truth, "deal"), "amount")) == sum(range(23_000))


def test_changes_bring_every_version_of_what_was_touched(truth: Truth) -> None:
    load(truth, "deal", [row("d1", 0, stage="提案"), row("d2", 0)])
    since = truth.last_change()
    load(truth, "deal", [row("d1", 3, stage="受注")])
    touched = [each for batch in truth.changes("deal", since, batch=1) for each in batch]
    assert values_of(touched, "stage") == ["提案", "受注"]
    assert list(truth.changes("deal", truth.last_change())) == []


def _load_well_and_badly(truth: Truth) -> None:
    with truth.importing("crm", "bad", at(1)) as importing:
        importing.write("deal", [row("d2", 1), row("d1", 1, stage="提案")])
        importing.write("deal", [row("d3", 1, status="victory")])
