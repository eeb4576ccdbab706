"""The company's own funnel as a chain of counts, as long as its records are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from hakari.maths.driver_noise import dispersion_of
from hakari.metrics.compose import squares_behind
from hakari.metrics.result import MetricResult
from hakari.planning.desk import Desk
from hakari.planning.scorecard import Scope
from hakari.units.period import Grain, Period

WEEKS = 20


@dataclass(frozen=True, slots=True)
class Stage:
    """One count of the chain, and the measure that leads to it from the stage before.

    `side` of the measure is the count. `rate` is a measure of the catalogue whose denominator is the stage
    `over`; without that stage the link is a plain quotient. `part` is the share of what came that is of what
    it is divided by: connects are of the calls of the same days, some meetings are judged in the next period,
    and the deals won in a period were mostly qualified before it.
    """

    key: str
    measure: str
    side: str = "value"  # value | numerator | denominator | n
    rate: str = ""
    over: str = ""
    part: float = 1.0
    is_amount: bool = False


_CALLS = Stage("calls", "outbound_dials")
_CONNECTS = Stage("connects", "sdr_connects.count", rate="sdr_connects.rate", over="calls")
_MEETINGS = Stage("meetings", "sdr_meetings.count", rate="sdr_meetings.rate", over="connects")
_DEALS = Stage("deals", "deals_created", part=0.0)
_QUALIFIED = Stage(
    "qualified", "sdr_valid_opportunities.count", rate="sdr_valid_opportunities.rate", over="deals", part=0.8
)
_CLOSED = Stage("closed", "closing_ratio", side="denominator", part=0.0)
_WON = Stage("won", "win_deals", rate="fs_win_rate_on_opportunities", over="qualified", part=0.0)
_AMOUNT = Stage("amount", "win_amount", rate="won_unit_price", over="won", is_amount=True)
_TO_MEETINGS = (_CALLS, _CONNECTS, _MEETINGS)
_TO_WON = (*_TO_MEETINGS, _DEALS, _QUALIFIED, _CLOSED, _WON)

# A goal → its stages from the first to the goal itself.
CHAINS: Mapping[str, tuple[Stage, ...]] = {
    "win_amount": (*_TO_WON, _AMOUNT),
    "win_deals": _TO_WON,
    "sdr_meetings.count": _TO_MEETINGS,
    "order_amount": (
        Stage("orders", "order_amount", side="n"),
        Stage("amount", "order_amount", is_amount=True),
    ),
    "campaign_responses": (
        Stage("members", "campaign_response_rate", side="denominator"),
        Stage("responses", "campaign_responses", rate="campaign_response_rate", over="members"),
    ),
}


@dataclass(frozen=True, slots=True)
class Flow:
    """What one stage counted: by segment where it was asked so, else under None alone.

    `squares` are those of the amounts, from which their spread is told.
    """

    counts: Mapping[str | None, float]
    squares: Mapping[str | None, float]

    @property
    def total(self) -> float:
        return sum(self.counts.values())


def on_one_clock(scope: Scope) -> Scope:
    """Everything by the day it happened, and counted: no cohort is followed, no rate projected."""
    return replace(scope, basis="event", lag=False)


def read_flows(
    desk: Desk, scope: Scope, stages: Sequence[Stage], period: Period, by: tuple[str, ...] = ()
) -> dict[str, Flow]:
    """All stages in one question. One whose records never were is left out."""
    names = tuple(dict.fromkeys(one.measure for one in stages))
    found: dict[str, list[MetricResult]] = {name: [] for name in names}
    for one in desk.ask(on_one_clock(scope), names, period, by, intervals=True):
        found[one.measure].append(one)
    key = by[0] if by else ""
    flows: dict[str, Flow] = {}
    for stage in stages:
        results = [one for one in found[stage.measure] if _count(one, stage) is not None]
        if results:
            counts = {one.slice.get(key): _count(one, stage) or 0.0 for one in results}
            amounts = results if stage.is_amount else []
            flows[stage.key] = Flow(counts, {one.slice.get(key): squares_behind(one) for one in amounts})
    return flows


def weekly_dispersion(desk: Desk, scope: Scope, stage: Stage) -> float:
    """How clustered the stage's counts are, by the last twenty finished weeks."""
    last = min(scope.period.last_day, scope.today)
    end = desk.calendar.period_of(last, Grain.WEEK).start
    period = Period(end - timedelta(weeks=WEEKS), end)
    weeks = desk.ask(on_one_clock(scope), [stage.measure], period, (Grain.WEEK.value,))
    known = [(one, _count(one, stage)) for one in weeks]
    days = [float(desk.calendar.elapsed(one.period, one.period.last_day)[1]) for one, _ in known]
    return dispersion_of([count or 0.0 for _, count in known], days)


def _count(one: MetricResult, stage: Stage) -> float | None:
    """A rate of nothing has a denominator of 0; what was never recorded has none at all."""
    if stage.side == "n":
        return None if one.value is None else float(one.n)
    sides = {"value": one.value, "numerator": one.numerator, "denominator": one.denominator}
    return sides[stage.side]


def chain_of(desk: Desk, scope: Scope, goal: str) -> tuple[Stage, ...]:
    """The stages whose definitions the catalogue has and whose records know what the scope narrows by."""
    known = desk.catalogue.measures
    return tuple(
        one
        for one in CHAINS.get(goal, ())
        if one.measure in known and (not one.rate or one.rate in known) and desk.knows(scope, one.measure)
    )


def supported(
    stages: Sequence[Stage], now: Mapping[str, Flow], before: Mapping[str, Flow] | None
) -> tuple[Stage, ...]:
    """Those recorded on both sides.

    A stage that is empty while a later one is not was not recorded, only some of what came of it. Where
    qualification is recorded, deals that closed are no stage: the win rate is of the qualified ones.
    """
    sides = [now] if before is None else [now, before]
    kept = [one for one in stages if all(one.key in side for side in sides)]
    for side in sides:
        later = False
        for one in reversed(kept[:]):
            if side[one.key].total > 0:
                later = True
            elif later:
                kept.remove(one)
    names = {one.key for one in kept}
    return tuple(one for one in kept if one.key != "closed" or "qualified" not in names)


def rate_of(stages: Sequence[Stage], place: int) -> str:
    """The catalogue's measure of the link to a stage; "" where it is a plain quotient."""
    stage = stages[place]
    if place == 0:
        return stage.measure if stage.side == "value" else ""
    before = stages[place - 1].key
    if stage.key == "won" and before == "closed":
        return "closing_ratio"
    return stage.rate if stage.over == before else ""
