"""Targets: what a measure should reach, for whom and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlglot
import sqlglot.expressions as exp

from hakari.access import EVERYONE, Viewer, rows_for
from hakari.maths.seasonality import Season
from hakari.metrics.definitions import Catalogue
from hakari.metrics.labels import distinct_names
from hakari.metrics.naming import fold
from hakari.metrics.runner import Store
from hakari.storage.conditions import Joins, column, table_source, where_sql
from hakari.units.period import Period


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose target it is, by name; the whole company's where nothing is named.

    `segment` is a dimension and its value, such as industry=製造業.
    """

    team: str | None = None
    owner: str | None = None
    source: str | None = None
    segment: str | None = None
    target_list: str | None = None

    @property
    def kind(self) -> str:
        """company, team, person, source, segment or list: the narrowest that is named."""
        named = (
            ("list", self.target_list),
            ("segment", self.segment),
            ("source", self.source),
            ("person", self.owner),
            ("team", self.team),
        )
        return next((kind for kind, name in named if name is not None), "company")

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """What narrows a question to it. A person's figures are theirs in whichever team they are."""
        team = None if self.owner is not None else self.team
        found = {
            "team": team,
            "owner": self.owner,
            "source": self.source,
            "target_list": self.target_list,
        }
        if self.segment is not None:
            dimension, _, value = self.segment.partition("=")
            found |= {dimension: value}
        return {name: (value,) for name, value in found.items() if value is not None}


COMPANY = Whose()


@dataclass(frozen=True, slots=True)
class Target:
    """Without a team, an owner and the others it is the whole company's."""

    measure: str
    team: str | None
    owner: str | None
    period: Period
    value: float
    source: str | None = None
    segment: str | None = None
    target_list: str | None = None
    reason: str | None = None
    author: str | None = None

    @property
    def whose(self) -> Whose:
        """A person's target is theirs, whichever team is named beside them."""
        team = self.team if self.owner is None else None
        return Whose(team, self.owner, self.source, self.segment, self.target_list)


@dataclass(frozen=True, slots=True)
class Found:
    """A target's value for the asked period, and the dated pieces it was put together from."""

    value: float
    pieces: tuple[Target, ...] = field(default=())


class TargetBook:
    """All targets a viewer's store holds; small enough to be kept in hand."""

    def __init__(self, targets: Iterable[Target], inner_teams: Iterable[str] = ()) -> None:
        """`inner_teams` are parts of other teams: their targets are contained in those."""
        self._targets: dict[tuple[str, Whose], list[Target]] = {}
        self._inner = frozenset(inner_teams)
        self.seasons: dict[str, Season] = {}  # of measures whose plan was paced, as far as somebody asked
        for one in targets:
            self._targets.setdefault((one.measure, one.whose), []).append(one)

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
        return self.of(measure, Whose(team, owner), period, adds_up=adds_up)

    def of(self, measure: str, whose: Whose, period: Period, *, adds_up: bool) -> Found | None:
        """The same for a source, a segment, a list, or any of them within a team."""
        known = self._targets.get((measure, whose), [])
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
        return self._of_teams(measure, period) if adds_up and whose == COMPANY else None

    def covering(
        self, measure: str, period: Period, today: date, *, team: str | None = None, owner: str | None = None
    ) -> tuple[Target, ...]:
        """The longest begun targets inside a period they do not fill, none of them overlapping another."""
        chosen: list[Target] = []
        known = self._targets.get((measure, Whose(team, owner)), [])
        inside = [one for one in known if period.start <= one.period.start and one.period.end <= period.end]
        # Of equal periods the last one read comes first: a correction replaces what it corrects.
        inside.reverse()
        for one in sorted(inside, key=lambda one: (one.period.start, -one.period.days)):
            if one.period.start <= today and (not chosen or chosen[-1].period.end <= one.period.start):
                chosen.append(one)
        return tuple(chosen)

    def inside(self, measure: str, whose: Whose, period: Period) -> tuple[Period, ...]:
        """The days within a period that targets are for, in order, each once."""
        known = self._targets.get((measure, whose), [])
        found = {
            one.period for one in known if period.start <= one.period.start < one.period.end <= period.end
        }
        return tuple(sorted(found, key=lambda one: (one.start, one.end)))

    def owners(self, measure: str) -> list[str]:
        """The people who have a target of their own, by name."""
        return sorted(one.owner or "" for one in self._of_kind(measure, "person"))

    def teams(self, measure: str) -> list[str]:
        """The teams that have a target of their own, by name."""
        return sorted(one.team or "" for one in self._of_kind(measure, "team"))

    def _of_kind(self, measure: str, kind: str) -> list[Whose]:
        """A team's target for a source is part of what the team should reach, not another target of it."""
        return [whose for name, whose in self._targets if name == measure and whose.kind == kind]

    def outer_teams(self, measure: str) -> list[str]:
        """Those of the teams that are not parts of others with a target, so that none counts twice."""
        known = self.teams(measure)
        return [team for team in known if team not in self._inner] or known

    def first_day(self, measure: str) -> date | None:
        """When the first target of the measure begins."""
        known = [many for (name, _), many in self._targets.items() if name == measure]
        return min((one.period.start for many in known for one in many), default=None)

    def _of_teams(self, measure: str, period: Period) -> Found | None:
        """Without a target of its own the company's is the sum of its teams'."""
        teams = set(self.teams(measure))
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
        owners = self.owners(measure)
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


_SAID = ("measure", "starts_on", "ends_on", "value", "source", "segment", "reason", "author")
_REFS = {"team": "team", "owner": "person", "target_list": "target_list"}


def read_targets(store: Store, schema: str, catalogue: Catalogue, viewer: Viewer = EVERYONE) -> TargetBook:
    """Every target the viewer may see, in the order it was learnt, its measure by id, alias or name."""
    select = sqlglot.select(*(column(name, "t") for name in (*_REFS, *_SAID))).from_(
        table_source("target", schema, "t")
    )
    if gate := rows_for(viewer, "target"):
        select = select.where(where_sql(gate, Joins("target", schema, "t")))
    select = select.order_by(exp.Ordered(this=column("observed_at", "t")), column("key", "t"))
    names = {field: distinct_names(store.names(table, schema)) for field, table in _REFS.items()}
    rows = store.rows(select)
    called = {row[len(_REFS)]: measure_called(catalogue, row[len(_REFS)]) for row in rows}
    found: dict[tuple[str, Whose, Period], Target] = {}
    for row in rows:
        refs = dict(zip(_REFS, row, strict=False))
        # A target of somebody nobody knows (any more) is nobody's, least of all the company's.
        if any(key is not None and key not in names[field] for field, key in refs.items()):
            continue
        named = {field: None if key is None else names[field][key] for field, key in refs.items()}
        _learn(found, called, named, dict(zip(_SAID, row[len(_REFS) :], strict=True)))
    return TargetBook(found.values(), _inner_teams(store, schema, names["team"]))


def _learn(
    found: dict[tuple[str, Whose, Period], Target],
    called: Mapping[str | None, str | None],
    named: Mapping[str, str | None],
    said: Mapping[str, Any],
) -> None:
    """What is learnt later replaces what was known of the same cell; without a value it takes it away."""
    measure = called[said["measure"]]
    if measure is None or said["starts_on"] is None or said["ends_on"] is None:
        return
    target = Target(
        measure,
        named["team"],
        named["owner"],
        Period(said["starts_on"], said["ends_on"] + timedelta(days=1)),
        float(said["value"] or 0.0),
        said["source"] or None,
        segment_named(said["segment"]),
        named["target_list"],
        said["reason"],
        said["author"],
    )
    cell = (measure, target.whose, target.period)
    found.pop(cell, None)
    if said["value"] is not None:
        found[cell] = target


def segment_named(text: str | None) -> str | None:
    """大手 is segment=大手; industry=製造業 says its dimension itself."""
    if not text:
        return None
    return text if "=" in text else f"segment={text}"


def measure_called(catalogue: Catalogue, text: str | None) -> str | None:
    """The id of the measure a targets file names; None when no measure is called so."""
    found = catalogue.names.get(fold(text)) if text else None
    return found[0] if found else None


def _inner_teams(store: Store, schema: str, names: Mapping[int, str]) -> list[str]:
    parent = column("parent", "t")
    select = sqlglot.select(column("key", "t")).from_(table_source("team", schema, "t"))
    select = select.where(exp.Not(this=exp.Is(this=parent, expression=exp.null())))
    return [names[key] for (key,) in store.rows(select)]
