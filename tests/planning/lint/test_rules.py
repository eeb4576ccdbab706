"""Every rule finds what it is for, in the articles' own examples too, and nothing in a good set."""

from __future__ import annotations

import pytest

from hakari.planning.lint.linter import example_text
from hakari.planning.lint.rule import Grade, Rule, Severity
from hakari.planning.lint.rules import ITEMS, RULES
from hakari.words import LANGUAGES, Language, knows
from tests.planning.lint.drawn import example, found, linted, rules_found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_fails_its_own_example(rule: Rule, lang: Language) -> None:
    report = linted(rule.example, lang)
    assert rule.id in rules_found(report)
    for one in found(report, rule.id):
        assert all((one.what, one.do, one.why, one.source))
        assert "{" not in one.what + one.do


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_good_set_has_no_finding_and_leaves_no_check_open(lang: Language) -> None:
    report = example("good", lang)
    assert report.findings == ()
    assert {one.grade for one in report.checks} == {Grade.FINE}


def test_the_articles_goal_is_refused_with_its_arithmetic() -> None:
    (one,) = found(example("impossible-goal"), "impossible")
    assert one.severity is Severity.ERROR
    assert "115%" in one.what
    assert "10 × 52 ÷ 12 = 43.3、50 ÷ 43.3 = 115%" in one.what


def test_the_formula_that_divides_by_itself_is_found() -> None:
    (one,) = found(example("divides-by-itself"), "self_dividing")
    assert one.severity is Severity.ERROR
    assert one.kpi == "担当者接続率"


def test_the_name_with_three_denominators_is_found() -> None:
    (one,) = found(example("three-denominators"), "several_denominators")
    assert "3 通り" in one.what
    assert "コネクト数、マーケティングから送られたリード数、アポ件数" in one.what


def test_appointments_alone_lack_a_counterweight_and_coverage_is_one() -> None:
    assert "counter_metric" in rules_found(example("monthly-appointments"))
    guarded = example_text("monthly-appointments") + '[[kpi]]\nname = "商談カバレッジ率"\ntarget = 0.3\n'
    assert "counter_metric" not in rules_found(linted(guarded))


def test_calls_and_talk_time_are_no_goals() -> None:
    assert len(found(example("dials-and-talk-time"), "activity_goal")) == 2
    (one,) = found(linted('kgi = [{ name = "架電数" }]\nkpi = [{ name = "受注率" }]'), "activity_goal")
    assert one.severity is Severity.ERROR


def test_a_sixth_kpi_asks_which_one_it_replaces() -> None:
    names = ["コネクト率", "アポ数", "商談数", "受注率", "平均受注単価", "粗利率"]
    kpis = ", ".join(f'{{ name = "{name}" }}' for name in names)
    (one,) = found(linted(f"kpi = [{kpis}]"), "too_many")
    assert one.kpi == "粗利率"
    assert one.do == "どれと入れ替える? コネクト率、アポ数、商談数、受注率、平均受注単価"


def test_an_amount_as_the_goal_balances_the_win_rate_and_a_count_of_customers_does_not() -> None:
    kpi = 'kpi = [{ name = "受注率", formula = "受注件数 ÷ 提案数" }]'
    assert found(linted('kgi = [{ name = "新規顧客獲得数" }]\n' + kpi), "counter_metric")
    assert not found(linted('kgi = [{ name = "受注額" }]\n' + kpi), "counter_metric")


def test_an_orders_rate_by_event_date_follows_no_cases() -> None:
    text = 'kpi = [{ name = "受注率", formula = "受注件数 ÷ 商談数", basis = "発生日" }]'
    assert found(linted(text), "mixed_clocks")
    assert not found(linted(text.replace("発生日", "作成日")), "mixed_clocks")


def test_rates_that_do_not_join_may_go_by_clocks_of_their_own() -> None:
    text = """
    kpi = [{ name = "コネクト率", formula = "コネクト数 ÷ コール数", basis = "event" },
           { name = "受注率", formula = "受注件数 ÷ 有効商談数", basis = "created" }]
    """
    assert not found(linted(text), "mixed_clocks")


def test_a_rate_is_anchored_by_way_of_the_rates_that_join_it() -> None:
    joined = """
    kpi = [{ name = "コール数" }, { name = "コネクト率", formula = "コネクト数 ÷ コール数" },
           { name = "商談化率", formula = "商談数 ÷ コネクト数" }]
    """
    assert not found(linted(joined), "rate_without_volume")
    alone = joined.replace('{ name = "コール数" }, ', "")
    assert len(found(linted(alone), "rate_without_volume")) == 2


def test_without_kpis_nothing_is_said_of_them() -> None:
    report = linted('kgi = [{ name = "受注額", target = 1, per = "year" }]')
    by_rule = {one.rule: one.grade for one in report.checks}
    assert by_rule["no_owner"] is Grade.UNKNOWN
    assert by_rule["one_goal"] is Grade.FINE
    assert report.findings == ()


def test_a_finding_is_said_once_however_often_it_is_met() -> None:
    said = [one.what for one in example("three-denominators").findings]
    assert len(said) == len(set(said))


def test_the_six_checks_all_have_rules_and_every_rule_its_words() -> None:
    assert {one.item for one in RULES} == {0, *ITEMS}
    assert len({one.id for one in RULES}) == len(RULES)
    for one in RULES:
        assert knows(f"lint_{one.id}")
        assert knows(f"lint_{one.id}_why")


def test_a_review_day_counts_as_past_from_the_day_after() -> None:
    text = 'kpi = [{ name = "受注率", review_on = 2026-11-24 }]'
    assert not found(linted(text), "review_due")
    (one,) = found(linted(text.replace("24", "23")), "review_due")
    assert "1 日過ぎた" in one.what


def test_a_target_the_past_puts_out_of_reach_is_told_with_its_chance() -> None:
    text = 'kpi = [{ name = "商談数", target = %d, per = "month", past = [36, 41, 38] }]'
    (far,) = found(linted(text % 50), "unreachable")
    assert far.severity is Severity.WARNING
    assert "見込みは" in far.what
    (hard,) = found(linted(text % 45), "unreachable")
    assert hard.severity is Severity.ADVICE
    assert not found(linted(text % 40), "unreachable")
