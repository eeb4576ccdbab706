"""The tutorial, typed word by word, gives what it prints."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hakari.cli.session import Session
from hakari.cli.start import run
from tests.house.checkout import ROOT

TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(csv|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
TODAY = datetime(2026, 11, 24, 3, tzinfo=UTC)
LEFT_OUT = "…"


def _typed(console: str) -> Iterator[tuple[list[str], list[str]]]:
    """Each command of a block, and the lines printed under it."""
    for part in re.split(r"^\$ \./dev hakari ", console, flags=re.MULTILINE)[1:]:
        command, *printed = part.splitlines()
        yield shlex.split(command), printed


def _squeezed(line: str) -> str:
    return " ".join(line.split())


def _missing(printed: list[str], answer: str) -> str | None:
    """The first printed line that the answer lacks; the lines must come in the same order."""
    rest = iter([_squeezed(line) for line in answer.splitlines()])
    for line in map(_squeezed, printed):
        wanted = line.removesuffix(LEFT_OUT).strip()
        if wanted and not any(
            found == line or (found.startswith(wanted) and wanted != line) for found in rest
        ):
            return line
    return None


def test_every_command_prints_what_the_tutorial_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for kind, text in BLOCK.findall(TUTORIAL):
        if kind == "csv":
            name = "targets.csv" if "指標" in text else "deals.csv"
            (tmp_path / name).write_text(text, encoding="utf-8")
            continue
        for words, printed in _typed(text):
            out = io.StringIO()
            session = Session(out=out, err=out, folder=tmp_path / "home", clock=lambda: TODAY)
            assert run(words, session) == 0, out.getvalue()
            assert _missing(printed, out.getvalue()) is None, out.getvalue()


def test_a_line_that_is_not_printed_is_noticed() -> None:
    assert _missing(["a  1", LEFT_OUT, "b …"], "a 1\nx\nb 2 3\n") is None
    assert _missing(["b", "a"], "a\nb\n") == "a"
    assert _missing(["a 2"], "a 1\n") == "a 2"
