"""What marketing keeps in lists of its own: search words, followers, video views, selling points."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hakari.storage.truth import Truth
from tests.sources.files.desk import bring, current, write

KEYWORDS = """\
対策キーワード,種別,指名,目標順位,対策開始日
購買管理システム,SEO,,10,2026/04/01
架空の会社,,○,,2026/04/01
"""
RANKS = """\
計測日,検索キーワード,検索順位
2026/10/01,購買管理システム,8.5
2026/11/02,購買管理システム,圏外
"""
SEARCHES = """\
日付,検索キーワード,検索数,施策名
2026/10/04,架空の会社,62,交通広告
2026/10/05,架空の会社,90,交通広告
"""
CAMPAIGNS = """\
キャンペーン名,種別,開始日,目的,シナリオ名
交通広告,マス広告,2026/10/05,獲得,
"""
FOLLOWERS = """\
計測日,SNS名,アカウント名,フォロワー数
2026/10/31,X,aoumi,"1,204"
2026/10/31,Facebook,aoumi,310
"""
VIDEOS = """\
動画名,種別,公開日,公開終了日
製品紹介,動画,2026/04/01,
"""
VIEWS = """\
視聴日時,動画名,会社名,視聴秒数,視聴割合
2026/10/05 10:15,製品紹介,蒼海重工,95,80%
"""
POINTS = """\
タイトル,種別,製品名,説明できる,登録日
3週間で導入,強み,,○,2025/04/01
発注の重複,解決できる課題,,,2025/04/01
工場への展開,導入事例,,,2026/10/01
"""


def test_search_words_their_ranks_and_searches_for_our_name(truth: Truth, tmp_path: Path) -> None:
    texts = {
        "キーワード一覧.csv": KEYWORDS,
        "検索順位.csv": RANKS,
        "検索数.csv": SEARCHES,
        "施策.csv": CAMPAIGNS,
    }
    bring(truth, *(write(tmp_path, name, text) for name, text in texts.items()))
    target, brand = current(truth, "keyword")
    assert (target["aim"], target["goal_rank"], target["from_on"]) == ("seo", 10, date(2026, 4, 1))
    assert (brand["aim"], brand["brand"]) == (None, True)
    found = [
        (row["keyword"].removeprefix("name:"), row["on"].day, row["rank"], row["searches"], row["campaign"])
        for row in current(truth, "keyword_result")
    ]
    assert sorted(found, key=str) == [
        ("架空の会社", 4, None, 62, "交通広告"),
        ("架空の会社", 5, None, 90, "交通広告"),
        ("購買管理システム", 1, 8.5, None, None),
        ("購買管理システム", 2, None, None, None),
    ]
    (campaign,) = current(truth, "campaign")
    assert (campaign["tactic"], campaign["aim"]) == ("mass_ad", "acquire")


def test_followers_are_counted_per_account_and_day(truth: Truth, tmp_path: Path) -> None:
    path = write(tmp_path, "フォロワー数.csv", FOLLOWERS)
    bring(truth, path)
    assert bring(truth, path, day=1).unchanged == 2
    found = {(row["network"], row["profile"]): row["followers"] for row in current(truth, "follower_count")}
    assert found == {("X", "aoumi"): 1204, ("Facebook", "aoumi"): 310}


def test_a_video_view_finds_its_video(truth: Truth, tmp_path: Path) -> None:
    files = [write(tmp_path, "動画一覧.csv", VIDEOS), write(tmp_path, "動画視聴.csv", VIEWS)]
    bring(truth, *files)
    (view,) = current(truth, "video_view")
    assert (view["video"], view["account"], view["seconds"]) == ("製品紹介", "蒼海重工", 95)
    assert view["watched"] == 0.8


def test_strengths_challenges_and_references_in_one_list(truth: Truth, tmp_path: Path) -> None:
    bring(truth, write(tmp_path, "提案材料.csv", POINTS))
    found = [(row["title"], row["kind"], row["explainable"]) for row in current(truth, "selling_point")]
    assert found == [
        ("3週間で導入", "strength", True),
        ("発注の重複", "solution", None),
        ("工場への展開", "reference", None),
    ]
