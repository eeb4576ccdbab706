"""Whether anything is called by the name a filter asks for: a slip of the pen is no figure of zero."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

import sqlglot.expressions as exp

from hakari.access import Viewer
from hakari.canonical import TABLES
from hakari.errors import ParameterNotUnderstoodError
from hakari.metrics.definitions import Catalogue, Dimension
from hakari.metrics.fact import Fact, paths_of
from hakari.metrics.naming import dimension_named
from hakari.metrics.query import Cut
from hakari.metrics.rows import rows_of
from hakari.metrics.runner import Store

# Enough to find the nearest among; a company has fewer sources, and more accounts.
_LOOKED_THROUGH = 5_000
_NAMED = 8
_ALL = Cut((), None, ())


def check_filters(
    store: Store, schema: str, catalogue: Catalogue, viewer: Viewer, filters: Mapping[str, Sequence[str]]
) -> None:
    """Refuse a value that no record of any table bears, and name the nearest that one does."""
    for name, values in filters.items():
        dimension = dimension_named(catalogue, name)
        if not isinstance(dimension, Dimension):
            continue
        # A person is looked for among people before in everything that people did.
        ways = sorted((_steps(dimension, table), table) for table in TABLES if paths_of(dimension, table))
        tables = [table for _, table in ways]
        for value in values:
            if not any(
                _borne(store, Fact(table, schema, _ALL, viewer, 1), dimension, value) for table in tables
            ):
                facts = [Fact(table, schema, _ALL, viewer, 1) for table in tables]
                raise _nobody(dimension, value, _names(store, facts, dimension))


def _steps(dimension: Dimension, table: str) -> int:
    path = paths_of(dimension, table)[0]
    return 0 if path == ("key",) else len(path)


def _borne(store: Store, fact: Fact, dimension: Dimension, value: str) -> bool:
    """The first record that bears the value ends the search."""
    fact.narrow(dimension, value)
    found = rows_of(fact, [exp.alias_(exp.Literal.number(1), "found")], fact.conditions())
    return bool(store.rows(found.limit(1)))


def _names(store: Store, facts: Sequence[Fact], dimension: Dimension) -> list[str]:
    found: dict[str, None] = {}
    for fact in facts:
        select = rows_of(fact, [exp.alias_(fact.name_of(dimension), "name")], fact.conditions())
        rows = store.rows(select.distinct().limit(_LOOKED_THROUGH))
        found.update((str(name), None) for (name,) in rows if name is not None)
    return sorted(found)


def _nobody(dimension: Dimension, value: str, known: Sequence[str]) -> ParameterNotUnderstoodError:
    near = difflib.get_close_matches(value, known, n=1, cutoff=0.4)
    listed = ", ".join(known[:_NAMED]) + (" …" if len(known) > _NAMED else "")
    return ParameterNotUnderstoodError(
        f"no record has the {dimension.en.lower()} {value!r}",
        f"did you mean {near[0]}?" if near else f"known: {listed or 'none yet'}",
    )
