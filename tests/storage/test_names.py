"""A record that others call by its name is one record, whichever came first."""

from __future__ import annotations

from hakari.storage.truth import STUB_ORIGIN, Truth
from tests.storage.rows import at, current, line, load, row, sums, versions


def stub(truth: Truth, name: str, day: float = 0) -> tuple[int, int]:
    """One import that knows an account by its name alone: its run, and the key."""
    with truth.importing("crm", "deals.csv", at(day)) as importing:
        found = importing.find_names("account", [name])
        key = found.get(name) or importing.stub("account", name, name.upper(), at(day))
        importing.write("deal", [row(f"deal {day} of {name}", day, account=key)])
        return importing.run, key


def found(truth: Truth, *names: str) -> dict[str, int]:
    with truth.importing("crm", "look", at(30)) as importing:
        return importing.find_names("account", names)


def test_a_stub_is_made_once_and_found_again(truth: Truth) -> None:
    _, key = stub(truth, "acme")
    with truth.importing("sfa", "orders.csv", at(1)) as importing:
        assert importing.find_names("account", ["acme", "umbrella"]) == {"acme": key}
        assert importing.stub("account", "acme", "Acme", at(1)) == key
        assert not importing.described("account")
    (only,) = versions(truth, "account")
    assert (only["origin"], only["source_id"], only["name"]) == (STUB_ORIGIN, "name:acme", "ACME")


def test_a_full_row_takes_over_the_stub_of_its_name(truth: Truth) -> None:
    _, key = stub(truth, "acme", day=2)
    _, outcome = load(truth, "account", [row("a1", 5, name="Acme", known_as=("acme", "acme.jp"))])
    assert (outcome.keys, sums(outcome)) == ([key], (1, 0, 0))
    assert found(truth, "acme", "acme.jp") == {"acme": key, "acme.jp": key}
    assert line(truth, "account", "name", key) == [("ACME", at(2), at(5)), ("Acme", at(5), None)]


def test_a_full_row_observed_before_its_stub_still_takes_over(truth: Truth) -> None:
    _, key = stub(truth, "acme", day=8)
    load(truth, "account", [row("a1", 1, name="Acme", known_as=("acme",))])
    assert list(current(truth, "account")) == ["a1"]
    assert line(truth, "account", "name", key) == [("ACME", at(8), at(1)), ("Acme", at(1), None)]


def test_two_rows_of_one_name_stay_two_and_the_first_is_found(truth: Truth) -> None:
    rows = [row("a1", 0, name="Acme", known_as=("acme",)), row("a2", 0, name="Acme", known_as=("acme",))]
    _, outcome = load(truth, "account", rows)
    assert len(set(outcome.keys)) == 2
    assert found(truth, "acme") == {"acme": outcome.keys[0]}


def test_only_one_row_takes_over_a_stub(truth: Truth) -> None:
    _, key = stub(truth, "acme")
    rows = [row("a1", 1, name="Acme", known_as=("acme",)), row("a2", 1, name="Acme", known_as=("acme",))]
    _, both = load(truth, "account", rows)
    _, third = load(truth, "account", [row("a3", 2, name="Acme", known_as=("acme",))])
    assert both.keys[0] == key
    assert len({*both.keys, *third.keys}) == 3


def test_a_renamed_row_is_still_found_by_its_old_name(truth: Truth) -> None:
    _, first = load(truth, "account", [row("a1", 0, name="Acme", known_as=("acme",))])
    load(truth, "account", [row("a1", 4, name="Acme Group", known_as=("acme group",))])
    assert found(truth, "acme", "acme group") == {"acme": first.keys[0], "acme group": first.keys[0]}


def test_a_full_row_is_found_before_a_stub(truth: Truth) -> None:
    _, renamed = load(truth, "account", [row("a1", 0, name="Old", known_as=("old",))])
    stub(truth, "new", day=1)
    load(truth, "account", [row("a1", 2, name="New", known_as=("new",))])
    assert found(truth, "new") == {"new": renamed.keys[0]}


def test_names_are_given_back_as_they_were_written(truth: Truth) -> None:
    stub(truth, "beta")
    load(truth, "account", [row("a1", 0, name="Acme K.K.", known_as=("acme",))])
    with truth.importing("crm", "look", at(3)) as importing:
        assert importing.names_of("account") == {"acme": "Acme K.K.", "beta": "BETA"}
        assert importing.names_of("activity") == {}
        assert importing.described("account")


def test_many_stubs_are_made_at_once(truth: Truth) -> None:
    names = {f"name {number}": f"Name {number}" for number in range(300)}
    with truth.importing("crm", "deals.csv", at(0)) as importing:
        made = importing.stubs("account", names, at(0))
        again = importing.stubs("account", names, at(1))
    assert made == again == found(truth, *names)
    assert truth.counts()["account"] == 300
