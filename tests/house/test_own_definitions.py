"""The page on own definitions, followed word by word, prints what it shows."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from hakari.cli.session import Session
from hakari.cli.start import run
from tests.house.checkout import ROOT
from tests.house.typed import BLOCK, TODAY, missing, typed

PAGE = (ROOT / "docs" / "own-definitions.md").read_text(encoding="utf-8")
NAMED = re.compile(r"# (home/\S+\.toml)\n")


def test_every_file_and_command_of_the_page_gives_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for kind, text in BLOCK.findall(PAGE):
        if kind == "toml":
            named = NAMED.match(text)
            assert named is not None, text
            path = tmp_path / named.group(1)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text[named.end() :], encoding="utf-8")
            continue
        for words, printed in typed(text):
            out = io.StringIO()
            session = Session(out=out, err=out, folder=tmp_path / "home", clock=lambda: TODAY)
            code = run(words, session)
            refused = "FAILED" in "".join(printed) or printed[0].startswith("hakari: ")
            assert bool(code) == refused, out.getvalue()
            assert missing(printed, out.getvalue()) is None, out.getvalue()
