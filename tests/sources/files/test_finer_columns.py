"""Files bring forecasts, scores, lengths of talks, onboarding, ramp, potential and what recorded itself."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from hakari.storage.truth import Truth
from tests.sources.files.desk import bring, current, only, write


def test_a_forecast_file_says_who_said_what_when_for_which_days(truth: Truth, tmp_path: Path) -> None:
    text = (
        "担当者,年度,四半期,予測金額(千円),提出日\n"
        "三浦,2026年度,第3四半期,25000,2026/10/01\n"
        "三浦,2026年度,第3四半期,27000,2026/11/16\n"
        "西園,2026年度,第3四半期,18000,2026/10/01\n"
    )
    report = bring(truth, write(tmp_path, "受注予測.csv", text))
    assert (report.loaded, report.rejected) == (3, 0)
    assert [
        (row["owner"], row["starts_on"], row["ends_on"], row["amount"], row["submitted_at"])
        for row in current(truth, "forecast")
    ] == [
        ("三浦", date(2026, 10, 1), date(2026, 12, 31), 25_000_000, datetime(2026, 9, 30, 15, tzinfo=UTC)),
        ("三浦", date(2026, 10, 1), date(2026, 12, 31), 27_000_000, datetime(2026, 11, 15, 15, tzinfo=UTC)),
        ("西園", date(2026, 10, 1), date(2026, 12, 31), 18_000_000, datetime(2026, 9, 30, 15, tzinfo=UTC)),
    ]


FILES: list[tuple[str, str, str, dict[str, Any]]] = [
    (
        "架電履歴.csv",
        (
            "活動日時,活動種別,結果,通話時間(秒),担当者発話秒数,総発話秒数,声のトーン,自動記録\n"
            "2026-11-20 10:00,電話,本人通話,300,160,270,57.5,はい\n"
        ),
        "activity",
        {"rep_seconds": 160, "speech_seconds": 270, "voice_tone": 57.5, "auto_captured": True},
    ),
    (
        "対応履歴.csv",
        "活動日時,活動種別,会社名,テックタッチ\n2026-11-20 10:00,メール,蒼海重工,TRUE\n",
        "activity",
        {"tech_touch": True},
    ),
    (
        "リード.csv",
        (
            "会社名,氏名,受付日時,属性スコア,行動スコア,リサイクル日,再アプローチ予定日,掘り起こし日\n"
            "蒼海重工,朝倉 明,2026-08-01 10:00,70,35,2026-09-01,2026-11-01,2026-11-04\n"
        ),
        "lead",
        {"fit_score": 70, "behaviour_score": 35, "reapproach_on": date(2026, 11, 1)},
    ),
    (
        "契約一覧.csv",
        (
            "契約番号,会社名,契約開始日,月額,オンボーディング期限,オンボーディング完了日\n"
            "C1,蒼海重工,2026-08-01,100000,2026-09-30,2026-09-20\n"
        ),
        "contract",
        {"onboarding_due_on": date(2026, 9, 30), "onboarded_on": date(2026, 9, 20)},
    ),
    (
        "受注一覧.csv",
        "受注番号,会社名,受注日,受注金額,受注種別\nO1,蒼海重工,2026-08-01,1000000,アップセル\n",
        "order",
        {"kind": "upsell"},
    ),
    (
        "社員.csv",
        "氏名,職種,入社日,独り立ち日,インセンティブ対象\n三浦,フィールドセールス,2026-01-05,2026-07-01,○\n",
        "person",
        {"ramped_on": date(2026, 7, 1), "incentive": True},
    ),
    (
        "ターゲットリスト.csv",
        "リスト名,会社名,追加日,最終確認日\n重点,蒼海重工,2026-04-01,2026-10-15\n",
        "target_member",
        {"checked_on": date(2026, 10, 15)},
    ),
    (
        "取引先.csv",
        "取引先名,従業員数,想定取引額(万円)\n蒼海重工,300,120\n",
        "account",
        {"potential": 1_200_000},
    ),
]


@pytest.mark.parametrize(("name", "text", "table", "found"), FILES, ids=[one[0] + one[2] for one in FILES])
def test_a_column_is_understood_by_its_usual_name(
    name: str, text: str, table: str, found: dict[str, Any], truth: Truth, tmp_path: Path
) -> None:
    bring(truth, write(tmp_path, name, text))
    row = only(truth, table)
    assert {field: row[field] for field in found} == found
