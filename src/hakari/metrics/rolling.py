"""Figures that roll along a calendar, say the last three months week by week: one pass for all windows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from hakari.metrics.components import Component
from hakari.metrics.compose import Key
from hakari.metrics.runner import Run
from hakari.units.period import Grain, Period

_Days = tuple[list[date], list[float]]


class RollingSums:
    """What was counted on each day; a window's sum is that of its days, so windows may overlap."""

    def __init__(self, run: Run, wanted: Sequence[Component], windows: Sequence[Period]) -> None:
        whole = Period(min(one.start for one in windows), max(one.end for one in windows))
        self.days = Run(run.store, run.query, replace(run.cut, grain=Grain.DAY), run.schema, run.start_month)
        self.days.components(wanted, whole)
        self._sums = {one: _by_slice(self.days.numbers.get(one, {})) for one in wanted}

    def over(self, window: Period) -> dict[Component, dict[Key, float]]:
        """One number per component and slice, as if only the window had been asked for."""
        found: dict[Component, dict[Key, float]] = {}
        for one, slices in self._sums.items():
            found[one] = numbers = {}
            for key, (days, amounts) in slices.items():
                first, last = bisect_left(days, window.start), bisect_left(days, window.end)
                if first < last:
                    numbers[key] = sum(amounts[first:last])
        return found


def adds_up(wanted: Iterable[Component]) -> bool:
    """Whether days can be added: different people of two days may be the same ones."""
    return all(one.additive and one.dated for one in wanted)


def _by_slice(numbers: dict[Key, float]) -> dict[Key, _Days]:
    found: dict[Key, list[tuple[date, float]]] = {}
    for key, amount in numbers.items():
        day = key[-1]
        if isinstance(day, date):
            found.setdefault(key[:-1], []).append((day, amount))
    return {
        key: ([day for day, _ in ordered], [amount for _, amount in ordered])
        for key, rows in found.items()
        for ordered in [sorted(rows)]
    }
