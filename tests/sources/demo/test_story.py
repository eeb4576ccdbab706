"""What the demo is there to show: a bottleneck, a burning list, people in their first months."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from hakari.sources.demo.columns import DAY, NONE, SECOND, Bools, Ints, day_number
from hakari.sources.demo.world import World
from tests.sources.demo.test_rates import connects, first_calls, outbound_calls
from tests.sources.demo.told import Told, tell

TODAYS = [date(2026, 4, 1), date(2026, 5, 3), date(2026, 11, 20), date(2027, 1, 4), date(2027, 3, 31)]


def turn(told: Told) -> int:
    """The moment from which the story has turned."""
    return int(told.company.timeline.days[told.company.timeline.turn] * DAY)


def share(good: Bools, of: Bools) -> tuple[int, int]:
    return int((good & of).sum()), int(of.sum())


def fast_calls(told: Told, unit: int, after: bool) -> tuple[int, int]:
    first, received = first_calls(told), told.whole("lead", "received_at")
    fast = (first != NONE) & (first - received <= 300 * SECOND)
    here = told.is_("lead", "source", "問い合わせ") & (told.unit("lead") == unit)
    return share(fast, here & ((received >= turn(told)) == after))


def inquiries_met(told: Told, unit: int, after: bool) -> tuple[int, int]:
    lead = told.row_of("lead", told.whole("activity", "lead"))
    inquiry = told.is_("lead", "source", "問い合わせ")
    here = outbound_calls(told, "sdr") & connects(told) & (lead != NONE) & inquiry[lead]
    here &= told.unit("activity") == unit
    here &= (told.whole("lead", "received_at")[lead] >= turn(told)) == after
    met = np.isin(lead, told.row_of("lead", told.whole("deal", "lead")))
    # Once per lead: a lead that met is counted at its last connect.
    last = np.ones(len(lead), np.bool_)
    seen = lead[here][::-1]
    _, first = np.unique(seen, return_index=True)
    last_here = np.zeros(len(seen), np.bool_)
    last_here[first] = True
    last[np.flatnonzero(here)] = last_here[::-1]
    return share(met & last, here)


def reached(told: Told, unit: int, after: bool) -> tuple[int, int]:
    here = outbound_calls(told, "sdr") & (told.unit("activity") == unit)
    return share(connects(told), here & ((told.whole("activity", "occurred_at") >= turn(told)) == after))


def qualified(told: Told, unit: int, after: bool) -> tuple[int, int]:
    created = told.whole("deal", "created_at")
    judged = told.whole("deal", "valid") != NONE
    here = judged & (told.unit("deal") == unit) & ((created >= turn(told)) == after)
    return share(told.whole("deal", "valid") == 1, here)


def held(told: Told, unit: int, after: bool) -> tuple[int, int]:
    at = told.whole("appointment", "set_at")
    here = ~told.is_("appointment", "status", "set") & (told.unit("appointment") == unit)
    return share(told.is_("appointment", "status", "held"), here & ((at >= turn(told)) == after))


STEPS = {"connect": reached, "meeting of inquiries": inquiries_met, "held": held, "qualified": qualified}


def test_the_planted_bottleneck_is_the_largest_drop(companies: list[Told]) -> None:
    drops: dict[tuple[int, str], float] = {}
    for name, step in STEPS.items():
        for unit in (1, 2, 3):
            found = [
                np.sum([step(told, unit, after) for told in companies], axis=0) for after in (False, True)
            ]
            before, now = (float(good) / float(of) for good, of in found)
            drops[unit, name] = 1 - now / before
    assert max(drops, key=lambda key: drops[key]) == (1, "meeting of inquiries")
    assert drops[1, "meeting of inquiries"] > 0.25
    del drops[1, "meeting of inquiries"]
    assert max(drops.values()) < 0.15


def test_the_turn_comes_from_slow_answers_not_from_worse_leads(companies: list[Told]) -> None:
    for unit in (1, 2, 3):
        before = np.sum([fast_calls(told, unit, after=False) for told in companies], axis=0)
        now = np.sum([fast_calls(told, unit, after=True) for told in companies], axis=0)
        kept = (now[0] / now[1]) / (before[0] / before[1])
        world = companies[0].world
        # The newcomer answers a little slower than the rest.
        assert kept == pytest.approx(world.turn_fast if unit == 1 else 1.0, abs=0.06)


def test_inquiries_of_the_first_unit_double(companies: list[Told]) -> None:
    per_day = {False: 0.0, True: 0.0}
    for told in companies:
        timeline = told.company.timeline
        of = told.is_("lead", "source", "問い合わせ") & (told.unit("lead") == 1)
        for after in per_day:
            days = slice(timeline.turn, timeline.today_index) if after else slice(0, timeline.turn)
            counted = int((of & ((told.whole("lead", "received_at") >= turn(told)) == after)).sum())
            per_day[after] += counted / float(np.asarray(timeline.factors)[days].sum())
    assert per_day[True] / per_day[False] == pytest.approx(companies[0].world.turn_inquiries, rel=0.1)


def untouched(told: Told) -> list[float]:
    """The share of key persons nobody has approached, at the end of each finished quarter."""
    key_person = told.whole("contact", "key_person") == 1
    here = told.by_role("activity", "bdr")
    contact = told.row_of("contact", told.whole("activity", "contact"))[here]
    first = np.full(len(key_person), np.iinfo(np.int64).max)
    np.minimum.at(first, contact, told.whole("activity", "occurred_at")[here])
    timeline = told.company.timeline
    moments = [day_number(quarter.end) * DAY for quarter in timeline.quarters[:-1]]
    return [float((first[key_person] >= moment).mean()) for moment in moments]


def test_untouched_people_run_out_and_appointments_with_them(companies: list[Told]) -> None:
    for told in companies:
        shares = untouched(told)
        assert shares == sorted(shares, reverse=True)
        assert shares[0] > 0.6
        assert shares[-1] < 0.25
    early, late = bdr_appointments(companies, 0, 2), bdr_appointments(companies, 4, 6)
    assert late < 0.8 * early
    assert bdr_dials(companies, 4, 6) > bdr_dials(companies, 0, 2)


def bdr_appointments(companies: list[Told], first: int, last: int) -> int:
    return sum(
        int(
            inside(told, told.whole("appointment", "set_at"), first, last)[
                told.by_role("appointment", "bdr")
            ].sum()
        )
        for told in companies
    )


def bdr_dials(companies: list[Told], first: int, last: int) -> int:
    return sum(
        int(
            inside(told, told.whole("activity", "occurred_at"), first, last)[
                outbound_calls(told, "bdr")
            ].sum()
        )
        for told in companies
    )


def inside(told: Told, moments: Ints, first: int, last: int) -> Bools:
    quarter = told.company.timeline.quarter_of[told.day(moments)]
    found: Bools = (quarter >= first) & (quarter < last)
    return found


def test_newcomers_joined_two_and_four_months_ago_and_carry_less(companies: list[Told]) -> None:
    told = companies[0]
    names = [hire.name for hire in told.world.hires]
    sdr, fs = names.index("宮内 陽菜"), names.index("有村 咲良")
    today = told.company.timeline.today
    assert [(today - told.company.roster.joined[place]).days // 30 for place in (sdr, fs)] == [2, 4]
    mates = [place for place, hire in enumerate(told.world.hires) if hire.role == "sdr" and hire.unit == 1]
    recent = told.whole("activity", "occurred_at") > told.company.timeline.now_moment - 40 * DAY
    counts = {one: int((recent & (told.hire("activity") == one)).sum()) for one in mates}
    assert counts[sdr] < 0.75 * min(count for one, count in counts.items() if one != sdr)


@pytest.mark.parametrize("today", TODAYS)
def test_another_today_moves_the_days_and_keeps_the_story(today: date) -> None:
    told = tell(1, today)
    before, now = fast_calls(told, 1, after=False), fast_calls(told, 1, after=True)
    assert now[1] >= 40
    assert now[0] / now[1] < 0.6 * before[0] / before[1]
    assert told.company.timeline.quarters[-1].contains(today)
    assert len(told.company.timeline.quarters) == 7
    newest = told.whole("activity", "occurred_at").max()
    assert told.company.timeline.now_moment - newest < 10 * DAY


def test_a_world_without_the_turn_has_no_bottleneck() -> None:
    calm = replace(World(), turn_inquiries=1.0, turn_fast=1.0, turn_exhibition=0.0)
    found = [tell(seed, world=calm) for seed in (1, 2, 3)]
    before = np.sum([inquiries_met(told, 1, after=False) for told in found], axis=0)
    now = np.sum([inquiries_met(told, 1, after=True) for told in found], axis=0)
    assert now[0] / now[1] > 0.8 * before[0] / before[1]
