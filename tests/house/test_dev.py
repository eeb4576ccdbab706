"""The one door answers also when something is wrong."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

from tests.house.checkout import ROOT


def _dev(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(ROOT / "dev"), *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def _executable(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_help_names_every_command() -> None:
    answer = _dev("help")
    assert answer.returncode == 0
    for command in ("demo", "serve", "hakari", "test", "check", "bench", "docs", "lock"):
        assert f"./dev {command}" in answer.stdout


def test_a_wrong_command_is_named_and_fails() -> None:
    answer = _dev("dmeo")
    assert answer.returncode != 0
    assert "There is no './dev dmeo'." in answer.stderr


def test_an_unsuitable_python_is_refused_with_the_way_out(tmp_path: Path) -> None:
    _executable(tmp_path / "python2", "exit 1")
    answer = _dev("lock", PYTHON=str(tmp_path / "python2"))
    assert answer.returncode != 0
    assert "Set PYTHON=" in answer.stderr


def test_without_root_the_missing_packages_are_named(tmp_path: Path) -> None:
    for command, script in {"dpkg-query": "exit 1", "id": "echo 1000", "sudo": "exit 1"}.items():
        _executable(tmp_path / command, script)
    answer = _dev("test", PATH=f"{tmp_path}:{os.environ['PATH']}", HAKARI_SYSTEM_READY="")
    assert answer.returncode != 0
    assert "chromium fonts-noto-cjk libatomic1 postgresql" in answer.stderr
