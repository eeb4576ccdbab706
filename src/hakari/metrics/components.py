"""The plain counts and sums a measure is made of; equal ones are computed once for all measures."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from hakari.canonical.predicate import Where
from hakari.errors import BasisNotPossibleError
from hakari.metrics.definitions import Aggregate, Measure


@dataclass(frozen=True, slots=True)
class Component:
    """One number per slice and bucket.

    how: count, sum, squares (of `path`), filled (rows where `path` is known), distinct (values of
    `path`), values (every value, for quantiles and bootstraps), quantile (of these values, at `share`),
    known (how many of them there are). Each is taken over the rows of `table` that fulfil `where` and
    whose `date` falls in the period. `within` keeps rows whose exit came at most that many days after
    `date` and has happened by today, or came on a day nobody knows; `young` keeps rows that have not had as
    many days yet. Both count from `since` where a row has such a day. Without `dated`, rows count whether
    they have a day or not.
    """

    table: str
    where: Where
    date: tuple[str, ...]
    how: str = "count"
    path: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    unit: str = ""
    share: float = 0.0
    within: tuple[tuple[str, ...], int] | None = None
    young: int | None = None
    since: tuple[str, ...] = ()
    dated: bool = True

    @property
    def additive(self) -> bool:
        return self.how in ("count", "sum", "squares", "filled")


@dataclass(frozen=True, slots=True)
class Parts:
    """A measure taken apart: which component plays which role."""

    top: Component | None = None
    bottom: Component | None = None
    squares: Component | None = None
    values: Component | None = None
    open_rows: Component | None = None
    open_but_out: Component | None = None  # open rows that have already fulfilled the numerator

    def all(self) -> tuple[Component, ...]:
        parts = (self.top, self.bottom, self.squares, self.values, self.open_rows, self.open_but_out)
        return tuple(part for part in parts if part is not None)

    def summed_up(self, q: float) -> Parts:
        """A quantile itself, where nobody asks how sure it is: no value has to leave the database."""
        if self.values is None:
            return self
        return Parts(replace(self.values, how="quantile", share=q), replace(self.values, how="known"))

    def without_days(self) -> Parts:
        """The same over rows that have no day."""
        changed = {
            field.name: replace(part, dated=False)
            for field in fields(self)
            if (part := getattr(self, field.name)) is not None
        }
        return replace(self, **changed)


def date_path(aggregate: Aggregate, basis: str) -> tuple[str, ...]:
    """The time field that decides on this basis."""
    dates = aggregate.population.dates
    if basis not in dates:
        raise BasisNotPossibleError(
            f"{aggregate.population.name} has no day on the basis {basis!r}",
            f"use {', '.join(dates) or 'another measure'}",
        )
    return dates[basis]


def component(aggregate: Aggregate, basis: str, unit: str = "") -> Component:
    population = aggregate.population
    how = {"span": "values", "mean": "sum"}.get(aggregate.how, aggregate.how)
    return Component(
        population.table,
        population.where,
        date_path(aggregate, basis),
        how,
        aggregate.path,
        aggregate.until,
        unit if how == "values" else "",
    )


def parts_of(measure: Measure, basis: str, lag: bool = True) -> Parts:
    """The components of a measure that is counted within a period (not a stock, coverage or recency).

    With `lag` a cohort's exits count within the measure's horizon, else all that have come so far.
    """
    if measure.numerator is not None and measure.denominator is not None:
        if basis == "created" and measure.kind in ("rate", "conversion"):
            return _cohort(measure, measure.numerator, measure.denominator, lag)
        return Parts(component(measure.numerator, basis), component(measure.denominator, basis))
    if measure.of is None:
        raise BasisNotPossibleError(
            f"{measure.id} is not counted from rows", "it is derived from other measures"
        )
    if measure.kind == "waiting":
        return Parts(component(replace(measure.of, how="count"), basis))
    if measure.kind == "mean":
        return _mean(measure.of, basis)
    if measure.kind == "quantile":
        return Parts(values=component(measure.of, basis, measure.unit))
    if measure.kind == "sum":
        return _sum(measure.of, basis)
    return Parts(component(measure.of, basis))


def _sum(of: Aggregate, basis: str) -> Parts:
    population, day = of.population, date_path(of, basis)
    total, rows, squares = (
        Component(population.table, population.where, day, how, of.path)
        for how in ("sum", "filled", "squares")
    )
    return Parts(total, rows, squares)


def _mean(of: Aggregate, basis: str) -> Parts:
    population, day = of.population, date_path(of, basis)
    total, filled, squares, values = (
        Component(population.table, population.where, day, how, of.path)
        for how in ("sum", "filled", "squares", "values")
    )
    return Parts(total, filled, squares, values)


def _cohort(measure: Measure, top: Aggregate, bottom: Aggregate, lag: bool) -> Parts:
    """Rows that entered in the period, and those of them that have come out since."""
    table, entry = bottom.population.table, date_path(bottom, "created")
    base = bottom.population.where
    out = base + tuple(one for one in top.population.where if one not in base)
    young = measure.horizon_days if lag or measure.kind == "conversion" else None
    within = None if young is None else (measure.exit, young)
    since = bottom.population.since
    numerator = Component(table, out, entry, top.how, top.path, within=within, since=since)
    denominator = Component(table, base, entry, bottom.how, bottom.path)
    still = bottom.population.open
    if still is None or bottom.how != "count":
        return Parts(numerator, denominator)
    return Parts(
        numerator,
        denominator,
        open_rows=Component(table, base + still, entry, young=young, since=since),
        open_but_out=Component(table, out + still, entry, within=within, young=young, since=since),
    )
