"""The plan on the command line: worked back, asked what if, kept and compared, and the articles' examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.web.defined import defined_company
from tests.web.planned import ROWS as PLANNED

ASKED = ("--goal", "6000万", "--by", "2027-03-31")


class Planner(Terminal):
    def says(self, *words: str, code: int = 0) -> str:
        assert self("--lang", "en", *words) == code, self.err
        return self.out + self.err


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planned")
    with defined_company(folder, rows=PLANNED):
        return folder


@pytest.fixture
def hakari(home: Path) -> Planner:
    return Planner(home)


def test_a_plan_says_what_must_be_created_by_when(hakari: Planner) -> None:
    said = hakari.says("plan", *ASKED)
    for words in ("What must be created by when", "Each rep's share", "Win rate", "伊藤 舞"):
        assert words in said


def test_the_same_as_json_and_as_rows(hakari: Planner) -> None:
    rows = hakari.rows("plan", *ASKED)
    verdict = [row["value"] for row in rows if row["key"] == "verdict"]
    assert verdict[0] in ("on_course", "needs", "unsure", "short")
    assert hakari("plan", *ASKED, "--json") == 0
    assert '"block":"stage"' in hakari.out


def test_what_if_is_set_beside_what_was_observed(hakari: Planner) -> None:
    rows = hakari.rows("--lang", "en", "simulate", *ASKED, "--set", "win_rate=50%", "--set", "price=200万")
    assert [row["scenario"] for row in rows] == ["As observed", "Changed"]
    assert rows[1]["at_pace"] > 1.3 * rows[0]["at_pace"]
    assert rows[1]["at_pace_chance"] >= rows[0]["at_pace_chance"]


def test_a_scenario_is_kept_and_compared(hakari: Planner) -> None:
    said = hakari.says(
        "plan", *ASKED, "--set", "reps=4", "--save", "採用2名", "--author", "営業企画", "--reason", "案"
    )
    assert "version 1" in said
    hakari.says("plan", *ASKED, "--save", "今のまま")
    rows = hakari.rows("plan", "--compare", "採用2名", "今のまま")
    assert [row["scenario"] for row in rows] == ["採用2名", "今のまま"]
    assert rows[0]["author"] == "営業企画"
    assert "goal=6000万" in rows[0]["asked"]


@pytest.mark.parametrize(
    ("words", "way_out"),
    [
        (("plan", "--set", "winrate=0.3"), "did you mean win_rate"),
        (("plan", "--set", "price"), "--set win_rate=0.25"),
        (("plan", "--kgi", "outbound_dials"), "win_amount"),
        (("plan", "--by", "March"), "by=2027-03-31"),
        (("plan", "--compare", "nobody"), "kept:"),
        (("plan", "--period", "FY2029"), "goal=1e9"),
    ],
)
def test_what_cannot_be_is_refused_with_the_way_out(
    hakari: Planner, words: tuple[str, ...], way_out: str
) -> None:
    assert hakari("--lang", "en", *words) != 0
    assert way_out in hakari.err


def test_the_articles_examples_are_worked_out(hakari: Planner) -> None:
    assert "31 Jan" in hakari.says("plan", "--example", "billion")
    assert "115%" in hakari.says("plan", "--example", "fifty")
