"""Runs the figures that stand at a moment: stocks, coverage, recency."""

from __future__ import annotations

from datetime import timedelta

from hakari.errors import DefinitionError
from hakari.metrics.components import date_path
from hakari.metrics.compose import Figure, Key, quantile, without
from hakari.metrics.definitions import Measure
from hakari.metrics.moments import coverage_select, recency_select, stock_select
from hakari.metrics.runner import Run, listed
from hakari.storage.conditions import Joins
from hakari.units.period import Period


class MomentRun:
    """One such measure over one piece of the period."""

    def __init__(self, run: Run, measure: Measure, piece: Period, basis: str, intervals: bool) -> None:
        self.run, self.measure, self.piece = run, measure, piece
        self.basis, self.intervals = basis, intervals
        # A running period ends, for what stands at its end, with today.
        self.end = min(piece.end, run.query.today + timedelta(days=1))

    def figures(self) -> dict[Key, Figure]:
        if self.measure.kind == "stock":
            return self._stock()
        if self.measure.kind == "coverage":
            return self._coverage()
        return self._recency()

    def _stock(self) -> dict[Key, Figure]:
        of, alive = self.measure.of, self.measure.alive
        if of is None or alive is None:
            raise DefinitionError(f"{self.measure.id} is no stock", "give it `of` and `alive`")
        select = stock_select(self.run.fact(of.population.table), of, alive, self.end)
        self.run.note(
            f"rows of {of.population.table} alive at the end of {self.end - timedelta(days=1)}", select
        )
        found = {row[:-1]: float(row[-1] or 0) for row in self.run.rows(select)}
        return {
            key: Figure(value, value, None, _whole(value, of.how), without("full count"))
            for key, value in found.items()
        }

    def _coverage(self) -> dict[Key, Figure]:
        by, members = self.measure.numerator, self.measure.listed
        if by is None or members is None:
            raise DefinitionError(f"{self.measure.id} is no coverage", "give it `list` and `by`")
        events = Joins(by.population.table, self.run.schema, "e")
        select = coverage_select(
            self.run.fact(members.table),
            members,
            events,
            by,
            self.measure.entity,
            (date_path(by, self.basis), self.piece),
        )
        self.run.note(f"the list as it stood on {self.piece.start}, reached by {by.population.name}", select)
        return {row[:-2]: _share(float(row[-2]), float(row[-1])) for row in self.run.rows(select)}

    def _recency(self) -> dict[Key, Figure]:
        of = self.measure.of
        if of is None:
            raise DefinitionError(f"{self.measure.id} is no recency", "give it `of`")
        select = recency_select(self.run.fact(of.population.table), of, self.end)
        self.run.note(f"days since {'.'.join(of.path)}, as of {self.end - timedelta(days=1)}", select)
        rows = self.run.rows(listed(select))
        return {row[:-1]: quantile(row[-1] or (), self.measure.quantile, self.intervals) for row in rows}


def _whole(value: float, how: str) -> int:
    return int(value) if how != "sum" else 0


def _share(reached: float, listed_: float) -> Figure:
    value = reached / listed_ if listed_ else None
    return Figure(value, reached, listed_, int(listed_), without("full count" if listed_ else "no data"))
