"""One process owns the projection: while the server runs, other commands are answered by it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from hakari.config import SERVER_FILE
from tests.cli.terminal import Terminal

HEAD = "案件番号,案件名,担当者,フェーズ,作成日,完了予定日,金額\n"
DEALS = HEAD + "D-1,蒼海重工,佐藤,受注,2026/10/01,2026/11/20,3200000\n"
MORE = DEALS + "D-2,青葉商事,佐藤,受注,2026/10/03,2026/11/21,800000\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    file = folder / "deals.csv"
    file.write_text(DEALS, encoding="utf-8")
    assert Terminal(folder / "home")("import", file, "--yes") == 0
    return folder / "home"


@pytest.fixture(scope="module")
def url(home: Path) -> Iterator[str]:
    words = [sys.executable, "-m", "hakari.cli", "serve", "--port", "0"]
    with subprocess.Popen(
        words, env={**os.environ, "HAKARI_HOME": str(home)}, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found is not None
        yield _ready(found[0])
        server.terminate()
        server.wait(20)


def _ready(url: str) -> str:
    for _ in range(200):
        try:
            httpx2.get(url, timeout=5)
        except httpx2.TransportError:
            time.sleep(0.1)
        else:
            return url
    raise AssertionError(f"{url} never answered")


def test_a_second_command_is_answered_by_the_server(home: Path, url: str) -> None:
    assert url
    assert Terminal(home).rows("show", "win_amount")[0]["value"] == 3_200_000


def test_a_second_server_is_told_what_to_do(home: Path, url: str) -> None:
    assert url
    terminal = Terminal(home)
    assert terminal("serve", "--port", "0") != 0
    assert "→" in terminal.err


def test_an_import_beside_the_server_shows_at_once(home: Path, url: str, tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text(MORE, encoding="utf-8")
    terminal = Terminal(home)
    assert terminal("import", file, "--yes") == 0, terminal.err
    assert "loaded 1 + updated 0 + unchanged 1" in terminal.out
    assert terminal.rows("show", "win_amount")[0]["value"] == 4_000_000
    answer = httpx2.get(f"{url}metric/win_amount.json", params={"period": "FY2026-Q3"}, timeout=20)
    assert "4000000" in answer.text


def test_a_choice_beside_the_server_is_known_to_it_at_once(home: Path, url: str) -> None:
    assert url
    terminal = Terminal(home)
    terminal("show", "受注率")
    assert terminal.err.count("2 通りの意味") == 1
    signed = ("--reason", "x", "--sign", "FS=田中")
    assert terminal("definitions", "choose", "受注率", "win_win_rate", *signed) == 0, terminal.err
    assert [row["measure"] for row in terminal.rows("show", "受注率")] == ["win_win_rate"]
    assert terminal("definitions", "history", "win_amount") == 0, terminal.err
    assert "win_amount@" in terminal.out


def test_nobody_without_the_token_can_run_commands(home: Path, url: str) -> None:
    refused = httpx2.post(f"{url}command", json={"words": ["show", "win_amount"]}, timeout=20)
    assert refused.status_code == 403
    assert (home / SERVER_FILE).stat().st_mode & 0o077 == 0


def test_a_server_is_not_opened_to_other_machines(home: Path) -> None:
    terminal = Terminal(home)
    assert terminal("serve", "--host", "0.0.0.0") != 0  # noqa: S104
    assert "sign-in" in terminal.err
