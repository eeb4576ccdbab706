"""Definitions on the command line: listed, checked, chosen, looked back on."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hakari.cli.session import Session
from hakari.cli.start import run

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
DEALS = "案件名,取引先,金額,フェーズ,作成日\nA,甲社,3000000,提案,2026-10-05\nB,乙社,1000000,提案,2026-11-05\n"
OURS = """id = "deals_created"
ja = "案件創出"
en = "Deals created"
stage = "nurture_qualify"
department = "inside_sales"

[measure.count]
kind = "count"
unit = "count"
of = "large_deals"
aliases = ["deal"]
"""
LARGE = """[large_deals]
where = [["amount", ">=", 3000000]]
dates = { event = "created_at", created = "created_at" }
"""


class Terminal:
    """Runs commands one after the other, each as a process of its own would."""

    def __init__(self, folder: Path) -> None:
        self.home, self.now = folder / "home", NOW

    def __call__(self, *words: str, code: int = 0) -> str:
        out = io.StringIO()
        session = Session(out=out, err=out, folder=self.home, clock=lambda: self.now)
        assert run(("--lang", "en", *words), session) == code, out.getvalue()
        return out.getvalue()


@pytest.fixture
def hakari(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deals.csv").write_text(DEALS, encoding="utf-8")
    terminal = Terminal(tmp_path)
    terminal("import", "deals.csv", "--yes")
    return terminal


def test_the_catalogue_is_narrowed_and_says_what_can_be_computed(hakari: Terminal) -> None:
    rows = json.loads(hakari("catalogue", "--stage", "win", "--search", "受注単価", "--format", "json"))
    assert {row["stage"] for row in rows} == {"win"}
    every = json.loads(hakari("catalogue", "--format", "json"))
    assert any(row["computable"] for row in every)
    seminar = json.loads(hakari("catalogue", "--tactic", "セミナー", "--format", "json"))
    assert {row["tactic"] for row in seminar} == {"seminar"}


def test_what_is_missing_is_said_as_a_column_of_a_file(hakari: Terminal) -> None:
    missing = json.loads(hakari("catalogue", "--missing", "--search", "bantc_deals", "--format", "json"))
    assert [row["measure"] for row in missing] == ["bantc_deals"]
    assert missing[0]["missing"].startswith("the column “budget known”")
    assert "leads_acquired" in hakari("catalogue", "--missing")


def test_a_changed_file_is_followed_and_its_past_shown_beside(hakari: Terminal) -> None:
    before = json.loads(hakari("show", "deals_created", "--period", "2026-10..2026-11", "--format", "json"))
    assert before[0]["value"] == 2
    hakari.now += timedelta(hours=1)
    folder = hakari.home / "definitions"
    (folder / "populations").mkdir(parents=True)
    (folder / "populations" / "deal.toml").write_text(LARGE, encoding="utf-8")
    (folder / "ours.toml").write_text(OURS, encoding="utf-8")
    after = hakari("show", "deals_created", "--period", "2026-10..2026-11")
    assert "changed on 2026-11-24" in after
    history = json.loads(
        hakari("definitions", "history", "deals_created", "--period", "2026-10..2026-11", "--format", "json")
    )
    assert [(row["period"], row["held"], row["value"]) for row in history] == [
        ("2026-10-01..2026-11-23", True, 2),
        ("2026-10-01..2026-11-23", False, 1),
        ("2026-11-24..2026-11-30", True, 0),
    ]
    assert "own" in hakari("definitions", "history", "deals_created")


def test_a_refused_file_is_told_with_every_command_and_fails_its_check(hakari: Terminal) -> None:
    folder = hakari.home / "definitions"
    folder.mkdir()
    (folder / "ours.toml").write_text(OURS, encoding="utf-8")
    told = hakari("show", "deals_created")
    assert "ours.toml, line 10: [measure.count] of = 'large_deals' names no population" in told
    assert "1 files with failures" in hakari("definitions", "check", code=1)


def test_a_file_that_is_not_there_is_refused(hakari: Terminal) -> None:
    assert "none.toml" in hakari("definitions", "check", "none.toml", code=2)
    assert "no definition files" in hakari("definitions", "check")


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--sign", "marketing"], "names nobody"),
        (["--sign", "marketing=山田", "--sign", "marketing=鈴木"], "is signed for by 山田 and by 鈴木"),
        (["--sign", "marketing=山田", "--from", "soon"], "--from soon is no day"),
        (["--sign", "marketing=山田"], "why sdr_meetings.rate?"),
    ],
)
def test_a_choice_that_cannot_be_read_is_refused(hakari: Terminal, flags: list[str], said: str) -> None:
    assert said in hakari("definitions", "choose", "商談化率", "sdr_meetings.rate", *flags, code=2)


def test_a_choice_goes_from_proposed_to_in_force(hakari: Terminal) -> None:
    choose = ("definitions", "choose", "受注率", "受注率(提案)", "--reason", "x")
    assert "* win_win_rate" not in hakari("definitions", "conflicts")
    assert "signed by Field sales 田中" in hakari(*choose, "--sign", "FS=田中")
    assert "* win_win_rate" in hakari("definitions", "conflicts")
    rows = json.loads(hakari("definitions", "conflicts", "--format", "json"))
    assert [row["measure"] for row in rows if row["in_force"]] == ["win_win_rate"]
    assert "means Win rate on proposals (win_win_rate)" in hakari("define", "受注率")
    hakari("definitions", "choose", "商談化率", "sdr_meetings.rate", "--reason", "x", "--sign", "sdr=佐藤")
    assert "nothing chosen yet" in hakari("definitions", "withdraw", "商談化率", "sdr")
