"""All targets of a fiscal year as a grid: KPI × whose × month, with chances and what does not add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from hakari.maths.seasonality import NO_SEASON, Season
from hakari.metrics.definitions import Catalogue, Measure
from hakari.metrics.naming import fold
from hakari.metrics.targets import COMPANY, Target, TargetBook, Whose
from hakari.planning.desk import additive
from hakari.planning.target_judging import Judged, judged
from hakari.planning.target_members import Member
from hakari.planning.target_pasts import Pasts
from hakari.planning.target_scopes import KINDS, whose_text
from hakari.units.fiscal import whole_months
from hakari.units.period import Period

ADJUST = "adjust"
ALL = slice(None)


@dataclass(frozen=True, slots=True)
class GridCell:
    """One target; `judged` is None for a difference of targets, and in lines that are not shown."""

    period: Period
    value: float
    judged: Judged | None = None
    reason: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class GridLine:
    """One measure's targets of one length for one team, person …; of kind "adjust" what the targets of
    `whose` are more than those of its people or teams together.
    """

    measure: str
    whose: Whose
    kind: str
    months: int  # 0 for periods that are no whole months
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class GridBlock:
    measure: str
    lines: tuple[GridLine, ...]
    season: Season


@dataclass(frozen=True, slots=True)
class GridAsk:
    """Which targets are meant: all of the year, or those of a KPI, a team with its people, a person."""

    year: Period
    measures: tuple[str, ...] = ()
    team: str | None = None
    person: str | None = None
    kind: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class TargetGrid:
    year: Period
    blocks: tuple[GridBlock, ...]
    targets: int

    @property
    def lines(self) -> tuple[GridLine, ...]:
        return tuple(line for block in self.blocks for line in block.lines)


class GridMaker:
    """`pasts_of` gives a measure's past, which is asked for only where a target is shown."""

    def __init__(
        self,
        book: TargetBook,
        catalogue: Catalogue,
        members: Sequence[Member],
        pasts_of: Callable[[str], Pasts],
    ) -> None:
        self.book, self.catalogue, self.pasts_of = book, catalogue, pasts_of
        self.team_of: Mapping[str, str | None] = {one.name: one.team for one in members}

    def grid(self, ask: GridAsk, shown: slice = ALL) -> TargetGrid:
        """Only the lines that are `shown` are judged: a large company has tens of thousands of targets."""
        by_measure: dict[str, list[Target]] = {}
        for one in self.book.all():
            if self._is_asked(one, ask):
                by_measure.setdefault(one.measure, []).append(one)
        lines = {name: self._lines(name, many, ask) for name, many in sorted(by_measure.items())}
        every = [line for many in lines.values() for line in many]
        seen = {id(line): self._judged(line) for line in every[shown]}
        blocks = tuple(
            GridBlock(name, tuple(seen.get(id(line), line) for line in many), self._season(name, many, seen))
            for name, many in lines.items()
        )
        return TargetGrid(ask.year, blocks, sum(map(len, by_measure.values())))

    def _season(self, name: str, lines: Sequence[GridLine], shown: Mapping[int, GridLine]) -> Season:
        return self.pasts_of(name).season if any(id(line) in shown for line in lines) else NO_SEASON

    def _judged(self, line: GridLine) -> GridLine:
        if line.kind == ADJUST:
            return line
        pasts = self.pasts_of(line.measure)
        cells = (
            replace(cell, judged=judged(pasts, line.whose, cell.period, cell.value)) for cell in line.cells
        )
        return replace(line, cells=tuple(cells))

    def _is_asked(self, one: Target, ask: GridAsk) -> bool:
        if not (one.period.start < ask.year.end and ask.year.start < one.period.end):
            return False
        if ask.measures and one.measure not in ask.measures:
            return False
        whose = one.whose
        if ask.kind and whose.kind != ask.kind:
            return False
        if ask.person is not None and whose.owner != ask.person:
            return False
        if ask.team is not None and ask.team not in (whose.team, self.team_of.get(whose.owner or "")):
            return False
        return self._is_found(one, ask.search)

    def _is_found(self, one: Target, search: str) -> bool:
        measure = self.catalogue.measures[one.measure]
        names = (measure.id, measure.ja, measure.en, *whose_text(one.whose).split("|"))
        haystack = fold(" ".join(names))
        return all(word in haystack for word in fold(search).split())

    def _lines(self, name: str, targets: Sequence[Target], ask: GridAsk) -> list[GridLine]:
        measure = self.catalogue.measures[name]
        lines = [_line(name, many) for many in _by_line(targets)]
        if additive(measure) and not ask.kind and ask.person is None and not ask.search:
            lines = self._with_differences(measure, lines)
        return lines

    def _with_differences(self, measure: Measure, lines: Sequence[GridLine]) -> list[GridLine]:
        """Under each team's own line what its people's targets do not add up to, and so for the company."""
        found: list[GridLine] = []
        for line in lines:
            found.append(line)
            parts = self._parts_of(measure.id, line.whose)
            cells = self._differences(measure.id, line, parts) if parts else ()
            if any(cell.value for cell in cells):
                found.append(GridLine(measure.id, line.whose, ADJUST, line.months, cells))
        return found

    def _parts_of(self, measure: str, whose: Whose) -> list[Whose]:
        if whose == COMPANY:
            teams = [Whose(team) for team in self.book.outer_teams(measure)]
            return teams or [Whose(owner=one) for one in self.book.owners(measure)]
        if whose.kind != "team":
            return []
        return [Whose(owner=one) for one in self.book.owners(measure) if self.team_of.get(one) == whose.team]

    def _differences(self, measure: str, line: GridLine, parts: Iterable[Whose]) -> tuple[GridCell, ...]:
        """Only where somebody below has a target for these very days."""
        cells = []
        for cell in line.cells:
            found = [self.book.of(measure, one, cell.period, adds_up=True) for one in parts]
            known = [one.value for one in found if one is not None]
            if known:
                cells.append(GridCell(cell.period, round(cell.value - sum(known), 6)))
        return tuple(cells)


def _by_line(targets: Sequence[Target]) -> list[list[Target]]:
    lines: dict[tuple[Whose, int], list[Target]] = {}
    for one in sorted(targets, key=_order):
        lines.setdefault((one.whose, whole_months(one.period)), []).append(one)
    return list(lines.values())


def _order(one: Target) -> tuple[object, ...]:
    whose = one.whose
    return (KINDS.index(whose.kind), whose_text(whose), -one.period.days, one.period.start)


def _line(name: str, targets: Sequence[Target]) -> GridLine:
    whose = targets[0].whose
    cells = tuple(
        GridCell(one.period, one.value, None, one.reason, one.author)
        for one in sorted(targets, key=lambda one: one.period.start)
    )
    return GridLine(name, whose, whose.kind, whole_months(targets[0].period), cells)
