"""Every rule of the KPI check: its source, what looks for it, and a design file that fails it."""

from __future__ import annotations

from hakari.planning.lint import one_by_one, together
from hakari.planning.lint.arithmetic import impossible
from hakari.planning.lint.rule import Rule, Source

_CHECKS_JA = "004 9章「KPI設計のチェック項目」"
_CHECKS_EN = "004, part 9, the six checks"


def _check(item: int) -> Source:
    return Source(f"{_CHECKS_JA}{item}", f"{_CHECKS_EN}, no. {item}")


# The six checks of article 004, in its order.
_MEASURED = (
    Rule(
        "not_measurable",
        1,
        Source(f"{_CHECKS_JA}1、KPIの立て方④", f"{_CHECKS_EN}, no. 1; how to set KPIs, (4)"),
        one_by_one.not_measurable,
        'kpi = [{ name = "顧客満足率" }]',
        needs_kpis=False,
    ),
    Rule(
        "self_dividing",
        1,
        Source("001 【3】(2)BDR 3「担当者接続率÷架電件数×100=担当者接続率」", "001, part 3 (2) BDR 3"),
        one_by_one.self_dividing,
        'kpi = [{ name = "担当者接続率", formula = "担当者接続率 ÷ 架電件数 × 100 = 担当者接続率" }]',
        needs_kpis=False,
    ),
    Rule(
        "no_target",
        1,
        Source("004 9章 KPIの立て方④「達成率を確認できません」", "004, part 9, how to set KPIs, (4)"),
        one_by_one.no_target,
        'kpi = [{ name = "コネクト率", formula = "コネクト数 ÷ コール数" }]',
        needs_kpis=False,
    ),
)
_ACTIONABLE = (
    Rule(
        "no_owner",
        2,
        _check(2),
        one_by_one.no_owner,
        'kpi = [{ name = "商談数", target = 40, per = "month" }]',
    ),
    Rule(
        "only_results",
        2,
        Source(f"{_CHECKS_JA}2、KPIの立て方②", f"{_CHECKS_EN}, no. 2; how to set KPIs, (2)"),
        together.only_results,
        'kpi = [{ name = "受注件数" }, { name = "平均受注単価", formula = "受注額 ÷ 受注件数" }]',
    ),
)
_DENOMINATORS = (
    Rule(
        "several_denominators",
        3,
        Source(
            f"{_CHECKS_JA}3、KPIのモニタリング②。001・002・003 の商談化率",
            f"{_CHECKS_EN}, no. 3; 商談化率 in 001, 002 and 003",
        ),
        together.several_denominators,
        'kpi = [{ name = "商談化率", formula = "商談化数 ÷ コネクト数" },\n'
        '       { name = "商談化率", formula = "商談化数 ÷ リード数" }]',
    ),
    Rule(
        "mixed_clocks",
        3,
        Source(
            "004 9章 KPIのモニタリング②「日付ベースでの分母を揃えて」", "004, part 9, monitoring KPIs, (2)"
        ),
        together.mixed_clocks,
        'kpi = [{ name = "有効商談率", formula = "有効商談数 ÷ 商談数", basis = "created" },\n'
        '       { name = "受注率", formula = "受注件数 ÷ 有効商談数", basis = "close" }]',
    ),
    Rule(
        "unsigned",
        3,
        Source("001 【4】(2)1「有効商談の定義・条件の合意」、【5】3", "001, part 4 (2) 1 and part 5, 3"),
        one_by_one.unsigned,
        'kpi = [{ name = "有効商談数", target = 20, per = "month" }]',
    ),
)
_PHASES = (
    Rule(
        "one_phase",
        4,
        _check(4),
        together.one_phase,
        'kpi = [{ name = "受注率", formula = "受注件数 ÷ 提案数" }, { name = "受注件数" }]',
    ),
)
_SIMPLE = (
    Rule(
        "one_goal",
        5,
        Source("004 9章 実務②「KGIは1つ」", "004, part 9, in practice, (2)"),
        together.one_goal,
        'kgi = [{ name = "受注額" }, { name = "粗利" }]',
        needs_kpis=False,
    ),
    Rule(
        "too_many",
        5,
        Source("004 9章 実務②「KPIは5つ以下」", "004, part 9, in practice, (2)"),
        together.too_many,
        'kpi = [{ name = "架電数" }, { name = "コネクト率" }, { name = "アポ数" }, { name = "商談数" },\n'
        '       { name = "受注率" }, { name = "平均受注単価" }]',
    ),
    Rule(
        "long_formula",
        5,
        _check(5),
        one_by_one.long_formula,
        'kpi = [{ name = "活動スコア", formula = "(架電数 + メール数 + 訪問数 + 商談数) ÷ 営業人数" }]',
    ),
)
_PRODUCTIVITY = (
    Rule(
        "no_productivity",
        6,
        Source(f"{_CHECKS_JA}6、「生産性指標」", f"{_CHECKS_EN}, no. 6; productivity metrics"),
        together.no_productivity,
        'kpi = [{ name = "受注率", formula = "受注件数 ÷ 提案数" }]',
    ),
)
# What the other articles ask for beside the six.
_BESIDE = (
    Rule(
        "impossible",
        0,
        Source("001 【4】(1) KGIからの逆算、002 まとめ", "001, part 4 (1), back from the KGI; 002, summary"),
        impossible,
        'kgi = [{ name = "新規顧客獲得数", target = 50, per = "month" }]\n'
        'kpi = [{ name = "商談件数", target = 10, per = "week" }]',
    ),
    Rule(
        "unreachable",
        0,
        Source(
            "001 【4】(2)1「過去の実績データに基づいた実現可能な目標数値」、【5】2",
            "001, part 4 (2) 1, targets that the past makes possible; part 5, 2",
        ),
        one_by_one.unreachable,
        'kpi = [{ name = "商談数", target = 50, per = "month", past = [36, 41, 38] }]',
        needs_kpis=False,
    ),
    Rule(
        "counter_metric",
        0,
        Source(
            "000「リストの枯渇・雑なアプローチ」、001 3.1・(2)1、002 受注単価、003 ターゲット率",
            "000, what appointments alone do; 001, 3.1 and (2) 1; 002, price of orders; 003, target fit",
        ),
        together.counter_metric,
        'kpi = [{ name = "月間アポ数", target = 30, per = "month" }]',
    ),
    Rule(
        "rate_without_volume",
        0,
        Source(
            "004 9章 パフォーマンスを見る3つのコツ③「件数・金額・率を並べる」",
            "004, part 9, three ways to look at performance, (3)",
        ),
        together.rate_without_volume,
        'kgi = [{ name = "維持顧客数" }]\nkpi = [{ name = "コネクト率", formula = "コネクト数 ÷ コール数" }]',
    ),
    Rule(
        "activity_goal",
        0,
        Source(
            "002 インサイドセールスのKPI「架電数・通話時間」、004 9章 KPIの立て方①",
            "002, KPIs of inside sales, calls and talk time; 004, part 9, how to set KPIs, (1)",
        ),
        one_by_one.activity_goal,
        'kpi = [{ name = "架電数", target = 60, per = "day" }]',
    ),
    Rule(
        "review_due",
        0,
        Source("001 【5】2「各KPIの指標を定期的に見直す」", "001, part 5, 2, look at each KPI again"),
        one_by_one.review_due,
        'kpi = [{ name = "受注率", review_on = 2020-03-31 }]',
    ),
)
RULES: tuple[Rule, ...] = (
    *_MEASURED,
    *_ACTIONABLE,
    *_DENOMINATORS,
    *_PHASES,
    *_SIMPLE,
    *_PRODUCTIVITY,
    *_BESIDE,
)
ITEMS = (1, 2, 3, 4, 5, 6)
