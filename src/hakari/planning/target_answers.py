"""What a company answers about its targets, and how they are set: grid, proposals, edits, history."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hakari.errors import ParameterNotUnderstoodError
from hakari.maths.seasonality import Season
from hakari.metrics.definitions import Measure
from hakari.metrics.naming import measures_named
from hakari.metrics.targets import COMPANY, Target, TargetBook, Whose, read_targets
from hakari.planning.asking import check_name
from hakari.planning.company_side import CompanySide
from hakari.planning.desk import Desk
from hakari.planning.scorecard import Scope
from hakari.planning.seasons import split_by_month
from hakari.planning.target_grid import ALL, GridAsk, GridMaker, TargetGrid
from hakari.planning.target_history import TargetChange, changes
from hakari.planning.target_judging import Judged, Proposed, judged, proposed
from hakari.planning.target_members import Member, read_members
from hakari.planning.target_pasts import Pasts
from hakari.planning.target_scopes import KINDS, Named, checked, read_whose
from hakari.sources.targets.pasted import Pasted
from hakari.sources.targets.writing import Setting, Written
from hakari.units.fiscal import add_months, fiscal_year
from hakari.units.period import Grain, Period
from hakari.words import Language

_KEPT = 32


@dataclass(frozen=True, slots=True)
class CellEdit:
    """One target as somebody wants it; a value of None takes it away."""

    measure: str
    whose: Whose
    period: Period
    value: float | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What could be set for one period, beside what is."""

    period: Period
    target: float | None
    proposed: Proposed
    judged: Judged | None


class TargetAnswers(CompanySide):
    """The side of a company that knows its targets."""

    _target_pasts: dict[tuple[object, ...], Pasts]

    @abstractmethod
    def _measure_named(self, text: str) -> str | None: ...

    @abstractmethod
    def set_cells(self, settings: Sequence[Setting], reason: str, author: str, label: str) -> Written: ...

    @abstractmethod
    def paste_targets(
        self, text: str, measure: str, year: int, unit: str, reason: str, author: str, *, keep: bool
    ) -> Pasted:
        """Cells copied from a spreadsheet, read as a file of them is; without `keep` it is only tried.

        `measure` is meant where the cells name none, the fiscal `year` where their months have none, and a
        `unit` such as 千円 where they say none; "" is yen.
        """

    # Reading

    def targets(self) -> tuple[Target, ...]:
        """Every target known today."""
        with self._lock:
            return self._book(self.desk(None)).all()

    def target_grid(self, params: Mapping[str, str], lang: Language, shown: slice = ALL) -> TargetGrid:
        """`params`: year, kpi, team, person, scope (one of KINDS), q, asof; `shown` lines are judged."""
        scope = self._target_scope(params, lang)
        with self._lock:
            desk = self.desk(scope.as_of)
            members = read_members(desk)
            ask = self._grid_ask(params, scope.today, desk, members)
            maker = GridMaker(
                self._book(desk),
                self.catalogue,
                members,
                lambda name: self._past_of(desk, scope, name, members),
            )
            return maker.grid(ask, shown)

    def suggestions(
        self,
        measure: str,
        whose: Whose,
        periods: Sequence[Period],
        params: Mapping[str, str],
        lang: Language,
        wanted: Mapping[Period, float] | None = None,
    ) -> tuple[Suggestion, ...]:
        """`wanted` are values somebody thinks of: they are judged in place of what is set."""
        scope = self._target_scope(params, lang)
        with self._lock:
            desk = self.desk(scope.as_of)
            pasts = self._past_of(desk, scope, measure, read_members(desk))
            held = {
                one.period: one.value
                for one in self._book(desk).all()
                if (one.measure, one.whose) == (measure, whose)
            }
            thought = {**held, **(wanted or {})}
            return tuple(
                Suggestion(
                    one,
                    held.get(one),
                    proposed(pasts, whose, one),
                    judged(pasts, whose, one, thought[one]) if one in thought else None,
                )
                for one in periods
            )

    def split_target(
        self, measure: str, total: float, period: Period, params: Mapping[str, str], lang: Language
    ) -> tuple[tuple[tuple[Period, float], ...], Season]:
        """A total over the months of its period, by working days and the company's own season."""
        scope = self._target_scope(params, lang)
        with self._lock:
            desk = self.desk(scope.as_of)
            found = self._past_of(desk, scope, measure, read_members(desk)).season
            unit = self.catalogue.measures[measure].unit
            return split_by_month(desk.calendar, period, total, unit, found), found

    def target_whose(self, text: str) -> Whose:
        """Whose target a text such as team:第1営業部 means; a name nobody bears is refused."""
        with self._lock:
            return read_whose(text, Named.of(self.desk(None)), self.catalogue)

    def target_choices(self, measure: str, params: Mapping[str, str], lang: Language) -> tuple[Whose, ...]:
        """Everybody a target of the measure could be for: who had figures in the last three months."""
        scope = self._target_scope(params, lang)
        with self._lock:
            desk = self.desk(scope.as_of)
            pasts = self._past_of(desk, scope, measure, read_members(desk))
            return (COMPANY, *(one for kind in ("team", "person", "source") for one in pasts.active(kind)))

    def target_whoses(
        self,
        measure: str,
        team: str | None,
        person: str | None,
        source: str | None,
        params: Mapping[str, str],
        lang: Language,
    ) -> tuple[Whose, ...]:
        """A person, a source, a team with its people; everybody where none is named."""
        if person is not None or source is not None:
            with self._lock:
                whose = Whose(None if person is not None else team, person, source)
                return (checked(whose, Named.of(self.desk(None)), self.catalogue),)
        found = self.target_choices(measure, params, lang)
        if team is None:
            return found
        with self._lock:
            desk = self.desk(None)
            checked(Whose(team), Named.of(desk), self.catalogue)
            people = {one.name for one in read_members(desk) if one.team == team}
        return tuple(one for one in found if one == Whose(team) or one.owner in people)

    def target_history(self, measure: str, whose: Whose, period: Period) -> tuple[TargetChange, ...]:
        """Every version of one target, oldest first, with what was taken back."""
        with self._lock:
            named = Named.of(self.desk(None))
        checked(whose, named, self.catalogue)
        said = {
            "owner": None if whose.owner is None else named.people[whose.owner],
            "target_list": None if whose.target_list is None else named.lists[whose.target_list],
            "source": whose.source,
            "segment": whose.segment,
            "starts_on": period.start,
            "ends_on": period.last_day,
        }
        if whose.owner is None:
            said["team"] = None if whose.team is None else named.teams[whose.team]
        return changes(self.truth.versions("target", said), measure, self._measure_named)

    def target_measure(self, text: str) -> Measure:
        """By id or by name."""
        known = self.catalogue.measures.get(text)
        return known if known is not None else measures_named(self.catalogue, text)[0]

    # Writing

    def set_targets(
        self, edits: Sequence[CellEdit], reason: str, author: str, label: str = "targets"
    ) -> Written:
        """One import of its own, which can be undone; what it sets anew says who and why."""
        why, who = reason.strip(), author.strip()
        if not why or not who:
            raise ParameterNotUnderstoodError(
                "a target needs a reason and who sets it",
                "say why it is set or changed, and by whom: both stand in its history",
            )
        settings = [
            Setting(
                one.measure,
                one.period.start,
                one.period.last_day,
                one.value,
                one.whose.team,
                one.whose.owner,
                one.whose.source,
                one.whose.segment,
                one.whose.target_list,
            )
            for one in edits
        ]
        return self.set_cells(settings, why, who, label)

    def _target_scope(self, params: Mapping[str, str], lang: Language) -> Scope:
        """Only the moment of the page: what it narrows by are targets, not records."""
        asof = {"asof": params["asof"]} if params.get("asof") else {}
        return self.asked(asof, lang).scope

    def _book(self, desk: Desk) -> TargetBook:
        return read_targets(desk.store, desk.schema, desk.catalogue, self.viewer)

    def _past_of(self, desk: Desk, scope: Scope, name: str, members: Sequence[Member]) -> Pasts:
        """Kept while nothing changes: a page turned or a cell opened asks for the same past."""
        measure = self.catalogue.measures[name]
        key = (
            name,
            measure.kpi,
            desk.store.change,
            desk.schema,
            scope.today,
            repr(desk.profile),
            desk.viewer,
        )
        if key not in self._target_pasts:
            while len(self._target_pasts) >= _KEPT:
                self._target_pasts.pop(next(iter(self._target_pasts)))
            self._target_pasts[key] = Pasts(desk, scope, measure, members)
        return self._target_pasts[key]

    def _grid_ask(
        self, params: Mapping[str, str], today: date, desk: Desk, members: Sequence[Member]
    ) -> GridAsk:
        team, person, kind = (params.get(name) or None for name in ("team", "person", "scope"))
        if team is not None:
            check_name(team, tuple(sorted(desk.store.names("team", desk.schema).values())), "team")
        if person is not None:
            check_name(person, tuple(one.name for one in members), "person")
        if kind is not None and kind not in KINDS:
            raise ParameterNotUnderstoodError(
                f"scope={kind} is nobody a target is for", f"use one of {', '.join(KINDS)}"
            )
        kpi = params.get("kpi")
        measures = (self.target_measure(kpi).id,) if kpi else ()
        year = self.target_year(params.get("year") or "", today)
        return GridAsk(year, measures, team, person, kind or "", params.get("q") or "")

    def target_year(self, text: str, today: date | None = None) -> Period:
        """FY2026 or 2026; else the running fiscal year."""
        start = self.profile.fiscal_start_month
        bare = text.upper().removeprefix("FY")
        if text and not (bare.isdecimal() and 1900 < int(bare) < 3000):
            raise ParameterNotUnderstoodError(f"year={text} is no fiscal year", "write FY2026")
        day = today or self.calendar.local_date(self.clock())
        first = date(int(bare) if bare else fiscal_year(day, start), start, 1)
        return Period(first, add_months(first, 12))

    def target_periods(self, year: Period, months: int) -> tuple[Period, ...]:
        """The year's months, quarters, halves, or the year itself."""
        grain = {1: Grain.MONTH, 3: Grain.QUARTER, 6: Grain.HALF, 12: Grain.YEAR}.get(months, Grain.MONTH)
        return tuple(self.calendar.split(year, grain))
