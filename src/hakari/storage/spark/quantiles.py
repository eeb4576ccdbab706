"""Quantiles in Spark's words, equal to DuckDB's in the last digit.

Both interpolate between two neighbours, lo × (1 − d) + hi × d. DuckDB rounds once where the first product is
added (a fused multiply-add), Spark's `percentile` twice; a median of minutes would then differ now and then
in its sixteenth digit. So the product's rounding error is worked out, by Dekker's splitting, and added.
"""

from __future__ import annotations

from functools import lru_cache

import sqlglot
import sqlglot.expressions as exp

_SPLIT = 134217729  # 2^27 + 1: cuts a double into two halves whose products are exact


def quantile(call: exp.Anonymous, where: exp.Expr | None) -> exp.Expr:
    """`quantile_cont(value, share)` over the rows that fulfil `where`, or over all."""
    value, share = call.expressions
    gathered: exp.Expr = exp.Anonymous(this="collect_list", expressions=[value])
    if where is not None:
        gathered = exp.Filter(this=gathered, expression=where)
    parts = {"gathered": gathered, "share": share}
    said = _template().copy()
    for place in list(said.find_all(exp.Placeholder)):
        place.replace(parts[place.name])
    said.type = exp.DataType.build("DOUBLE")
    return said


def _let(name: str, value: str, body: str) -> str:
    """Spark has no `let`; a list of one element has."""
    return f"get(transform(array({value}), {name} -> {body}), 0)"


@lru_cache(maxsize=1)
def _template() -> exp.Expr:
    error = "((x.a1 * x.b1 - x.p) + x.a1 * x.b2 + x.a2 * x.b1) + x.a2 * x.b2"
    rounded_once = _let(
        "s",
        "named_struct('sum', x.p + x.c, 'back', x.p + x.c - x.p)",
        f"s.sum + (((x.p - (s.sum - s.back)) + (x.c - s.back)) + ({error}))",
    )
    halves = (
        "named_struct('p', y.a * y.b, 'c', y.c, 'a1', y.a1, 'a2', y.a - y.a1, 'b1', y.b1, 'b2', y.b - y.b1)"
    )
    cut = (
        "named_struct('a', n.lo, 'b', 1D - n.d, 'c', n.hi * n.d,"
        f" 'a1', n.lo * {_SPLIT}D - (n.lo * {_SPLIT}D - n.lo),"
        f" 'b1', (1D - n.d) * {_SPLIT}D - ((1D - n.d) * {_SPLIT}D - (1D - n.d)))"
    )
    neighbours = (
        "named_struct('lo', get(v, CAST(floor(r) AS INT)),"
        " 'hi', get(v, CAST(ceil(r) AS INT)), 'd', r - floor(r))"
    )
    between = _let("y", cut, _let("x", halves, rounded_once))
    found = _let("n", neighbours, f"CASE WHEN n.d = 0D THEN n.lo ELSE {between} END")
    ranked = _let("r", "(size(v) - 1) * CAST(:share AS DOUBLE)", found)
    text = _let("v", "array_sort(:gathered)", ranked)
    return sqlglot.parse_one(text, dialect="spark")
