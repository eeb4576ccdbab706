"""What the company began on which day, and the marks of it, of shifts and of new definitions on a trend."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hakari.errors import ChoiceRefusedError
from hakari.metrics.naming import fold, measures_named
from hakari.planning.company_side import CompanySide
from hakari.planning.definition_history import DefinitionHistory
from hakari.planning.metric_view import MetricView, TrendFlag
from hakari.planning.shifted import shift_text
from hakari.storage.truth import SettingVersion
from hakari.units.labels import day_label
from hakari.units.period import Period
from hakari.words import Language, say

INITIATIVES = "initiatives"


@dataclass(frozen=True, slots=True)
class Initiative:
    """Something begun on a day to move a KPI; without one it stands on every trend."""

    name: str
    day: date
    measure: str = ""


class InitiativeAnswers(CompanySide):
    """The side of a company that remembers what it tried."""

    @abstractmethod
    def definition_history(self) -> DefinitionHistory: ...

    def initiatives(self) -> tuple[Initiative, ...]:
        """By their days."""
        return tuple(sorted(_read(self.truth.get_setting(INITIATIVES)), key=lambda one: (one.day, one.name)))

    def note_initiative(self, name: str, day: date, kpi: str = "") -> Initiative:
        """One noted again under its name takes the new day and KPI; earlier versions are kept."""
        measure = measures_named(self.catalogue, kpi)[0].id if kpi else ""
        noted = Initiative(name.strip(), day, measure)
        if not noted.name:
            raise ChoiceRefusedError("an initiative needs a name", "say what was begun")

        def decide(log: list[SettingVersion]) -> list[dict[str, str]]:
            held = [
                one for one in _read(log[-1].value if log else None) if fold(one.name) != fold(noted.name)
            ]
            return _written([*held, noted])

        self.truth.put_decided(INITIATIVES, self.clock(), decide)
        return noted

    def drop_initiative(self, name: str) -> None:
        def decide(log: list[SettingVersion]) -> list[dict[str, str]]:
            held = _read(log[-1].value if log else None)
            left = [one for one in held if fold(one.name) != fold(name)]
            if len(left) == len(held):
                names = ", ".join(one.name for one in held)
                raise ChoiceRefusedError(
                    f"no initiative is called {name!r}", f"there are {names}" if held else "none is noted yet"
                )
            return _written(left)

        self.truth.put_decided(INITIATIVES, self.clock(), decide)

    def trend_flags(self, view: MetricView, lang: Language) -> tuple[TrendFlag, ...]:
        """Shifts, initiatives and changed definitions among the weeks that the trend shows, by their days."""
        kpi = view.figure
        if not kpi.trend:
            return ()
        shown = Period(kpi.trend[0].starts, kpi.trend[-1].starts + timedelta(days=7))
        shifts = [
            TrendFlag(one.since, "shift", shift_text(one, lang))
            for one in view.shifts
            if shown.start <= one.since < shown.end
        ]
        begun = [
            TrendFlag(
                one.day, "initiative", say("flag_initiative", lang, name=one.name, day=_day(one.day, lang))
            )
            for one in self.initiatives()
            if one.measure in ("", kpi.measure) and shown.start <= one.day < shown.end
        ]
        held = [part for part in self.definition_history().parts(kpi.measure, shown) if part.held]
        changed = [
            TrendFlag(
                part.period.start,
                "definition",
                say("flag_definition", lang, day=_day(part.period.start, lang)),
            )
            for part in held[1:]
        ]
        return tuple(sorted([*shifts, *begun, *changed], key=lambda one: (one.day, one.kind)))


def _day(day: date, lang: Language) -> str:
    return day_label(day, lang)


def _read(raw: Any) -> list[Initiative]:
    return [
        Initiative(one["name"], date.fromisoformat(one["day"]), one.get("measure", "")) for one in raw or []
    ]


def _written(held: list[Initiative]) -> list[dict[str, str]]:
    return [{"name": one.name, "day": one.day.isoformat(), "measure": one.measure} for one in held]
