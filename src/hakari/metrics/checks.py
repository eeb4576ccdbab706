"""Refuses definitions that read well and can only mislead: x ÷ x, mixed clocks, counts of nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from hakari.canonical.milestones import milestones_of
from hakari.canonical.predicate import field_at
from hakari.errors import DefinitionError
from hakari.metrics.contradictions import contradiction
from hakari.metrics.definitions import Aggregate, Measure, Population
from hakari.metrics.derived import names_in
from hakari.metrics.meaning import meaning, rows_meant

_PAIRS = ("rate", "ratio", "conversion")
_MOMENTS = ("stock", "coverage", "recency", "spread")
_ALL_TIME = 1200  # months: a window this long is a state at a moment, not a stretch of time
_ADDABLE = ("count", "jpy", "days", "minutes", "hours", "percent")


def check_population(one: Population, place: str) -> None:
    """Some row must be able to fulfil all conditions, and to be open if it says when it is."""
    if found := contradiction(one.where, one.table):
        raise DefinitionError(
            f"{place}: no row can be in it: {found.text()} never hold together",
            "drop one of the conditions, or join them with { any = [ … ] }",
            key="where",
            value=".".join(found.atoms[0].path),
        )
    if one.open is not None and (found := contradiction(one.where + one.open, one.table)):
        raise DefinitionError(
            f"{place}: no row of it can be open: {found.text()} never hold together",
            "leave out `open`, or say it for rows that the population holds",
            key="open",
        )


def check_measure(one: Measure, place: str) -> None:
    """What can be seen without the other measures."""
    top, bottom = one.numerator, one.denominator
    if one.kind in _PAIRS and top is not None and bottom is not None:
        _refuse_itself(top, bottom, place)
        _refuse_apart(one, top, bottom, place)
        _refuse_clocks(one, top, bottom, place)
    for part in one.parts():
        if part.how == "span" and part.until and part.path == part.until:
            raise DefinitionError(
                f"{place}: it measures from {'.'.join(part.path)} to itself, which is always 0",
                "say two different moments with from = and to =",
                key="of",
            )
    if one.alive is not None and one.alive[0] == one.alive[1]:
        raise DefinitionError(
            f"{place}: alive from and to the same day: nothing is ever alive",
            "say two different days",
            key="alive",
        )
    _check_spans(one, place)


def _refuse_itself(top: Aggregate, bottom: Aggregate, place: str) -> None:
    if rows_meant(top) == rows_meant(bottom):
        same = (
            ""
            if top.population.name == bottom.population.name
            else f" ({top.population.name} and {bottom.population.name} are the same rows)"
        )
        raise DefinitionError(
            f"{place}: it divides by itself: {top.text()} above and below{same} is always 100 %",
            "name as denominator the rows of which the numerator is a part",
            key="denominator",
        )


def _refuse_apart(one: Measure, top: Aggregate, bottom: Aggregate, place: str) -> None:
    """A part lies in its whole; only distinct values may come from other rows above than below."""
    same_table = top.population.table == bottom.population.table
    if one.kind == "ratio" or not same_table or "distinct" in (top.how, bottom.how):
        return
    above, below = set(top.population.where), set(bottom.population.where)
    if above < below and top.how == bottom.how:
        raise DefinitionError(
            f"{place}: the denominator {bottom.population.name} is a part of the numerator "
            f"{top.population.name}: it is never below 100 %",
            "change the two round",
            key="denominator",
        )
    if found := contradiction(top.population.where + bottom.population.where, top.population.table):
        raise DefinitionError(
            f"{place}: no row of the numerator {top.population.name} can be in the denominator "
            f"{bottom.population.name}: {found.text()} never hold together",
            "name a denominator that the numerator is a part of",
            key="numerator",
        )


def _refuse_clocks(one: Measure, top: Aggregate, bottom: Aggregate, place: str) -> None:
    """A cohort enters by one date; two ways of entering would count other rows above than below."""
    if "created" not in one.bases or one.kind == "ratio":
        return
    above, below = top.population.dates["created"], bottom.population.dates["created"]
    if above != below:
        raise DefinitionError(
            f"{place}: it mixes two clocks: on the basis created {top.population.name} enters on "
            f"{'.'.join(above)}, {bottom.population.name} on {'.'.join(below)}",
            'give both populations the same created date, or say bases = ["event"]',
            key="numerator",
        )


def _check_spans(one: Measure, place: str) -> None:
    for key, number in (("horizon_days", one.horizon_days), ("window_months", one.window_months)):
        if number is not None and number <= 0:
            raise DefinitionError(f"{place}: {key} = {number}", "say a number above 0", key=key)
    if one.kind == "quantile" and not 0 < one.quantile < 1:
        raise DefinitionError(f"{place}: q = {one.quantile:g}", "say a share between 0 and 1", key="q")
    bottom = one.denominator
    if one.exit and bottom is not None:
        table = bottom.population.table
        if not field_at(table, one.exit, milestones_of(table), place).is_time:
            raise DefinitionError(
                f"{place}: exit = {'.'.join(one.exit)!r} is not a time", "name a date or instant", key="exit"
            )


def check_formula(one: Measure, measures: Mapping[str, Measure], place: str) -> None:
    """Of a derived measure: no division by itself or by 0, one clock, one unit in a sum."""
    for node in ast.walk(ast.parse(one.formula, mode="eval")):
        if not isinstance(node, ast.BinOp):
            continue
        left, right = ast.unparse(node.left), ast.unparse(node.right)
        if isinstance(node.op, ast.Div):
            _check_division(node, left, right, measures, place)
        if isinstance(node.op, ast.Add | ast.Sub):
            _check_sum(left, right, measures, place)


def _check_division(
    node: ast.BinOp, left: str, right: str, measures: Mapping[str, Measure], place: str
) -> None:
    if isinstance(node.right, ast.Constant) and node.right.value == 0:
        raise DefinitionError(f"{place}: it divides by 0", "name another denominator", key="formula")
    if _expanded(left, measures) == _expanded(right, measures):
        raise DefinitionError(
            f"{place}: {left} / {right} divides by itself, so it is always 1",
            "name another denominator",
            key="formula",
        )
    above, below = set(_clocks(left, measures)), set(_clocks(right, measures))
    if len(above | below) > 1:
        said = " / ".join(f"{name} is counted {clock}" for name, clock in _said(left, right, measures))
        raise DefinitionError(
            f"{place}: it mixes clocks: {said}",
            "use measures of the same window, horizon and date basis",
            key="formula",
        )


def _expanded(formula: str, measures: Mapping[str, Measure]) -> str:
    """The formula with what each name means in its place, as arithmetic without brackets that say nothing."""

    class Meant(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            return self._meant(node)

        def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
            return self._meant(node)

        def _meant(self, node: ast.expr) -> ast.expr:
            known = measures.get(ast.unparse(node))
            if known is None:
                return node
            if known.kind == "derived":
                return ast.parse(_expanded(known.formula, measures), mode="eval").body
            return ast.Name(f"m{meaning(known, measures)}", ast.Load())

    return ast.unparse(Meant().visit(ast.parse(formula, mode="eval").body))


def _clocks(formula: str, measures: Mapping[str, Measure]) -> Iterator[str]:
    for name in names_in(formula):
        known = measures.get(name)
        if known is not None:
            yield from _clock(known, measures)


def _clock(one: Measure, measures: Mapping[str, Measure]) -> Iterator[str]:
    if one.kind == "derived":
        yield from _clocks(one.formula, measures)
    elif one.kind not in _MOMENTS and (one.window_months or 0) < _ALL_TIME:
        window = f"over {one.window_months} months" if one.window_months else "in the period"
        horizon = f", within {one.horizon_days} days" if one.horizon_days else ""
        yield f"{window}{horizon}, by {one.bases[0]}"


def _said(left: str, right: str, measures: Mapping[str, Measure]) -> Iterator[tuple[str, str]]:
    for name in dict.fromkeys([*names_in(left), *names_in(right)]):
        for clock in dict.fromkeys(_clock(measures[name], measures)):
            yield name, clock


def _check_sum(left: str, right: str, measures: Mapping[str, Measure], place: str) -> None:
    units = {name: measures[name].unit for side in (left, right) for name in names_in(side)}
    plain = {name: unit for name, unit in units.items() if name in (left, right) and unit in _ADDABLE}
    if len(plain) == 2 and len(set(plain.values())) == 2:
        (one, first), (other, second) = plain.items()
        raise DefinitionError(
            f"{place}: {one} is in {first} and {other} in {second}: they cannot be added",
            "add only what has the same unit",
            key="formula",
        )
