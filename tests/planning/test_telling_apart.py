"""People side by side: drawn towards the team where cases are few, in groups and never in ranks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hakari.maths.intervals import wilson
from hakari.metrics.loader import built_in
from hakari.metrics.result import MetricResult, Projected
from hakari.planning.telling_apart import told_apart
from hakari.units.period import Period

MEASURE = built_in().measures["sdr_connects.rate"]
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))


def result(name: str | None, k: int, n: int) -> MetricResult:
    return MetricResult(
        "sdr_connects", MEASURE.id, "rate", k / n if n else None, k, n, n, wilson(k, n), "event", OCTOBER, "",
        "percent", {"owner": name},
    )  # fmt: skip


def test_three_of_ten_and_five_of_ten_cannot_be_told_apart() -> None:
    apart = told_apart(MEASURE, "owner", [result("伊藤", 3, 10), result("加藤", 5, 10)])
    assert apart is not None
    assert apart.all_alike
    assert not any(one.apart for one in apart.likely.values())
    # Both are drawn towards the eight of twenty of the two together.
    assert 0.3 < apart.likely["伊藤"].value < 0.4 < apart.likely["加藤"].value < 0.5


def test_hundreds_of_cases_tell_two_people_apart() -> None:
    apart = told_apart(MEASURE, "owner", [result("伊藤", 100, 500), result("加藤", 250, 500)])
    assert apart is not None
    assert apart.groups == (("加藤",), ("伊藤",))


def test_who_has_hardly_a_case_and_who_has_no_name_is_left_out() -> None:
    rows = [result("伊藤", 3, 10), result("加藤", 5, 10), result("佐藤", 1, 1), result(None, 9, 10)]
    apart = told_apart(MEASURE, "owner", rows)
    assert apart is not None
    assert set(apart.likely) == {"伊藤", "加藤"}


def test_young_cohorts_are_not_set_side_by_side() -> None:
    young = Projected(0.3, 0.2, 0.4, 0.95, 180, 5, 400, "whole")
    rows = [replace(result("伊藤", 1, 10), projected=young, open_share=0.5), result("加藤", 5, 10)]
    assert told_apart(MEASURE, "owner", rows) is None


def test_counts_and_amounts_are_not_rates() -> None:
    count = built_in().measures["sdr_connects.count"]
    assert told_apart(count, "owner", [result("伊藤", 3, 10), result("加藤", 5, 10)]) is None
