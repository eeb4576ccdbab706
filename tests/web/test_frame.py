"""The scope bar offers what exists, steps through it, and says how old the figures are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hakari.planning.scorecard import Freshness, Scorecard
from hakari.units import grammar
from hakari.web import periods
from hakari.web.address import Address, read
from hakari.web.frame import Frame, frame
from tests.web import sample
from tests.web.company import SampleCompany

FISCAL_START = 4
TODAY = date(2026, 11, 20)


def _address(**given: str) -> Address:
    return read("/scorecard", given.items())


def _frame(address: Address, card: Scorecard | None = None) -> Frame:
    return frame(card or sample.full(), address, SampleCompany().profile, sample.NOW, "t")


def _aged(hours: float | None) -> Scorecard:
    imported = None if hours is None else sample.NOW - timedelta(hours=hours)
    return replace(sample.full(), freshness=Freshness(imported, 1, 0))


@pytest.mark.parametrize(
    ("asked", "before", "after"),
    [
        ("FY2026-Q3", "FY2026-Q2", None),
        ("FY2026-Q2", "FY2026-Q1", "FY2026-Q3"),
        ("2026-03", "2026-02", "2026-04"),
        ("FY2025", "FY2024", "FY2026"),
        ("2026-01..2026-02", "2025-11..2025-12", "2026-03..2026-04"),
        ("2026-05-11..2026-05-13", "2026-05-08..2026-05-10", "2026-05-14..2026-05-16"),
        ("all", None, None),
    ],
)
def test_the_neighbour_of_a_period_is_as_long(asked: str, before: str | None, after: str | None) -> None:
    period = grammar.read(asked, TODAY, FISCAL_START)
    assert periods.neighbour(period, -1, TODAY, FISCAL_START) == before
    assert periods.neighbour(period, 1, TODAY, FISCAL_START) == after


def test_every_period_offered_can_be_read() -> None:
    offered = dict(periods.offered("2026-10-05..2026-10-09", "5 days", TODAY, FISCAL_START, "ja"))
    assert next(iter(offered)) == "2026-10-05..2026-10-09"
    for text in offered:
        grammar.read(text, TODAY, FISCAL_START)


def test_the_control_shows_what_is_chosen() -> None:
    chosen = {control.name: control.chosen for control in _frame(_address(source="紹介")).controls}
    assert chosen == {
        "team": "第1営業部",
        "period": "this-quarter",
        "vs": "plan",
        "basis": "own",
        "lag": "on",
        "source": "紹介",
    }


def test_teams_are_stepped_through_from_the_whole_company_to_the_last() -> None:
    team = _frame(_address(team="第1営業部")).controls[0]
    assert team.before is not None
    assert team.before.url == "/scorecard"
    assert team.after is not None
    assert "team=" in team.after.url


@pytest.mark.parametrize(("hours", "tone"), [(1, "fresh"), (7, "amber"), (25, "red"), (None, "none")])
def test_age_has_a_tone_and_old_age_a_warning(hours: float | None, tone: str) -> None:
    around = _frame(_address(), _aged(hours))
    assert around.fresh is not None
    assert around.fresh.tone == tone
    assert bool(around.notices) is (tone == "red")


def test_the_form_keeps_what_it_has_no_control_for() -> None:
    address = _address(owner="伊藤 舞", theme="dark", page="3", vs="prev")
    assert dict(_frame(address).kept) == {"owner": "伊藤 舞", "theme": "dark"}


def test_files_are_one_link_away_with_the_same_scope() -> None:
    urls = [link.url for link in _frame(_address(vs="prev")).downloads]
    assert urls == [f"/scorecard.{suffix}?vs=prev" for suffix in ("xlsx", "csv", "md", "json")]


def test_the_other_language_is_the_same_screen() -> None:
    other = _frame(_address(vs="prev")).languages[1]
    assert (other.words, other.url) == ("English", "/scorecard?vs=prev&lang=en")
