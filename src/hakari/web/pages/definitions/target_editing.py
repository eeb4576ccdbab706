"""One line of targets open for input: what is set, how likely it is, and what would be sensible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from hakari.errors import ParameterNotUnderstoodError
from hakari.maths.seasonality import Season
from hakari.metrics.definitions import Measure
from hakari.metrics.targets import Whose
from hakari.planning.desk import additive
from hakari.planning.target_answers import Suggestion
from hakari.planning.target_history import TargetChange
from hakari.planning.target_scopes import whose_label, whose_text
from hakari.planning.target_typing import read_value, typed_value
from hakari.planning.target_words import chance_percent, chance_text, why
from hakari.units.display import percent
from hakari.units.period import Period
from hakari.web.address import Address
from hakari.web.definition_places import TARGETS
from hakari.web.figures import Figures
from hakari.web.site import Site
from hakari.words import Language, say

_MOST_CHANGES = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed, by the first day of each period, and what is wrong with it; `saved` is the import."""

    cells: Mapping[str, str]
    reason: str = ""
    author: str = ""
    total: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)
    saved: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal as it is shown, and as it would be typed; "" where there is none for this period."""

    shown: str = ""
    typed: str = ""
    chance: str = ""


@dataclass(frozen=True, slots=True)
class EditCell:
    key: str
    label: str
    typed: str
    was: str
    now: str
    chance: str
    tone: str
    why: str
    mean: Offer
    most: Offer
    fault: str


@dataclass(frozen=True, slots=True)
class EditRow:
    """The open line; `action` is where its form goes."""

    measure: str
    whose: str
    months: int
    title: str
    hint: str
    action: str
    cancel: str
    cells: tuple[EditCell, ...]
    reason: str
    author: str
    total: str
    can_split: bool
    season: str
    faults: Mapping[str, str]
    note: str
    history: tuple[str, ...]


class OpenLine:
    """The line that a URL opens: one KPI, whoever it is for, and the periods of a year."""

    def __init__(self, site: Site, address: Address) -> None:
        self.site, self.address, self.company = site, address, site.company
        self.measure: Measure = self.company.target_measure(address["kpi"])
        self.whose: Whose = self.company.target_whose(address["edit"])
        self.months = int(address["span"]) if address["span"] in ("3", "6", "12") else 1
        self.periods = self.company.target_periods(self.company.target_year(address["year"]), self.months)

    @property
    def lang(self) -> Language:
        return self.address.lang

    @cached_property
    def figures(self) -> Figures:
        return Figures.of(self.address)

    @cached_property
    def today(self) -> date:
        return self.company.asked(self.moment, self.lang).scope.today

    @property
    def moment(self) -> dict[str, str]:
        return {"asof": self.address["asof"]} if self.address["asof"] else {}

    def written(self, value: float | None) -> str:
        return (
            say("target_none", self.lang) if value is None else self.figures.beside(value, self.measure.unit)
        )

    def typed(self, value: float | None) -> str:
        """As it would be typed in the page's unit of money."""
        return typed_value(value, self.measure.unit, self.figures.money)

    def read(self, text: str) -> float | None:
        return read_value(text, self.measure.unit, self.figures.money)

    def suggestions(self, wanted: Mapping[Period, float] | None = None) -> tuple[Suggestion, ...]:
        return self.company.suggestions(
            self.measure.id, self.whose, self.periods, self.moment, self.lang, wanted
        )

    def readable(self, cells: Mapping[str, str]) -> dict[Period, float]:
        """What is typed, as far as it can be read: the rest has its fault beside it."""
        found: dict[Period, float] = {}
        for one in self.periods:
            try:
                value = self.read(cells.get(key_of(one), ""))
            except ParameterNotUnderstoodError:
                continue
            if value is not None:
                found[one] = value
        return found

    def split(self, total: float) -> tuple[tuple[tuple[Period, float], ...], Season]:
        whole = Period(self.periods[0].start, self.periods[-1].end)
        return self.company.split_target(self.measure.id, total, whole, self.moment, self.lang)


def key_of(period: Period) -> str:
    return period.start.isoformat()


def month_of(period: Period) -> str:
    return f"{period.start:%Y-%m}"


def edit_row(site: Site, address: Address, draft: Draft | None) -> EditRow:
    line = OpenLine(site, address)
    found = line.suggestions({} if draft is None else line.readable(draft.cells))
    draft = draft or Draft({key_of(one.period): line.typed(one.target) for one in found})
    measure, lang = line.measure, line.lang
    label = whose_label(line.whose, site.company.catalogue, lang)
    return EditRow(
        measure=measure.id,
        whose=whose_text(line.whose),
        months=line.months,
        title=f"{label} · {measure.ja if lang == 'ja' else measure.en}",
        hint=say("target_hint", lang),
        action=address.to(f"{TARGETS}/set"),
        cancel=address.to(edit=None, span=None),
        cells=tuple(_cell(line, one, draft) for one in found),
        reason=draft.reason,
        author=draft.author,
        total=draft.total,
        can_split=additive(measure) and len(line.periods) > 1,
        season=_season(line),
        faults=draft.faults,
        note=draft.note,
        history=_history(line),
    )


def _cell(line: OpenLine, one: Suggestion, draft: Draft) -> EditCell:
    """What is over cannot be proposed any more."""
    lang, judged, key = line.lang, one.judged, key_of(one.period)
    is_over = one.period.end <= line.today
    unit = line.measure.unit
    return EditCell(
        key=key,
        label=month_of(one.period) if line.months == 1 else f"{one.period.start}–{one.period.last_day}",
        typed=draft.cells.get(key, ""),
        was=line.typed(one.target),
        now="" if one.target is None else line.written(one.target),
        chance="" if judged is None else chance_text(judged, lang),
        tone="" if judged is None or judged.band is None else judged.band.value,
        why=""
        if judged is None
        else why(judged, line.measure.better, lambda value: line.figures.value(value, unit), lang),
        mean=Offer() if is_over else _offer(line, one.proposed.mean),
        most=Offer()
        if is_over
        else _offer(line, one.proposed.value, one.proposed.chance, one.proposed.months),
        fault=draft.faults.get(key, ""),
    )


def _offer(line: OpenLine, value: float | None, chance: float | None = None, months: int = 1) -> Offer:
    if value is None:
        return Offer()
    shown = line.written(value)
    if months > 1:
        return Offer(say("proposal_longer", line.lang, months=months * line.months, value=shown))
    words = "" if chance is None else chance_percent(chance, line.lang)
    return Offer(shown, line.typed(value), words)


def _season(line: OpenLine) -> str:
    if not additive(line.measure):
        return ""
    _, season = line.split(0.0)
    key = "season_known" if season.is_known else "no_season"
    return say(key, line.lang, years=season.years, trust=percent(season.trust, 100))


def _history(line: OpenLine) -> tuple[str, ...]:
    """Newest first: which month, when, who, old → new, why."""
    changes: Sequence[tuple[Period, TargetChange]] = [
        (period, one)
        for period in line.periods
        for one in line.company.target_history(line.measure.id, line.whose, period)
    ]
    newest = sorted(changes, key=lambda each: each[1].at, reverse=True)[:_MOST_CHANGES]
    return tuple(_told(line, period, one) for period, one in newest)


def _told(line: OpenLine, period: Period, one: TargetChange) -> str:
    lang, figures = line.lang, line.figures
    said = say(
        "target_history_line",
        lang,
        at=figures.instant(one.at, line.today),
        author=one.author or one.label,
        before=line.written(one.before),
        value=line.written(one.value),
    )
    parts = [month_of(period), said, one.reason or ""]
    if one.undone_at is not None:
        parts.append(say("target_history_undone", lang, at=figures.instant(one.undone_at, line.today)))
    return " · ".join(part for part in parts if part)
