"""An install brings what was tested, from wherever the packages come."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from tests.house.checkout import ROOT
from tools.locks import LOCKS, stale_locks

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", re.MULTILINE)


def _pins(lock: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, version in PIN.findall((ROOT / lock).read_text(encoding="utf-8")):
        found.setdefault(name, set()).add(version)
    return found


@pytest.fixture
def copied_checkout(tmp_path: Path) -> Path:
    for name in ("pyproject.toml", *LOCKS):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def test_locks_match_what_pyproject_asks() -> None:
    assert stale_locks(ROOT) == []


def test_a_new_requirement_makes_the_locks_stale(copied_checkout: Path) -> None:
    pyproject = copied_checkout / "pyproject.toml"
    asked = pyproject.read_text(encoding="utf-8")
    pyproject.write_text(asked.replace("dependencies = [", 'dependencies = [\n  "rich-argparse",', 1))
    assert stale_locks(copied_checkout) == list(LOCKS)


def test_a_version_or_a_lint_rule_leaves_the_locks_alone(copied_checkout: Path) -> None:
    pyproject = copied_checkout / "pyproject.toml"
    pyproject.write_text(
        pyproject.read_text(encoding="utf-8").replace("line-length = 110", "line-length = 88")
    )
    assert stale_locks(copied_checkout) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    requirements = re.split(r"\n(?=[A-Za-z0-9])", text.partition("\n")[2])
    assert [each.splitlines()[0] for each in requirements if "--hash=sha256:" not in each] == []


def test_developers_run_the_versions_users_get() -> None:
    developers = _pins("requirements-dev.lock")
    users = _pins("requirements.lock")
    assert {name: developers.get(name) for name in users} == users


def test_the_build_backend_is_locked() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert pyproject["dependency-groups"]["build"] == pyproject["build-system"]["requires"]
