"""Which version of a definition held when, so that no percentage is formed across a change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache

from hakari.errors import DefinitionError
from hakari.metrics.definitions import Catalogue, Measure
from hakari.metrics.loader import built_in, overlay
from hakari.metrics.meaning import meaning
from hakari.planning.definition_book import TextVersion, files_of
from hakari.units.calendar import FiscalCalendar
from hakari.units.period import Period


@dataclass(frozen=True, slots=True)
class DefinitionVersion:
    """One version of a measure's definition. `changed`: its figures may differ from the version before."""

    measure: str
    version: str  # kpi@digest
    holds_from: date | None  # None: since ever
    until: date | None  # None: it still holds
    own: bool
    changed: bool
    text: str
    meaning: str
    catalogue: Catalogue = field(compare=False, repr=False)

    def holds_in(self) -> Period:
        return Period(self.holds_from or date.min, self.until or date.max)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a period. `held`: the version was the company's in these days; else it looks back on them."""

    period: Period
    version: DefinitionVersion
    held: bool


@dataclass(frozen=True, slots=True)
class _State:
    at: datetime
    catalogue: Catalogue


class DefinitionHistory:
    """Told from every text the company's files ever had. Before the first import nobody saw a figure."""

    def __init__(
        self, log: Sequence[TextVersion], calendar: FiscalCalendar, first_import: datetime | None
    ) -> None:
        self._calendar = calendar
        self._states = list(_states(log))
        begun = bool(self._states) and (first_import is None or first_import >= self._states[0].at)
        self._before = None if begun else built_in()

    def versions(self, measure: str) -> tuple[DefinitionVersion, ...]:
        """Oldest first; each ends where a later one begins."""
        found: list[DefinitionVersion] = []
        if self._before is not None and measure in self._before.measures:
            found.append(_of(self._before, measure, None, None))
        for state in self._states:
            day = self._calendar.local_date(state.at)
            last = found[-1] if found else None
            if measure not in state.catalogue.measures:
                if last is not None and last.until is None:
                    found[-1] = replace(last, until=day)
                continue
            one = _of(state.catalogue, measure, day if found else None, last)
            if last is None or last.until is not None or last.version != one.version:
                found.append(one)
        return tuple(_ended(found))

    def parts(self, measure: str, period: Period) -> tuple[Part, ...]:
        """The period cut where the definition changed, under the version that held and under today's.

        Versions that compute the same are one.
        """
        stretches = list(_stretches(self.versions(measure)))
        if not stretches:
            return ()
        newest = stretches[-1]
        cut: list[Part] = []
        for one in stretches:
            shared = one.holds_in().overlap(period)
            if shared.is_empty:
                continue
            cut.append(Part(shared, one, held=True))
            if one.meaning != newest.meaning:
                cut.append(Part(shared, newest, held=False))
        return tuple(cut)

    def newest(self, measure: str) -> DefinitionVersion | None:
        """The version that holds, as one with those before it that computed the same."""
        stretches = list(_stretches(self.versions(measure)))
        return stretches[-1] if stretches else None

    def parts_of_choices(self, choices: Sequence[tuple[str, Period]], period: Period) -> tuple[Part, ...]:
        """The same for a word that meant one measure and then another: each with the days it was in force."""
        newest = self.newest(choices[-1][0])
        before = Period(period.start, min(period.end, max(period.start, choices[0][1].start)))
        cut = [] if newest is None or before.is_empty else [Part(before, newest, held=False)]
        for measure, days in choices:
            for part in self.parts(measure, days.overlap(period)):
                if not part.held:
                    continue
                cut.append(part)
                if newest is not None and part.version.meaning != newest.meaning:
                    cut.append(Part(part.period, newest, held=False))
        return tuple(cut)


def _states(log: Sequence[TextVersion]) -> Iterator[_State]:
    """The catalogue after each change; texts that an upgraded Hakari can no longer read are passed over."""
    texts: dict[str, str] = {}
    for index, one in enumerate(log):
        if one.text is None:
            texts.pop(one.file, None)
        else:
            texts[one.file] = one.text
        if index + 1 < len(log) and log[index + 1].at == one.at:
            continue
        try:
            yield _State(one.at, _catalogue_of(tuple(sorted(texts.items()))))
        except DefinitionError:
            continue


@lru_cache(maxsize=64)
def _catalogue_of(texts: tuple[tuple[str, str], ...]) -> Catalogue:
    """Every question about the past reads the same few texts again."""
    return overlay(built_in(), files_of(dict(texts)))


def _of(
    catalogue: Catalogue, name: str, day: date | None, before: DefinitionVersion | None
) -> DefinitionVersion:
    measure: Measure = catalogue.measures[name]
    kpi = catalogue.kpis[measure.kpi]
    meant = meaning(measure, catalogue.measures)
    agreed = kpi.holds_from if day is not None and kpi.own else None
    return DefinitionVersion(
        measure=name,
        version=f"{kpi.id}@{kpi.version}",
        holds_from=agreed or day,
        until=None,
        own=kpi.own,
        changed=before is not None and before.meaning != meant,
        text=kpi.text,
        meaning=meant,
        catalogue=catalogue,
    )


def _ended(found: Sequence[DefinitionVersion]) -> list[DefinitionVersion]:
    """A version agreed to hold from an earlier day takes that time from all before it."""
    ended: list[DefinitionVersion] = []
    limit: date | None = None
    for one in reversed(found):
        until = min((day for day in (one.until, limit) if day is not None), default=None)
        start = one.holds_from or date.min
        ended.append(replace(one, until=None if until is None else max(until, start)))
        limit = start if limit is None else min(limit, start)
    return ended[::-1]


def _stretches(versions: Sequence[DefinitionVersion]) -> Iterator[DefinitionVersion]:
    """Versions with equal meaning as one, and none that held on no day."""
    joined: DefinitionVersion | None = None
    for one in versions:
        if one.holds_in().is_empty:
            continue
        if joined is not None and joined.meaning == one.meaning and joined.until == one.holds_from:
            joined = replace(one, holds_from=joined.holds_from)
            continue
        if joined is not None:
            yield joined
        joined = one
    if joined is not None:
        yield joined
