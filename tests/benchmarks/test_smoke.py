"""Every benchmark runs on a small company and finds nothing to disagree about; times are never tested."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import by_hand
from benchmarks.__main__ import BENCHES, main
from benchmarks.scorecard import FiguresDifferError, compare
from benchmarks.store import built, opened

ROWS = 20_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench")


STUDIES = ("nowcast", "targets", "alerts", "plan", "gap")


@pytest.mark.parametrize("name", [name for name in BENCHES if name not in (*STUDIES, "spark")])
def test_a_benchmark_runs_and_says_its_figures(
    name: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = tmp_path / "figures.json"
    words = ["--rows", str(ROWS), "--rounds", "1", "--only", name]
    assert main([*words, "--data", str(folder), "--json", str(said)]) == 0
    (table,) = json.loads(said.read_text(encoding="utf-8"))["tables"]
    assert table["title"] in capsys.readouterr().out
    assert len(table["lines"]) >= 2
    for line in table["lines"].values():
        assert line["wall min"] > 0


def test_a_figure_that_differs_stops_the_benchmark(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    projection = opened(built(folder, ROWS).path)
    try:
        assert compare(projection) > 1_000
        order = by_hand.STATEMENTS["order"]
        monkeypatch.setitem(by_hand.STATEMENTS, "order", order.replace("sum(", "1 + sum("))
        with pytest.raises(FiguresDifferError, match="order_amount"):
            compare(projection)
    finally:
        projection.close()


def test_the_nowcast_s_study_holds_every_way_against_the_truth(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = tmp_path / "figures.json"
    assert main(["--only", "nowcast", "--seeds", "4", "--json", str(said)]) == 0
    (table,) = json.loads(said.read_text(encoding="utf-8"))["tables"]
    assert "agree with what was published" in capsys.readouterr().out
    assert len(table["lines"]) == 2 * 5 * 9
    # Even four companies of 600 new cases tell half from none, and a third too high from right.
    assert float(table["lines"]["calibrated · steady · A"]["bias %"]) < -45
    assert float(table["lines"]["calibrated · steady · E"]["bias %"]) > 20
    assert abs(float(table["lines"]["demo · steady · N"]["bias %"])) < 10


def test_the_target_study_finds_its_proposals_in_the_band(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = tmp_path / "figures.json"
    assert main(["--only", "targets", "--seeds", "12", "--json", str(said)]) == 0
    (table,) = json.loads(said.read_text(encoding="utf-8"))["tables"]
    assert "worlds are in the band" in capsys.readouterr().out
    forty = table["lines"]["40 a month"]
    assert 0.65 < float(forty["proposal"]) < 0.85
    assert 0.35 < float(forty["3-month mean"]) < 0.65


def test_the_study_of_alerts_stands_beside_what_was_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = tmp_path / "figures.json"
    assert main(["--only", "alerts", "--seeds", "10", "--json", str(said)]) == 0
    (table,) = json.loads(said.read_text(encoding="utf-8"))["tables"]
    assert "0.111 false alarms a year" in capsys.readouterr().out
    assert len(table["lines"]) == 6
    assert float(table["lines"]["80 a week"]["delay"]) < float(table["lines"]["5 a week"]["delay"])


def test_the_plan_study_tells_a_kept_promise_from_a_division(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = tmp_path / "figures.json"
    assert main(["--only", "plan", "--seeds", "3", "--json", str(said)]) == 0
    (table,) = json.loads(said.read_text(encoding="utf-8"))["tables"]
    assert "A what-if on one company" in capsys.readouterr().out
    lines = table["lines"]
    assert lines["divided"]["calls"] < lines["P50"]["calls"] < lines["P80"]["calls"] < lines["P90"]["calls"]


def test_an_unknown_benchmark_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "scorecards"]) == 2
    assert "scorecards" in capsys.readouterr().err


def test_the_gap_s_study_names_a_step_that_lost_a_third(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = tmp_path / "figures.json"
    assert main(["--only", "gap", "--seeds", "4", "--json", str(said)]) == 0
    (table,) = json.loads(said.read_text(encoding="utf-8"))["tables"]
    assert "surely so" in capsys.readouterr().out
    assert len(table["lines"]) == 5 * 4
    assert table["lines"]["connects · company · plan"]["named it"] >= 3
    still = [line["named none"] for name, line in table["lines"].items() if name.startswith("nothing")]
    assert sum(still) >= 12
