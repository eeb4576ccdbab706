"""Figures against what was aimed for: how much of the targets was reached, and who reached their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from hakari.errors import UnknownDimensionError
from hakari.maths.intervals import wilson
from hakari.metrics.compose import Figure, without
from hakari.metrics.definitions import Measure
from hakari.metrics.query import Query
from hakari.metrics.result import MetricResult
from hakari.metrics.targets import Target, TargetBook
from hakari.units.period import Period

Ask = Callable[[Query], list[MetricResult]]
Figures = dict[str | None, Figure]
NO_TARGET = "no target for this period"


@dataclass(frozen=True, slots=True)
class Seat:
    """Whose figure it is: a person's, a team's, or the company's where neither is named."""

    team: str | None = None
    owner: str | None = None


COMPANY = Seat()


@dataclass(frozen=True, slots=True)
class Aim:
    """What a seat should reach, and the days the targets speak of."""

    value: float
    spans: tuple[Period, ...]


class Actuals:
    """One measure's figures by person, team and for the company; each span is asked for once."""

    def __init__(self, ask: Ask, query: Query, measure: Measure) -> None:
        self.measure, self.adds_up = measure, adds_up(measure)
        self._ask = ask
        self._plain = replace(
            query, measures=(measure.id,), by=(), filters={}, basis=None, intervals=False, undated=False
        )
        self._known: dict[tuple[Period, str], dict[str | None, MetricResult]] = {}

    def of(self, seat: Seat, spans: Iterable[Period]) -> tuple[float | None, int]:
        """The value over all spans and the rows behind it; None when a part of it is not known."""
        total, n = 0.0, 0
        for span in spans:
            value, rows = self._in(seat, span)
            if value is None:
                return None, 0
            total, n = total + value, n + rows
        return total, n

    def _in(self, seat: Seat, span: Period) -> tuple[float | None, int]:
        by = "owner" if seat.owner is not None else "team" if seat.team is not None else ""
        found = self._results(span, by).get(seat.owner if by == "owner" else seat.team)
        if found is not None:
            return found.value, found.n
        # Nobody's rows are no rows, where rows are recorded at all; an average of none is unknown.
        known = by and self.adds_up and self._in(COMPANY, span)[0] is not None
        return (0.0 if known else None), 0

    def _results(self, span: Period, by: str) -> dict[str | None, MetricResult]:
        if (span, by) not in self._known:
            query = replace(self._plain, period=span, by=(by,) if by else ())
            self._known[span, by] = {one.slice.get(by): one for one in self._ask(query)}
        return self._known[span, by]


class Attainment:
    """A measure against its targets. `teams` says in which team each person is."""

    def __init__(
        self, measure: Measure, query: Query, book: TargetBook, teams: dict[str, str | None], actuals: Actuals
    ) -> None:
        self.measure, self.query, self.book, self.teams, self.actuals = measure, query, book, teams, actuals
        self.name = actuals.measure.id
        self.of_people = measure.against is not None and measure.against.who == "people"
        strange = set(query.filters) - {"owner", "team"}
        if strange:
            raise UnknownDimensionError(
                f"targets do not know their {', '.join(sorted(strange))}", "narrow by owner or team"
            )

    def figures(self, period: Period, by: str | None) -> Figures:
        """One figure a person, a team, or one for all that the filters leave."""
        make = self._attainers if self.measure.kind == "attainers" else self._against
        return {label: make(seats, period) for label, seats in self.scopes(by).items()}

    def scopes(self, by: str | None) -> dict[str | None, list[Seat]]:
        owners = [Seat(owner=one) for one in self._owners()]
        if by == "owner":
            return {one.owner: [one] for one in owners}
        teams = self._of_filter("team", self.book.teams(self.name))
        if by == "team":
            return {one: [Seat(one)] for one in teams or dict.fromkeys(self._own_teams())}
        if by is not None:
            raise UnknownDimensionError(f"targets do not know their {by}", "break down by owner or team")
        if "owner" in self.query.filters:
            return {None: owners}
        if "team" in self.query.filters:
            return {None: [Seat(one) for one in self.query.filters["team"]]}
        return {None: [COMPANY]}

    def _owners(self) -> list[str]:
        found = self._of_filter("owner", self.book.owners(self.name))
        wanted = self.query.filters.get("team")
        return found if wanted is None else [one for one in found if self.teams.get(one) in wanted]

    def _own_teams(self) -> list[str]:
        return sorted({team for one in self._owners() if (team := self.teams.get(one)) is not None})

    def _of_filter(self, name: str, known: list[str]) -> list[str]:
        wanted = self.query.filters.get(name)
        return known if wanted is None else [one for one in known if one in wanted]

    def aim(self, seat: Seat, period: Period, *, over: bool = False) -> Aim | None:
        """The seat's own target; where the period is not filled by targets, of the days that have one.

        With `over`, of these only the targets whose days are over, if there are any.
        """
        name, additive = self.name, self.actuals.adds_up
        found = self.book.find(name, period, adds_up=additive, team=seat.team, owner=seat.owner)
        if found is not None and not additive:
            return Aim(found.value, (period,))
        pieces = found.pieces if found is not None else ()
        if not pieces and additive:
            pieces = self.book.covering(name, period, self.query.today, team=seat.team, owner=seat.owner)
            if over:
                pieces = tuple(one for one in pieces if one.period.end <= self.query.today) or pieces
        return aim_of(pieces) if pieces else None

    def members(self, seats: list[Seat]) -> list[str]:
        """The people with a target of their own who belong to the seats."""
        if COMPANY in seats:
            return self._owners()
        return [
            one
            for one in self._owners()
            if Seat(owner=one) in seats or Seat(self.teams.get(one) or "") in seats
        ]

    def _aims(self, seats: list[Seat], period: Period) -> tuple[list[Aim], bool]:
        """The seats' own targets, and whether they are; without any, those of their teams and people."""
        levels = [] if self.of_people else [seats]
        if COMPANY in seats and not self.of_people:
            levels.append([Seat(one) for one in self.book.outer_teams(self.name)])
        levels.append([Seat(owner=one) for one in self.members(seats)])
        for level in levels:
            found = [aim for seat in level if (aim := self.aim(seat, period)) is not None]
            if found and (self.actuals.adds_up or len(found) == 1):
                return found, level is seats and len(found) == len(seats)
        return [], False

    def _against(self, seats: list[Seat], period: Period) -> Figure:
        aims, own = self._aims(seats, period)
        if not aims:
            return Figure(None, None, None, 0, without(NO_TARGET))
        # Everything of the seats counts, also what people without a target of their own bring.
        whole = merged(span for aim in aims for span in aim.spans)
        spans = [aim.spans for aim in aims] if own else [whole] * len(seats)
        reached = [self.actuals.of(seat, each) for seat, each in zip(seats, spans, strict=True)]
        return against(self.measure.kind, reached, sum(aim.value for aim in aims))

    def _attainers(self, seats: list[Seat], period: Period) -> Figure:
        """Of the people whose figure is known, those who are at their target or better."""
        least = self.actuals.measure.better != "lower"
        passed = []
        for one in self.members(seats):
            aim = self.aim(Seat(owner=one), period, over=True)
            value = self.actuals.of(Seat(owner=one), aim.spans)[0] if aim is not None else None
            if aim is not None and value is not None:
                passed.append(value >= aim.value if least else value <= aim.value)
        k, n = sum(passed), len(passed)
        if n == 0:
            return Figure(None, 0.0, 0.0, 0, without(NO_TARGET))
        interval = wilson(k, n, self.query.level) if self.query.intervals else without("not asked for")
        return Figure(k / n, float(k), float(n), n, interval)


def against(kind: str, reached: list[tuple[float | None, int]], target: float) -> Figure:
    """The quotient, or the difference, of what was reached and what was aimed for."""
    values, n = [value for value, _ in reached], sum(rows for _, rows in reached)
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return Figure(None, None, target, 0, without("no data"))
    actual = sum(known)
    if kind == "gap":
        return Figure(actual - target, None, None, n, without("a difference of two totals"))
    value = actual / target if target else None
    return Figure(value, actual, target, n, without("a quotient of two totals" if target else NO_TARGET))


def aim_of(pieces: Iterable[Target]) -> Aim:
    several = list(pieces)
    return Aim(sum(one.value for one in several), merged(one.period for one in several))


def merged(periods: Iterable[Period]) -> tuple[Period, ...]:
    """The same days with neighbours and overlaps joined."""
    found: list[Period] = []
    for one in sorted(periods, key=lambda one: one.start):
        if found and one.start <= found[-1].end:
            found[-1] = Period(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return tuple(found)


def adds_up(measure: Measure) -> bool:
    """Whether the figures of two halves of a period add up to the figure of the whole."""
    return measure.kind in ("count", "sum") and measure.window_months is None
