"""What everybody reached of one measure, month by month: the past from which targets are judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from hakari.errors import HakariError
from hakari.maths.outlooks import Came, Outlook
from hakari.maths.seasonality import Season
from hakari.maths.target_proposals import (
    MONTHS,
    Group,
    Month,
    Past,
    Way,
    alone,
    group,
    outlook,
)
from hakari.metrics.definitions import Measure
from hakari.metrics.result import MetricResult
from hakari.metrics.targets import Whose
from hakari.planning.desk import Desk, additive, day_after
from hakari.planning.scorecard import Scope
from hakari.planning.seasons import season_of, weight
from hakari.planning.shown import is_unripe, value_of
from hakari.planning.target_members import Member
from hakari.units.fiscal import add_months
from hakari.units.period import Grain, Period

# Two years and three months: every month of two years against the three before it.
BACK = 27
_BARELY_THERE = 0.05
_MOSTLY_OPEN = 0.1


def way_of(measure: Measure) -> Way:
    if additive(measure):
        return Way.COUNT if measure.kind == "count" else Way.AMOUNT
    if measure.kind in ("rate", "conversion"):
        return Way.RATE
    return Way.COUNT if measure.kind == "distinct" else Way.LEVEL


class Pasts:
    """Asks a measure once for each kind of whose it is. Nothing later than the scope's today is used."""

    def __init__(self, desk: Desk, scope: Scope, measure: Measure, members: Sequence[Member]) -> None:
        self.desk, self.measure, self.members = desk, measure, {one.name: one for one in members}
        self.scope = replace(scope, team=None, filters={}, basis=None, vs="none")
        running = scope.today.replace(day=1)
        if day_after(scope.today) == add_months(running, 1):
            running = add_months(running, 1)  # the month is over with today
        self.months = [
            Period(add_months(running, -back), add_months(running, 1 - back)) for back in range(BACK, 0, -1)
        ]
        self._others: dict[Whose, Mapping[date, MetricResult]] = {}
        self._wholes: dict[tuple[str, Period], Mapping[Whose, MetricResult]] = {}
        self._kinds: dict[str, Mapping[Whose, Mapping[date, MetricResult]]] = {}
        self._roles: dict[str, Group | None] = {}
        self._alone: dict[Whose, Group | None] = {}
        self._pasts: dict[Whose, Past] = {}

    @cached_property
    def season(self) -> Season:
        return season_of(self.desk, self.scope, self.measure)

    @cached_property
    def way(self) -> Way:
        """A quotient whose top can exceed its base, such as orders ÷ new deals, is no share of cases."""
        found = way_of(self.measure)
        everyone = [*self._by_kind("person").values(), *self._by_kind("company").values()]
        if found is Way.RATE and any(_exceeds(one) for by_month in everyone for one in by_month.values()):
            return Way.LEVEL
        return found

    # What was reached

    def reached(self, whose: Whose, period: Period) -> float | None:
        """The figure of the period as far as it has passed; None where nothing is known of it."""
        passed = period.clip_to(day_after(self.scope.today))
        if passed.days <= 0:
            return None
        months = self._months_of(whose, passed)
        if months is not None and len(months) == 1:
            return value_of(months[0])
        if months is not None and additive(self.measure):
            return sum(one.value or 0.0 for one in months)
        found = self._ask(whose, passed)
        return None if found is None else value_of(found)

    def came(self, whose: Whose, period: Period) -> Came | None:
        """What counts already towards a target for a running period; None for figures that do not add up."""
        if period.start > self.scope.today or not (additive(self.measure) or self.measure.kind == "rate"):
            return None
        if self.way is Way.LEVEL:
            return None
        passed = period.clip_to(day_after(self.scope.today))
        months = self._months_of(whose, passed)
        if months is None or any(one.open_share for one in months):
            found = self._ask(whose, passed)  # a young cohort is projected as a whole or not at all
            months = [] if found is None else [found]
        if not months:
            return None
        if self.way is Way.RATE:
            # Of a young cohort what it will come to, not what has come of it: the rest is not lost.
            pairs = [(value_of(one) or 0.0, one.denominator or 0.0) for one in months]
            return Came(sum(value * base for value, base in pairs), sum(base for _, base in pairs))
        return Came(sum(one.value or 0.0 for one in months))

    def _months_of(self, whose: Whose, passed: Period) -> list[MetricResult] | None:
        """The months that make up the days, where all of them have been asked for as they are."""
        by_month = self._results(whose)
        found = [by_month.get(one.start) for one in self.desk.calendar.split(passed, Grain.MONTH)]
        known = [one for one in found if one is not None]
        is_whole = (
            bool(known) and known[0].period.start == passed.start and known[-1].period.end == passed.end
        )
        return known if is_whole and len(known) == len(found) else None

    def _ask(self, whose: Whose, period: Period) -> MetricResult | None:
        if not _is_one_of_its_kind(whose):
            return self._figures(replace(self.scope, filters=whose.filters), (), period).get(())
        key = (whose.kind, period)
        if key not in self._wholes:
            by, named = _cut(whose.kind)
            found = self._figures(self.scope, by, period)
            self._wholes[key] = {named(name): one for name, one in found.items()}
        return self._wholes[key].get(whose)

    def _figures(
        self, scope: Scope, by: tuple[str, ...], period: Period
    ) -> dict[tuple[str | None, ...], MetricResult]:
        try:
            found = self.desk.ask(scope, [self.measure.id], period, by)
        except HakariError:  # The records do not know this dimension, or nobody bears the name.
            return {}
        return {tuple(one.slice.get(name) for name in by): one for one in found}

    # What is to be expected

    def exposure(self, whose: Whose, period: Period) -> float:
        """How many ordinary months the days are: working days × season, of a person × their ramp."""
        if self.way is Way.LEVEL:
            return 1.0
        whole = weight(self.desk.calendar, period, self.season) / self._ordinary
        member = self.members.get(whose.owner or "")
        return whole * (member.share_of(period) if member is not None else 1.0)

    @cached_property
    def _ordinary(self) -> float:
        year = self.months[-12:]
        return max(1.0, sum(self.desk.calendar.business_days(one) for one in year) / 12)

    def past(self, whose: Whose) -> Past:
        """Finished months, oldest first; None before the first record and while somebody was not there."""
        if whose not in self._pasts:
            self._pasts[whose] = self._past(whose)
        return self._pasts[whose]

    def _past(self, whose: Whose) -> Past:
        by_month = self._results(whose)
        begun = min((start for start, one in by_month.items() if one.n > 0), default=None)
        return [self._month(whose, by_month.get(one.start), one, begun) for one in self.months]

    def _month(
        self, whose: Whose, found: MetricResult | None, month: Period, begun: date | None
    ) -> Month | None:
        exposure = self.exposure(whose, month)
        if found is None or begun is None or month.start < begun or exposure < _BARELY_THERE:
            return None
        if is_unripe(found, _MOSTLY_OPEN):
            return None  # too young to say: low so far is not low
        value = value_of(found)
        if self.way is Way.RATE:
            base = found.denominator or 0.0
            return Month(value * base, base, exposure) if value is not None and base > 0 else None
        return None if value is None else Month(value, 1.0, exposure)

    def active(self, kind: str) -> tuple[Whose, ...]:
        """Those of a kind who had figures in the last three finished months or have some now, by name."""
        since = self.months[-MONTHS].start
        found = [
            whose
            for whose, by_month in self._by_kind(kind).items()
            if any(one.n > 0 for start, one in by_month.items() if start >= since)
        ]
        return tuple(sorted(found, key=lambda one: one.owner or one.team or one.source or ""))

    def last_months(self, whose: Whose) -> tuple[float | None, ...]:
        """The figures of the last three finished months, for the reason beside a chance."""
        by_month = self._results(whose)
        found = [by_month.get(one.start) for one in self.months[-MONTHS:]]
        return tuple(None if one is None else value_of(one) for one in found)

    def group_of(self, whose: Whose) -> Group | None:
        """People with those of their role; teams, sources and the rest each by their own past."""
        member = self.members.get(whose.owner or "")
        if whose.kind == "person" and member is not None:
            if member.role not in self._roles:
                self._roles[member.role] = self._of_role(member.role)
            return self._roles[member.role]
        if whose not in self._alone:
            self._learn_alone(whose)
        return self._alone[whose]

    def _of_role(self, role: str) -> Group | None:
        names = [one.name for one in self.members.values() if one.role == role]
        pasts = [self.past(Whose(owner=name)) for name in names]
        return group(self.way, [past for past in pasts if any(one is not None for one in past)])

    def _learn_alone(self, whose: Whose) -> None:
        """All of its kind at once: where one's own past is short, the luck of their months is shared."""
        units = dict.fromkeys([whose])
        if whose.kind in ("team", "source") and _is_one_of_its_kind(whose):
            units |= dict.fromkeys(self._by_kind(whose.kind))
        found = alone(self.way, [self.past(one) for one in units])
        self._alone |= dict(zip(units, found, strict=True))

    def outlook(self, whose: Whose, exposure: float) -> Outlook | None:
        found, past = self.group_of(whose), self.past(whose)
        if found is None or (whose.kind != "person" and all(one is None for one in past[-MONTHS:])):
            return None
        return outlook(found, past, exposure)

    # Answers by month

    def _results(self, whose: Whose) -> Mapping[date, MetricResult]:
        if _is_one_of_its_kind(whose):
            return self._by_kind(whose.kind).get(whose, {})
        if whose not in self._others:
            narrowed = replace(self.scope, filters=whose.filters)
            self._others[whose] = self._monthly(narrowed, ()).get((), {})
        return self._others[whose]

    def _by_kind(self, kind: str) -> Mapping[Whose, Mapping[date, MetricResult]]:
        if kind not in self._kinds:
            by, named = _cut(kind)
            self._kinds[kind] = {
                named(key): by_month
                for key, by_month in self._monthly(self.scope, by).items()
                if not by or key[0] is not None
            }
        return self._kinds[kind]

    def _monthly(
        self, scope: Scope, by: tuple[str, ...]
    ) -> dict[tuple[str | None, ...], dict[date, MetricResult]]:
        period = Period(self.months[0].start, max(self.months[-1].end, day_after(self.scope.today)))
        try:
            results = self.desk.ask(scope, [self.measure.id], period, (*by, Grain.MONTH.value))
        except HakariError:  # The records do not know this dimension, or nobody bears the name.
            return {}
        found: dict[tuple[str | None, ...], dict[date, MetricResult]] = {}
        for one in results:
            found.setdefault(tuple(one.slice.get(name) for name in by), {})[one.period.start] = one
        return found


def _is_one_of_its_kind(whose: Whose) -> bool:
    """Whether one question tells of it and of all its siblings."""
    return whose in (Whose(), Whose(owner=whose.owner), Whose(whose.team), Whose(source=whose.source))


def _cut(kind: str) -> tuple[tuple[str, ...], Callable[[tuple[str | None, ...]], Whose]]:
    """How a question is cut by a kind, and whose a slice then is."""
    cuts: dict[str, tuple[tuple[str, ...], Callable[[tuple[str | None, ...]], Whose]]] = {
        "person": (("owner",), lambda key: Whose(owner=key[0])),
        "team": (("team",), lambda key: Whose(team=key[0])),
        "source": (("source",), lambda key: Whose(source=key[0])),
    }
    return cuts.get(kind, ((), lambda _: Whose()))


def _exceeds(one: MetricResult) -> bool:
    return (one.numerator or 0.0) > (one.denominator or 0.0)
