"""What moved among the deals due in a period between two moments: a balance that always closes.

    at the start + created + pulled in + taken over + increased
                 − decreased − pushed out − handed over − won − lost = at the end

Each deal's change goes to one or two of these, never in part to none: a deal won for less than it was worth
at the start is decreased by the difference and won for the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import sqlglot
import sqlglot.expressions as exp

from hakari.metrics.fact import Fact
from hakari.metrics.query import Query, cut_of
from hakari.planning.desk import Desk
from hakari.planning.scorecard import Scope

KINDS = (
    "created",
    "pulled_in",
    "taken_over",
    "increased",
    "decreased",
    "pushed_out",
    "handed_over",
    "won",
    "lost",
)
MOST_DEALS = 12


@dataclass(frozen=True, slots=True)
class State:
    """One deal at one moment: `ours` if it is the team's, `timely` if it is due in the period."""

    name: str
    owner: str
    amount: float
    status: str
    ours: bool
    timely: bool

    @property
    def inside(self) -> bool:
        return self.status == "open" and self.ours and self.timely


@dataclass(frozen=True, slots=True)
class Move:
    """`amount` has the sign of what it does to the total."""

    kind: str
    deal: int
    name: str
    owner: str
    amount: float


@dataclass(frozen=True, slots=True)
class Moves:
    """From `since` until `until`; `opening` plus all moves is `closing`."""

    since: datetime
    until: datetime
    opening: float
    closing: float
    opening_count: int
    closing_count: int
    moves: tuple[Move, ...]

    def of(self, kind: str) -> tuple[Move, ...]:
        return tuple(one for one in self.moves if one.kind == kind)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of move there were, in their order."""
        return tuple(kind for kind in KINDS if self.of(kind))

    def total(self, kind: str) -> float:
        return sum(one.amount for one in self.of(kind))

    @property
    def largest(self) -> tuple[Move, ...]:
        return tuple(sorted(self.moves, key=lambda one: (-abs(one.amount), one.deal))[:MOST_DEALS])


def moves_between(desk: Desk, scope: Scope, since: datetime, until: datetime) -> Moves | None:
    """Of the deals in the scope's team that are due in its period; a deal without a date is due in none.

    None where no deal at all was known at `since`: not everything is new then, it was not recorded.
    """
    before = _states(desk, scope, since)
    return balance(before, _states(desk, scope, until), since, until) if before else None


def balance(
    before: Mapping[int, State], after: Mapping[int, State], since: datetime, until: datetime
) -> Moves:
    """What happened to each deal between its two states, by the keys of the deals."""
    moves = tuple(
        move
        for key in sorted(before.keys() | after.keys())
        for move in _moves(key, before.get(key), after.get(key))
    )
    insides = [[one.amount for one in states.values() if one.inside] for states in (before, after)]
    return Moves(since, until, sum(insides[0]), sum(insides[1]), len(insides[0]), len(insides[1]), moves)


def _moves(key: int, was: State | None, now: State | None) -> Iterator[Move]:
    inside_before, inside_after = was is not None and was.inside, now is not None and now.inside
    told = now or was
    if told is None or not (inside_before or inside_after):
        return
    old = was.amount if was is not None else 0.0
    new = now.amount if now is not None else 0.0
    come = _come(was) if inside_after and not inside_before else ""
    if now is not None and new != old and come != "created":
        yield Move("increased" if new > old else "decreased", key, told.name, told.owner, new - old)
    if come:
        yield Move(come, key, told.name, told.owner, new if come == "created" else old)
    elif not inside_after:
        yield Move(_gone(now), key, told.name, told.owner, -(new if now is not None else old))


def _come(was: State | None) -> str:
    """How a deal that was not among them before has come in."""
    if was is None or was.status != "open":
        return "created"
    return "pulled_in" if was.ours else "taken_over"


def _gone(now: State | None) -> str:
    """How a deal that is not among them any more has left; one whose record is gone was handed over."""
    if now is None or (now.status == "open" and not now.ours):
        return "handed_over"
    if now.status == "open":
        return "pushed_out"
    return "won" if now.status == "won" else "lost"


def _states(desk: Desk, scope: Scope, moment: datetime) -> Mapping[int, State]:
    there = replace(desk, schema=desk.store.at(moment))
    asked = Query((), scope.period, scope.today, as_of=moment, viewer=desk.viewer)
    fact = Fact("deal", there.schema, cut_of(asked, desk.catalogue), desk.viewer, desk.calendar.start_month)
    paths = (("key",), ("name",), ("owner", "name"), ("amount",), ("status",), ("expected_close_on",))
    shown: list[exp.Expr] = [fact.joins.column(path) for path in paths]
    shown.append(fact.name_of(desk.catalogue.dimensions["team"]))
    conditions = fact.conditions()
    select = fact.joins.add_to(sqlglot.select(*shown).from_(fact.source))
    rows = desk.store.rows(select.where(*conditions) if conditions else select)
    return {
        key: State(
            name=name or "",
            owner=owner or "",
            amount=float(amount or 0),
            status=status or "",
            ours=scope.team in (None, team),
            timely=due is not None and scope.period.contains(due),
        )
        for key, name, owner, amount, status, due, team in rows
    }
