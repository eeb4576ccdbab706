"""A set of KPIs as somebody designed it: the goal, the KPIs, their targets, formulas, owners and days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from hakari.metrics.naming import fold
from hakari.words import Language


class Sort(StrEnum):
    """What kind of figure it is."""

    VOLUME = "volume"  # a number of calls, meetings, orders
    AMOUNT = "amount"  # a sum of money
    RATE = "rate"
    AVERAGE = "average"  # a price, an amount per head, a duration


@dataclass(frozen=True, slots=True)
class Formula:
    """`top ÷ bottom = result`, as far as it was written; `text` is the writing itself."""

    text: str = ""
    top: str = ""
    bottom: str = ""
    result: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contested:
    """A word that means several figures: what was chosen, and who has not signed yet."""

    conflict: str
    word: str
    chosen: str = ""
    chosen_name: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DesignedKpi:
    """One figure of the set. `measure` is its id in the catalogue, "" where it is in no catalogue.

    `start` and `end` are steps of a sale: of a rate what it divides by and what it counts, of a volume twice
    the same. `lacks` says in words what was never recorded; None where no records were looked at. `chance` is
    that of reaching the target, by the past; None where none is known.
    """

    name: str
    sort: Sort
    measure: str = ""
    formula: Formula = Formula()
    start: str = ""
    end: str = ""
    phase: str = ""
    basis: str = ""  # event, created or close; "" unsaid
    bases: tuple[str, ...] = ()  # those it could be counted on
    target: float | None = None
    per: str = ""  # day, week, month, quarter, half, year
    owner: str = ""
    review_on: date | None = None
    agreed: tuple[str, ...] = ()
    contested: Contested | None = None
    lacks: tuple[str, ...] | None = None
    chance: float | None = None
    tags: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        return fold(self.name)


@dataclass(frozen=True, slots=True)
class Passage:
    """From one step of a sale to another: a rate, or the price from an order to its amount.

    `said` is target, stated or observed.
    """

    start: str
    end: str
    value: float
    name: str
    said: str


@dataclass(frozen=True, slots=True)
class Supply:
    """So much of one step is planned in the goal's period; `arithmetic` tells how it was converted."""

    step: str
    value: float
    name: str
    kpi: DesignedKpi
    arithmetic: str = ""


@dataclass(frozen=True, slots=True)
class Design:
    """`kept_by_company`: it is the company's own scorecard, so a finding can lead to the place to fix it.

    `passages` are rates beside the KPIs' targets, stated in the file or observed in the records; `supplies`
    planned volumes beside the KPIs'.
    """

    name: str
    lang: Language
    today: date
    goals: tuple[DesignedKpi, ...]
    kpis: tuple[DesignedKpi, ...]
    passages: tuple[Passage, ...] = ()
    supplies: tuple[Supply, ...] = ()
    kept_by_company: bool = False

    def everything(self) -> Iterator[DesignedKpi]:
        yield from self.goals
        yield from self.kpis

    def tagged(self, *tags: str) -> list[DesignedKpi]:
        return [one for one in self.kpis if one.tags & set(tags)]

    def with_kpis(self, kpis: tuple[DesignedKpi, ...]) -> Design:
        return replace(self, kpis=kpis)
