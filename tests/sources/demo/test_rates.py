"""An estimator that knows nothing but the records finds the world's numbers again.

Each check pools six companies. A sum of cases with known chances lies within four standard deviations of what
is expected, save once in sixteen thousand times; seeds are fixed, so no check fails by chance on another day.
"""

from __future__ import annotations

import numpy as np

from hakari.sources.demo.columns import DAY, NONE, SECOND, Bools, Floats, Ints
from hakari.sources.demo.timeline import BUSINESS_DAY
from hakari.sources.demo.world import Lag
from tests.sources.demo.told import Told

DEVIATIONS = 4.0
MATURE = 240 * DAY  # before today; the longest one in ten thousand deals takes less


def expect(happened: int, chances: Floats, least: int) -> None:
    """`happened` of cases with these chances, of which there must be enough to tell."""
    assert len(chances) >= least
    spread = float(np.sqrt((chances * (1 - chances)).sum()))
    assert abs(happened - float(chances.sum())) < DEVIATIONS * spread


def outbound_calls(told: Told, role: str) -> Bools:
    calls = told.is_("activity", "kind", "call") & told.is_("activity", "direction", "outbound")
    return calls & told.by_role("activity", role)


def connects(told: Told) -> Bools:
    return told.is_("activity", "outcome", "person")


def hour(told: Told) -> Ints:
    return told.whole("activity", "occurred_at") % DAY // (3600 * SECOND)


def test_connect_rate_of_every_hour_is_the_worlds(companies: list[Told]) -> None:
    for of_day in range(9):
        rates, reached = [], 0
        for told in companies:
            here = outbound_calls(told, "sdr") & (hour(told) == of_day)
            reach = told.company.roster.reach[told.hire("activity")[here]]
            rates.append(told.world.connect_by_hour[of_day] * reach)
            reached += int((connects(told) & here).sum())
        expect(reached, np.concatenate(rates), 4_000)


def test_outbound_callers_get_through_less_often_by_the_stated_factor(companies: list[Told]) -> None:
    rates, reached = [], 0
    for told in companies:
        here = outbound_calls(told, "bdr")
        by_hour = np.asarray(told.world.connect_by_hour)[hour(told)[here]]
        rates.append(by_hour * told.world.bdr_reach * told.company.roster.reach[told.hire("activity")[here]])
        reached += int((connects(told) & here).sum())
    expect(reached, np.concatenate(rates), 60_000)


def first_calls(told: Told) -> Ints:
    """Per lead, the moment of its first outbound call; -1 for none."""
    here = outbound_calls(told, "sdr")
    first = np.full(told.table["lead"].size, np.iinfo(np.int64).max)
    lead = told.row_of("lead", told.whole("activity", "lead")[here])
    np.minimum.at(first, lead, told.whole("activity", "occurred_at")[here])
    return np.where(first == np.iinfo(np.int64).max, NONE, first)


def inquiries_met(told: Told, fast: bool) -> tuple[int, Floats]:
    """Of connects with inquiries in the first round, how many met; and the chance of each."""
    lead = told.row_of("lead", told.whole("activity", "lead"))
    first, received = first_calls(told), told.whole("lead", "received_at")
    within = (first != NONE) & (first - received <= 300 * SECOND)
    inquiry = told.is_("lead", "source", "問い合わせ") & (within == fast)
    here = outbound_calls(told, "sdr") & connects(told) & (told.whole("activity", "follow_up") == 0)
    here &= (lead != NONE) & inquiry[lead]
    at = told.whole("activity", "occurred_at")[here]
    deal = np.full(told.table["lead"].size, NONE)
    with_lead = told.whole("deal", "lead") != NONE
    rows = told.row_of("lead", told.whole("deal", "lead")[with_lead])
    deal[rows] = told.whole("deal", "created_at")[with_lead]
    # A deal agreed on the phone is entered within ten minutes; overnight when the day ended in between.
    wait = told.place(deal[lead[here]]) - told.place(at)
    met = (deal[lead[here]] != NONE) & (wait > 0) & (wait <= 600)
    source = told.world.sources[0]
    rate = source.fast_meeting if fast else source.slow_meeting
    owner = told.hire("activity")[here]
    # Skill counts as of the day the lead came; only newcomers' changes.
    settled = told.company.roster.settled[owner, 0] >= 1
    return int(met[settled].sum()), rate * told.company.roster.skill[owner[settled]]


def test_inquiries_called_within_five_minutes_meet_as_often_as_the_world_says(companies: list[Told]) -> None:
    for fast in (True, False):
        found = [inquiries_met(told, fast) for told in companies]
        expect(sum(met for met, _ in found), np.concatenate([chances for _, chances in found]), 1_000)


def test_webinar_leads_meet_as_often_as_the_world_says(companies: list[Told]) -> None:
    """Fast or slow makes no difference to them, so that deals divided by connects is the rate itself."""
    met, rates = 0, []
    for told in companies:
        rate = next(one for one in told.world.sources if one.tactic == "seminar").fast_meeting
        of = told.is_("lead", "source", "ウェビナー")
        lead = told.row_of("lead", told.whole("activity", "lead"))
        here = outbound_calls(told, "sdr") & connects(told) & (lead != NONE) & of[lead]
        owner = told.hire("activity")[here]
        settled = told.company.roster.settled[owner, 0] >= 1
        rates.append(rate * told.company.roster.skill[owner[settled]])
        sourced = told.hire("deal", "sourced_by")
        own = told.is_("deal", "source", "ウェビナー")
        met += int((own & (told.company.roster.settled[sourced, 0] >= 1)).sum())
    expect(met, np.concatenate(rates), 5_000)


def mature(told: Told) -> Bools:
    qualified = told.whole("deal", "qualified_at")
    found: Bools = (qualified != NONE) & (qualified < told.company.timeline.now_moment - MATURE)
    return found


def test_win_rate_of_mature_cohorts_is_the_product_of_the_steps(companies: list[Told]) -> None:
    won, rates = 0, []
    for told in companies:
        here = mature(told)
        owner, created = told.hire("deal")[here], told.whole("deal", "created_at")[here]
        rates.append(told.world.win_rate * told.craft(owner, created))
        won += int((told.is_("deal", "status", "won") & here).sum())
    expect(won, np.concatenate(rates), 2_500)


def test_meetings_agreed_on_the_phone_are_held_and_qualify_as_stated(companies: list[Told]) -> None:
    held, agreed, good = 0, 0, 0
    for told in companies:
        over = told.whole("appointment", "set_at") < told.company.timeline.now_moment - 60 * DAY
        happened = told.is_("appointment", "status", "held") & over
        deal = told.row_of("deal", told.whole("appointment", "deal")[happened])
        agreed, held = agreed + int(over.sum()), held + int(happened.sum())
        good += int((told.whole("deal", "valid")[deal] == 1).sum())
    world = companies[0].world
    expect(held, np.full(agreed, world.held), 5_000)
    expect(good, np.full(held, world.qualifies), 5_000)


def test_waits_have_the_stated_mean(companies: list[Told]) -> None:
    """From qualified to proposed, and from proposed to the decision of deals won, in business days."""
    first, whole = [], []
    for told in companies:
        here = mature(told)
        qualified, proposed = told.whole("deal", "qualified_at"), told.whole("deal", "proposed_at")
        went_on = here & (proposed != NONE)
        first.append(told.place(proposed[went_on]) - told.place(qualified[went_on]))
        won = here & told.is_("deal", "status", "won")
        closed = np.searchsorted(told.company.timeline.days, told.whole("deal", "closed_on")[won])
        whole.append((closed + 0.5) * BUSINESS_DAY - told.place(qualified[won]))
    world = companies[0].world
    mean_is(np.concatenate(first) / BUSINESS_DAY, world.steps[0].lag)
    waits = np.concatenate(whole) / BUSINESS_DAY
    spread = float(np.std(waits) / np.sqrt(len(waits)))
    assert abs(float(waits.mean()) - world.cycle_days) < DEVIATIONS * spread


def mean_is(waits: Floats, lag: Lag) -> None:
    spread = lag.mean * np.sqrt(np.exp(lag.spread**2) - 1) / np.sqrt(len(waits))
    assert len(waits) > 1_500
    assert abs(float(waits.mean()) - lag.mean) < DEVIATIONS * spread


def test_prices_are_log_normal_around_the_stated_median(companies: list[Told]) -> None:
    logs = np.log(
        np.concatenate(
            [told.decimal("deal", "amount")[told.is_("deal", "status", "won")] for told in companies]
        )
    )
    price = companies[0].world.price
    assert abs(float(logs.mean()) - np.log(price.median)) < DEVIATIONS * price.spread / np.sqrt(len(logs))
    assert abs(float(logs.std()) - price.spread) < DEVIATIONS * price.spread / np.sqrt(2 * len(logs))


def test_intake_follows_the_season_and_grows(companies: list[Told]) -> None:
    """Leads by web of finished months before the turn, against what the world expects of each."""
    timeline = companies[0].company.timeline
    months = [place for place in range(len(timeline.months)) if timeline.month_of[timeline.turn] > place]
    by_web = [one for one in companies[0].world.sources if one.by == "web"]
    for month in months:
        days = timeline.month_of[: timeline.last] == month
        expected = sum(one.monthly for one in by_web) * float(np.asarray(timeline.factors)[days].sum()) / 20.3
        counted = 0
        for told in companies:
            day = told.whole("lead", "received_at") // DAY
            inside = told.company.timeline.month_of[np.searchsorted(timeline.days, day, side="right") - 1]
            of = np.any([told.is_("lead", "source", one.name) for one in by_web], axis=0)
            counted += int((of & (inside == month)).sum())
        total = expected * len(companies)
        assert abs(counted - total) < DEVIATIONS * np.sqrt(total)
