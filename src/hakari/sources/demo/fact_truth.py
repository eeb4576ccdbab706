"""What is true of the finer facts on the invented company's records, as numbers; `World` holds the rest.

None of them moves what happens in the story: they say more about it.
"""

from __future__ import annotations

from dataclasses import dataclass

from hakari.sources.demo.world import Lag

_REAPPROACH, _ONBOARDING = Lag(44, 0.30), Lag(31, 0.42)


@dataclass(frozen=True, slots=True)
class Facts:
    """The known truth of scores, conversations, capture, onboarding, ramp, territories and forecasts."""

    # Scores of leads, in points
    fit_of_target: float = 68.0
    fit_of_others: float = 36.0
    fit_spread: float = 11.0
    behaviour: tuple[tuple[str, float], ...] = (
        ("website", 54.0),
        ("whitepaper", 38.0),
        ("search_ad", 41.0),
        ("leadgen_site", 33.0),
        ("referral", 45.0),
        ("seminar", 30.0),
        ("exhibition", 17.0),
        ("partner", 28.0),
    )
    behaviour_spread: float = 9.0
    behaviour_of_converted: float = 24.0  # what comes on top on the way to a deal

    # Leads put aside
    reapproach: Lag = _REAPPROACH  # until the day planned for another try
    reapproach_slip: int = 6  # business days between the plan and the call

    # Conversations
    timed_calls: float = 0.82  # of the calls that reach the person
    speech: tuple[float, float] = (0.80, 0.97)  # of the talk's length somebody speaks
    rep_speaks: float = 0.57
    rep_speaks_spread: float = 0.09
    tone: float = 55.0
    tone_spread: float = 8.0

    # Share of activities that record themselves: calls, mails, letters, visits, web meetings
    captured: tuple[tuple[str, float], ...] = (
        ("call", 0.93),
        ("mail", 0.88),
        ("letter", 0.0),
        ("visit", 0.08),
        ("web_meeting", 0.72),
    )
    tech_touch: float = 0.64  # of the mails customer success sends

    # Customers
    onboarding_days: int = 60
    onboards: float = 0.87
    onboarding: Lag = _ONBOARDING  # from the start of the contract
    upsells: float = 0.45  # of what customers order on top; the rest is another product

    # People and territories
    plan_after: int = 48  # months until a seller joins the incentive plan; it moves nothing they win
    ramp_jitter: int = 24  # days around the world's ramp
    potential: float = 3_400.0  # yen a year and employee
    potential_spread: float = 0.35
    checked_within: float = 62.0  # days, on average, since an entry of the list was checked

    # Forecasts
    optimism: float = 1.07
    forecast_spread: float = 0.24
    revised_spread: float = 0.09

    # Goals
    partner_stretch: float = 1.06


FACTS = Facts()
