"""`hakari rep`: found by name, told as a table or as rows; texts erased for good."""

from __future__ import annotations

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


def test_a_person_is_shown_by_a_part_of_the_name(terminal: Terminal) -> None:
    assert terminal("rep", "舞") == 0, terminal.err
    assert "聞きたいこと" in terminal.out


def test_the_deals_come_as_rows(terminal: Terminal) -> None:
    rows = terminal.rows("rep", "伊藤舞", "--view", "deals")
    assert [one["deal"] for one in rows] == ["みなと物流"]


def test_who_is_not_there_and_a_view_that_is_not_there_are_named(terminal: Terminal) -> None:
    assert terminal("rep", "田中") != 0
    assert "伊藤 舞" in terminal.err
    assert terminal("rep", "舞", "--view", "all") != 0
    assert "1on1" in terminal.err


def test_erasing_says_how_many_texts_are_gone(terminal: Terminal, tmp_path: Path) -> None:
    company = Company(tmp_path, lambda: terminal.now, in_folder=True)
    company.write_note(company.person_named("舞").key, "note", "x")
    company.close()
    assert terminal("rep", "舞", "--erase-texts") == 0
    assert "1件" in terminal.out
    assert terminal.rows("rep", "舞", "--view", "1on1")[-1]["part"] == "question"
