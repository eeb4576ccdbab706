"""Whoever sets a target sets one cell: the last word counts, and taken back it leaves the one before."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from hakari.sources.files.folding import fold
from hakari.sources.targets.writing import Setting, Written, write_settings
from hakari.storage.truth import Truth
from tests.sources.files.desk import NOON, bring, column, write

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
FILE = "年月,指標,目標値\n2026/11,win_amount,100\n"


@pytest.fixture
def truth(tmp_path: Path) -> Truth:
    return Truth.open(tmp_path / "truth.db")


def _set(truth: Truth, value: float | None, day: int, measure: str = "win_amount") -> Written:
    return write_settings(
        truth,
        [Setting(measure, FIRST, LAST, value)],
        reason="増員",
        author="山田",
        label="targets",
        now=NOON + timedelta(days=day),
        measure_named={"受注額": "win_amount"}.get,
        fold=fold,
    )


def test_an_edit_is_the_next_version_of_what_a_file_brought(truth: Truth, tmp_path: Path) -> None:
    bring(truth, write(tmp_path, "目標.csv", FILE))
    written = _set(truth, 120, 1)
    assert (written.read, written.loaded, written.updated, written.unchanged) == (1, 0, 1, 0)
    assert column(truth, "target", "value") == [120]
    assert column(truth, "target", "author") == ["山田"]


def test_the_file_read_again_says_its_value_again(truth: Truth, tmp_path: Path) -> None:
    path = write(tmp_path, "目標.csv", FILE)
    bring(truth, path)
    _set(truth, 120, 1)
    assert bring(truth, path, day=2).updated == 1
    assert column(truth, "target", "value") == [100]
    assert column(truth, "target", "reason") == [None]  # the reason was the edit's


def test_an_edit_taken_back_leaves_what_was_before(truth: Truth, tmp_path: Path) -> None:
    bring(truth, write(tmp_path, "目標.csv", FILE))
    written = _set(truth, None, 1)
    assert column(truth, "target", "value") == [None]
    truth.undo(written.run, NOON + timedelta(days=2))
    assert column(truth, "target", "value") == [100]
    told = truth.versions("target", {"measure": "win_amount"})
    assert [(one.values["value"], one.source, one.undone_at is None) for one in told] == [
        (100, "files", True),
        (None, "targets", False),
    ]


def test_the_same_value_again_is_no_change_whoever_says_it(truth: Truth) -> None:
    _set(truth, 120, 0)
    assert _set(truth, 120, 1, "受注額").unchanged == 1
    assert column(truth, "target", "value") == [120]
