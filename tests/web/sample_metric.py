"""What lies behind one figure of the hand-made company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from hakari.maths.display_rules import Kind, verdict
from hakari.maths.intervals import wilson
from hakari.planning.metric_view import (
    ArithmeticLine,
    Breakdown,
    BreakdownRow,
    CellValue,
    DefinitionView,
    MetricView,
    RecordColumn,
    RecordTable,
)
from hakari.words import Language
from tests.web import sample

PAGE_SIZE = 50
SPLIT = (("問い合わせ", 78, 240, 0.46), ("展示会", 16, 320, 0.08), ("資料ダウンロード", 43, 300, 0.16),
         ("ウェビナー", 37, 255, 0.145), ("BDR 新規開拓", 91, 749, 0.113))  # fmt: skip


def metric(measure: str, lang: Language, params: Mapping[str, str]) -> MetricView:
    card = sample.full(lang)
    figure = next((kpi for kpi in card.kpis if kpi.measure == measure), card.kpis[1])
    if params.get("owner"):
        figure = replace(
            figure, numerator=58, denominator=401, n=401, value=58 / 401, interval=wilson(58, 401)
        )
    page = None if params.get("page") == "all" else int(params.get("page", "1"))
    return MetricView(
        company=card.company,
        demo=card.demo,
        scope=card.scope,
        period_label=card.period_label,
        teams=card.teams,
        sources=card.sources,
        figure=figure,
        date_basis="event",
        undated=12,
        records=(records("numerator", 265, page, lang), records("denominator", 1864, page, lang)),
        breakdown=None if measure == "avg_deal_size" else breakdown(lang),
        definition=definition(lang),
        arithmetic=(
            ArithmeticLine("265 ÷ 1,864", "14.2%"),
            ArithmeticLine("14.2% − 18.0%", "−3.8pt"),
            ArithmeticLine("Wilson 95%", "12.7–15.9%"),
        ),
        explain='SELECT count(*) FILTER (WHERE "kind" = \'call\') FROM "activity"\n-- 1 pass over activity',
        freshness=card.freshness,
    )


def records(side: str, total: int, page: int | None, lang: Language) -> RecordTable:
    """Without a page, all of them."""
    ja = lang == "ja"
    columns = (
        RecordColumn("occurred_on", "日付" if ja else "Date", "date"),
        RecordColumn("account", "企業" if ja else "Account"),
        RecordColumn("contact", "相手先担当者" if ja else "Contact"),
        RecordColumn("owner", "担当者" if ja else "Rep"),
        RecordColumn("amount", "金額" if ja else "Amount", "jpy"),
        RecordColumn("won", "受注" if ja else "Won", "flag"),
    )
    first = 0 if page is None else (page - 1) * PAGE_SIZE
    last = total if page is None else min(first + PAGE_SIZE, total)
    rows = tuple(_row(number) for number in range(first, last))
    name = "商談" if side == "numerator" else "コネクト"
    return RecordTable(side, name, columns, rows, total, page or 1, PAGE_SIZE)


def _row(number: int) -> tuple[CellValue, ...]:
    names = (
        "青葉精機株式会社",
        "みなと物流ホールディングス",
        "=cmd()",
        "北星フーズ",
        "東雲コンサルティング<b>",
    )
    amount = None if number % 7 == 3 else 1_000_000 + number * 37_000
    day = date(2026, 10, 1) + timedelta(days=number % 50)
    return day, names[number % 5], "山口 さくら", "伊藤 舞", amount, number % 3 == 0


def breakdown(lang: Language) -> Breakdown:
    rows = tuple(_part(*each) for each in SPLIT)
    choices = (("source", "経路"), ("owner", "担当者"), ("industry", "業界"))
    if lang == "en":
        choices = (("source", "Source"), ("owner", "Rep"), ("industry", "Industry"))
    total = replace(_part("合計" if lang == "ja" else "Total", 265, 1864, 0.18), slug="")
    return Breakdown("source", choices, rows, total)


def _part(name: str, k: int, n: int, target: float) -> BreakdownRow:
    interval = wilson(k, n)
    said = verdict(Kind.RATE, k / n, target, interval, n)
    return BreakdownRow(name, name, k / n, k, n, n, interval, target, said)


def definition(lang: Language) -> DefinitionView:
    ja = lang == "ja"
    return DefinitionView(
        name_ja="商談化率",
        name_en="Meeting rate",
        words="コネクトのうち商談になった割合" if ja else "the share of connects that became a meeting",
        formula="商談 ÷ コネクト" if ja else "meetings ÷ connects",
        numerator="商談: 実施が合意された初回の商談" if ja else "meetings: the agreed first sales meeting",
        denominator="コネクト: 担当者と話せたコール"
        if ja
        else "connects: calls in which the person was reached",
        bases=("event", "created"),
        source="001 KPI",
        cautions=("受付だけと話したコールは数えない",)
        if ja
        else ("Calls that reached only the reception are not counted",),
        version="meeting_rate@14",
        code='[measure.rate]\nkind = "rate"\nnumerator = "meetings"\ndenominator = "connects"\n',
    )
