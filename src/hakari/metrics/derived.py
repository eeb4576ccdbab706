"""Arithmetic over other measures, in a grammar of numbers, names, + - * / and brackets."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Callable, Iterable, Mapping

from hakari.errors import DefinitionError

Lookup = Callable[[str], float | None]


def names_in(formula: str, place: str = "") -> list[str]:
    """The measures a formula speaks of; a formula outside the grammar is refused."""
    found: list[str] = []

    def note(name: str) -> float | None:
        found.append(name)
        return 1.0

    _evaluate(_parse(formula, place), note, place or formula)
    return list(dict.fromkeys(found))


def value_of(formula: str, lookup: Lookup) -> float | None:
    """The formula's value; unknown when a part is unknown or a denominator is empty."""
    return _evaluate(_parse(formula, formula), lookup, formula)


def check(
    formulas: Mapping[str, str], measures: Mapping[str, object], only: Iterable[str] | None = None
) -> None:
    """Every name exists, and no measure is made of itself; of all formulas, or `only` of some."""
    asked = list(formulas if only is None else only)
    for measure in asked:
        for name in names_in(formulas[measure], measure):
            if name not in measures:
                near = difflib.get_close_matches(name, list(measures), n=1, cutoff=0.5)
                raise DefinitionError(
                    f"{measure}: the formula names {name!r}, which does not exist",
                    f"did you mean {near[0]}?" if near else "use a measure id",
                    key="formula",
                )
    uses = {measure: names_in(formula, measure) for measure, formula in formulas.items()}
    for measure in asked:
        _refuse_circle(measure, uses, ())


def _refuse_circle(measure: str, uses: Mapping[str, list[str]], above: tuple[str, ...]) -> None:
    if measure in above:
        raise DefinitionError(
            f"{measure}: the formula comes back to itself", "break the circle", key="formula"
        )
    for name in uses.get(measure, []):
        _refuse_circle(name, uses, (*above, measure))


def _parse(formula: str, place: str) -> ast.expr:
    try:
        return ast.parse(formula, mode="eval").body
    except SyntaxError as error:
        raise DefinitionError(
            f"{place}: {formula!r} is not arithmetic", "use + - * / ( ) and measure ids", key="formula"
        ) from error


def _evaluate(node: ast.expr, lookup: Lookup, place: str) -> float | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.Name | ast.Attribute):
        return lookup(ast.unparse(node))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _evaluate(node.operand, lookup, place)
        return None if inner is None else -inner
    if isinstance(node, ast.BinOp):
        return _binary(node, lookup, place)
    raise DefinitionError(
        f"{place}: {ast.unparse(node)!r} is not arithmetic", "use + - * / ( ) and measure ids", key="formula"
    )


def _binary(node: ast.BinOp, lookup: Lookup, place: str) -> float | None:
    left, right = _evaluate(node.left, lookup, place), _evaluate(node.right, lookup, place)
    if left is None or right is None:
        return None
    if isinstance(node.op, ast.Add):
        return left + right
    if isinstance(node.op, ast.Sub):
        return left - right
    if isinstance(node.op, ast.Mult):
        return left * right
    if isinstance(node.op, ast.Div):
        return left / right if right else None
    raise DefinitionError(
        f"{place}: {ast.unparse(node)!r} is not arithmetic", "use + - * / ( ) and measure ids", key="formula"
    )
