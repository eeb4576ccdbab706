"""The records as a lake, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal

DEALS = "案件番号,案件名,担当者,フェーズ,作成日,完了予定日,金額\n"
FIRST = 'D-1,蒼海重工 更新,佐藤,受注,2026/10/01,2026/11/20,"3,200,000"\n'
SECOND = 'D-2,青空商事 新規,鈴木,提案,2026/11/02,2026/12/20,"1,000,000"\n'


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "home")


def imported(terminal: Terminal, folder: Path, *lines: str) -> None:
    path = folder / "deals.csv"
    path.write_text(DEALS + "".join(lines), encoding="utf-8")
    assert terminal("import", path, "--yes") == 0, terminal.err


def test_a_lake_is_published_and_then_brought_up_to_date(terminal: Terminal, tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    imported(terminal, tmp_path, FIRST)
    assert terminal("publish", "lake", lake) == 0
    assert "everything anew" in terminal.out
    imported(terminal, tmp_path, FIRST, SECOND)
    assert terminal("publish", "lake", lake) == 0
    assert "what changed" in terminal.out
    assert (lake / "deal" / "month=2026-11").is_dir()


def test_a_lake_that_is_not_there_is_named_with_the_way_out(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(terminal, tmp_path, FIRST)
    monkeypatch.setenv("HAKARI_ENGINE", "spark")
    monkeypatch.setenv("HAKARI_LAKE", str(tmp_path / "nowhere"))
    assert terminal("show", "win_amount") != 0
    assert "there is no lake at" in terminal.err
    assert "→" in terminal.err
