"""What rows say about the row they point at, kept right however they change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from hakari.storage.projection import Projection
from hakari.storage.truth import Row, Truth
from tests.storage.columns import ZONE, everything, rows
from tests.storage.rows import at, load, row


@pytest.fixture
def projection() -> Iterator[Projection]:
    opened = Projection(None, ZONE)
    yield opened
    opened.close()


def call(source_id: str, day: float, **values: Any) -> Row:
    return row(source_id, 9, **{"occurred_at": at(day), "kind": "call", "direction": "outbound", **values})


def told(projection: Projection, table: str, *fields: str) -> dict[int, list[Any]]:
    found = rows(projection, f"{table}__milestone", "key", *fields)
    return {key: list(values) for key, *values in found}


def naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


def test_a_lead_knows_its_first_call_and_how_long_it_waited(truth: Truth, projection: Projection) -> None:
    load(truth, "lead", [row("l1", 0, received_at=at(1)), row("l2", 0, received_at=at(1))])
    calls = [
        call("inbound", 1.2, lead=1, direction="inbound"),
        call("before it came", 0.5, lead=1),
        call("half a day later", 1.5, lead=1),
        call("a day later", 2, lead=1, outcome="person"),
    ]
    load(truth, "activity", calls)
    projection.refresh(truth)
    fields = ("first_touch_at", "first_call_at", "first_call_seconds", "connected_at", "connected_at__day")
    half_a_day = 12 * 60 * 60
    first = naive(at(0.5))
    assert told(projection, "lead", *fields) == {
        1: [first, first, half_a_day, naive(at(2)), date(2026, 10, 3)]
    }


def test_nothing_known_is_not_zero(truth: Truth, projection: Projection) -> None:
    load(truth, "account", [row("never called", 0), row("called", 0)])
    load(truth, "activity", [call("c1", 1, account=2, outcome="reception")])
    projection.refresh(truth)
    assert told(projection, "account", "executive_met", "orders", "last_visit_at") == {2: [False, None, None]}


def test_counts_sums_and_distinct_people(truth: Truth, projection: Projection) -> None:
    load(truth, "deal", [row("d1", 0)])
    load(truth, "order", [row("o1", 0, account=1, amount=100), row("o2", 0, account=1, amount=50)])
    load(truth, "account", [row("a1", 0)])
    load(truth, "activity", [call(f"c{n}", n, deal=1, contact=who) for n, who in enumerate([7, 7, 8, None])])
    load(truth, "invoice", [row("i1", 0, order=1, paid_amount=60), row("i2", 0, order=1, paid_amount=40)])
    projection.refresh(truth)
    assert told(projection, "deal", "contacts_met", "stage_changes") == {1: [2, None]}
    assert told(projection, "account", "orders", "lifetime_amount") == {1: [2, 150.0]}
    assert told(projection, "order", "paid_amount") == {1: [100.0]}


def test_both_the_old_and_the_new_parent_follow_a_moved_row(truth: Truth, projection: Projection) -> None:
    load(truth, "account", [row("a1", 0), row("a2", 0)])
    load(truth, "order", [row("o1", 0, account=1, amount=100), row("o2", 0, account=1, amount=50)])
    projection.refresh(truth)
    load(truth, "order", [row("o1", 2, account=2, amount=100)])
    projection.refresh(truth)
    assert told(projection, "account", "orders", "lifetime_amount") == {1: [1, 50.0], 2: [1, 100.0]}
    load(truth, "order", [row("o2", 3, deleted=True)])
    projection.refresh(truth)
    assert told(projection, "account", "orders") == {2: [1]}


def test_a_contact_who_is_promoted_changes_what_was_met(truth: Truth, projection: Projection) -> None:
    load(truth, "account", [row("a1", 0)])
    load(truth, "contact", [row("c1", 0, account=1, role_level="staff")])
    load(truth, "activity", [call("x", 1, account=1, contact=1, outcome="person")])
    projection.refresh(truth)
    before = told(projection, "account", "executive_met")
    load(truth, "contact", [row("c1", 2, account=1, role_level="executive")])
    projection.refresh(truth)
    assert (before, told(projection, "account", "executive_met")) == ({1: [False]}, {1: [True]})


def test_a_parent_that_changes_or_goes_is_told_anew(truth: Truth, projection: Projection) -> None:
    load(truth, "lead", [row("l1", 0, received_at=at(1)), row("l2", 0, received_at=at(1))])
    load(truth, "activity", [call("c1", 2, lead=1), call("c2", 2, lead=2)])
    projection.refresh(truth)
    load(truth, "lead", [row("l1", 3, received_at=at(1.5)), row("l2", 3, deleted=True)])
    projection.refresh(truth)
    assert told(projection, "lead", "first_call_seconds") == {1: [12 * 60 * 60]}
    held = everything(projection)
    projection.rebuild(truth)
    assert everything(projection) == held


def test_an_observation_stands_until_the_next_of_its_kind(truth: Truth, projection: Projection) -> None:
    def seen(source_id: str, day: int, network: str) -> Row:
        return row(source_id, 0, network=network, profile="aoi", on=date(2026, 10, day), followers=100)

    load(truth, "follower_count", [seen("x1", 1, "X"), seen("x3", 20, "X"), seen("f1", 5, "Facebook")])
    projection.refresh(truth)
    assert told(projection, "follower_count", "next_on") == {1: [date(2026, 10, 20)], 2: [None], 3: [None]}
    load(truth, "follower_count", [seen("x2", 9, "X")])
    projection.refresh(truth)
    assert told(projection, "follower_count", "next_on")[1] == [date(2026, 10, 9)]
    load(truth, "follower_count", [row("x2", 2, deleted=True)])
    projection.refresh(truth)
    assert told(projection, "follower_count", "next_on")[1] == [date(2026, 10, 20)]
    held = everything(projection)
    projection.rebuild(truth)
    assert everything(projection) == held


def test_an_appointment_before_nurturing_is_not_its_fruit(truth: Truth, projection: Projection) -> None:
    load(truth, "lead", [row("l1", 0, received_at=at(1), nurture_started_at=at(5)), row("l2", 0)])
    load(truth, "appointment", [row("a1", 3, lead=1, set_at=at(3)), row("a2", 3, lead=2, set_at=at(3))])
    projection.refresh(truth)
    assert told(projection, "lead", "nurtured_appointment_at", "appointment_at") == {
        1: [None, naive(at(3))],
        2: [None, naive(at(3))],
    }
    load(truth, "appointment", [row("a3", 9, lead=1, set_at=at(8))])
    load(truth, "lead", [row("l2", 9, nurture_started_at=at(2))])
    projection.refresh(truth)
    assert told(projection, "lead", "nurtured_appointment_at") == {1: [naive(at(8))], 2: [naive(at(3))]}


def test_what_new_rows_tell_is_added_and_what_goes_is_told_anew(truth: Truth, projection: Projection) -> None:
    load(truth, "lead", [row("l1", 0, received_at=at(1))])
    load(truth, "account", [row("a1", 0)])
    load(truth, "contact", [row("boss", 0, role_level="executive")])
    about = {"lead": 1, "account": 1}
    load(truth, "activity", [call("first", 4, **about, outcome="person")])

    def now() -> tuple[list[Any], list[Any]]:
        projection.refresh(truth)
        followed = everything(projection)
        projection.rebuild(truth)
        assert everything(projection) == followed
        [lead] = told(projection, "lead", "first_call_at", "first_call_seconds", "connected_at").values()
        [account] = told(projection, "account", "last_touch_at", "last_visit_at", "executive_met").values()
        return lead, account

    day = 24 * 60 * 60
    assert now() == ([naive(at(4)), 3 * day, naive(at(4))], [naive(at(4)), None, False])
    late = call("late", 2, **about, contact=1, kind="visit")
    load(truth, "activity", [late, call("before that", 3, **about)])
    assert now() == ([naive(at(3)), 2 * day, naive(at(4))], [naive(at(4)), naive(at(2)), True])
    load(truth, "activity", [row("before that", 10, deleted=True), call("newest", 6, **about)])
    assert now() == ([naive(at(4)), 3 * day, naive(at(4))], [naive(at(6)), naive(at(2)), True])
    load(truth, "activity", [row("newest", 11, deleted=True), row("late", 11, deleted=True)])
    assert now() == ([naive(at(4)), 3 * day, naive(at(4))], [naive(at(4)), None, False])
    load(truth, "activity", [row("late", 12, **late.values)])
    assert now() == ([naive(at(4)), 3 * day, naive(at(4))], [naive(at(4)), naive(at(2)), True])


def test_a_parent_that_comes_after_its_rows_is_told_by_all_of_them(
    truth: Truth, projection: Projection
) -> None:
    load(truth, "activity", [call("c1", 2, lead=1), call("c2", 3, lead=1)])
    projection.refresh(truth)
    load(truth, "lead", [row("l1", 5, received_at=at(1))])
    load(truth, "activity", [call("c3", 4, lead=1)])
    projection.refresh(truth)
    assert told(projection, "lead", "first_touch_at") == {1: [naive(at(2))]}
