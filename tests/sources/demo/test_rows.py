"""Rows of the demo hold together: every reference, every moment, every person's days at work."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hakari.canonical import TABLES
from hakari.canonical.schema import Kind
from hakari.sources.demo.simulator import found, frames, simulate
from hakari.sources.demo.timeline import Timeline
from hakari.sources.demo.world import World
from hakari.storage.encoding import Encoder
from hakari.storage.rows import Row
from tests.sources.demo.told import TODAY

TOKYO = ZoneInfo("Asia/Tokyo")
Rows = dict[str, list[Row]]
ROLES = {"marketing": 2, "partner_manager": 2, "manager": 3, "sdr": 5, "bdr": 3, "fs": 7, "cs": 2}
# Days that a person plans or agrees, and so may lie ahead.
PLANNED = {
    ("deal", "expected_close_on"),
    ("stage_change", "expected_close_on"),
    ("deal", "next_action_due"),
    ("appointment", "held_on"),
    ("contract", "starts_on"),
    ("contract", "ends_on"),
    ("contract", "onboarding_due_on"),
    ("forecast", "ends_on"),
    ("invoice", "due_on"),
    ("lead", "reapproach_on"),
    ("campaign", "ends_on"),
    ("target", "starts_on"),
    ("target", "ends_on"),
}


def rows_of(today: date, seed: int, scale: float = 1.0) -> Rows:
    found: Rows = {}
    for batch in simulate(World(), today, seed, scale):
        found.setdefault(batch.table, []).extend(batch.rows)
    return found


@pytest.fixture(scope="module")
def rows() -> Rows:
    return rows_of(TODAY, 1)


@pytest.fixture(scope="module", params=[TODAY, date(2026, 4, 1), date(2027, 1, 3)], ids=str)
def any_day(request: pytest.FixtureRequest) -> tuple[date, Rows]:
    today: date = request.param
    return today, rows_of(today, 2, 0.25)


def evening(today: date) -> datetime:
    return datetime(today.year, today.month, today.day, 9, tzinfo=UTC)


def values(rows: Rows, table: str, *names: str) -> Iterator[tuple[Any, ...]]:
    for row in rows[table]:
        yield tuple(row.values.get(name) for name in names)


def test_every_canonical_table_has_rows(rows: Rows) -> None:
    assert set(rows) == set(TABLES)


def test_the_default_world_is_as_big_as_a_first_look_needs(rows: Rows) -> None:
    counts = {table: len({row.source_id for row in some}) for table, some in rows.items()}
    assert 30_000 <= counts["activity"] <= 60_000
    assert (counts["account"], counts["target_member"]) == (1_500, 120)
    assert (counts["person"], counts["team"]) == (24, 4)
    roles = Counter({row.source_id: row.values["role"] for row in rows["person"]}.values())
    assert roles == {
        "marketing": 2,
        "partner_manager": 2,
        "manager": 3,
        "sdr": 4,
        "bdr": 3,
        "fs": 7,
        "cs": 2,
    } | {"sdr": 5}


def test_the_same_seed_and_day_give_the_same_rows(rows: Rows) -> None:
    assert rows_of(TODAY, 1) == rows


def test_another_seed_gives_other_rows(rows: Rows) -> None:
    assert rows_of(TODAY, 2)["activity"] != rows["activity"]


def test_ids_count_up_from_one_without_a_gap(any_day: tuple[date, Rows]) -> None:
    for table, some in any_day[1].items():
        ids = [source_id for source_id, _ in groupby(row.source_id for row in some)]
        assert ids == [f"{table}-{key}" for key in range(1, len(ids) + 1)]


def test_every_reference_points_at_a_row_of_an_earlier_batch() -> None:
    counts: Counter[str] = Counter()
    for batch in simulate(World(), TODAY, 3, 1.5):
        refs = [(field.name, field.ref) for field in TABLES[batch.table].fields if field.ref is not None]
        for row in batch.rows:
            for name, other in refs:
                key = row.values.get(name)
                assert key is None or 1 <= key <= counts[other], (row.source_id, name)
        counts[batch.table] += len({row.source_id for row in batch.rows})


def test_nothing_happens_after_today(any_day: tuple[date, Rows]) -> None:
    today, found = any_day
    for table, some in found.items():
        times = [
            field for field in TABLES[table].fields if field.is_time and (table, field.name) not in PLANNED
        ]
        for row in some:
            assert row.observed_at <= evening(today)
            for field in times:
                value = row.values.get(field.name)
                last = evening(today) if field.kind is Kind.INSTANT else today
                assert value is None or value <= last, (row.source_id, field.name, value)


def test_nothing_is_known_before_it_happened(any_day: tuple[date, Rows]) -> None:
    for table, some in any_day[1].items():
        moments = [field.name for field in TABLES[table].fields if field.kind is Kind.INSTANT]
        for row in some:
            for name in moments:
                assert row.values.get(name) is None or row.values[name] <= row.observed_at, (
                    row.source_id,
                    name,
                )


def test_versions_of_a_row_follow_each_other_in_time(any_day: tuple[date, Rows]) -> None:
    for some in any_day[1].values():
        for _, versions in groupby(some, key=lambda row: row.source_id):
            times = [row.observed_at for row in versions]
            assert times == sorted(set(times))


def test_nobody_works_on_days_off_or_out_of_hours(any_day: tuple[date, Rows]) -> None:
    today, found = any_day
    calendar = Timeline(World(), today).calendar
    days = {at.astimezone(TOKYO).date() for (at,) in values(found, "activity", "occurred_at")}
    assert all(calendar.is_business_day(day) for day in days)
    for (at,) in values(found, "activity", "occurred_at"):
        assert 9 <= at.astimezone(TOKYO).hour < 18
    closed = {day for (day,) in values(found, "deal", "closed_on") if day is not None}
    assert all(calendar.is_business_day(day) for day in closed)


def test_leads_come_at_night_too_but_are_called_by_day(rows: Rows) -> None:
    hours = Counter(at.astimezone(TOKYO).hour for (at,) in values(rows, "lead", "received_at"))
    assert sum(count for hour, count in hours.items() if hour >= 18) > 200


def test_nobody_acts_before_joining(any_day: tuple[date, Rows]) -> None:
    joined = {row.source_id: row.values["joined_on"] for row in any_day[1]["person"]}
    for table, moment in (("activity", "occurred_at"), ("lead", "received_at"), ("deal", "created_at")):
        for owner, at in values(any_day[1], table, "owner", moment):
            assert at.astimezone(TOKYO).date() >= joined[f"person-{owner}"]


def test_rows_fit_the_store(rows: Rows) -> None:
    for table, some in rows.items():
        encoder = Encoder(table)
        for row in some[:: max(1, len(some) // 300)]:
            encoder.stored(row.values)


def test_open_deals_stay_open_at_today(rows: Rows) -> None:
    last = {row.source_id: row for row in rows["deal"]}
    status = Counter(row.values["status"] for row in last.values())
    assert status["open"] > 60
    assert status["won"] > 250
    for row in last.values():
        assert (row.values["status"] == "open") == (row.values.get("closed_on") is None)


def test_a_deals_stage_changes_are_those_of_its_versions(rows: Rows) -> None:
    moves: Counter[int] = Counter()
    for number, (_, versions) in enumerate(groupby(rows["deal"], key=lambda row: row.source_id), start=1):
        stages = [row.values["stage"] for row in versions]
        moves[number] = sum(before != after for before, after in pairwise(stages))
    told = Counter(deal for (deal,) in values(rows, "stage_change", "deal"))
    assert told == +moves


def test_orders_are_the_deals_won(rows: Rows) -> None:
    last = {row.source_id: row.values for row in rows["deal"]}
    for deal, amount, day in values(rows, "order", "deal", "amount", "ordered_on"):
        found = last[f"deal-{deal}"]
        assert (found["status"], found["amount"], found["closed_on"]) == ("won", amount, day)
    assert len(rows["order"]) == sum(found["status"] == "won" for found in last.values())


def test_twice_the_scale_is_twice_the_company() -> None:
    small, big = counts_of(0.2), counts_of(2.0)
    assert (big["team"], big["person"]) == (7, 48)
    assert big["activity"] / small["activity"] == pytest.approx(10, rel=0.1)


def counts_of(scale: float) -> Counter[str]:
    company = found(World(), TODAY, 1, max(1, round(scale)))
    blocks = company.roster.crews
    counts: Counter[str] = Counter()
    for frame in frames(company, [scale / blocks] * blocks):
        counts[frame.table] += frame.size
    return counts


def test_the_default_world_is_made_in_a_moment() -> None:
    rows_of(TODAY, 1, 0.05)
    started = time.process_time()
    rows_of(TODAY, 1)
    # A quiet machine needs less than one second; a busy one must not fail.
    assert time.process_time() - started < 3.0


def test_history_reaches_back_six_finished_quarters(rows: Rows) -> None:
    first = min(at for (at,) in values(rows, "activity", "occurred_at"))
    assert first.astimezone(TOKYO).date() - date(2025, 4, 1) < timedelta(days=3)
