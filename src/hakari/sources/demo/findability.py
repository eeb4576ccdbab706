"""How the demo company is found and what it has to show: search words, followers, pages, selling points."""

from __future__ import annotations

import numpy as np

from hakari.canonical import TABLES
from hakari.sources.demo.block import Company
from hakari.sources.demo.columns import (
    DAY,
    NONE,
    Column,
    Ints,
    Words,
    choice,
    day_number,
    ints,
    listed,
    same,
)
from hakari.sources.demo.draws import Draws
from hakari.sources.demo.frame import Frame, Version
from hakari.sources.demo.names import ISSUES, THEMES
from hakari.sources.demo.side_campaigns import SideCampaigns
from hakari.sources.demo.side_scene import Scene
from hakari.sources.demo.side_truth import Side

_KIND = TABLES["content_asset"].field("kind")
_AIM = TABLES["keyword"].field("aim")
_POINT = TABLES["selling_point"].field("kind")
_AFTER_WORDS = ("システム", "比較", "とは", "導入", "費用")
BRANDS = ("架空の会社", "調達クラウド")
_BRAND_SHARES = (0.7, 0.3)
PROFILES = (("X", 2_400, 0.013), ("Facebook", 900, 0.004), ("LinkedIn", 350, 0.035))
_SITE = (
    ("", ("トップ", "会社概要", "お問い合わせ", "料金", "採用")),
    ("製品 ", ("調達クラウド", "在庫予測", "需給計画", "契約台帳", "経費連携")),
    ("事例 ", ("製造業", "食品", "物流", "建設", "医薬", "卸売", "小売", "情報通信")),
    ("課題 ", ISSUES),
)
_STRENGTHS = (
    "3週間で導入",
    "承認経路を自由に組める",
    "帳票が豊富",
    "見積の比較が一画面",
    "独自の需要予測",
    "国内の窓口",
)
_EXPLAINED = (1, 1, 1, NONE, 0, 1)
_MORE_SOLVED = ("請求書の突き合わせ", "監査の準備", "属人化", "拠点ごとの単価差")
_STORIES = ("の導入", "での全社展開", "の工数削減")
_BEFORE, _DURING = 28, 42  # days around the start of a mass campaign for which searches are counted
_NOT_FOUND = 60.0  # ranks beyond are not looked at


def contents(company: Company, campaigns: SideCampaigns, first_key: int) -> list[Frame]:
    """Pages that were there before history, two of them withdrawn since; and what surveys led to."""
    marketer = company.roster.members("marketing", 0)[0] + 1
    pages = [f"{front}{name}" for front, names in _SITE for name in names]
    size = len(pages)
    start = day_number(company.timeline.start)
    gone = (np.arange(size) % 11 == 6) & (start + 200 < day_number(company.timeline.today))
    out = start - 900 + np.arange(size) * 30
    columns: dict[str, Column] = {
        "name": listed(pages),
        "kind": np.full(size, choice(_KIND, "page")),
        "published_on": out,
        "owner": np.full(size, marketer),
    }
    away = np.full(size, start + 200)
    site = Frame(
        "content_asset",
        first_key,
        np.full(size, (start - 30) * DAY),
        columns,
        (Version(away * DAY, gone, {"withdrawn_on": away}),),
    )
    return [site, _from_surveys(company, campaigns, first_key + size, marketer)]


def _from_surveys(company: Company, campaigns: SideCampaigns, first_key: int, marketer: int) -> Frame:
    """Two articles from each survey, designed weeks after it and published weeks later."""
    today = day_number(company.timeline.today)
    asked = [one for one in campaigns.of("survey") for _ in range(2)]
    designed = ints([day_number(one.starts) for one in asked]) + 18 + np.arange(len(asked)) % 2 * 9
    here = np.flatnonzero(designed <= today)
    designed, size = designed[here], len(here)
    columns: dict[str, Column] = {
        "name": listed([f"アンケートから {place + 1:02d}" for place in range(size)]),
        "kind": np.full(size, choice(_KIND, "article")),
        "theme": Words(ints([asked[place].theme for place in here.tolist()]), THEMES),
        "made_from": ints([asked[place].key for place in here.tolist()]),
        "designed_on": designed,
        "owner": np.full(size, marketer),
    }
    out = designed + 26
    version = Version(out * DAY, out <= today, {"published_on": out})
    return Frame("content_asset", first_key, designed * DAY, columns, (version,))


def videos(company: Company) -> tuple[Ints, Ints, Ints]:
    """The main contents' videos in the order of their publication: key, day, and length in seconds."""
    frame = company.campaigns.content()
    rows = np.flatnonzero(np.asarray(frame.columns["kind"]) == choice(_KIND, "video"))
    day = np.asarray(frame.columns["published_on"], np.int64)[rows]
    return frame.keys[rows], day, 90 + np.arange(len(rows)) * 37


def search_frames(company: Company, campaigns: SideCampaigns, side: Side) -> list[Frame]:
    """The words we want to be found by, where they stood month by month, and searches for our name."""
    draws = Draws(company.seed, 0, 1)
    words = [f"{theme} {after}" for after in _AFTER_WORDS for theme in THEMES]
    size, start = len(words), day_number(company.timeline.start)
    aim = ints([choice(_AIM, name) for name in ("seo", "ad", "both")])[draws.chosen((0.5, 0.2, 0.3), size)]
    begun = start - 30 + np.sort(draws.below(330, size))
    begun = np.minimum(begun, day_number(company.timeline.today))
    goal = ints((3, 5, 10))[draws.chosen((0.15, 0.25, 0.6), size)]
    brands = len(BRANDS)
    columns: dict[str, Column] = {
        "word": listed([*words, *BRANDS]),
        "aim": np.concatenate([aim, np.full(brands, NONE)]),
        "brand": np.repeat((0, 1), (size, brands)),
        "goal_rank": np.concatenate([np.where(aim == choice(_AIM, "ad"), NONE, goal), np.full(brands, NONE)]),
        "owner": np.full(size + brands, company.roster.members("marketing", 0)[0] + 1),
        "from_on": np.concatenate([begun, np.full(brands, start - 30)]),
    }
    frame = Frame("keyword", 1, np.asarray(columns["from_on"]) * DAY, columns)
    looked = np.flatnonzero(aim != choice(_AIM, "ad"))
    parts = [
        _ranks(company, draws, looked, begun[looked], goal[looked]),
        _searches(company, draws, campaigns, side, size),
    ]
    rows = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.argsort(rows["on"], kind="stable")
    results: dict[str, Column] = {name: values[order] for name, values in rows.items()}
    return [frame, Frame("keyword_result", 1, np.asarray(results["on"], np.int64) * DAY, results)]


def _ranks(company: Company, draws: Draws, keyword: Ints, begun: Ints, goal: Ints) -> dict[str, Column]:
    """Looked up on the first business day of each month; most words climb for a year and then stay."""
    timeline = company.timeline
    days = timeline.days[[timeline.index(month.start) for month in timeline.months]]
    days = days[days <= day_number(timeline.today)]
    row, month = np.nonzero(begun[:, None] <= days[None, :])
    size = len(row)
    first = goal * np.exp(draws.chance(len(keyword)).astype(np.float64) * 2.4)
    age = np.minimum((days[month] - begun[row]) / 30.4, 12)
    rank = np.round(np.maximum(1, first[row] * np.exp(-0.13 * age) * draws.around(0.22, size)), 1)
    return {
        "keyword": keyword[row] + 1,
        "campaign": np.full(size, NONE),
        "on": days[month],
        "rank": np.where(rank > _NOT_FOUND, np.nan, rank),
        "searches": np.full(size, NONE),
    }


def _searches(
    company: Company, draws: Draws, campaigns: SideCampaigns, side: Side, keywords: int
) -> dict[str, Column]:
    """Searches for our name, day by day around each mass campaign; half as many on weekends."""
    today = day_number(company.timeline.today)
    days, key, share, lifted, word = [], [], [], [], []
    for one in campaigns.of("mass_ad"):
        start = day_number(one.starts)
        span = np.arange(start - _BEFORE, min(start + _DURING, today + 1))
        for place, part in enumerate(_BRAND_SHARES):
            days.append(span)
            key.append(np.full(len(span), one.key))
            share.append(np.full(len(span), part))
            lifted.append(np.where(span >= start, 1 + side.brand_lift, 1.0))
            word.append(np.full(len(span), keywords + place + 1))
    on = np.concatenate([*days, np.zeros(0, np.int64)])
    week = np.where((on + 3) % 7 >= 5, 0.5, 1.2)
    expected = side.brand_searches * week * np.concatenate([*share, []]) * np.concatenate([*lifted, []])
    return {
        "keyword": np.concatenate([*word, np.zeros(0, np.int64)]),
        "campaign": np.concatenate([*key, np.zeros(0, np.int64)]),
        "on": on,
        "rank": np.full(len(on), np.nan),
        "searches": draws.counts(expected),
    }


def follower_frame(company: Company) -> Frame:
    """Counted on the last day of each month."""
    draws, timeline = Draws(company.seed, 0, 2), company.timeline
    ends = ints([day_number(month.last_day) for month in timeline.months])
    ends = ends[ends <= day_number(timeline.today)]
    month, profile = np.divmod(np.arange(len(ends) * len(PROFILES)), len(PROFILES))
    base = np.asarray([count for _, count, _ in PROFILES])[profile]
    growth = np.asarray([rate for _, _, rate in PROFILES])[profile]
    followers = base * (1 + growth) ** month * draws.around(0.008, len(month))
    columns: dict[str, Column] = {
        "profile": same(BRANDS[0], len(month)),
        "network": Words(profile, [network for network, _, _ in PROFILES]),
        "on": ends[month],
        "followers": np.round(followers).astype(np.int64),
    }
    return Frame("follower_count", 1, ends[month] * DAY, columns)


def point_frame(company: Company) -> Frame:
    """Strengths and solved challenges: most were known before history, the last few were added in it."""
    titles = [*_STRENGTHS, *ISSUES, *_MORE_SOLVED]
    size, strengths = len(titles), len(_STRENGTHS)
    start, today = day_number(company.timeline.start), day_number(company.timeline.today)
    kinds = ints([choice(_POINT, name) for name in ("strength", "solution")])
    since = np.minimum(start - 500 + np.arange(size) * 61 % 800, today)
    columns: dict[str, Column] = {
        "title": listed(titles),
        "kind": np.repeat(kinds, (strengths, size - strengths)),
        "explainable": np.concatenate([ints(_EXPLAINED), np.full(size - strengths, NONE)]),
        "from_on": since,
        "owner": np.full(size, company.roster.members("manager", 1)[0] + 1),
    }
    return Frame("selling_point", 1, np.maximum(since, start - 30) * DAY, columns)


def reference_frame(scene: Scene, first_key: int) -> Frame:
    """What customers of long ago let us tell about them."""
    block = scene.block
    draws, customers = block.draws("references"), scene.market.customers
    size = min(len(customers), int(draws.counts(np.asarray([scene.side.references * block.volume]))[0]))
    start, today = day_number(block.timeline.start), day_number(block.timeline.today)
    since = np.minimum(np.sort(start - 600 + draws.below(1_000, size)), today)
    columns: dict[str, Column] = {
        "title": Words(np.arange(size) % len(_STORIES), [f"調達{story}" for story in _STORIES]),
        "kind": np.full(size, choice(_POINT, "reference")),
        "account": block.keys("account", customers[:size]),
        "owner": block.people(scene.market.owner[customers[:size]]),
        "from_on": since,
    }
    return Frame("selling_point", first_key, np.maximum(since, start - 30) * DAY, columns)
