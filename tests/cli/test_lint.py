"""`hakari lint` finds what is wrong with a set of KPIs and fails where it has to be fixed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hakari.planning.lint.linter import example_names, example_text
from tests.cli.terminal import Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "home")


@pytest.mark.parametrize("name", example_names())
def test_what_has_to_be_fixed_fails_and_the_rest_does_not(
    terminal: Terminal, name: str, tmp_path: Path
) -> None:
    file = tmp_path / f"{name}.toml"
    file.write_text(example_text(name), encoding="utf-8")
    code = terminal("lint", file)
    wrong = {"impossible-goal", "divides-by-itself", "three-denominators"}
    assert code == (1 if name in wrong else 0)
    printed = terminal.out
    assert terminal("lint", "--example", name) == code
    assert terminal.out == printed


def test_the_findings_are_json_for_programs(terminal: Terminal) -> None:
    assert terminal("--lang", "en", "lint", "--example", "impossible-goal", "--json") == 1
    rows = json.loads(terminal.out)
    (one,) = [row for row in rows if row["rule"] == "impossible"]
    assert (one["severity"], one["kpi"]) == ("error", "商談件数")
    assert "115%" in one["what"]
    assert {row["item"] for row in rows} == {None, 1, 2, 3, 4, 5, 6}


def test_a_file_that_is_not_there_is_named(terminal: Terminal, tmp_path: Path) -> None:
    assert terminal("lint", tmp_path / "none.toml") == 2
    assert "none.toml" in terminal.err
    assert "→" in terminal.err


def test_kpis_are_listed_added_replaced_and_looked_after(terminal: Terminal) -> None:
    assert terminal("kpis", "add", "win_deals") == 0
    assert terminal("kpis", "add", "won_unit_price", "--instead-of", "win_deals") == 0
    assert terminal("kpis", "care", "won_unit_price", "--owner", "林", "--review-on", "2027-03-31") == 0
    assert terminal("kpis", "list") == 0
    assert "won_unit_price" in terminal.out
    assert "林  2027-03-31" in terminal.out
    assert "win_deals" not in terminal.out
    assert terminal("kpis", "care", "won_unit_price", "--review-on", "soon") == 2
    assert "2027-03-31" in terminal.err
