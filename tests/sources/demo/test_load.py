"""Loaded into a store, the demo answers as it was simulated, also where others had come before."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa

from hakari.config import PROFILE, profile_from
from hakari.sources.demo.load import COMPANY, load_demo
from hakari.sources.demo.simulator import simulate
from hakari.sources.demo.world import World
from hakari.storage.rows import Row
from hakari.storage.schema.tables import CANONICAL
from hakari.storage.truth import Truth
from tests.sources.demo.told import TODAY

SCALE = 0.05
EVENING = datetime(2026, 11, 20, 9, tzinfo=UTC)


def current(truth: Truth, table: str, *names: str) -> list[tuple[object, ...]]:
    columns = CANONICAL[table].c
    statement = sa.select(columns.source_id, *(columns[name] for name in names)).where(
        columns.until_at.is_(None), columns.origin == "demo"
    )
    with truth.database.reading() as connection:
        return [tuple(row) for row in connection.execute(statement)]


def test_every_row_arrives_and_the_run_adds_up(tmp_path: Path) -> None:
    truth = Truth.open(tmp_path / "truth.sqlite3")
    told: list[str] = []
    load_demo(truth, TODAY, seed=1, scale=SCALE, progress=told.append)
    expected: dict[str, set[str]] = {}
    for batch in simulate(World(), TODAY, 1, SCALE):
        expected.setdefault(batch.table, set()).update(row.source_id for row in batch.rows)
    counts = {table: count for table, count in truth.counts().items() if count}
    assert counts == {table: len(ids) for table, ids in expected.items()}
    (run,) = truth.runs()
    assert run.adds_up
    assert (run.source, run.rejected, run.started_at) == ("demo", 0, EVENING)
    assert len(told) == len(set(told))
    assert {"lead", "deal", "activity", "target"} <= set(told)
    truth.close()


def test_the_company_has_a_profile_that_says_it_is_invented(tmp_path: Path) -> None:
    truth = Truth.open(tmp_path / "truth.sqlite3")
    load_demo(truth, TODAY, seed=1, scale=SCALE)
    profile = profile_from(truth.get_setting(PROFILE))
    assert (profile.name, profile.demo, profile.fiscal_start_month) == (COMPANY, True, 4)
    truth.close()


def test_references_hold_where_keys_were_given_out_before(tmp_path: Path) -> None:
    truth = Truth.open(tmp_path / "truth.sqlite3")
    with truth.importing("file", "accounts", EVENING) as earlier:
        earlier.history(
            "account", [Row(f"a{number}", {"name": f"社 {number}"}, EVENING) for number in range(3)]
        )
        earlier.history("person", [Row("p", {"name": "誰か"}, EVENING)])
    load_demo(truth, TODAY, seed=1, scale=SCALE)
    names = {key: row for row, key in keys(truth, "account").items()}
    people = {key: row for row, key in keys(truth, "person").items()}
    expected = {
        row.source_id: (f"account-{row.values['account']}", f"person-{row.values['owner']}")
        for batch in simulate(World(), TODAY, 1, SCALE)
        if batch.table == "deal"
        for row in batch.rows
    }
    found = {
        str(source_id): (names[account], people[owner])
        for source_id, account, owner in current(truth, "deal", "account", "owner")
    }
    assert found == expected
    truth.close()


def keys(truth: Truth, table: str) -> dict[str, object]:
    return {str(source_id): key for source_id, key in current(truth, table, "key")}


def test_what_was_known_earlier_can_be_asked_for(tmp_path: Path) -> None:
    """Deals keep a version for each change, each valid until the next."""
    truth = Truth.open(tmp_path / "truth.sqlite3")
    load_demo(truth, TODAY, seed=1, scale=SCALE)
    columns = CANONICAL["deal"].c
    statement = sa.select(columns.key, columns.status, columns.observed_at, columns.until_at)
    with truth.database.reading() as connection:
        versions = [
            tuple(row) for row in connection.execute(statement.order_by(columns.key, columns.observed_at))
        ]
    per_deal = Counter(key for key, *_ in versions)
    assert max(per_deal.values()) >= 5
    for earlier, later in pairwise(versions):
        if earlier[0] == later[0]:
            assert earlier[3] == later[2]
            assert earlier[1] == "open"
        else:
            assert earlier[3] is None
    truth.close()


def test_a_load_that_fails_leaves_nothing(tmp_path: Path) -> None:
    truth = Truth.open(tmp_path / "truth.sqlite3")

    def stop(table: str) -> None:
        if table == "deal":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_demo(truth, TODAY, seed=1, scale=SCALE, progress=stop)
    assert sum(truth.counts().values()) == 0
    assert truth.get_setting(PROFILE) is None
    truth.close()
