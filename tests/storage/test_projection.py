"""The columnar copy shows what the truth holds, follows it, and may be lost at any time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from hakari.storage import feed, projection_update
from hakari.storage.projection import Projection, Refreshed
from hakari.storage.truth import Truth
from tests.storage.columns import ZONE, everything, rows
from tests.storage.rows import at, load, row

DAY_AFTER = datetime(2026, 10, 1, 15, 0, tzinfo=UTC)  # midnight of 2 October in Tokyo


def plain(*parts: int) -> datetime:
    """A moment as the copy holds it: UTC, and so without a zone."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)  # type: ignore[misc,arg-type]


@pytest.fixture
def projection() -> Iterator[Projection]:
    opened = Projection(None, ZONE)
    yield opened
    opened.close()


def test_rows_arrive_with_their_types(truth: Truth, projection: Projection) -> None:
    said = row("d1", 1, name="案件", account=3, status="won", amount=1e15 + 1, probability=0.25, valid=False)
    said.values.update(created_at=DAY_AFTER, closed_on=date(1969, 12, 31))
    load(truth, "deal", [said])
    assert projection.refresh(truth) == Refreshed(True, 1, 1)
    with projection.cursor() as cursor:
        found = cursor.execute("SELECT * FROM main.deal").fetchone()
        described = cursor.execute("DESCRIBE main.deal").fetchall()
    assert found is not None
    kinds = {name: (kind, value) for (name, kind, *_), value in zip(described, found, strict=True)}
    assert kinds["key"] == ("INTEGER", 1)
    assert kinds["origin"] == ("VARCHAR", "crm")
    assert kinds["observed_at"] == ("TIMESTAMP", plain(2026, 10, 2))
    assert kinds["happened_at"] == ("TIMESTAMP", plain(2026, 10, 1, 15))
    assert kinds["created_at"] == ("TIMESTAMP", plain(2026, 10, 1, 15))
    assert kinds["created_at__day"] == ("DATE", date(2026, 10, 2))
    assert kinds["closed_on"] == ("DATE", date(1969, 12, 31))
    assert kinds["status"] == ("ENUM('open', 'won', 'lost', 'dormant')", "won")
    assert kinds["amount"] == ("DOUBLE", 1e15 + 1)
    assert (kinds["account"], kinds["valid"]) == (("INTEGER", 3), ("BOOLEAN", False))
    assert (kinds["stage"][1], kinds["qualified_at__day"][1]) == (None, None)


def test_the_day_of_a_moment_follows_the_company_through_its_clock_changes(truth: Truth) -> None:
    moments = [datetime(2026, 7, 1, 4, 30, tzinfo=UTC), datetime(2026, 12, 1, 4, 30, tzinfo=UTC)]
    load(truth, "deal", [row(f"d{number}", 0, created_at=each) for number, each in enumerate(moments)])
    new_york = Projection(None, "America/New_York")
    new_york.refresh(truth)
    assert rows(new_york, "deal", "source_id", "created_at__day") == [
        ("d0", date(2026, 7, 1)),
        ("d1", date(2026, 11, 30)),
    ]
    new_york.close()


def test_a_refresh_reads_only_what_was_touched(truth: Truth, projection: Projection) -> None:
    load(truth, "deal", [row(f"d{number}", 0, stage="提案") for number in range(50)])
    projection.refresh(truth)
    load(truth, "deal", [row("d7", 2, stage="受注"), row("new", 2)])
    assert projection.refresh(truth) == Refreshed(False, 2, 3)  # d7 now, d7 before, and the new one
    assert projection.refresh(truth) == Refreshed(False, 2, 0)
    assert rows(projection, "deal__past", "source_id", "stage", "until_at") == [
        ("d7", "提案", plain(2026, 10, 3))
    ]


def test_no_row_is_lost_where_one_batch_ends(
    truth: Truth, projection: Projection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "_AT_ONCE", 2)
    monkeypatch.setattr(feed, "BATCH", 4)
    load(truth, "activity", [row(f"a{number}", 0) for number in range(11)])
    assert projection.refresh(truth).rows == 11
    assert len(rows(projection, "activity", "key")) == 11


def test_who_reads_during_a_refresh_sees_the_state_before_or_after(
    truth: Truth, projection: Projection
) -> None:
    projection.refresh(truth)
    with ThreadPoolExecutor(1) as pool:
        done = threading.Event()
        reading = pool.submit(_counts_until, projection, done)
        for number in range(6):
            load(truth, "deal", [row(f"{number}-{each}", 0) for each in range(10)])
            projection.refresh(truth)
        projection.rebuild(truth)
        done.set()
    assert {count % 10 for count in reading.result()} == {0}


def _counts_until(projection: Projection, done: threading.Event) -> list[int]:
    counts = []
    while not done.is_set():
        counts.append(len(rows(projection, "deal", "key")))
    return counts


def test_deleted_and_undone_rows_leave_the_copy(truth: Truth, projection: Projection) -> None:
    load(truth, "deal", [row("d1", 0), row("d2", 0)])
    run, _ = load(truth, "order", [row("o1", 0)])
    projection.refresh(truth)
    load(truth, "deal", [row("d1", 1, deleted=True)])
    truth.undo(run, at(2))
    projection.refresh(truth)
    assert rows(projection, "deal", "source_id") == [("d2",)]
    assert rows(projection, "deal__past", "source_id") == [("d1",)]
    assert rows(projection, "order") == []


def test_activities_lie_by_month_then_by_rep(truth: Truth, projection: Projection) -> None:
    given = [(45, 1), (5, 2), (1, 2), (5, 1), (46, 2), (1, 1)]
    load(truth, "activity", [row(f"{d}/{who}", 60, occurred_at=at(d), owner=who) for d, who in given])
    projection.refresh(truth)
    with projection.cursor() as cursor:
        found = cursor.execute("SELECT date_trunc('month', occurred_at__day), owner FROM main.activity")
        assert (rows := found.fetchall()) == sorted(rows)


def test_rows_are_named_as_people_name_them(truth: Truth, projection: Projection) -> None:
    load(
        truth,
        "contact",
        [row("c1", 0, name="田中", email="t@x.jp"), row("c2", 0, title="課長", email="u@x.jp")],
    )
    load(truth, "activity", [row("call-7", 0, subject="お礼"), row("call-8", 0)])
    projection.refresh(truth)
    assert projection.names("contact") == {1: "田中", 2: "u@x.jp"}
    assert projection.names("activity") == {1: "お礼", 2: "call-8"}


def test_a_copy_that_was_deleted_is_built_again_the_same(truth: Truth, tmp_path: Path) -> None:
    path = tmp_path / "home" / "projection.duckdb"
    load(truth, "deal", [row("d1", 0, stage="提案", lead=1)])
    load(truth, "deal", [row("d1", 3, stage="受注", lead=1, status="won", closed_on=date(2026, 10, 4))])
    load(truth, "lead", [row("l1", 0, received_at=at(0))])
    first = Projection(path, ZONE)
    first.refresh(truth)
    held = everything(first)
    first.close()
    path.unlink()
    second = Projection(path, ZONE)
    assert second.refresh(truth).full
    assert everything(second) == held
    second.close()


@pytest.mark.parametrize("way", ["garbage", "half", "flipped", "other shape", "other zone"])
def test_a_copy_that_cannot_be_used_is_built_again(
    truth: Truth, tmp_path: Path, way: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "projection.duckdb"
    load(truth, "deal", [row("d1", 0)])
    first = Projection(path, ZONE)
    first.refresh(truth)
    if way == "other shape":
        with first.cursor() as cursor:
            cursor.execute("UPDATE main.hakari_meta SET value = 'older' WHERE name = 'shape'")
    first.close()
    if way == "garbage":
        path.write_bytes(b"not a database" * 1000)
    if way == "flipped":
        content = bytearray(path.read_bytes())
        content[12_288:] = bytes(byte ^ 0xFF for byte in content[12_288:])
        path.write_bytes(content)
    if way == "half":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with caplog.at_level(logging.WARNING):
        second = Projection(path, "UTC" if way == "other zone" else ZONE)
        assert second.refresh(truth).full
    assert "made anew" in caplog.text
    assert rows(second, "deal", "source_id") == [("d1",)]
    second.close()


def test_a_copy_of_another_store_is_not_taken_for_this_one(
    new_truth: Callable[[], Truth], projection: Projection
) -> None:
    one, other = new_truth(), new_truth()
    load(one, "deal", [row("d1", 0)])
    load(other, "deal", [row("d2", 0)])
    projection.refresh(one)
    assert one.last_change() == other.last_change()
    assert projection.refresh(other).full
    assert rows(projection, "deal", "source_id") == [("d2",)]


def test_a_copy_that_breaks_while_in_use_is_built_again(
    truth: Truth, projection: Projection, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(truth, "deal", [row("d1", 0)])
    projection.refresh(truth)
    load(truth, "deal", [row("d2", 0)])

    def broken(update: object, change: int) -> None:
        raise duckdb.FatalException("database has been invalidated")

    monkeypatch.setattr(projection_update.Update, "since", broken)
    assert projection.refresh(truth).full
    assert rows(projection, "deal", "source_id") == [("d1",), ("d2",)]


def test_the_copy_reaches_nothing_outside_itself(projection: Projection, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    with projection.cursor() as cursor:
        with pytest.raises(duckdb.Error, match="disabled"):
            cursor.execute(f"SELECT * FROM read_csv('{tmp_path}/secret.csv')")
        with pytest.raises(duckdb.Error, match="locked"):
            cursor.execute("SET enable_external_access = true")
        said = cursor.execute(
            "SELECT current_setting('autoinstall_known_extensions'),"
            " current_setting('autoload_known_extensions')"
        ).fetchone()
    assert said == (False, False)


def test_only_what_a_change_touched_stands_otherwise(truth: Truth, projection: Projection) -> None:
    load(truth, "lead", [row("l1", 0), row("l2", 0)])
    load(truth, "deal", [row("d1", 0, lead=1)])
    projection.refresh(truth)
    names = ("lead", "deal", "activity", "lead__milestone", "deal__milestone")

    def now() -> dict[str, object]:
        return {name: projection.states([name]) for name in names}

    before, sizes = now(), (projection.size("lead"), projection.size("activity"))
    load(truth, "activity", [row("a1", 1, lead=2, occurred_at=at(1))])
    projection.refresh(truth)
    after = now()
    assert {name for name in names if after[name] != before[name]} == {"activity", "lead__milestone"}
    assert (sizes, projection.size("lead"), projection.size("activity")) == ((2, 0), 2, 1)
    projection.rebuild(truth)
    assert all(now()[name] not in (before[name], after[name]) for name in names)
