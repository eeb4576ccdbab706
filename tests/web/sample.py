"""A company made by hand: one sales team in the middle of its quarter, with every state a page must bear."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import sin

from hakari.maths.display_rules import PEOPLE_LEVEL, Kind, Verdict, verdict
from hakari.maths.intervals import Interval, no_data, poisson_exact, wilson
from hakari.planning.gap_view import NoTree
from hakari.planning.scorecard import (
    Cell,
    Column,
    CompositionPart,
    Freshness,
    KgiBand,
    KpiRow,
    PacePoint,
    PeopleTable,
    PersonRow,
    ReverseLine,
    Scope,
    Scorecard,
    TrendPoint,
)
from hakari.units.period import Period
from hakari.words import Language
from tests.web import sample_gap

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
QUARTER = Period(date(2026, 10, 1), date(2027, 1, 1), "this-quarter")
MILLION = 1_000_000
LONG_NAME = "コンスタンティン・ヴァレンティノヴィッチ武者小路"


def trend(
    end: float | None, start: float, wobble: float, seed: int, partial: bool = True
) -> tuple[TrendPoint, ...]:
    """Thirteen weeks from one level to another; without an end there are none."""
    weeks = []
    for week in range(13):
        level = (
            None if end is None else start + (end - start) * week / 12 + wobble * sin(seed * 1.7 + week * 2.1)
        )
        monday = date(2026, 8, 24) + timedelta(weeks=week)
        weeks.append(TrendPoint(f"{monday:%m/%d}", monday, level, 20, partial and week == 12))
    return tuple(weeks)


def rate(
    measure: str, name: str, population: str, k: int, n: int, target: float | None, before: float, seed: int
) -> KpiRow:
    value = k / n if n else None
    interval = wilson(k, n) if n else no_data(0.95)
    difference = None if value is None or target is None else value - target
    return KpiRow(
        measure, name, population, "percent", "higher", value, target, difference, interval, before, k, n, n,
        0.04, trend(value, before, 0.03, seed), verdict(Kind.RATE, value, target, interval, n),
    )  # fmt: skip


def average(name: str, population: str) -> KpiRow:
    interval = Interval(2.07 * MILLION, 2.57 * MILLION, 0.95, "bootstrap")
    target = 2.40 * MILLION
    return KpiRow(
        "avg_deal_size", name, population, "jpy", "higher", 2.32 * MILLION, target, -0.08 * MILLION, interval,
        2.36 * MILLION, 118.2 * MILLION, 51, 51, None, trend(2.32 * MILLION, 2.4 * MILLION, 90_000, 5),
        verdict(Kind.MEAN, 2.32 * MILLION, target, interval, 51),
    )  # fmt: skip


KPIS: dict[Language, tuple[tuple[str, str], ...]] = {
    "ja": (
        ("5分以内架電率", "5分以内の初回コール ÷ 問い合わせ(受付日)"),
        ("商談化率", "商談 ÷ コネクト(コネクト日)"),
        ("有効商談率", "有効商談 ÷ 実施した商談(判定日)"),
        ("受注率", "受注 ÷ 有効商談(有効になった日のコホート)"),
        ("平均受注単価", "受注額 ÷ 受注件数(受注日)"),
    ),
    "en": (
        ("5-minute response rate", "first calls within 5 minutes ÷ inquiries (day received)"),
        ("Meeting rate", "meetings ÷ connects (day of the connect)"),
        ("Qualification rate", "qualified ÷ held meetings (day judged)"),
        ("Win rate", "won ÷ qualified meetings (cohort of the day qualified)"),
        ("Average deal size", "won amount ÷ deals won (day won)"),
    ),
}


def kpis(lang: Language) -> tuple[KpiRow, ...]:
    names = KPIS[lang]
    return (
        rate("first_call_5min", *names[0], 171, 298, 0.80, 0.76, 1),
        rate("meeting_rate", *names[1], 265, 1864, 0.18, 0.172, 2),
        rate("qualified_rate", *names[2], 173, 265, 0.62, 0.63, 3),
        rate("win_rate", *names[3], 51, 173, 0.30, 0.31, 4),
        average(*names[4]),
    )


def kgi(lang: Language) -> KgiBand:
    days = [date(2026, 10, 1) + timedelta(days=index) for index in range(92)]
    days = [day for day in days if day.weekday() < 5][:60]
    actual = 0.0
    pace = []
    for index, day in enumerate(days):
        actual += MILLION * (3.377 + 1.9 * sin(index * 1.3))
        plan = 240 * MILLION * ((index + 1) / 60) ** 1.06
        done = 118.2 * MILLION if index == 34 else actual
        pace.append(PacePoint(day, done if index <= 34 else None, plan))
    parts = (("won", 51, 118.2), ("A", 19, 46.6), ("B", 30, 72.0), ("C", 37, 38.8), ("none", 6, 9.4))
    return KgiBand(
        "won_amount", "受注額" if lang == "ja" else "Won amount", "jpy", 118.2 * MILLION, 51, 240 * MILLION,
        135.6 * MILLION, -17.4 * MILLION, 109.6 * MILLION, 121.8 * MILLION, 207.4 * MILLION, 1.7, (35, 60),
        tuple(pace), tuple(CompositionPart(key, count, amount * MILLION) for key, count, amount in parts),
    )  # fmt: skip


def cell(measure: str, k: float, n: int, target: float | None, kind: Kind, seed: int) -> Cell:
    value = (k / n if n else None) if kind is Kind.RATE else float(k)
    interval = wilson(k, n, PEOPLE_LEVEL) if kind is Kind.RATE and n else poisson_exact(int(k), PEOPLE_LEVEL)
    said = verdict(kind, value, target, interval, n)
    bottom = n if kind is Kind.RATE else None
    level = value or 0.0
    return Cell(measure, value, target, k, bottom, n, trend(value, level * 1.1, level * 0.2, seed), said)


def person(
    name: str,
    months: int | None,
    ramping: bool,
    question: str,
    figures: tuple[tuple[int, int, int, int, int], ...],
) -> PersonRow:
    """Figures are (calls, connects, meetings, inquiries, answered in five minutes)."""
    calls, connects, meetings, inquiries, answered = figures[0]
    share = 0.6 if ramping else 1.0
    cells = (
        cell("call_count", calls, calls, 1055 * share, Kind.COUNT, len(name)),
        cell("connect_rate", connects, calls, 0.32, Kind.RATE, len(name) + 1),
        cell("meeting_rate", meetings, connects, 0.18, Kind.RATE, len(name) + 2),
        cell("meeting", meetings, meetings, 50 * share, Kind.COUNT, len(name) + 3),
        cell("first_call_5min", answered, inquiries, 0.80, Kind.RATE, len(name) + 4),
    )
    return PersonRow(len(name), name, "sdr", months, ramping, cells, question)


def people(lang: Language) -> tuple[PeopleTable, ...]:
    ja = lang == "ja"
    ask = (
        "午後の受付が重なる日、5分以内架電は誰と分けられるか",
        "On busy afternoons, who could share the 5-minute calls?",
    )
    columns = (
        Column("call_count", "コール数" if ja else "Calls", "count", "higher", 1055),
        Column("connect_rate", "コネクト率" if ja else "Connect rate", "percent", "higher", 0.32),
        Column("meeting_rate", "商談化率" if ja else "Meeting rate", "percent", "higher", 0.18),
        Column("meeting", "商談" if ja else "Meetings", "count", "higher", 50),
        Column("first_call_5min", "5分以内架電率" if ja else "5-minute response", "percent", "higher", 0.80),
    )
    rows = (
        person("伊藤 舞", 26, False, ask[0] if ja else ask[1], ((1180, 401, 58, 108, 66),)),
        person("高橋 直人", 38, False, "録音3件を共有できるか" if ja else "Could three recordings be shared?",
               ((1240, 452, 92, 112, 78),)),
        person("中村 咲", 14, False, "量の確保に何が要るか" if ja else "What would free time for more calls?",
               ((1040, 328, 36, 11, 6),)),
        person(LONG_NAME, 29, False, "", ((1310, 421, 55, 0, 0),)),
        person("渡辺 蓮", 2, True, "最初の一言はどこで止まるか" if ja else "Where does the opening stall?",
               ((860, 262, 24, 78, 27),)),
    )  # fmt: skip
    total = (
        cell("call_count", 5630, 5630, 5275, Kind.COUNT, 1),
        cell("connect_rate", 1864, 5630, 0.32, Kind.RATE, 2),
        cell("meeting_rate", 265, 1864, 0.18, Kind.RATE, 3),
        cell("meeting", 265, 265, 250, Kind.COUNT, 4),
        cell("first_call_5min", 177, 309, 0.80, Kind.RATE, 5),
    )
    return (
        PeopleTable("inside_sales", columns, rows, total),
        field_sales(ja),
    )


def field_sales(ja: bool) -> PeopleTable:
    columns = (
        Column("won_amount", "受注額" if ja else "Won amount", "jpy", "higher", 34 * MILLION),
        Column("qualified_rate", "有効商談率" if ja else "Qualification rate", "percent", "higher", 0.62),
        Column("win_rate", "受注率" if ja else "Win rate", "percent", "higher", 0.30),
    )
    rows = []
    for name, months, won, held, qualified, orders in (
        ("井上 拓", 4, 2.5, 20, 11, 1),
        ("加藤 彩", 50, 21.9, 44, 30, 10),
        ("小林 大輔", 74, 31.4, 48, 33, 13),
        ("佐々木 亮", 39, 14.1, 38, 24, 6),
    ):
        amount = Cell("won_amount", won * MILLION, 34 * MILLION, won * MILLION, None, orders,
                      trend(won * MILLION / 13, 1.0 * MILLION, 400_000, orders), Verdict.ON_HOLD)  # fmt: skip
        cells = (
            amount,
            cell("qualified_rate", qualified, held, 0.62, Kind.RATE, held),
            cell("win_rate", orders, qualified, 0.30, Kind.RATE, qualified),
        )
        question = (
            "" if months < 12 else ("次アクションが未設定の案件はどれから" if ja else "Which deal next?")
        )
        rows.append(PersonRow(months, name, "fs", months, months < 6, cells, question))
    total = (
        Cell("won_amount", 69.9 * MILLION, 136 * MILLION, 69.9 * MILLION, None, 30, (), Verdict.ON_HOLD),
        cell("qualified_rate", 98, 150, 0.62, Kind.RATE, 1),
        cell("win_rate", 30, 98, 0.30, Kind.RATE, 2),
    )
    return PeopleTable("field_sales", columns, tuple(rows), total)


def scope(lang: Language = "ja") -> Scope:
    return Scope(QUARTER, TODAY, "第1営業部", lang=lang)


def full(lang: Language = "ja") -> Scorecard:
    """A team behind its plan, with two differences that are sure."""
    ja = lang == "ja"
    return Scorecard(
        company="蒼海テクノロジーズ",
        demo=True,
        scope=scope(lang),
        period_label="FY2026 Q3(10–12月)" if ja else "FY2026 Q3 (Oct–Dec)",
        teams=("第1営業部", "第2営業部", "パートナー営業部"),
        sources=("問い合わせ", "ウェビナー", "展示会", "紹介"),
        headline=(
            "受注額は計画累計に17.4足りない。確かに低いのは商談化率と5分以内架電率で、受注率は計画並み。"
            if ja
            else "Won amount is 17.4 behind plan. Meeting rate and 5-minute response are reliably low; "
            "win rate is on plan."
        ),
        subline="金額の単位は百万円 · 営業日 35 / 60 経過 · 計画累計は営業日で按分"
        if ja
        else "Amounts in ¥M · business days 35 of 60 · plan spread by business days",
        kgi=kgi(lang),
        reverse=ReverseLine(121.8 * MILLION, 53, 176, 35, date(2026, 11, 26)),
        kpis=kpis(lang),
        people=people(lang),
        freshness=Freshness(NOW - timedelta(hours=1), 4812, 3),
        notices=(),
        gap=sample_gap.tree(lang, QUARTER),
    )


def without_targets(lang: Language = "ja") -> Scorecard:
    card = full(lang)
    rows = tuple(
        replace(kpi, comparison=None, difference=None, verdict=Verdict.NO_TARGET) for kpi in card.kpis
    )
    assert card.kgi is not None
    pace = tuple(replace(point, plan=None) for point in card.kgi.pace)
    goal = replace(
        card.kgi,
        plan_total=None,
        plan_to_date=None,
        difference=None,
        remaining=None,
        pipeline_multiple=None,
        pace=pace,
    )
    tables = tuple(
        replace(
            table,
            columns=tuple(replace(column, target=None) for column in table.columns),
            rows=tuple(
                replace(
                    row,
                    cells=tuple(replace(c, comparison=None, verdict=Verdict.NO_TARGET) for c in row.cells),
                )
                for row in table.rows
            ),
            total=tuple(replace(c, comparison=None, verdict=Verdict.NO_TARGET) for c in table.total),
        )
        for table in card.people
    )
    gap = NoTree("gap_no_plan", "prev")
    return replace(card, kpis=rows, kgi=goal, reverse=None, people=tables, gap=gap)


def scarce(lang: Language = "ja") -> Scorecard:
    """The first days of a period: hardly a case anywhere, and one KPI without any."""
    card = full(lang)
    names = KPIS[lang]
    rows = (
        rate("first_call_5min", *names[0], 3, 4, 0.80, 0.76, 1),
        rate("meeting_rate", *names[1], 2, 11, 0.18, 0.172, 2),
        replace(rate("qualified_rate", *names[2], 0, 0, 0.62, 0.63, 3), numerator=0, denominator=0),
        rate("win_rate", *names[3], 0, 45, 0.30, 0.31, 4),
        replace(average(*names[4]), value=None, difference=None, interval=no_data(0.95), n=0,
                numerator=None, denominator=0, trend=trend(None, 0, 0, 0), verdict=Verdict.ON_HOLD,
                note="受注がまだない" if lang == "ja" else "No deal won yet"),
    )  # fmt: skip
    return replace(card, kpis=rows, people=(), reverse=None, gap=NoTree("gap_no_past"))


def empty(lang: Language = "ja") -> Scorecard:
    """A company that has imported nothing."""
    return replace(
        full(lang), demo=False, kgi=None, reverse=None, kpis=(), people=(), teams=(), sources=(), gap=None,
        scope=replace(scope(lang), team=None), freshness=Freshness(None, 0, 0),
        headline="まだデータがない。" if lang == "ja" else "There is no data yet.", subline="",
    )  # fmt: skip
