"""What became of a deal is read from whatever its file says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hakari.storage.truth import Truth
from tests.sources.files.desk import bring, column, current, only, said, write

NAMES = "商談名,会社名,金額"


def _load(
    truth: Truth, folder: Path, header: str, *rows: str, name: str = "商談.csv"
) -> list[dict[str, object]]:
    bring(
        truth,
        write(
            folder,
            name,
            "\n".join([f"{NAMES},{header}", *(f"D{n},アクメ,100,{row}" for n, row in enumerate(rows))]),
        ),
    )
    return current(truth, "deal")


def test_a_close_date_closes_a_closed_deal_and_is_expected_of_an_open_one(
    truth: Truth, tmp_path: Path
) -> None:
    won, lost, open_ = _load(
        truth, tmp_path, "フェーズ,完了予定日", "受注,2026/11/01", "失注,2026/11/02", "提案,2026/12/20"
    )
    assert (won["status"], won["closed_on"], won["expected_close_on"]) == (
        "won",
        date(2026, 11, 1),
        date(2026, 11, 1),
    )
    assert (lost["status"], lost["closed_on"]) == ("lost", date(2026, 11, 2))
    assert (open_["status"], open_["closed_on"], open_["expected_close_on"]) == (
        "open",
        None,
        date(2026, 12, 20),
    )


def test_a_won_date_wins_over_the_close_date(truth: Truth, tmp_path: Path) -> None:
    (won,) = _load(truth, tmp_path, "フェーズ,完了予定日,受注日", "受注,2026/11/30,2026/11/12")
    assert (won["closed_on"], won["expected_close_on"]) == (date(2026, 11, 12), date(2026, 11, 30))


def test_a_lost_date_closes_a_lost_deal(truth: Truth, tmp_path: Path) -> None:
    (lost,) = _load(truth, tmp_path, "フェーズ,完了予定日,失注日", "失注,2026/11/30,2026/11/12")
    assert lost["closed_on"] == date(2026, 11, 12)


def test_an_open_deal_with_a_won_date_stays_open_and_it_is_said(truth: Truth, tmp_path: Path) -> None:
    text = f"{NAMES},フェーズ,受注日\nA,アクメ,100,提案,2026/11/12\n"
    report = bring(truth, write(tmp_path, "商談.csv", text))
    row = only(truth, "deal")
    assert (row["status"], row["closed_on"]) == ("open", None)
    assert [note[3] for note in said(report)] == ["open_but_won_date"]


def test_a_month_alone_is_its_last_day(truth: Truth, tmp_path: Path) -> None:
    (row,) = _load(truth, tmp_path, "フェーズ,受注予定月", "提案,2027年2月")
    assert row["expected_close_on"] == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("header", "row", "status"),
    [
        ("フェーズ,is_won,is_closed", "謎の段階,TRUE,TRUE", "won"),
        ("フェーズ,is_won,is_closed", "謎の段階,false,true", "lost"),
        ("フェーズ,is_won,is_closed", "受注,false,false", "open"),
        ("フェーズ,is_closed", "保留,false", "dormant"),
        ("フェーズ", "謎の段階", "open"),
        ("確度,受注日", "A,2026/11/01", "won"),
        ("確度,受注日", "A,", "open"),
    ],
)
def test_flags_come_before_stages_and_a_won_date_tells_too(
    truth: Truth, tmp_path: Path, header: str, row: str, status: str
) -> None:
    (deal,) = _load(truth, tmp_path, header, row)
    assert deal["status"] == status


def test_unknown_stages_are_listed_with_how_often_they_stand(truth: Truth, tmp_path: Path) -> None:
    rows = "\n".join(f"D{n},アクメ,100,謎の段階" for n in range(3))
    report = bring(truth, write(tmp_path, "商談.csv", f"{NAMES},フェーズ\n{rows}\nD9,アクメ,100,提案\n"))
    assert said(report) == [("フェーズ", "謎の段階", 3, "unknown_stage")]
    assert column(truth, "deal", "stage") == ["謎の段階"] * 3 + ["提案"]


def test_a_mapping_says_what_a_companys_own_stages_mean(truth: Truth, tmp_path: Path) -> None:
    mapping = write(tmp_path, "m.yaml", "deal:\n  stages: {謎の段階: won}\n")
    report = bring(
        truth, write(tmp_path, "商談.csv", f"{NAMES},フェーズ\nA,アクメ,100,謎の段階\n"), mapping=mapping
    )
    assert only(truth, "deal")["status"] == "won"
    assert said(report) == []


def test_the_source_is_kept_as_written_and_read_as_a_tactic(truth: Truth, tmp_path: Path) -> None:
    (row,) = _load(truth, tmp_path, "フェーズ,リードソース", "提案,展示会")
    assert (row["source"], row["tactic"]) == ("展示会", "exhibition")


def test_a_deal_without_any_date_is_undated(truth: Truth, tmp_path: Path) -> None:
    (row,) = _load(truth, tmp_path, "フェーズ,完了予定日,作成日", "見込み,,")
    assert [row[name] for name in ("created_at", "closed_on", "expected_close_on")] == [None, None, None]


def test_a_later_file_with_fewer_columns_leaves_the_rest_alone(truth: Truth, tmp_path: Path) -> None:
    full = (
        "商談ID,商談名,会社名,金額,フェーズ,完了予定日\n"
        "1,A,アクメ,100,受注,2026/11/01\n2,B,アクメ,200,提案,2026/12/01\n"
    )
    bring(truth, write(tmp_path, "商談.csv", full))
    reasons = "商談ID,商談名,失注理由,金額,完了予定日\n1,A,,150,2026/11/02\n2,B,価格,200,2026/12/01\n"
    mapping = write(
        tmp_path,
        "m.yaml",
        "理由.csv: {table: deal, id: 商談ID, columns: {失注理由: loss_reason, 金額: amount}}\n",
    )
    report = bring(truth, write(tmp_path, "理由.csv", reasons), mapping=mapping, day=1)
    assert (report.loaded, report.updated) == (0, 2)
    first, second = current(truth, "deal")
    assert (first["amount"], first["status"], first["closed_on"]) == (150, "won", date(2026, 11, 1))
    assert (second["loss_reason"], second["stage"], second["account"]) == ("価格", "提案", "アクメ")


def test_an_outcome_in_the_place_of_the_category_is_an_outcome(truth: Truth, tmp_path: Path) -> None:
    rows = _load(
        truth,
        tmp_path,
        "ヨミ,受注予定日",
        "A,2026/12/01",
        "受注,2026/11/05",
        "失注,2026/11/06",
        "保留,2026/12/09",
    )
    assert [row["status"] for row in rows] == ["open", "won", "lost", "dormant"]
    assert [row["forecast_category"] for row in rows] == ["A", None, None, None]
    assert [row["closed_on"] for row in rows] == [None, date(2026, 11, 5), date(2026, 11, 6), None]


def test_a_stage_is_believed_before_an_outcome_in_the_category(truth: Truth, tmp_path: Path) -> None:
    (row,) = _load(truth, tmp_path, "フェーズ,ヨミ", "提案,受注")
    assert (row["status"], row["forecast_category"]) == ("open", None)
