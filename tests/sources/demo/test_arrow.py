"""The demo as columns: laid out as the projection is, the same rows as the small demo, flat in memory."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from datetime import UTC, datetime

import duckdb
import pyarrow as pa
import pytest

from hakari.canonical.milestones import MILESTONES
from hakari.sources.demo import arrow
from hakari.sources.demo.arrow import BENCHMARK_TABLES, record_batch
from hakari.sources.demo.records import TABLES_OF_A_BLOCK
from hakari.sources.demo.simulator import found, frames, simulate
from hakari.sources.demo.world import World
from hakari.storage.projection_tables import create_statements
from tests.sources.demo.told import TODAY


def test_batches_fit_the_projections_tables() -> None:
    """Every table of a block goes in as it is, and its references meet."""
    connection = duckdb.connect()
    for statement in create_statements(MILESTONES):
        connection.execute(statement)
    for table, batch in arrow.arrow_batches(World(), TODAY, 1, 8_000, TABLES_OF_A_BLOCK):
        columns = [name for name, *_ in connection.execute(f'DESCRIBE main."{table}"').fetchall()]
        assert batch.schema.names == columns
        connection.register("batch", pa.table(batch))
        connection.execute(f'INSERT INTO main."{table}" SELECT * FROM batch')
        connection.unregister("batch")
    lost = connection.execute(
        "SELECT count(*) FROM activity AS a LEFT JOIN deal AS d ON a.deal = d.key"
        " WHERE a.deal IS NOT NULL AND d.key IS NULL"
    ).fetchall()
    assert lost == [(0,)]
    wrong = "occurred_at__day <> CAST(occurred_at + INTERVAL 9 HOUR AS DATE)"
    assert connection.execute(f"SELECT count(*) FROM activity WHERE {wrong}").fetchall() == [(0,)]
    night = "received_at__day <> CAST(received_at + INTERVAL 9 HOUR AS DATE)"
    assert connection.execute(f"SELECT count(*) FROM lead WHERE {night}").fetchall() == [(0,)]
    connection.close()


def test_columns_and_rows_tell_the_same_company() -> None:
    company = found(World(), TODAY, 1, 1)
    last = {
        (batch.table, row.source_id): row.values
        for batch in simulate(World(), TODAY, 1, 0.05)
        for row in batch.rows
    }
    for frame in frames(company, [0.05], side=True):
        batch = record_batch(frame)
        for row in batch.to_pylist():
            values = last[frame.table, row["source_id"]]
            for name, value in values.items():
                shown = row[name]
                if isinstance(value, datetime):
                    shown = shown.replace(tzinfo=UTC)
                assert shown == (pytest.approx(value) if isinstance(value, float) else value), (
                    frame.table,
                    name,
                )


@pytest.mark.parametrize("wanted", [10_000, 150_000, 400_000])
def test_about_as_many_activities_as_asked_for(wanted: int) -> None:
    counted = Counter[str]()
    for table, batch in arrow.arrow_batches(World(), TODAY, 1, wanted):
        counted[table] += batch.num_rows
    assert counted["activity"] == pytest.approx(wanted, rel=0.06)
    assert set(BENCHMARK_TABLES) <= set(counted)


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow, "_MOST_VOLUME", 0.5)


def test_keys_run_on_over_blocks_and_seeds_repeat(small_blocks: None) -> None:
    first = list(arrow.arrow_batches(World(), TODAY, 5, 60_000))
    again = list(arrow.arrow_batches(World(), TODAY, 5, 60_000))
    assert all(a.equals(b) for (_, a), (_, b) in zip(first, again, strict=True))
    last_key: Counter[str] = Counter()
    for table, batch in first:
        keys = batch.column("key").to_pylist()
        assert keys == list(range(last_key[table] + 1, last_key[table] + batch.num_rows + 1))
        last_key[table] += batch.num_rows
    assert sum(table == "activity" for table, _ in first) == 3


def test_memory_does_not_grow_with_the_number_of_activities(small_blocks: None) -> None:
    # The first pass loads what is loaded once.
    _peak(20_000)
    one_block, ten_blocks = _peak(23_000), _peak(230_000)
    assert ten_blocks < 1.25 * one_block


def _peak(activities: int) -> int:
    """The most bytes held at once by arrays, Python's and Arrow's."""
    most = 0
    tracemalloc.start()
    for _, batch in arrow.arrow_batches(World(), TODAY, 1, activities):
        _, peak = tracemalloc.get_traced_memory()
        most = max(most, peak + pa.total_allocated_bytes())
        del batch
    tracemalloc.stop()
    return most
