"""What a team can sell: a full quota for each rep, less for those who are still finding their feet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from hakari.metrics.attainment import NO_TARGET, Aim, Attainment, Figures, Seat
from hakari.metrics.compose import Figure, without
from hakari.metrics.seats import Person
from hakari.units.period import Period


class Capacity:
    """The quota of a settled rep × the share of the days that each rep counts in full."""

    def __init__(self, aims: Attainment, people: list[Person]) -> None:
        self.aims, self.people = aims, people
        against = aims.measure.against
        self.ramp_days = against.ramp_days if against is not None else 0

    def figures(self, period: Period, by: str | None) -> Figures:
        quota, spans = self._quota(period)
        if quota is None:
            return {} if by is not None else {None: Figure(None, None, None, 0, without(NO_TARGET))}
        shares: dict[str | None, list[float]] = {} if by is not None else {None: []}
        for one in self._asked_for():
            label = {"owner": one.name, "team": one.team}.get(by or "")
            shares.setdefault(label, []).append(share_of(one, spans, self.ramp_days))
        return {
            label: Figure(quota * sum(many), None, None, len(many), without("derived"))
            for label, many in sorted(shares.items(), key=lambda one: (one[0] is None, one[0] or ""))
        }

    def _asked_for(self) -> Iterable[Person]:
        filters = self.aims.query.filters
        owners, teams = filters.get("owner"), filters.get("team")
        for one in self.people:
            if (owners is None or one.name in owners) and (teams is None or one.team in teams):
                yield one

    def _quota(self, period: Period) -> tuple[float | None, tuple[Period, ...]]:
        """The mean target of the reps who count in full on all days that it speaks of."""
        aims: dict[str, Aim] = {}
        for one in self.people:
            aim = self.aims.aim(Seat(owner=one.name), period)
            if aim is not None and share_of(one, aim.spans, self.ramp_days) == 1:
                aims[one.name] = aim
        if not aims:
            return None, ()
        longest = max((aim.spans for aim in aims.values()), key=_days)
        full = [aim.value for aim in aims.values() if aim.spans == longest]
        return sum(full) / len(full), longest


def share_of(one: Person, spans: Iterable[Period], ramp_days: int) -> float:
    """The mean, over all days, of how much of a settled rep they are: rising evenly from nothing to all."""
    days = [span.start + timedelta(days=place) for span in spans for place in range(span.days)]
    return sum(_share_on(one, day, ramp_days) for day in days) / len(days) if days else 0.0


def _share_on(one: Person, day: date, ramp_days: int) -> float:
    if one.left_on is not None and day >= one.left_on:
        return 0.0
    if one.joined_on is None:
        return 1.0
    if day < one.joined_on:
        return 0.0
    ramp = (one.ramped_on - one.joined_on).days if one.ramped_on is not None else ramp_days
    return min(1.0, (day - one.joined_on).days / ramp) if ramp > 0 else 1.0


def _days(spans: Iterable[Period]) -> int:
    return sum(span.days for span in spans)
