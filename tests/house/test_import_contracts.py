"""Every import contract holds, and would be seen to break: each is broken once on a copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.house.checkout import ROOT

PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS: dict[str, dict[str, Any]] = {
    each["id"]: each for each in PYPROJECT["tool"]["importlinter"]["contracts"]
}
SOURCES = ROOT / "src" / "hakari" / "sources"


@dataclass(frozen=True)
class Violation:
    """One deliberate mistake: files laid into a copy of the package."""

    contract: str
    what: str
    files: dict[str, str]

    def __str__(self) -> str:
        return f"{self.contract}: {self.what}"


TYPE_ONLY_IMPORT = """
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import hakari.storage
"""

VIOLATIONS = [
    Violation(
        "direction", "a lower package imports a higher one", {"units/planted.py": "import hakari.planning"}
    ),
    Violation("direction", "the report imports the web", {"report/planted.py": "import hakari.web"}),
    Violation("direction", "numbers import KPIs", {"maths/planted.py": "import hakari.metrics"}),
    Violation("direction", "KPIs import a source", {"metrics/planted.py": "import hakari.sources"}),
    Violation("direction", "the store imports access", {"storage/planted.py": "import hakari.access"}),
    Violation("direction", "an import for an annotation only", {"canonical/planted.py": TYPE_ONLY_IMPORT}),
    Violation("direction", "a package nobody has placed", {"newcomer/__init__.py": ""}),
    Violation(
        "acyclic",
        "two neighbours import each other",
        {
            "units/planted_a.py": "import hakari.units.planted_b",
            "units/planted_b.py": "import hakari.units.planted_a",
        },
    ),
    Violation("plain-values", "a unit reads a database", {"units/planted.py": "import duckdb"}),
    Violation("plain-values", "numbers through SQL", {"maths/planted.py": "import sqlalchemy.orm"}),
    Violation("plain-values", "a table knows the web", {"canonical/planted.py": "import fastapi"}),
    Violation("arrays", "a canonical table holds arrays", {"canonical/planted.py": "import numpy"}),
    Violation("web-framework", "planning answers requests", {"planning/planted.py": "import fastapi"}),
    Violation("web-framework", "a report fills templates", {"report/planted.py": "import jinja2"}),
    Violation("command-line", "a page prints to the terminal", {"web/planted.py": "import rich.console"}),
    Violation("truth-database", "a KPI asks the truth itself", {"metrics/planted.py": "import sqlalchemy"}),
    Violation("projection-engine", "a page runs its own SQL", {"web/planted.py": "import duckdb"}),
    Violation(
        "cluster-engine", "a KPI is counted on a cluster itself", {"metrics/planted.py": "import pyspark"}
    ),
    Violation(
        "cluster-named-once",
        "planning picks the engine",
        {"planning/planted.py": "import hakari.storage.spark"},
    ),
    Violation(
        "vendors-apart", "one source uses another", {"sources/files/planted.py": "import hakari.sources.demo"}
    ),
    Violation(
        "vendors-named-once", "a command names a source", {"cli/planted.py": "import hakari.sources.files"}
    ),
    Violation(
        "pages-apart",
        "a page borrows from a page",
        {
            "web/pages/planted_a/__init__.py": "",
            "web/pages/planted_a/page.py": "import hakari.web.pages.planted_b.page",
            "web/pages/planted_b/__init__.py": "",
            "web/pages/planted_b/page.py": "",
        },
    ),
]


def _lint(checkout: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    limits = [argument for contract in contracts for argument in ("--contract", contract)]
    return subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo", *limits],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copied_checkout(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    only_code = shutil.ignore_patterns("__pycache__", "*.html", "*.js", "*.css", "*.toml")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=only_code)
    return tmp_path


def test_this_checkout_keeps_every_contract(copied_checkout: Path) -> None:
    answer = _lint(copied_checkout)
    assert answer.returncode == 0, answer.stdout
    assert f"{len(CONTRACTS)} kept, 0 broken" in answer.stdout


@pytest.mark.parametrize("violation", VIOLATIONS, ids=str)
def test_a_planted_violation_is_reported(copied_checkout: Path, violation: Violation) -> None:
    for name, code in violation.files.items():
        planted = copied_checkout / "src" / "hakari" / name
        planted.parent.mkdir(parents=True, exist_ok=True)
        planted.write_text(f"{code}\n", encoding="utf-8")
    answer = _lint(copied_checkout, violation.contract)
    assert answer.returncode == 1
    assert f"{CONTRACTS[violation.contract]['name']} BROKEN" in answer.stdout, answer.stdout
    assert "planted" in answer.stdout or "newcomer" in answer.stdout


def test_every_contract_is_broken_once() -> None:
    assert {violation.contract for violation in VIOLATIONS} == set(CONTRACTS)


def test_every_source_is_in_both_source_contracts() -> None:
    vendors = {f"hakari.sources.{folder.parent.name}" for folder in SOURCES.glob("*/__init__.py")}
    # How a target is written is shared by whoever brings one: no source of its own.
    vendors -= {"hakari.sources.targets"}
    assert set(CONTRACTS["vendors-apart"]["modules"]) == vendors
    assert set(CONTRACTS["vendors-named-once"]["protected_modules"]) == vendors
