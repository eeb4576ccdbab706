"""The company's own scorecard is checked with its targets, signatures, owners and review days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from hakari.bootstrap import Company
from hakari.errors import ChoiceRefusedError, UnknownKpiError
from hakari.planning.lint.rule import Grade, LintReport
from tests.demo_company import demo_company
from tests.planning.lint.drawn import found


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    made = demo_company(tmp_path_factory.mktemp("demo"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def report(company: Company) -> LintReport:
    return company.lint("ja")


def test_the_demo_can_count_all_it_aims_at_and_has_targets_for_it(report: LintReport) -> None:
    assert len(report.kpis) == 5
    assert report.grade_of_item(1) is Grade.FINE


def test_contested_words_nobody_signed_lead_to_their_choice(report: LintReport) -> None:
    places = {(one.measure, one.place.kind, one.place.id) for one in found(report, "unsigned")}
    assert ("sdr_meetings.rate", "choice", "meeting_rate") in places


def test_the_plan_is_multiplied_through_the_rates_of_the_past(report: LintReport) -> None:
    (check,) = [one for one in report.checks if one.rule == "impossible"]
    assert check.grade is not Grade.UNKNOWN


def test_a_review_day_is_kept_and_its_owner_with_it(company: Company) -> None:
    company.care_for_kpi("won_unit_price", owner="林", review_on=date(2026, 10, 1))
    company.care_for_kpi("won_unit_price", owner="森")
    care = company.kpi_cares()["won_unit_price"]
    assert (care.owner, care.review_on) == ("森", date(2026, 10, 1))
    late = [one for one in found(company.lint("en"), "review_due") if one.measure == "won_unit_price"]
    assert "2026-10-01" in late[0].what


def test_a_sixth_kpi_is_taken_in_only_for_another(company: Company) -> None:
    with pytest.raises(ChoiceRefusedError, match="number 6") as asked:
        company.add_kpi("acct_opportunity_coverage")
    assert "won_unit_price" in asked.value.way_out
    company.add_kpi("acct_opportunity_coverage", "won_unit_price")
    assert company.profile.kpis[-1] == "acct_opportunity_coverage"
    with pytest.raises(ChoiceRefusedError, match="already"):
        company.add_kpi("acct_opportunity_coverage")
    company.add_kpi("won_unit_price", "acct_opportunity_coverage")


def test_the_goal_is_no_kpi_and_what_is_not_there_cannot_go(company: Company) -> None:
    with pytest.raises(ChoiceRefusedError, match="the KGI"):
        company.add_kpi("win_amount")
    with pytest.raises(ChoiceRefusedError, match="not on the scorecard"):
        company.remove_kpi("win_deals")
    with pytest.raises(UnknownKpiError):
        company.care_for_kpi("no_such_kpi")


def test_a_company_without_records_is_not_told_that_it_lacks_everything(
    tmp_path_factory: pytest.TempPathFactory, company: Company
) -> None:
    empty = Company(tmp_path_factory.mktemp("empty"), company.clock, in_folder=True)
    try:
        assert found(empty.lint("ja"), "not_measurable") == []
    finally:
        empty.close()
