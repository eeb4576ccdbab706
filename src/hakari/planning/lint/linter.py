"""Runs every rule over a design, and finds the articles' own examples."""

from __future__ import annotations

from difflib import get_close_matches
from importlib.resources import files

from hakari.errors import ParameterNotUnderstoodError
from hakari.planning.lint.design import Design
from hakari.planning.lint.rule import LintReport, judge
from hakari.planning.lint.rules import RULES

_EXAMPLES = files(__package__) / "examples"


def lint(design: Design) -> LintReport:
    """Every rule in its order."""
    return LintReport(
        name=design.name,
        goals=tuple(one.name for one in design.goals),
        kpis=tuple(one.name for one in design.kpis),
        checks=tuple(judge(rule, design) for rule in RULES),
    )


def example_names() -> list[str]:
    return sorted(one.name.removesuffix(".toml") for one in _EXAMPLES.iterdir() if one.name.endswith(".toml"))


def example_text(name: str) -> str:
    """A design file of the articles, or the good one."""
    known = example_names()
    if name not in known:
        near = get_close_matches(name, known, n=1, cutoff=0.4)
        raise ParameterNotUnderstoodError(
            f"there is no example {name!r}",
            f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}",
        )
    return _EXAMPLES.joinpath(f"{name}.toml").read_text(encoding="utf-8")
