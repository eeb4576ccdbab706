"""Goals of the company, each unit and each person, by quarter and, for the amount won, by month.

The running quarter's plan lies somewhat above where it will land. A person's goal lies between an even share
and what they will bring, so that most come near it. Goals of rates are what the quarters before reached.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, log10

import numpy as np

from hakari.sources.demo.block import Company
from hakari.sources.demo.columns import DAY, NONE, Column, Floats, Ints, day_number, ints
from hakari.sources.demo.columns import Words as WordColumn
from hakari.sources.demo.frame import Frame
from hakari.sources.demo.roster import UNITS
from hakari.sources.demo.tally import Tally
from hakari.units import Period

WIN_AMOUNT = "win_amount"
SPEED = "speed_to_lead_5min.rate"
_SPEED_GOAL = 0.80
_PAST_STRETCH = 0.97
_LEAST_SHARE = 0.2
_EASE = 0.97  # of the rates reached before, so that most people can
# measure → numerator, denominator, rounding, roles whose people have one
_RATES: dict[str, tuple[str, str, float, tuple[str, ...]]] = {
    "sdr_connects.rate": ("connects", "dials", 0.005, ("sdr", "bdr")),
    "sdr_meetings.rate": ("meetings", "connects", 0.005, ("sdr", "bdr")),
    "sdr_valid_opportunities.rate": ("qualified", "deals", 0.01, ("fs",)),
    "fs_win_rate_on_opportunities": ("won", "qualified", 0.01, ("fs",)),
    "won_unit_price": ("amount", "won", 50_000.0, ("fs",)),
}
_COUNTS = {"outbound_dials": "dials", "sdr_meetings.count": "meetings"}
_CALLERS = ("sdr", "bdr")
# Rates that a newcomer has to learn.
_LEARNT = ("sdr_meetings.rate", "fs_win_rate_on_opportunities")


@dataclass(frozen=True, slots=True)
class Goal:
    """`team` and `owner` are keys; -1 for both is the company's."""

    measure: str
    team: int
    owner: int
    period: Period
    value: float


class Goals:
    """Sets all goals from one tally."""

    def __init__(self, company: Company, tally: Tally) -> None:
        self.company, self.tally = company, tally
        roster = company.roster
        hires, crews = len(roster.hires), roster.crews
        self.hire = np.tile(np.arange(hires), crews)
        self.crew = np.repeat(np.arange(crews), hires)
        unit = roster.unit[self.hire]
        self.team = np.where(unit == 0, 1, 1 + self.crew * UNITS + unit)
        self.roles = [roster.hires[place].role for place in self.hire.tolist()]
        self.running = len(company.timeline.quarters) - 1

    def all(self) -> list[Goal]:
        found: list[Goal] = []
        for number, quarter in enumerate(self.company.timeline.quarters):
            found += self._amounts(number, quarter)
            found += self._counts(number, quarter)
            found += self._rates(number, quarter)
        return found

    def _of(self, *roles: str) -> Ints:
        return np.flatnonzero(np.isin(self.roles, roles))

    def _roll_up(self, measure: str, people: Ints, values: Floats, period: Period) -> Iterator[Goal]:
        """Each person's, each unit's as their sum, the company's as the sum of units."""
        for person, value in zip(people.tolist(), values.tolist(), strict=True):
            if value > 0:
                yield Goal(measure, NONE, person + 1, period, value)
        for team in np.unique(self.team[people]).tolist():
            yield Goal(measure, team, NONE, period, float(values[self.team[people] == team].sum()))
        yield Goal(measure, NONE, NONE, period, float(values.sum()))

    def _amounts(self, number: int, quarter: Period) -> Iterator[Goal]:
        """Each unit's plan is a stretch of what it will win; its people share the plan."""
        reps = self._of("fs")
        real = self.tally.by_quarter["amount"][reps, number]
        load, luck = self._load(reps, number), self.company.world.luck_in_goals
        goals = np.zeros(len(reps))
        for team in np.unique(self.team[reps]).tolist():
            here = self.team[reps] == team
            even = real[here].sum() * load[here] / load[here].sum()
            own = np.maximum(real[here], even * _LEAST_SHARE)
            raw = even ** (1 - luck) * own**luck
            plan = self._plan(team, reps[here], number)
            goals[here] = [_rounded(value) for value in (raw * plan / max(raw.sum(), 1.0)).tolist()]
        yield from self._roll_up(WIN_AMOUNT, reps, goals, quarter)
        yield from self._monthly(reps, goals, quarter)

    def _plan(self, team: int, reps: Ints, number: int) -> float:
        """In the running quarter the unit of the turn is behind its plan today, too."""
        world, timeline = self.company.world, self.company.timeline
        whole = float(self.tally.by_quarter["amount"][reps, number].sum())
        if number != self.running:
            return whole * _PAST_STRETCH
        turned = (team - 2) % UNITS + 1 == world.turn_unit
        first = int(np.searchsorted(timeline.quarter_of, number))
        passed = (timeline.today_index - first) / (timeline.last - first)
        pace = float(self.tally.amount_so_far[reps].sum()) / max(passed, 0.05)
        return world.stretch * (max(whole, pace) if turned and team > 1 else whole)

    def _monthly(self, reps: Ints, goals: Floats, quarter: Period) -> Iterator[Goal]:
        timeline = self.company.timeline
        factors = np.asarray(timeline.factors)
        months = [place for place, month in enumerate(timeline.months) if quarter.contains(month.start)]
        shares = np.asarray([factors[timeline.month_of[: timeline.last] == month].sum() for month in months])
        left = goals.copy()
        for place, month in enumerate(months):
            part = np.floor(goals * shares[place] / shares.sum() / 10_000) * 10_000
            part = left if place == len(months) - 1 else part
            left = left - part
            yield from self._roll_up(WIN_AMOUNT, reps, part, timeline.months[month])

    def _counts(self, number: int, quarter: Period) -> Iterator[Goal]:
        """As many as in the quarters before, by season; of a newcomer, their part of what others make."""
        callers, before = self._of(*_CALLERS), self._before(number)
        season = self._season([number]) / self._season(before)
        for measure, count in _COUNTS.items():
            values = np.zeros(len(callers))
            for role in _CALLERS:
                here = np.flatnonzero(np.isin(callers, self._of(role)))
                people = callers[here]
                done = self.tally.by_quarter[count][people]
                loads = sum(float(self._load(people, one).sum()) for one in before)
                full = done[:, before].sum() / max(loads, 1e-9)
                settled = self.company.roster.load[self.hire[people], 0] >= 1
                part = self._load(people, number)
                if count == "meetings":
                    part = part * self._settled(people, number)
                values[here] = np.where(settled, done[:, before].mean(axis=1), full * part)
            yield from self._roll_up(measure, callers, np.round(values * season), quarter)

    def _season(self, quarters: list[int]) -> float:
        timeline = self.company.timeline
        here = np.isin(timeline.quarter_of[: timeline.last], quarters)
        return float(np.asarray(timeline.factors)[here].sum()) / len(quarters)

    def _load(self, people: Ints, number: int) -> Floats:
        timeline = self.company.timeline
        days = np.flatnonzero(timeline.quarter_of[: timeline.last] == number)
        load: Floats = self.company.roster.load[self.hire[people]][:, days].mean(axis=1)
        return load

    def _before(self, number: int) -> list[int]:
        """The two quarters before that the turn has not touched; for the first quarter, itself."""
        turned = int(self.company.timeline.quarter_of[self.company.timeline.turn])
        found = [one for one in range(max(0, number - 2), number) if one < turned]
        return found or [min(number, max(0, turned - 1))]

    def _rates(self, number: int, quarter: Period) -> Iterator[Goal]:
        everyone = np.arange(len(self.roles))
        yield from self._speed(number, quarter)
        for measure, (above, below, step, roles) in _RATES.items():
            whole = self._rate(above, below, everyone, number, step)
            if whole is None:
                continue
            yield Goal(measure, NONE, NONE, quarter, whole)
            for team in np.unique(self.team[self._of(*roles)]).tolist():
                members = np.flatnonzero(self.team == team)
                value = self._rate(above, below, members, number, step) or whole
                yield Goal(measure, team, NONE, quarter, value)
            for role in roles:
                people = self._of(role)
                value = self._rate(above, below, people, number, step) or whole
                settled = self._settled(people, number)
                if measure not in _LEARNT:
                    settled = np.ceil(settled)
                for person, part in zip(people.tolist(), settled.tolist(), strict=True):
                    if part > 0:
                        goal = value if part == 1 else round(value * part / step) * step
                        yield Goal(measure, NONE, person + 1, quarter, round(goal, 4))

    def _rate(self, above: str, below: str, people: Ints, number: int, step: float) -> float | None:
        quarters = self._before(number)
        top = self.tally.by_quarter[above][people][:, quarters].sum()
        bottom = self.tally.by_quarter[below][people][:, quarters].sum()
        return round(round(_EASE * top / bottom / step) * step, 4) if bottom else None

    def _settled(self, people: Ints, number: int) -> Floats:
        """Of the skill to come, what each has in the quarter; 0 for who has not joined by its end."""
        timeline = self.company.timeline
        days = np.flatnonzero(timeline.quarter_of[: timeline.last] == number)
        table = self.company.roster.settled[self.hire[people]][:, days]
        here = (table > 0).sum(axis=1)
        found: Floats = np.where(here > 0, table.sum(axis=1) / np.maximum(here, 1), 0)
        return found

    def _speed(self, number: int, quarter: Period) -> Iterator[Goal]:
        sdr = self._of("sdr")
        yield Goal(SPEED, NONE, NONE, quarter, _SPEED_GOAL)
        for team in np.unique(self.team[sdr]).tolist():
            yield Goal(SPEED, team, NONE, quarter, _SPEED_GOAL)
        for person in sdr[self._settled(sdr, number) > 0].tolist():
            yield Goal(SPEED, NONE, person + 1, quarter, _SPEED_GOAL)


def _rounded(value: float) -> float:
    """To half a unit of the second digit: 21,370,000 becomes 21,500,000."""
    if value <= 0:
        return 0.0
    step: float = 10 ** (floor(log10(value)) - 1) / 2
    return round(value / step) * step


def target_frame(company: Company, tally: Tally) -> Frame:
    goals = Goals(company, tally).all()
    measures = list(dict.fromkeys(goal.measure for goal in goals))
    starts = ints([day_number(goal.period.start) for goal in goals])
    columns: dict[str, Column] = {
        "measure": WordColumn(ints([measures.index(goal.measure) for goal in goals]), measures),
        "team": ints([goal.team for goal in goals]),
        "owner": ints([goal.owner for goal in goals]),
        "starts_on": starts,
        "ends_on": ints([day_number(goal.period.last_day) for goal in goals]),
        "value": np.asarray([goal.value for goal in goals]),
    }
    # Months of the running quarter are planned when it begins.
    quarters = [day_number(quarter.start) for quarter in company.timeline.quarters]
    observed = np.asarray(quarters)[np.searchsorted(quarters, starts, side="right") - 1]
    return Frame("target", 1, observed * DAY, columns)
