"""Months side by side: what came as solid bars, what is expected as tinted ones, the target a tick across."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from hakari.web.marks.scale import round_step
from hakari.web.marks.svg import Svg, drawing, element, label

EACH, HEIGHT = 40.0, 230.0
RIGHT, TOP, BOTTOM = 8.0, 14.0, 36.0
_BAR, _TICK, _LINES, _LETTER = 22.0, 32.0, 4, 6.6


@dataclass(frozen=True, slots=True)
class MonthBar:
    """`year` is written under the first month that it names."""

    month: str
    year: str
    actual: float | None
    expected: float | None
    target: float | None


def month_bars(
    bars: Sequence[MonthBar], write: Callable[[float], str], finding: str, scale: float = 1.0
) -> Svg:
    """Amounts from zero on; grid lines on round figures of `scale`, the money unit."""
    totals = [(one.actual or 0.0) + (one.expected or 0.0) for one in bars]
    highest = max([*totals, *(one.target or 0.0 for one in bars), 0.0])
    step = round_step(max(highest, scale) / scale, _LINES) * scale
    top = step * max(1, ceil(highest / step))
    left = len(write(top)) * _LETTER + 14
    width = left + EACH * len(bars) + RIGHT

    def y(amount: float) -> float:
        return HEIGHT - BOTTOM - amount / top * (HEIGHT - TOP - BOTTOM)

    parts: list[Svg] = []
    for line in range(round(top / step) + 1):
        at, kind = y(line * step), "grid" if line else "base"
        parts.append(element("line", x1=left, x2=width - RIGHT, y1=at, y2=at, class_=kind))
        parts.append(label(write(line * step), left - 8, at + 4, "axis", "end"))
    for place, one in enumerate(bars):
        parts += _bar(one, left + EACH * (place + 0.5), y)
    return drawing(width, HEIGHT, "month-bars", parts, finding)


def _bar(one: MonthBar, middle: float, y: Callable[[float], float]) -> list[Svg]:
    parts: list[Svg] = []
    at = 0.0
    for amount, kind in ((one.actual, "came"), (one.expected, "comes")):
        if amount:
            high, low = y(at + amount), y(at)
            parts.append(
                element("rect", x=middle - _BAR / 2, y=high, width=_BAR, height=low - high, class_=kind)
            )
            at += amount
    if one.target is not None:
        at_target = y(one.target)
        x1, x2 = middle - _TICK / 2, middle + _TICK / 2
        parts.append(element("line", x1=x1, x2=x2, y1=at_target, y2=at_target, class_="target"))
    parts.append(label(one.month, middle, HEIGHT - BOTTOM + 15, "axis", "middle"))
    if one.year:
        parts.append(label(one.year, middle, HEIGHT - BOTTOM + 29, "axis", "middle"))
    return parts
