"""Says a select of the engine, which means what DuckDB means by it, in Spark's words.

Types come from the tables, not from names: a day minus a day is a number of days in DuckDB and an interval
in Spark, and only the types tell it from a number minus a number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sqlglot.expressions as exp
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.schema import MappingSchema

from hakari.errors import EngineNotReadyError
from hakari.storage.spark.quantiles import quantile

_TYPE = exp.DType
_WHOLE = (
    *(_TYPE.BOOLEAN, _TYPE.TINYINT, _TYPE.SMALLINT, _TYPE.INT, _TYPE.BIGINT, _TYPE.INT128),
    *(_TYPE.UTINYINT, _TYPE.USMALLINT, _TYPE.UINT, _TYPE.UBIGINT, _TYPE.UINT128),
)
_UNSIGNED = (_TYPE.UTINYINT, _TYPE.USMALLINT, _TYPE.UINT, _TYPE.UBIGINT, _TYPE.INT128, _TYPE.UINT128)
_TRUNCATED = {"week": "WEEK", "month": "MM", "quarter": "QUARTER", "year": "YEAR"}
Columns = Mapping[str, Mapping[str, str]]


def view_of(schema: str, table: str) -> str:
    """Spark's views live in no schema: theirs becomes part of the name."""
    return f"{schema}__{table}"


class SparkText:
    """Renders selects over tables with these columns, whose types are DuckDB's."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def of(self, select: exp.Select, *, pretty: bool = False) -> str:
        read: dict[str, dict[str, dict[str, str]]] = {}
        for schema, table in self.tables_of(select):
            read.setdefault(schema, {})[table] = dict(self._columns[table])
        known = MappingSchema(dict(read), dialect="duckdb")
        tree = annotate_types(select.copy(), schema=known, dialect="duckdb")
        # Inner parts first: what a part means may hang on what it is made of.
        for node in reversed(list(tree.walk(bfs=False))):
            rewrite = _REWRITES.get(type(node))
            if rewrite is None:
                continue
            said = rewrite(node)
            if said is not node:
                said.type = said.type or node.type
                node.replace(said)
        return tree.sql("spark", pretty=pretty)

    def tables_of(self, select: exp.Select) -> set[tuple[str, str]]:
        """Schema and name of every table the select reads."""
        return {(table.db, table.name) for table in select.find_all(exp.Table) if table.db}


def _kind(node: exp.Expr | None) -> exp.DType | None:
    while isinstance(node, exp.Paren):
        node = node.this
    found = node.type if node is not None else None
    return found.this if isinstance(found, exp.DataType) else None


def _table(node: exp.Table) -> exp.Expr:
    if not node.db:
        return node
    named = exp.to_identifier(view_of(node.db, node.name), quoted=True)
    return exp.Table(this=named, alias=node.args.get("alias"))


def _minus(node: exp.Sub) -> exp.Expr:
    later, earlier = node.this, node.expression
    if _kind(later) is not _TYPE.DATE:
        return node
    if _kind(earlier) is _TYPE.DATE:
        days = exp.Anonymous(this="datediff", expressions=[later, earlier])
        days.type = exp.DataType.build("BIGINT")
        return days
    if isinstance(earlier, exp.Anonymous) and earlier.name.lower() == "to_months":
        back = exp.Neg(this=exp.paren(earlier.expressions[0]))
        return _typed(exp.Anonymous(this="add_months", expressions=[later, back]), "DATE")
    return _typed(exp.Anonymous(this="date_sub", expressions=[later, earlier]), "DATE")


def _plus(node: exp.Add) -> exp.Expr:
    for day, days in ((node.this, node.expression), (node.expression, node.this)):
        if _kind(day) is _TYPE.DATE:
            if isinstance(days, exp.Anonymous) and days.name.lower() == "to_months":
                return _typed(
                    exp.Anonymous(this="add_months", expressions=[day, days.expressions[0]]), "DATE"
                )
            return _typed(exp.Anonymous(this="date_add", expressions=[day, days]), "DATE")
    return node


def _typed(node: exp.Expr, kind: str) -> exp.Expr:
    node.type = exp.DataType.build(kind)
    return node


def _div(node: exp.Div) -> exp.Expr:
    """A quotient is a fraction in both; Spark alone would make a decimal of two decimals."""
    return exp.Div(this=_double(node.this), expression=_double(node.expression))


def _double(node: exp.Expr) -> exp.Expr:
    if _kind(node) is _TYPE.DOUBLE:
        return node
    return _typed(exp.cast(node, "DOUBLE"), "DOUBLE")


def _whole_div(node: exp.IntDiv) -> exp.Expr:
    """DuckDB rounds down, Spark's `div` towards zero: take the rest off first."""
    over, by = node.this, node.expression
    rest = exp.Anonymous(this="pmod", expressions=[over.copy(), by.copy()])
    even = exp.paren(exp.Sub(this=exp.paren(over.copy()), expression=rest))
    return _typed(exp.IntDiv(this=even, expression=by.copy()), "BIGINT")


def _cast(node: exp.Cast) -> exp.Expr:
    """Spark knows no unsigned numbers."""
    if node.to.this in _UNSIGNED:
        return _typed(exp.cast(node.this, "BIGINT"), "BIGINT")
    if node.to.this is _TYPE.TIMESTAMP:
        return _typed(exp.cast(node.this, exp.DataType.build("TIMESTAMPNTZ")), "TIMESTAMP")
    return node


def _literal(node: exp.Literal) -> exp.Expr:
    """A fraction is a decimal in Spark, and decimals are reckoned with otherwise."""
    if node.is_string or node.is_int or isinstance(node.parent, exp.Cast):
        return node
    return _typed(exp.cast(node.copy(), "DOUBLE"), "DOUBLE")


def _order(node: exp.Order) -> exp.Expr:
    """Unknown comes last, whichever way."""
    for one in list(node.expressions):
        ordered = one if isinstance(one, exp.Ordered) else exp.Ordered(this=one.copy())
        ordered.set("nulls_first", bool(ordered.args.get("nulls_first")))
        if ordered is not one:
            one.replace(ordered)
    return node


def _filter(node: exp.Filter) -> exp.Expr:
    inner = node.this
    if isinstance(inner, exp.Anonymous) and inner.name.lower() == "quantile_cont":
        return quantile(inner, node.expression)
    return node


def _call(node: exp.Anonymous) -> exp.Expr:
    name = node.name.lower()
    if name == "quantile_cont":
        return node if isinstance(node.parent, exp.Filter) else quantile(node, None)
    said = _CALLS.get(name)
    if said is None:
        raise EngineNotReadyError(
            f"Spark is not told how to compute {name}", "count with the engine duckdb, and report this figure"
        )
    return said(node.expressions)


def _truncated(parts: list[exp.Expr]) -> exp.Expr:
    unit = exp.Literal.string(_TRUNCATED[parts[0].name.lower()])
    return _typed(exp.Anonymous(this="trunc", expressions=[parts[1], unit]), "DATE")


def _micros(parts: list[exp.Expr]) -> exp.Expr:
    """Days and moments without a zone are read in the session's zone, which is UTC."""
    moment = exp.cast(parts[0], exp.DataType.build("TIMESTAMPLTZ"))
    return _typed(exp.Anonymous(this="unix_micros", expressions=[moment]), "BIGINT")


def _at_zone(parts: list[exp.Expr]) -> exp.Expr:
    """A moment in UTC gets its zone, and then shows the clock of another zone as if that were UTC's."""
    if parts[0].name == "UTC":
        return exp.cast(parts[1], exp.DataType.build("TIMESTAMPLTZ"))
    return exp.Anonymous(this="from_utc_timestamp", expressions=[parts[1], parts[0]])


def _renamed(name: str) -> Callable[[list[exp.Expr]], exp.Expr]:
    return lambda parts: exp.Anonymous(this=name, expressions=parts)


_CALLS: Mapping[str, Callable[[list[exp.Expr]], exp.Expr]] = {
    "date_trunc": _truncated,
    "epoch_us": _micros,
    "timezone": _at_zone,
    "list": _renamed("collect_list"),
    "bit_or": _renamed("bit_or"),
    "lead": _renamed("lead"),
    "to_months": _renamed("to_months"),  # is read by the sum it stands in
    "datediff": _renamed("datediff"),
    "add_months": _renamed("add_months"),
    "date_sub": _renamed("date_sub"),
    "date_add": _renamed("date_add"),
}
_REWRITES: Mapping[type[exp.Expr], Callable[..., exp.Expr]] = {
    exp.Table: _table,
    exp.Sub: _minus,
    exp.Add: _plus,
    exp.Div: _div,
    exp.IntDiv: _whole_div,
    exp.Cast: _cast,
    exp.Literal: _literal,
    exp.Order: _order,
    exp.Anonymous: _call,
    exp.Filter: _filter,
}
