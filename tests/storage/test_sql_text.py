"""Our own writing of statements says, to the letter, what sqlglot's says; the rest is left to sqlglot."""

from __future__ import annotations

from datetime import date

import pytest
import sqlglot
import sqlglot.expressions as exp

from hakari.metrics.components import parts_of
from hakari.metrics.loader import built_in
from hakari.metrics.plan import passes_for, statement
from hakari.metrics.query import Query, basis_of, cut_of
from hakari.storage.sql_text import duckdb_sql
from hakari.units.period import Period

_PERIOD = Period(date(2026, 1, 1), date(2026, 4, 1))
_COUNTED = [one for one in built_in().measures.values() if one.kind in ("count", "rate", "sum", "quantile")]


@pytest.mark.parametrize("by", [(), ("month",), ("quarter",)])
def test_every_statement_of_the_catalogue_is_written_as_sqlglot_writes_it(by: tuple[str, ...]) -> None:
    written = 0
    for measure in _COUNTED:
        query = Query((measure.id,), _PERIOD, date(2026, 3, 3), by)
        cut = cut_of(query, built_in())
        for one in passes_for(parts_of(measure, basis_of(query, measure)).all()):
            tree = statement(one, query, cut, _PERIOD, "main", 4)
            assert duckdb_sql(tree) == tree.sql("duckdb")
            written += 1
    assert written > 50


@pytest.mark.parametrize(
    "text",
    [
        """SELECT a."b""c" FROM "t" AS a ORDER BY 1 LIMIT 3""",
        "SELECT COUNT(DISTINCT x) FROM (SELECT 1 AS x UNION ALL SELECT 2) AS q",
        "SELECT CASE x WHEN 1 THEN 7 END, SUM(y) OVER (PARTITION BY x) FROM t INNER JOIN u ON t.k = u.k",
        "SELECT * EXCLUDE (a), CAST(x AS DECIMAL(10, 2)) FROM t WHERE x IN (SELECT k FROM u) GROUP BY ALL",
        "WITH RECURSIVE c AS (SELECT 1) SELECT t.* FROM c HAVING TRUE",
    ],
)
def test_what_it_does_not_know_is_left_to_sqlglot(text: str) -> None:
    tree = sqlglot.parse_one(text, dialect="duckdb")
    assert isinstance(tree, exp.Expr)
    assert duckdb_sql(tree) == tree.sql("duckdb")
