"""Statements that belong together read one state of the rows."""

from __future__ import annotations

from pathlib import Path

import sqlglot
import sqlglot.expressions as exp

from tests.metrics.rows import LEARNT, projected, write

_ACTIVITY = exp.table_("activity", db="main", quoted=True)
_COUNT = sqlglot.select(exp.alias_(exp.Count(this=exp.Star()), "n")).from_(_ACTIVITY)
_ROWS = sqlglot.select(exp.column("key", quoted=True)).from_(_ACTIVITY)


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
