"""The people tables: one per role, by name, for coaching; a difference is coloured only at 99 %."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlglot

from hakari.maths.display_rules import PEOPLE_LEVEL, Verdict, may_colour
from hakari.metrics.definitions import Measure
from hakari.metrics.labels import distinct_names
from hakari.metrics.result import MetricResult
from hakari.planning.desk import Desk, additive, intensive
from hakari.planning.kpi_rows import UNRIPE, kind_of, said, target_now, weekly
from hakari.planning.scorecard import Cell, Column, PeopleTable, PersonRow, Scope, TrendPoint
from hakari.planning.shown import is_unripe, total_of, value_of
from hakari.planning.targets import TargetBook
from hakari.planning.wording import question
from hakari.storage.conditions import column, table_source
from hakari.words import Language, say

RAMP_MONTHS = 6
# Which measures each role can move; the first that the data can answer make the columns.
ROLES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "inside_sales",
        ("sdr", "bdr"),
        (
            "outbound_dials",
            "sdr_connects.rate",
            "sdr_meetings.rate",
            "sdr_meetings.count",
            "speed_to_lead_5min.rate",
        ),
    ),
    (
        "field_sales",
        ("fs",),
        ("win_amount", "sdr_valid_opportunities.rate", "fs_win_rate_on_opportunities", "won_unit_price"),
    ),
    ("customer_success", ("cs",), ("vis_visits", "order_amount", "ret_new_issues")),
    ("partner_sales", ("partner_manager",), ("partner_quantity",)),
    ("rep", ("", "other"), ("win_amount", "closing_ratio", "win_deals", "won_unit_price", "win_cycle_days")),
)


@dataclass(frozen=True, slots=True)
class Person:
    """`name` is told apart from others of the same name; `key` stays the same for good."""

    key: int
    name: str
    role: str
    team: str | None
    joined: date | None
    manager: str = ""


def people_tables(desk: Desk, book: TargetBook, scope: Scope) -> tuple[PeopleTable, ...]:
    """One table for every role that has people with figures in the scope."""
    people = read_people(desk)
    found = []
    for key, roles, wanted in ROLES:
        members = [one for one in people if one.role in roles and scope.team in (None, one.team)]
        measures = [name for name in wanted if name in desk.catalogue.measures and desk.knows(scope, name)]
        if members and measures:
            table = _Table(desk, book, scope, measures).read(key, members)
            if table is not None:
                found.append(table)
    return tuple(found)


def read_people(desk: Desk) -> list[Person]:
    """Everyone on our side, by name; somebody without a role is a rep."""
    names = ["name", "role", "team", "joined_on", "manager", "key"]
    select = sqlglot.select(*(column(name, "p") for name in names))
    select = select.from_(table_source("person", desk.schema, "p"))
    teams = desk.store.names("team", desk.schema)
    rows: list[tuple[Any, ...]] = desk.store.rows(select)
    visible = desk.viewer.owners
    called = distinct_names(desk.store.names("person", desk.schema))
    return sorted(
        (
            Person(
                key, called[key], role or "", None if team is None else teams.get(team), joined, boss or ""
            )
            for name, role, team, joined, boss, key in rows
            if name and (visible is None or key in visible)
        ),
        key=lambda one: one.name,
    )


class _Table:
    """Asks every measure once for all people, then deals the answers out."""

    def __init__(self, desk: Desk, book: TargetBook, scope: Scope, measures: list[str]) -> None:
        self.desk, self.book, self.scope, self.measures = desk, book, scope, measures

    def read(self, key: str, members: Sequence[Person]) -> PeopleTable | None:
        period = self.desk.so_far(self.scope)
        results = self.desk.ask(
            self.scope, self.measures, period, ("owner",), intervals=True, level=PEOPLE_LEVEL
        )
        figures = {(one.slice["owner"], one.measure): one for one in results}
        names = {one.name for one in members}
        known = [name for name in self.measures if any(figures.get((who, name)) for who in names)]
        if not known:
            return None
        trends = weekly(self.desk, self.scope, known, ("owner",))
        rows = tuple(
            self._person(one, known, figures, trends)
            for one in members
            if any(_has_figure(figures.get((one.name, name))) for name in known)
        )
        if not rows:
            return None
        total = self._total(known, {row.name for row in rows}, figures)
        return PeopleTable(
            say(key, self.scope.lang), tuple(self._column(name) for name in known), rows, total
        )

    def _column(self, name: str) -> Column:
        measure = self.desk.measure(name)
        label = measure.ja if self.scope.lang == "ja" else measure.en
        target = None
        if self.scope.vs == "plan" and not additive(measure):
            target = target_now(self.desk, self.book, self.scope, measure)
        return Column(name, label, measure.unit, measure.better, target)

    def _person(
        self,
        one: Person,
        known: list[str],
        figures: dict[tuple[str | None, str], MetricResult],
        trends: dict[str, tuple[TrendPoint, ...]],
    ) -> PersonRow:
        months = months_since(one.joined, self.scope.today)
        ramping = months is not None and months < RAMP_MONTHS
        cells = tuple(
            self._cell(name, one.name, figures.get((one.name, name)), trends.get(f"{name}\t{one.name}", ()))
            for name in known
        )
        named = [
            (self._column(cell.measure).name, measure.unit, measure.better, cell)
            for cell in cells
            for measure in [self.desk.measure(cell.measure)]
        ]
        return PersonRow(
            one.key,
            one.name,
            role_name(one.role, self.scope.lang),
            months,
            ramping,
            cells,
            question(named, ramping, self.scope),
        )

    def _cell(self, name: str, who: str, found: MetricResult | None, trend: tuple[TrendPoint, ...]) -> Cell:
        measure = self.desk.measure(name)
        against = own_target(self.desk, self.book, self.scope, measure, who)
        if found is None:
            return Cell(name, None, against, None, None, 0, trend, Verdict.ON_HOLD)
        verdict = verdict_on_person(measure, found, against)
        return Cell(
            name, value_of(found), against, found.numerator, found.denominator, found.n, trend, verdict
        )

    def _total(
        self, known: list[str], names: set[str], figures: dict[tuple[str | None, str], MetricResult]
    ) -> tuple[Cell, ...]:
        """Ratios from summed numerators and denominators; what cannot be summed stays unsaid."""
        return tuple(
            self._sum(name, [one for (who, m), one in figures.items() if m == name and who in names])
            for name in known
        )

    def _sum(self, name: str, parts: list[MetricResult]) -> Cell:
        measure = self.desk.measure(name)
        tops = [one.numerator for one in parts if one.numerator is not None]
        bottoms = [one.denominator for one in parts if one.denominator is not None]
        if not tops or (
            measure.kind not in ("rate", "ratio", "mean", "conversion") and not additive(measure)
        ):
            return Cell(name, None, None, None, None, 0, (), Verdict.NO_TARGET)
        top, n = sum(tops), sum(one.n for one in parts)
        if additive(measure):
            return Cell(name, top, None, top, None, n, (), Verdict.NO_TARGET)
        bottom = sum(bottoms)
        value = (
            total_of(parts) if measure.kind in ("rate", "conversion") else top / bottom if bottom else None
        )
        return Cell(name, value, None, top, bottom, n, (), Verdict.NO_TARGET)


def own_target(desk: Desk, book: TargetBook, scope: Scope, measure: Measure, who: str) -> float | None:
    """A person's own target; of a rate, else the team's. A team's total is nobody's own."""
    if scope.vs != "plan" or scope.filters:
        return None
    own = target_now(desk, book, scope, measure, owner=who)
    if own is None and intensive(measure):
        return target_now(desk, book, scope, measure)
    return own


def verdict_on_person(measure: Measure, found: MetricResult, against: float | None) -> Verdict:
    """No word about a person on few cases or young ones. The interval of `found` is at 99 %."""
    if is_unripe(found, UNRIPE):
        return Verdict.ON_HOLD
    verdict = said(measure, found, against)
    if verdict in (Verdict.ABOVE, Verdict.BELOW) and not may_colour(
        kind_of(measure), verdict, found.n, found.numerator or 0
    ):
        return Verdict.ON_HOLD
    return verdict


def measures_for(role: str) -> tuple[str, tuple[str, ...]]:
    """The table a role belongs to and the measures it can move; managers and others are reps."""
    for key, roles, wanted in ROLES:
        if role in roles:
            return key, wanted
    return ROLES[-1][0], ROLES[-1][2]


def role_name(role: str, lang: Language) -> str:
    """SDR, BDR, FS and CS are called so in both languages."""
    if role in ("", "other"):
        return ""
    return say("partner_sales", lang) if role == "partner_manager" else role.upper()


def _has_figure(one: MetricResult | None) -> bool:
    return one is not None and (one.n > 0 or bool(one.value))


def months_since(joined: date | None, today: date) -> int | None:
    if joined is None:
        return None
    return (today.year - joined.year) * 12 + today.month - joined.month - (today.day < joined.day)
