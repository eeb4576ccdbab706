"""What a KPI is about, told from its measure or from its name: coverage, unit price, output per head…"""

from __future__ import annotations

import re

from hakari.planning.lint.design import Sort

# tag → ids of measures (or the KPI they belong to), and words of names.
_TAGS: dict[str, tuple[frozenset[str], str]] = {
    "appointments": (
        frozenset({"monthly_appointments", "acq_appointments.count", "call_appointments.count",
                   "sdr_meetings.count", "bdr_meetings.count", "acq_opportunities.count"}),
        r"アポ|商談|appointment|meeting",
    ),
    "coverage": (
        frozenset({"acct_opportunity_coverage", "acct_lead_coverage", "acct_person_coverage"}),
        r"カバレッジ|カバー率|coverage",
    ),
    "win_rate": (
        frozenset({"fs_win_rate_on_opportunities", "win_win_rate", "closing_ratio", "is_wins"}),
        r"受注率|成約率|win rate|closing rat",
    ),
    "orders": (
        frozenset({"win_deals", "kgi_new_customers"}),
        r"受注(件)?数|成約(件)?数|orders\b|deals won",
    ),
    "pipeline": (
        frozenset({"pipeline_created_3m", "won_amount_3m", "pipeline_by_phase"}),
        r"パイプライン|pipeline",
    ),
    "qualified": (
        frozenset({"sdr_valid_opportunities", "qualified_meetings"}),
        r"有効商談|qualified|valid opportunit",
    ),
    "calls": (
        frozenset({"outbound_dials", "call_calls", "tel_calls", "sdr_followups", "bdr_followups", "talk_time",
                   "talk_seconds", "vis_visits", "door_visits"}),
        (
            r"架電|コール(?!先)|アプローチ|フォロー|訪問(件)?数|通話時間"
            r"|calls?\b|dials?|approach|follow-?ups?|visits|talk time"
        ),
    ),
    "meeting_rate": (
        frozenset({"sdr_meetings", "bdr_meetings", "acq_opportunities", "is_meetings_on_leads",
                   "meeting_rate_by_channel", "call_appointments", "acq_appointments"}),
        r"商談|アポ|meeting|appointment",
    ),
    "list_size": (
        frozenset({"bdr_target_list", "call_target_list", "dm_target_list", "inq_target_list"}),
        r"リスト(収集|件|企業)?数|list size|target list",
    ),
    "fit": (
        frozenset({"acq_target_fit_rate", "nur_target_fit_rate", "valid_leads"}),
        r"ターゲット率|有効リード|target fit|valid leads?|qualified leads?",
    ),
    "leads": (
        frozenset({"leads_acquired", "web_conversions.count", "lgs_leads", "out_leads", "exh_leads"}),
        r"リード(獲得)?(件)?数|cv件数|leads\b",
    ),
    "price": (
        frozenset({"won_unit_price", "won_margin_rate", "gross_profit"}),
        r"単価|粗利|利益率|unit price|margin|gross profit",
    ),
    "mails": (
        frozenset({"mail_sent", "mail_open_click", "mail_conversions", "web_mail_open_click"}),
        r"メール(配信|開封|クリック)|開封率|mails? sent|open rate",
    ),
    "unsubscribes": (frozenset({"mail_unsubscribes"}), r"配信停止|解約件数|解約率|unsubscri"),
    "productivity": (
        frozenset({"revenue_per_head", "gross_profit_per_head", "department_productivity",
                   "acq_cost_per_lead", "channel_roi", "sdr_connects.rate", "bdr_person_connects.rate",
                   "call_appointments.rate"}),
        (
            r"[1１一]人(あ|当)たり|時間(あ|当)たり|生産性|獲得コスト|roi|費用対効果|コネクト率"
            r"|per (head|rep|person|hour)|productivity|cost per|connect rate"
        ),
    ),
}  # fmt: skip
_TAGGED = tuple((tag, ids, re.compile(words, re.IGNORECASE)) for tag, (ids, words) in _TAGS.items())
_VOLUMES_ONLY = frozenset({"appointments", "calls", "list_size", "leads", "orders"})
_RATES_ONLY = frozenset({"win_rate"})


def tags_of(name: str, measure: str, kpi: str, sort: Sort) -> frozenset[str]:
    """By the measure where it is known, else by the name: 受注率 is `win_rate`, アポ数 is `appointments`."""
    return frozenset(
        tag
        for tag, ids, words in _TAGGED
        if _fits(tag, sort) and ((measure in ids or kpi in ids) if measure else bool(words.search(name)))
    )


def _fits(tag: str, sort: Sort) -> bool:
    if tag in _VOLUMES_ONLY:
        return sort is Sort.VOLUME or (tag == "calls" and sort is Sort.AVERAGE)
    return sort is Sort.RATE if tag in _RATES_ONLY else True


_SORTS: tuple[tuple[Sort, str], ...] = (
    (Sort.RATE, r"率|割合|比率|\brate\b|ratio|share|%|coverage|カバレッジ|ctr\b|cvr\b"),
    (
        Sort.AVERAGE,
        (
            r"単価|平均|[1１一]人(あ|当)たり|期間|日数|時間|コスト|スコア"
            r"|price|average|mean|per (head|rep|hour)|days|cost per"
        ),
    ),
    (Sort.AMOUNT, r"金額|受注額|創出額|売上|粗利|revenue|amount|profit|パイプライン|pipeline"),
)
_SORTED = tuple((sort, re.compile(words, re.IGNORECASE)) for sort, words in _SORTS)


def sort_of_name(name: str) -> Sort:
    return next((sort for sort, words in _SORTED if words.search(name)), Sort.VOLUME)


def sort_of_measure(kind: str, unit: str) -> Sort:
    if kind in ("mean", "quantile", "waiting", "recency") or (kind == "ratio" and unit != "percent"):
        return Sort.AVERAGE
    if unit == "percent":
        return Sort.RATE
    return Sort.AMOUNT if unit == "jpy" else Sort.VOLUME
