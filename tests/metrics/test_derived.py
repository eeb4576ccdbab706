"""Arithmetic over measures: unknown stays unknown, nothing but arithmetic is run."""

from __future__ import annotations

import pytest

from hakari.errors import DefinitionError
from hakari.metrics.derived import names_in, value_of


@pytest.mark.parametrize(
    ("formula", "known", "expected"),
    [
        ("a / b", {"a": 6.0, "b": 3.0}, 2.0),
        ("a.rate * 100 - b", {"a.rate": 0.5, "b": 10.0}, 40.0),
        ("(a + b) / 2", {"a": 1.0, "b": 2.0}, 1.5),
        ("-a", {"a": 4.0}, -4.0),
        ("a / b", {"a": 6.0, "b": 0.0}, None),
        ("a / b", {"a": 6.0}, None),
    ],
)
def test_a_formula_gives_what_school_taught(
    formula: str, known: dict[str, float], expected: float | None
) -> None:
    assert value_of(formula, known.get) == expected


@pytest.mark.parametrize("formula", ["a ** 2", "open('x')", "a if b else c", "[a]", "a @ b", "'a'", "a +"])
def test_anything_else_is_refused(formula: str) -> None:
    with pytest.raises(DefinitionError):
        names_in(formula)


def test_a_formula_names_its_measures_once_in_order() -> None:
    assert names_in("b.count / (a + b.count)") == ["b.count", "a"]
