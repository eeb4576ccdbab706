"""Statements that belong together read one state of the rows."""

from __future__ import annotations

from pathlib import Path

import sqlglot

from tests.metrics.rows import LEARNT, projected, write

_COUNT = sqlglot.parse_one('SELECT count(*) AS n FROM "main"."activity"', dialect="duckdb")
_ROWS = sqlglot.parse_one('SELECT "key" FROM "main"."activity"', dialect="duckdb")


def test_what_is_written_meanwhile_is_not_read(tmp_path: Path) -> None:
    call = {"kind": "call", "occurred_at": "2026-10-05 10:00"}
    truth, projection = projected(tmp_path, {"activity": [{"id": "a", **call}]})
    with projection.reading() as source:
        before = source.arrow(_COUNT).to_pylist()
        with truth.importing("test", "more", LEARNT) as an_import:
            write(an_import, {"activity": [{"id": "b", **call}]})
        projection.refresh(truth)
        assert source.arrow(_COUNT).to_pylist() == before == [{"n": 1}]
        assert sum(batch.num_rows for batch in source.batches(_ROWS)) == 1
    with projection.reading() as source:
        assert source.arrow(_COUNT).to_pylist() == [{"n": 2}]
    projection.close()
    truth.close()
