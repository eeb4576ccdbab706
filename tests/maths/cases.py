"""Cases to estimate from: any small set of them, and published ones."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from hakari.maths.cohorts import Cohort, gather

PUBLISHED = Path(__file__).parent / "published"
# Twelve cases worked out by R's survfit, with all beginnings watched and with some late.
AGES = [5, 8, 12, 12, 20, 21, 30, 30, 33, 40, 45, 60]
CAUSES = [1, 2, 1, 0, 2, 1, 0, 1, 2, 0, 1, 0]
ENTRIES = [0, 0, 3, 0, 6, 10, 0, 12, 20, 0, 25, 30]


@dataclass(frozen=True, slots=True)
class Cases:
    ages: list[int]
    causes: list[int]
    entries: list[int]
    weights: list[int]

    def cohort(self) -> Cohort:
        return gather(self.ages, self.causes, self.entries, self.weights)

    def moved(self, order: list[int]) -> Cases:
        picked = [[values[place] for place in order] for values in self._lists()]
        return Cases(*picked)

    def _lists(self) -> tuple[list[int], ...]:
        return self.ages, self.causes, self.entries, self.weights


@st.composite
def cases(
    draw: st.DrawFn, causes: int = 2, late: bool = False, open_cases: bool = True, least: int = 1
) -> Cases:
    """Ages up to 40, so that ties are common; with `late`, some are watched only from later on."""
    size = draw(st.integers(least, 25))
    ages = draw(st.lists(st.integers(0, 40), min_size=size, max_size=size))
    kinds = st.integers(0 if open_cases else 1, causes)
    chosen = draw(st.lists(kinds, min_size=size, max_size=size))
    entries = [draw(st.integers(0, max(age - 1, 0))) if late else 0 for age in ages]
    weights = draw(st.lists(st.integers(1, 4), min_size=size, max_size=size))
    return Cases(ages, chosen, entries, weights)


def published(name: str) -> Cohort:
    with (PUBLISHED / name).open(newline="", encoding="utf-8") as file:
        rows = np.asarray([[int(cell) for cell in row] for row in list(csv.reader(file))[1:]])
    return gather(rows[:, 0], rows[:, 1], weight=rows[:, 2])
