"""Runs the figures that stand at a moment: stocks, coverage, recency."""

from __future__ import annotations

from datetime import date, timedelta

import sqlglot.expressions as exp

from hakari.errors import DefinitionError
from hakari.metrics.components import date_path
from hakari.metrics.compose import Figure, Key, quantile, without
from hakari.metrics.definitions import Measure
from hakari.metrics.moments import (
    LISTED,
    coverage_rows,
    reached_entities,
    recency_rows,
    spread_of,
    stock_rows,
    summed,
    total_of,
)
from hakari.metrics.runner import Run
from hakari.storage.conditions import Joins, column
from hakari.units.period import Period


class MomentRun:
    """One such measure over one piece of the period."""

    def __init__(self, run: Run, measure: Measure, piece: Period, basis: str, intervals: bool) -> None:
        self.run, self.measure, self.piece = run, measure, piece
        self.basis, self.intervals = basis, intervals
        # A running period ends, for what stands at its end, with today.
        self.end = min(piece.end, run.query.today + timedelta(days=1))

    def figures(self) -> dict[Key, Figure]:
        rows, says = self.rows()
        width = len(self.run.cut.dimensions)
        if self.measure.kind == "stock":
            how = self.measure.of.how if self.measure.of is not None else "count"
            select = summed(rows, width, total_of(how), exp.Count(this=exp.Star()))
            self.run.note(says, select)
            return {row[:-2]: _stock(row[-2], row[-1]) for row in self.run.rows(select)}
        if self.measure.kind == "coverage":
            select = summed(rows, width, reached_entities(), total_of("distinct"))
            self.run.note(says, select)
            return {row[:-2]: _share(float(row[-2]), float(row[-1])) for row in self.run.rows(select)}
        if self.measure.kind == "spread":
            select = summed(rows, width, *spread_of(), exp.Count(this=exp.Star()))
            self.run.note(says, select)
            return {row[:-3]: _spread(*row[-3:]) for row in self.run.rows(select)}
        values = exp.Anonymous(this="list", expressions=[column("weight", "q")])
        select = summed(rows, width, values)
        self.run.note(says, select)
        found = self.run.rows(select)
        return {row[:-1]: quantile(row[-1] or (), self.measure.quantile, self.intervals) for row in found}

    def rows(self) -> tuple[exp.Select, str]:
        """The rows the figure is summed from, and what they are in words."""
        of, last = self.measure.of, self.end - timedelta(days=1)
        if self.measure.kind == "coverage":
            return self._coverage_rows()
        if of is None:
            raise DefinitionError(f"{self.measure.id} counts nothing", "give it `of`")
        fact = self.run.fact(of.population.table)
        if self.measure.alive is not None:
            says = f"rows of {of.population.table} alive at the end of {last}"
            now = self.piece.end > self.run.query.today
            last_day = self.measure.last_day
            return stock_rows(fact, of, self.measure.alive, self.end, now=now, last_day=last_day), says
        return recency_rows(fact, of, self.end), f"days since {'.'.join(of.path)}, as of {last}"

    def _held(self) -> Period:
        """All days up to the end."""
        return self.piece if self.piece.is_all else Period(date.min, self.end)

    def _coverage_rows(self) -> tuple[exp.Select, str]:
        by, members = self.measure.numerator, self.measure.listed
        if by is None or members is None:
            raise DefinitionError(f"{self.measure.id} is no coverage", "give it `list` and `by`")
        rows = coverage_rows(
            self.run.fact(members.table),
            members,
            Joins(by.population.table, self.run.schema, "e"),
            by,
            self.measure.entity,
            (date_path(by, self.basis), self.piece),
            self.measure.alive or LISTED,
            self._held() if self.measure.held else None,
        )
        return rows, f"the list as it stood on {self.piece.start}, reached by {by.population.name}"


def _spread(deviation: float | None, mean: float | None, n: int) -> Figure:
    """One alone is spread over nothing, and without any amount there is nothing to be spread."""
    if n < 2 or deviation is None or not mean:
        return Figure(None, None, None, int(n), without("fewer than two" if n < 2 else "no data"))
    return Figure(deviation / mean, None, None, int(n), without("full count"))


def _stock(total: object, count: object) -> Figure:
    value = float(str(total)) if total is not None else 0.0
    return Figure(value, value, None, int(str(count)), without("full count"))


def _share(reached: float, listed_: float) -> Figure:
    value = reached / listed_ if listed_ else None
    return Figure(value, reached, listed_, int(listed_), without("full count" if listed_ else "no data"))
