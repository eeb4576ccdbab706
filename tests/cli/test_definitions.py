"""Definitions on the command line: listed, checked, chosen, looked back on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal

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


class English(Terminal):
    """What a command prints, both for the reader and for the eye."""

    def says(self, *words: str, code: int = 0) -> str:
        assert self("--lang", "en", *words) == code, self.err
        return self.out + self.err


@pytest.fixture
def hakari(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> English:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deals.csv").write_text(DEALS, encoding="utf-8")
    terminal = English(tmp_path / "home")
    terminal.says("import", "deals.csv", "--yes")
    return terminal


def test_the_catalogue_is_narrowed_and_says_what_can_be_computed(hakari: English) -> None:
    rows = hakari.rows("--lang", "en", "catalogue", "--stage", "win", "--search", "受注単価")
    assert {row["stage"] for row in rows} == {"win"}
    every = hakari.rows("--lang", "en", "catalogue")
    assert any(row["computable"] for row in every)
    seminar = hakari.rows("--lang", "en", "catalogue", "--tactic", "セミナー")
    assert {row["tactic"] for row in seminar} == {"seminar"}


def test_what_is_missing_is_said_as_a_column_of_a_file(hakari: English) -> None:
    missing = hakari.rows("--lang", "en", "catalogue", "--missing", "--search", "bantc_deals")
    assert [row["measure"] for row in missing] == ["bantc_deals"]
    assert missing[0]["missing"].startswith("the column “budget known”")
    assert "leads_acquired" in hakari.says("catalogue", "--missing")


def test_a_changed_file_is_followed_and_its_past_shown_beside(hakari: English) -> None:
    before = hakari.rows("--lang", "en", "show", "deals_created", "--period", "2026-10..2026-11")
    assert before[0]["value"] == 2
    hakari.now += timedelta(hours=1)
    folder = hakari.home / "definitions"
    (folder / "populations").mkdir(parents=True)
    (folder / "populations" / "deal.toml").write_text(LARGE, encoding="utf-8")
    (folder / "ours.toml").write_text(OURS, encoding="utf-8")
    after = hakari.says("show", "deals_created", "--period", "2026-10..2026-11")
    assert "changed on 2026-11-24" in after
    history = hakari.rows(
        "--lang", "en", "definitions", "history", "deals_created", "--period", "2026-10..2026-11"
    )
    assert [(row["period"], row["held"], row["value"]) for row in history] == [
        ("2026-10-01..2026-11-23", True, 2),
        ("2026-10-01..2026-11-23", False, 1),
        ("2026-11-24..2026-11-30", True, 0),
    ]
    told = hakari.says("definitions", "history", "deals_created")
    assert "large_deals: deal: amount >= 3000000" in told
    assert "deals: deal: every row" in told


def test_a_refused_file_is_told_with_every_command_and_fails_its_check(hakari: English) -> None:
    folder = hakari.home / "definitions"
    folder.mkdir()
    (folder / "ours.toml").write_text(OURS, encoding="utf-8")
    told = hakari.says("show", "deals_created")
    assert "ours.toml, line 10: [measure.count] of = 'large_deals' names no population" in told
    assert "1 files with failures" in hakari.says("definitions", "check", code=1)


def test_a_file_that_is_not_there_is_refused(hakari: English) -> None:
    assert "none.toml" in hakari.says("definitions", "check", "none.toml", code=2)
    assert "no definition files" in hakari.says("definitions", "check")


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--sign", "marketing"], "names nobody"),
        (["--sign", "marketing=山田", "--sign", "marketing=鈴木"], "is signed for by 山田 and by 鈴木"),
        (["--sign", "marketing=山田", "--from", "soon"], "--from soon is no day"),
        (["--sign", "marketing=山田"], "why sdr_meetings.rate?"),
    ],
)
def test_a_choice_that_cannot_be_read_is_refused(hakari: English, flags: list[str], said: str) -> None:
    assert said in hakari.says("definitions", "choose", "商談化率", "sdr_meetings.rate", *flags, code=2)


def test_a_choice_goes_from_proposed_to_in_force(hakari: English) -> None:
    choose = ("definitions", "choose", "受注率", "受注率(提案)", "--reason", "x")
    assert "* win_win_rate" not in hakari.says("definitions", "conflicts")
    assert "signed by Field sales 田中" in hakari.says(*choose, "--sign", "FS=田中")
    assert "* win_win_rate" in hakari.says("definitions", "conflicts")
    rows = hakari.rows("--lang", "en", "definitions", "conflicts")
    assert [row["measure"] for row in rows if row["in_force"]] == ["win_win_rate"]
    assert "means Win rate on proposals (win_win_rate)" in hakari.says("define", "受注率")
    hakari.says(
        "definitions", "choose", "商談化率", "sdr_meetings.rate", "--reason", "x", "--sign", "sdr=佐藤"
    )
    assert "nothing chosen yet" in hakari.says("definitions", "withdraw", "商談化率", "sdr")
