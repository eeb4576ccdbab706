"""A proposal of who should have which account: alike in potential, few changes of hands.

Nothing is changed in any record: people decide, and change it where they keep their accounts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from hakari.errors import ParameterNotUnderstoodError
from hakari.maths.territory import Load, Obstacle, Problem, Task, Territories, territories
from hakari.maths.territory_lp import Bools
from hakari.planning.asking import check_name
from hakari.planning.compose import period_label, sources
from hakari.planning.desk import Desk
from hakari.planning.scorecard import Freshness, Scope
from hakari.planning.sellers import Seller, month_of, read_sellers
from hakari.planning.territory_accounts import (
    Account,
    Potential,
    owners_are_kept,
    read_accounts,
    read_potential,
    wins_by,
)
from hakari.planning.territory_asked import TerritoryAsked
from hakari.words import say

EXPERIENCED = 3


@dataclass(frozen=True, slots=True)
class RepPatch:
    """One rep before and after. Newcomers get as much as others: it is potential, not a target."""

    key: int
    name: str
    before: Load
    after: Load
    gained: int
    given: int


@dataclass(frozen=True, slots=True)
class Move:
    """`reason` is owner_left, no_owner, skill, forbidden, balance or fit.

    `wins` are the new rep's in the account's industry.
    """

    account: Account
    potential: float
    estimated: bool
    before: str
    after: str
    reason: str
    wins: int


@dataclass(frozen=True, slots=True)
class Hindrance:
    """A problem with the names of the accounts and reps it concerns."""

    kind: Obstacle
    accounts: tuple[str, ...]
    reps: tuple[str, ...]
    share: float | None


@dataclass(frozen=True, slots=True)
class TerritoryView:
    """`left_out` accounts belong to people who do not sell; `estimated` ones had no potential of their own.

    `bound_gap` is the distance of the split to what none can exceed; None outside the bounds.
    """

    company: str
    demo: bool
    scope: Scope
    period_label: str
    teams: tuple[str, ...]
    sources: tuple[str, ...]
    freshness: Freshness
    notices: tuple[str, ...]
    asked: TerritoryAsked
    potential: Potential
    accounts: int = 0
    left_out: int = 0
    estimated: int = 0
    equal_share: float = 0.0
    reps: tuple[RepPatch, ...] = ()
    moves: tuple[Move, ...] = ()
    kept: int = 0
    owned: int = 0
    widest_before: float | None = None
    widest_after: float | None = None
    balanced: bool = True
    bound_gap: float | None = None
    hindrances: tuple[Hindrance, ...] = ()


def territory_view(desk: Desk, scope: Scope, asked: TerritoryAsked, freshness: Freshness) -> TerritoryView:
    sellers = read_sellers(desk, scope)
    now = month_of(scope.today)
    reps = [one for one in sellers if one.there(now) and (one.left is None or one.left > scope.today)]
    everybody = {one.key for one in sellers}
    every = read_accounts(desk)
    potential = read_potential(desk, every, asked.potential, scope.today)
    outer = [one for one in every if one.owner is not None and one.owner not in everybody]
    accounts = [
        one
        for one in every
        if (one.owner in everybody) or (one.owner is None and asked.unowned and scope.team is None)
    ]
    around = TerritoryView(
        company=desk.profile.name,
        demo=desk.profile.demo,
        scope=scope,
        period_label=period_label(desk, scope),
        teams=tuple(sorted(desk.store.names("team", desk.schema).values())),
        sources=sources(desk),
        freshness=freshness,
        notices=() if owners_are_kept(desk) else (say("territory_owner_of_deals", scope.lang),),
        asked=asked,
        potential=potential,
        accounts=len(accounts),
        left_out=len(outer),
    )
    if len(reps) < 2 or not accounts or potential.key is None:
        return around
    return _Proposal(desk, asked, reps, accounts, potential).fill(around)


class _Proposal:
    def __init__(
        self,
        desk: Desk,
        asked: TerritoryAsked,
        reps: Sequence[Seller],
        accounts: Sequence[Account],
        potential: Potential,
    ) -> None:
        self.asked, self.reps, self.accounts, self.potential = asked, reps, accounts, potential
        self.places = {one.key: place for place, one in enumerate(reps)}
        self.wins: Mapping[tuple[int, str], int] = wins_by(desk)
        self.size = np.asarray([potential.of(one) for one in accounts])

    def fill(self, view: TerritoryView) -> TerritoryView:
        task = self._task()
        found = territories(task, self.asked.keep, self.asked.within, self.asked.count_within)
        moves = self._moves(task, found)
        off = [abs(one.off) for one in found.before if one.off is not None]
        return replace(
            view,
            estimated=sum(self.potential.is_estimated(one) for one in self.accounts),
            equal_share=sum(one.potential for one in found.after) / len(self.reps),
            reps=self._patches(found, moves),
            moves=moves,
            kept=found.kept,
            owned=int(np.count_nonzero(task.current >= 0)),
            widest_before=max(off) if off else None,
            widest_after=found.widest,
            balanced=found.balanced,
            bound_gap=found.gap,
            hindrances=tuple(self._hindrance(one) for one in _few(found.problems)),
        )

    def _task(self) -> Task:
        shape = (len(self.accounts), len(self.reps))
        fit, allowed = np.zeros(shape), np.ones(shape, dtype=bool)
        needed = set(self.asked.require)
        for row, account in enumerate(self.accounts):
            if not account.industry:
                continue
            won = np.asarray([self.wins.get((one.key, account.industry), 0) for one in self.reps])
            fit[row] = np.minimum(won / EXPERIENCED, 1.0)
            if account.industry in needed:
                allowed[row] = won > 0
        self._settle(allowed)
        return Task(
            [f"{one.key:012}" for one in self.accounts],
            [f"{one.key:012}" for one in self.reps],
            self.size,
            np.asarray([self.places.get(one.owner or -1, -1) for one in self.accounts], dtype=np.int64),
            fit,
            allowed,
        )

    def _settle(self, allowed: Bools) -> None:
        """What people decided about single accounts: these stay, those may not go to somebody."""
        rows: dict[str, list[int]] = {}
        for row, account in enumerate(self.accounts):
            rows.setdefault(account.name, []).append(row)
        columns = {one.name: place for place, one in enumerate(self.reps)}
        for name in self.asked.pin:
            check_name(name, tuple(rows), "account")
            for row in rows[name]:
                place = self.places.get(self.accounts[row].owner or -1)
                if place is None:
                    raise ParameterNotUnderstoodError(
                        f"{name} has no rep with whom it could stay", "leave it out of pin"
                    )
                allowed[row] = np.arange(len(self.reps)) == place
        for name, rep in self.asked.forbid:
            check_name(name, tuple(rows), "account")
            check_name(rep, tuple(columns), "rep")
            allowed[rows[name], columns[rep]] = False

    def _moves(self, task: Task, found: Territories) -> tuple[Move, ...]:
        """The largest potentials first."""
        moves = []
        for row, place in enumerate(found.rep_of):
            account, before = self.accounts[row], int(task.current[row])
            if place < 0 or place == before:
                continue
            rep = self.reps[place]
            moves.append(
                Move(
                    account=account,
                    potential=float(self.size[row]),
                    estimated=self.potential.is_estimated(account),
                    before=self.reps[before].name if before >= 0 else account.owner_name,
                    after=rep.name,
                    reason=self._reason(task, row, before, place),
                    wins=self.wins.get((rep.key, account.industry), 0),
                )
            )
        return tuple(sorted(moves, key=lambda one: (-one.potential, one.account.key)))

    def _reason(self, task: Task, row: int, before: int, after: int) -> str:
        if before < 0:
            return "no_owner" if self.accounts[row].owner is None else "owner_left"
        if not task.allowed[row, before]:
            pair = (self.accounts[row].name, self.reps[before].name)
            return "forbidden" if pair in self.asked.forbid else "skill"
        return "fit" if task.fit[row, after] > task.fit[row, before] + self.asked.keep else "balance"

    def _patches(self, found: Territories, moves: Sequence[Move]) -> tuple[RepPatch, ...]:
        gained, given = Counter(one.after for one in moves), Counter(one.before for one in moves)
        found_by_rep = (
            RepPatch(rep.key, rep.name, before, after, gained[rep.name], given[rep.name])
            for rep, before, after in zip(self.reps, found.before, found.after, strict=True)
        )
        return tuple(sorted(found_by_rep, key=lambda one: (-one.before.potential, one.name)))

    def _hindrance(self, one: Problem) -> Hindrance:
        accounts = tuple(self.accounts[place].name for place in one.accounts)
        return Hindrance(one.kind, accounts, tuple(self.reps[place].name for place in one.reps), one.share)


def _few(problems: Sequence[Problem]) -> list[Problem]:
    """Accounts nobody may have in one line, the largest of the others first."""
    nobody = [place for one in problems if one.kind is Obstacle.NOBODY_MAY for place in one.accounts]
    joined = [Problem(Obstacle.NOBODY_MAY, tuple(nobody))] if nobody else []
    others = [one for one in problems if one.kind is not Obstacle.NOBODY_MAY]
    return joined + sorted(others, key=lambda one: -(one.share or 0.0))
