"""Conditions that exclude each other are found, and none that some row could fulfil."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakari.canonical.predicate import AnyOf, Atom, Condition, parse_where
from hakari.metrics.contradictions import contradiction
from hakari.metrics.loader import built_in


def where(*raw: Any) -> tuple[Condition, ...]:
    return parse_where(list(raw), "deal", {}, "test")


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        ([["status", "=", "won"], ["status", "=", "lost"]], "status = 'won' and status = 'lost'"),
        ([["status", "in", ["won"]], ["status", "!=", "won"]], "status in ('won',) and status != 'won'"),
        ([["amount", ">", 3], ["amount", "<=", 3]], "amount > 3 and amount <= 3"),
        ([["amount", ">=", 5], ["name", "=", "x"], ["amount", "<", 2]], "amount >= 5 and amount < 2"),
        ([["closed_on", "is_null"], ["closed_on", "not_null"]], "closed_on is_null and closed_on not_null"),
        ([["valid", "is_true"], ["valid", "is_false"]], "valid is_true and valid is_false"),
        ([["account", "is_null"], ["account.industry", "=", "IT"]], "account is_null and"),
        (
            [["status", "not_null"], ["status", "not_in", ["open", "won", "lost", "dormant"]]],
            "status not_null and status not_in",
        ),
        ([["closed_on", ">", {"field": "closed_on"}]], "closed_on > closed_on"),
        (
            [["closed_on", ">", {"field": "created_at"}], ["closed_on", "<=", {"field": "created_at"}]],
            "closed_on > created_at and closed_on <= created_at",
        ),
        (
            [["status", "=", "won"], {"any": [["status", "=", "lost"], ["status", "=", "open"]]}],
            "status = 'won' and status = 'lost'",
        ),
    ],
)
def test_what_no_row_can_fulfil_is_named(conditions: list[Any], said: str) -> None:
    found = contradiction(where(*conditions), "deal")
    assert found is not None
    assert found.text().startswith(said)


@pytest.mark.parametrize(
    "conditions",
    [
        [],
        [["status", "!=", "won"], ["status", "is_null"]],
        [["status", "not_in", ["open", "won", "lost", "dormant"]]],
        [["amount", ">=", 3], ["amount", "<=", 3]],
        [["amount", ">", 3], ["probability", "<", 0.5]],
        [["status", "=", "won"], {"any": [["status", "=", "lost"], ["amount", ">", 0]]}],
        [["amount", ">", 3], ["amount", "<", 4]],
        [["closed_on", "=", {"field": "expected_close_on"}], ["closed_on", ">", {"field": "created_at"}]],
    ],
)
def test_what_some_row_can_fulfil_is_let_be(conditions: list[Any]) -> None:
    assert contradiction(where(*conditions), "deal") is None


def test_every_population_of_the_catalogue_can_hold_rows() -> None:
    for one in built_in().populations.values():
        assert contradiction(one.where, one.table) is None, one.name
        assert one.open is None or contradiction(one.where + one.open, one.table) is None, one.name


_STATUSES = ("open", "won", "lost", "dormant")
_ATOMS = st.one_of(
    st.builds(Atom, st.just(("status",)), st.sampled_from(["=", "!="]), st.sampled_from(_STATUSES)),
    st.builds(
        Atom,
        st.just(("status",)),
        st.sampled_from(["in", "not_in"]),
        st.lists(st.sampled_from(_STATUSES), min_size=1, max_size=3).map(tuple),
    ),
    st.builds(Atom, st.just(("status",)), st.sampled_from(["is_null", "not_null"])),
    st.builds(Atom, st.just(("valid",)), st.sampled_from(["is_true", "is_false", "is_null", "not_null"])),
)
_CONDITIONS = st.lists(
    st.one_of(_ATOMS, st.lists(_ATOMS, min_size=1, max_size=3).map(lambda atoms: AnyOf(tuple(atoms)))),
    max_size=4,
)


def _fulfils(row: dict[str, Any], condition: Condition) -> bool:
    if isinstance(condition, AnyOf):
        return any(_fulfils(row, atom) for atom in condition.atoms)
    value, wanted = row[condition.path[0]], condition.value
    among = value in wanted if isinstance(wanted, tuple) else value == wanted
    return {
        "=": among,
        "in": among,
        "!=": not among,
        "not_in": not among,
        "is_null": value is None,
        "not_null": value is not None,
        "is_true": value is True,
        "is_false": value is False,
    }[condition.op]


@given(_CONDITIONS)
def test_a_contradiction_is_found_exactly_where_no_row_fulfils_all(conditions: list[Condition]) -> None:
    rows = [
        {"status": status, "valid": valid}
        for status, valid in itertools.product((None, *_STATUSES), (None, True, False))
    ]
    possible = any(all(_fulfils(row, one) for one in conditions) for row in rows)
    assert (contradiction(tuple(conditions), "deal") is None) == possible
