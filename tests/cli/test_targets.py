"""`targets`: listed, proposed, set, split, exported, and told of, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from hakari.config import TRUTH_FILE
from hakari.storage.truth import Truth
from tests.cli.terminal import Terminal
from tests.planning.aiming import aiming_company

DEALS = "win_deals"


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    home = tmp_path / "home"
    with aiming_company(home):
        pass
    return Terminal(home)


def test_targets_are_listed_with_their_chances_and_what_does_not_add_up(terminal: Terminal) -> None:
    rows = terminal.rows("targets", "list", "--kpi", DEALS)
    assert [(row["scope"], row["team"] or row["person"], row["value"]) for row in rows] == [
        ("team", "第1", 10),
        ("adjust", "第1", 2),
        ("person", "佐藤", 5),
        ("person", "佐藤", 5),
        ("person", "鈴木", 3),
    ]
    assert rows[2]["reached"] is True
    assert 0 < rows[3]["chance"] < 1
    assert terminal("targets", "list") == 0
    assert "調整差 (第1)" in terminal.out
    assert "挑戦" in terminal.out


def test_a_target_is_set_with_a_reason_and_told_of_again(terminal: Terminal) -> None:
    words = ("--person", "佐藤", "--period", "2026-12")
    assert terminal("targets", "set", DEALS, "7", *words, "--reason", "増員", "--by", "山田") == 0
    assert "1 件を保存しました" in terminal.out
    rows = terminal.rows("targets", "history", DEALS, *words)
    assert [(row["before"], row["value"], row["reason"], row["set_by"]) for row in rows] == [
        (None, 5, None, "rows"),
        (5, 7, "増員", "山田"),
    ]
    assert terminal("undo", str(rows[-1]["import"])) == 0
    assert terminal.rows("targets", "list", "--person", "佐藤")[-1]["value"] == 5


def test_a_target_without_a_reason_or_for_somebody_unknown_is_refused(terminal: Terminal) -> None:
    words = ("--period", "2026-12", "--by", "山田")
    assert terminal("targets", "set", DEALS, "7", *words) != 0
    assert terminal("targets", "set", DEALS, "7", *words, "--reason", "x", "--person", "佐籐") != 0
    assert "佐藤" in terminal.err
    assert terminal("targets", "set", DEALS, "約7", *words, "--reason", "x") != 0
    assert "not a number" in terminal.err


def test_a_year_is_set_by_months_that_add_up(terminal: Terminal) -> None:
    words = ("--period", "FY2027", "--reason", "来期", "--by", "山田", "--by-month")
    assert terminal("targets", "set", DEALS, "100", *words) == 0
    assert "季節性は不明" in terminal.out
    rows = terminal.rows("targets", "list", "--year", "FY2027")
    assert len(rows) == 12
    assert sum(row["value"] for row in rows) == 100


def test_proposals_are_for_a_team_and_its_people(terminal: Terminal) -> None:
    rows = terminal.rows("targets", "propose", DEALS, "--team", "第1")
    assert {row["period_from"] for row in rows} == {"2026-12-01"}
    assert [row["whose"] for row in rows] == ["team:第1", "person:佐藤", "person:鈴木"]
    assert [row["three_month_mean"] for row in rows] == [8, 5, 3]
    assert all(row["proposal"] <= row["three_month_mean"] for row in rows)


@pytest.mark.parametrize("name", ["targets.csv", "targets.xlsx"])
def test_what_is_exported_and_imported_again_changes_nothing(terminal: Terminal, name: str) -> None:
    rate = ("targets", "set", "fs_win_rate_on_opportunities", "18%", "--period", "2026-12")
    assert terminal(*rate, "--reason", "x", "--by", "山田") == 0
    file = terminal.home / name
    assert terminal("targets", "export", file) == 0
    before = terminal.rows("targets", "list")
    assert terminal("import", file, "--yes") == 0, terminal.err
    truth = Truth.open(terminal.home / TRUTH_FILE)
    run = truth.runs()[0]
    truth.close()
    assert (run.read, run.loaded, run.updated) == (len(before), 0, 0)
    assert (run.unchanged, run.rejected) == (len(before) - 1, 1)  # a difference is nobody's target
    assert terminal.rows("targets", "list") == before
