"""`hakari meeting`: opened, decided in, shown again, and its decisions settled."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hakari.bootstrap import Company
from tests.cli.terminal import Terminal
from tests.metrics.rows import LEARNT, write
from tests.web.defined import ROWS


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    made = Terminal(tmp_path)
    company = Company(tmp_path, lambda: made.now, in_folder=True)
    with company.truth.importing("test", "rows", LEARNT) as an_import:
        write(an_import, ROWS)
    company.close()
    return made


def run(terminal: Terminal, *words: str) -> str:
    assert terminal("meeting", *words) == 0, terminal.err
    return terminal.out.strip()


def test_the_next_meeting_shows_what_was_decided(terminal: Terminal) -> None:
    first = run(terminal, "new", "--title", "週次")
    made = run(
        terminal,
        "decide",
        first,
        "当番制",
        "--owner",
        "伊藤",
        "--by",
        "2026-12-01",
        "--kpi",
        "受注額",
        "--change",
        "5",
    )
    terminal.now += timedelta(days=7)
    second = run(terminal, "new")
    assert "当番制" in run(terminal, "show", second)
    run(terminal, "settle", made, "kept", "--remark", "始めた")
    rows = terminal.rows("meeting", "show", second)
    (told,) = [one for one in rows if one["block"] == "last_decision"]
    assert (told["outcome"], told["change"], told["measure"]) == ("kept", 0.05, "win_amount")
    assert [one["decisions"] for one in terminal.rows("meeting", "list")] == [0, 1]


def test_what_is_not_there_and_what_is_no_day_are_named(terminal: Terminal) -> None:
    assert terminal("meeting", "show", "77") != 0
    assert "meeting list" in terminal.err
    number = run(terminal, "new")
    assert terminal("meeting", "decide", number, "x", "--owner", "y", "--by", "soon") != 0
    assert "2026-12-01" in terminal.err
