"""Writes a statement's tree as DuckDB's SQL, many times as fast as a generator that knows all dialects.

A page asks some sixty small statements; writing them took longer than answering them. Whatever is not
listed here is left to sqlglot, and for what is, the text is the same to the letter (a test says so).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import sqlglot.expressions as exp

DIALECT = "duckdb"
_Writer = Callable[[exp.Expr], str]


def duckdb_sql(tree: exp.Expr) -> str:
    """The tree in one line."""
    write = _WRITERS.get(type(tree))
    return write(tree) if write is not None else tree.sql(DIALECT)


def _each(trees: Sequence[exp.Expr]) -> str:
    return ", ".join([duckdb_sql(tree) for tree in trees])


def _identifier(tree: exp.Expr) -> str:
    name: str = tree.args["this"]
    if not tree.args.get("quoted"):
        return tree.sql(DIALECT)
    return '"' + name.replace('"', '""') + '"'


def _column(tree: exp.Expr) -> str:
    args = tree.args
    if args.get("db") is not None or args.get("catalog") is not None:
        return tree.sql(DIALECT)
    name, table = duckdb_sql(args["this"]), args.get("table")
    return name if table is None else f"{duckdb_sql(table)}.{name}"


def _literal(tree: exp.Expr) -> str:
    text: str = tree.args["this"]
    return "'" + text.replace("'", "''") + "'" if tree.args.get("is_string") else text


def _cast(tree: exp.Expr) -> str:
    kind = tree.args["to"]
    plain = tree.args.get("format") is None and set(kind.args) <= {"this", "nested"}
    name = _TYPES.get(kind.args["this"]) if plain else None
    return tree.sql(DIALECT) if name is None else f"CAST({duckdb_sql(tree.args['this'])} AS {name})"


def _binary(sign: str) -> _Writer:
    def write(tree: exp.Expr) -> str:
        return f"{duckdb_sql(tree.args['this'])} {sign} {duckdb_sql(tree.args['expression'])}"

    return write


def _call(name: str) -> _Writer:
    def write(tree: exp.Expr) -> str:
        inside = tree.args["this"]
        if isinstance(inside, exp.Distinct):
            return tree.sql(DIALECT)
        return f"{name}({duckdb_sql(inside)})"

    return write


def _extreme(name: str) -> _Writer:
    def write(tree: exp.Expr) -> str:
        if set(tree.args) - {"this", "expressions", "ignore_nulls"}:
            return tree.sql(DIALECT)
        return f"{name}({_each([tree.args['this'], *tree.args['expressions']])})"

    return write


def _anonymous(tree: exp.Expr) -> str:
    name = tree.args["this"]
    if not isinstance(name, str):
        return tree.sql(DIALECT)
    return f"{name.upper()}({_each(tree.args['expressions'])})"


def _in(tree: exp.Expr) -> str:
    if set(tree.args) != {"this", "expressions"}:
        return tree.sql(DIALECT)
    return f"{duckdb_sql(tree.args['this'])} IN ({_each(tree.args['expressions'])})"


def _case(tree: exp.Expr) -> str:
    if tree.args.get("this") is not None:
        return tree.sql(DIALECT)
    ifs = [
        f"WHEN {duckdb_sql(one.args['this'])} THEN {duckdb_sql(one.args['true'])}" for one in tree.args["ifs"]
    ]
    otherwise = tree.args.get("default")
    ending = [] if otherwise is None else [f"ELSE {duckdb_sql(otherwise)}"]
    return " ".join(["CASE", *ifs, *ending, "END"])


def _filter(tree: exp.Expr) -> str:
    return f"{duckdb_sql(tree.args['this'])} FILTER(WHERE {duckdb_sql(tree.args['expression'].args['this'])})"


def _table(tree: exp.Expr) -> str:
    args = {key for key, value in tree.args.items() if value}
    if not args <= {"this", "db", "alias"} or not isinstance(tree.args["this"], exp.Identifier):
        return tree.sql(DIALECT)
    db, alias = tree.args.get("db"), tree.args.get("alias")
    name = duckdb_sql(tree.args["this"])
    named = name if db is None else f"{duckdb_sql(db)}.{name}"
    return named if alias is None else f"{named} AS {_table_alias(alias)}"


def _table_alias(tree: exp.Expr) -> str:
    if tree.args.get("columns"):
        return tree.sql(DIALECT)
    return duckdb_sql(tree.args["this"])


def _subquery(tree: exp.Expr) -> str:
    if {key for key, value in tree.args.items() if value} != {"this", "alias"}:
        return tree.sql(DIALECT)
    return f"({duckdb_sql(tree.args['this'])}) AS {_table_alias(tree.args['alias'])}"


def _joined(tree: exp.Expr) -> str | None:
    args = {key for key, value in tree.args.items() if value}
    if args != {"this", "side", "on"} or tree.args["side"] != "LEFT":
        return None
    return f"LEFT JOIN {duckdb_sql(tree.args['this'])} ON {duckdb_sql(tree.args['on'])}"


_PARTS = {"expressions", "from_", "joins", "where", "group", "with_"}


def _select(tree: exp.Expr) -> str:
    args = tree.args
    joins = [_joined(one) for one in args.get("joins") or ()]
    if {key for key, value in args.items() if value} - _PARTS or None in joins or not args.get("from_"):
        return tree.sql(DIALECT)
    parts = [f"SELECT {_each(args['expressions'])} FROM {duckdb_sql(args['from_'].args['this'])}"]
    parts += [one for one in joins if one is not None]
    if args.get("where"):
        parts.append(f"WHERE {duckdb_sql(args['where'].args['this'])}")
    if args.get("group"):
        if set(args["group"].args) - {"expressions"}:
            return tree.sql(DIALECT)
        parts.append(f"GROUP BY {_each(args['group'].args['expressions'])}")
    if args.get("with_"):
        named = [_named(one) for one in args["with_"].args["expressions"]]
        if None in named or args["with_"].args.get("recursive"):
            return tree.sql(DIALECT)
        parts.insert(0, "WITH " + ", ".join(one for one in named if one is not None))
    return " ".join(parts)


def _named(tree: exp.Expr) -> str | None:
    if {key for key, value in tree.args.items() if value} != {"this", "alias"}:
        return None
    return f"{_table_alias(tree.args['alias'])} AS ({duckdb_sql(tree.args['this'])})"


def _coalesce(tree: exp.Expr) -> str:
    if {key for key, value in tree.args.items() if value} - {"this", "expressions"}:
        return tree.sql(DIALECT)
    return f"COALESCE({_each([tree.args['this'], *tree.args['expressions']])})"


_Type = exp.DataType.Type
_TYPES = {
    _Type.DATE: "DATE",
    _Type.VARCHAR: "TEXT",
    _Type.DOUBLE: "DOUBLE",
    _Type.BIGINT: "BIGINT",
    _Type.UTINYINT: "UTINYINT",
    _Type.USMALLINT: "USMALLINT",
    _Type.UINT: "UINTEGER",
}
_SIGNS: Mapping[type[exp.Expr], str] = {
    exp.And: "AND",
    exp.Or: "OR",
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.Is: "IS",
    exp.NullSafeNEQ: "IS DISTINCT FROM",
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.BitwiseAnd: "&",
    exp.BitwiseOr: "|",
}
_CALLS: Mapping[type[exp.Expr], str] = {exp.Count: "COUNT", exp.Sum: "SUM", exp.Max: "MAX", exp.Min: "MIN"}
_WRITERS: Mapping[type[exp.Expr], _Writer] = {
    **{kind: _binary(sign) for kind, sign in _SIGNS.items()},
    **{kind: _call(name) for kind, name in _CALLS.items()},
    exp.Identifier: _identifier,
    exp.Column: _column,
    exp.Literal: _literal,
    exp.Cast: _cast,
    exp.Paren: lambda tree: f"({duckdb_sql(tree.args['this'])})",
    exp.Not: lambda tree: f"NOT {duckdb_sql(tree.args['this'])}",
    exp.Null: lambda _: "NULL",
    exp.Star: lambda tree: tree.sql(DIALECT) if any(tree.args.values()) else "*",
    exp.Boolean: lambda tree: "TRUE" if tree.args["this"] else "FALSE",
    exp.Alias: lambda tree: f"{duckdb_sql(tree.args['this'])} AS {duckdb_sql(tree.args['alias'])}",
    exp.Nullif: lambda tree: f"NULLIF({_each([tree.args['this'], tree.args['expression']])})",
    exp.Coalesce: _coalesce,
    exp.Greatest: _extreme("GREATEST"),
    exp.Least: _extreme("LEAST"),
    exp.Anonymous: _anonymous,
    exp.In: _in,
    exp.Case: _case,
    exp.Filter: _filter,
    exp.Table: _table,
    exp.Subquery: _subquery,
    exp.Select: _select,
}
