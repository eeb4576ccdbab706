"""Targets: what a measure should reach, for whom and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import sqlglot
import sqlglot.expressions as exp

from hakari.access import EVERYONE, Viewer, rows_for
from hakari.metrics.definitions import Catalogue
from hakari.metrics.labels import distinct_names
from hakari.metrics.naming import fold
from hakari.metrics.runner import Store
from hakari.storage.conditions import Joins, column, table_source, where_sql
from hakari.units.period import Period


@dataclass(frozen=True, slots=True)
class Target:
    """Without a team and an owner it is the whole company's."""

    measure: str
    team: str | None
    owner: str | None
    period: Period
    value: float


@dataclass(frozen=True, slots=True)
class Found:
    """A target's value for the asked period, and the dated pieces it was put together from."""

    value: float
    pieces: tuple[Target, ...] = field(default=())


class TargetBook:
    """All targets a viewer's store holds; small enough to be kept in hand."""

    def __init__(self, targets: Iterable[Target], inner_teams: Iterable[str] = ()) -> None:
        """`inner_teams` are parts of other teams: their targets are contained in those."""
        self._targets: dict[tuple[str, str | None, str | None], list[Target]] = {}
        self._inner = frozenset(inner_teams)
        for one in targets:
            # A person's target is theirs, whichever team is named beside them.
            team = one.team if one.owner is None else None
            self._targets.setdefault((one.measure, team, one.owner), []).append(one)

    def all(self) -> tuple[Target, ...]:
        """Every target as it was read; of those for one period the last one counts."""
        return tuple(one for known in self._targets.values() for one in known)

    def find(
        self,
        measure: str,
        period: Period,
        *,
        adds_up: bool,
        team: str | None = None,
        owner: str | None = None,
    ) -> Found | None:
        """The finest targets that tile the period; a rate may come from a longer period that holds it."""
        known = self._targets.get((measure, team, owner), [])
        tiling = _tiling(known, period) if adds_up else None
        if tiling is not None:
            return Found(sum(one.value for one in tiling), tiling)
        exact = [one for one in known if one.period == period]
        if exact:
            return Found(exact[-1].value, (exact[-1],))
        if not adds_up:
            holding = [
                one for one in known if one.period.start <= period.start and period.end <= one.period.end
            ]
            if holding:
                # Of equal length the last one read counts: a correction comes later.
                return Found(min(reversed(holding), key=lambda one: one.period.days).value)
        return self._of_teams(measure, period) if adds_up and team is None and owner is None else None

    def covering(
        self, measure: str, period: Period, today: date, *, team: str | None = None, owner: str | None = None
    ) -> tuple[Target, ...]:
        """The longest begun targets inside a period they do not fill, none of them overlapping another."""
        chosen: list[Target] = []
        known = self._targets.get((measure, team, owner), [])
        inside = [one for one in known if period.start <= one.period.start and one.period.end <= period.end]
        # Of equal periods the last one read comes first: a correction replaces what it corrects.
        inside.reverse()
        for one in sorted(inside, key=lambda one: (one.period.start, -one.period.days)):
            if one.period.start <= today and (not chosen or chosen[-1].period.end <= one.period.start):
                chosen.append(one)
        return tuple(chosen)

    def owners(self, measure: str) -> list[str]:
        """The people who have a target of their own, by name."""
        return sorted({owner for name, _, owner in self._targets if name == measure and owner is not None})

    def teams(self, measure: str) -> list[str]:
        """The teams that have a target of their own, by name."""
        known = {team for name, team, owner in self._targets if name == measure and owner is None}
        return sorted(team for team in known if team is not None)

    def outer_teams(self, measure: str) -> list[str]:
        """Those of the teams that are not parts of others with a target, so that none counts twice."""
        known = self.teams(measure)
        return [team for team in known if team not in self._inner] or known

    def first_day(self, measure: str) -> date | None:
        """When the first target of the measure begins."""
        starts = [
            one.period.start
            for (name, _, _), many in self._targets.items()
            if name == measure
            for one in many
        ]
        return min(starts, default=None)

    def _of_teams(self, measure: str, period: Period) -> Found | None:
        """Without a target of its own the company's is the sum of its teams'."""
        teams = {team for name, team, owner in self._targets if name == measure and team and owner is None}
        teams -= self._inner if teams - self._inner else frozenset()
        found = [self.find(measure, period, adds_up=True, team=team) for team in sorted(teams)]
        known = [one for one in found if one is not None]
        if not teams:
            return self._of_people(measure, period)
        if not known or len(known) < len(found):
            return None
        return Found(sum(one.value for one in known), tuple(piece for one in known for piece in one.pieces))

    def _of_people(self, measure: str, period: Period) -> Found | None:
        """Where only people have targets, everybody's together are the company's."""
        owners = sorted({owner for name, _, owner in self._targets if name == measure and owner})
        found = [self.find(measure, period, adds_up=True, owner=owner) for owner in owners]
        known = [one for one in found if one is not None]
        if not known:
            return None
        return Found(sum(one.value for one in known), tuple(piece for one in known for piece in one.pieces))


def _tiling(known: list[Target], period: Period) -> tuple[Target, ...] | None:
    """The shortest targets that cover the period without gap or overlap."""
    inside = [one for one in known if period.start <= one.period.start and one.period.end <= period.end]
    chosen: list[Target] = []
    day = period.start
    while day < period.end:
        starting = [one for one in inside if one.period.start == day]
        if not starting:
            return None
        # A correction replaces the earlier value of the same period: the last one read counts.
        shortest = min(reversed(starting), key=lambda one: one.period.days)
        chosen.append(shortest)
        day = shortest.period.end
    return tuple(chosen) if chosen else None


def read_targets(store: Store, schema: str, catalogue: Catalogue, viewer: Viewer = EVERYONE) -> TargetBook:
    """Every target the viewer may see, in the order it was learnt, its measure by id, alias or name."""
    wanted = ["measure", "team", "owner", "starts_on", "ends_on", "value"]
    select = sqlglot.select(*(column(name, "t") for name in wanted)).from_(
        table_source("target", schema, "t")
    )
    if gate := rows_for(viewer, "target"):
        select = select.where(where_sql(gate, Joins("target", schema, "t")))
    select = select.order_by(exp.Ordered(this=column("observed_at", "t")), column("key", "t"))
    teams, people = distinct_names(store.names("team", schema)), distinct_names(store.names("person", schema))
    rows = store.rows(select)
    called = {row[0]: measure_called(catalogue, row[0]) for row in rows}
    measures = {text: measure for text, measure in called.items() if measure is not None}
    return TargetBook(
        (
            Target(
                measures[measure],
                None if team is None else teams[team],
                None if owner is None else people[owner],
                Period(starts, ends + timedelta(days=1)),
                float(value),
            )
            for measure, team, owner, starts, ends, value in rows
            if measure in measures
            and None not in (starts, ends, value)
            # A target of somebody nobody knows (any more) is nobody's, least of all the company's.
            and (team is None or team in teams)
            and (owner is None or owner in people)
        ),
        _inner_teams(store, schema, teams),
    )


def measure_called(catalogue: Catalogue, text: str | None) -> str | None:
    """The id of the measure a targets file names; None when no measure is called so."""
    found = catalogue.names.get(fold(text)) if text else None
    return found[0] if found else None


def _inner_teams(store: Store, schema: str, names: Mapping[int, str]) -> list[str]:
    parent = column("parent", "t")
    select = sqlglot.select(column("key", "t")).from_(table_source("team", schema, "t"))
    select = select.where(exp.Not(this=exp.Is(this=parent, expression=exp.null())))
    return [names[key] for (key,) in store.rows(select)]
