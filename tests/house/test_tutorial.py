"""The tutorial, typed word by word, gives what it prints."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from hakari.cli.session import Session
from hakari.cli.start import run
from tests.house.checkout import ROOT
from tests.house.typed import BLOCK, LEFT_OUT, TODAY, missing, typed

TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")


def test_every_command_prints_what_the_tutorial_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for kind, text in BLOCK.findall(TUTORIAL):
        if kind == "csv":
            name = "targets.csv" if "指標" in text else "deals.csv"
            (tmp_path / name).write_text(text, encoding="utf-8")
            continue
        for words, printed in typed(text):
            out = io.StringIO()
            session = Session(out=out, err=out, folder=tmp_path / "home", clock=lambda: TODAY)
            assert run(words, session) == 0, out.getvalue()
            assert missing(printed, out.getvalue()) is None, out.getvalue()


def test_a_line_that_is_not_printed_is_noticed() -> None:
    assert missing(["a  1", LEFT_OUT, "b …"], "a 1\nx\nb 2 3\n") is None
    assert missing(["b", "a"], "a\nb\n") == "a"
    assert missing(["a 2"], "a 1\n") == "a 2"
