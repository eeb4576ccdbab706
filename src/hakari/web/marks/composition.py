"""What a period may still bring, end to end against its plan: won, then open deals by forecast category."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hakari.web.marks.svg import Svg, drawing, element, label

WIDTH, HEIGHT = 400.0, 54.0
_BAR, _TALL = 24.0, 20.0
_LETTER = 6.8
_END = 6.0  # keeps the plan tick on the drawing


@dataclass(frozen=True, slots=True)
class Part:
    """One segment: `key` picks its shade, `words` is the figure written in it where it fits."""

    key: str  # won | A | B | C | none
    amount: float
    words: str


def composition_bar(parts: Sequence[Part], plan: float | None, plan_words: str, finding: str) -> Svg:
    total = sum(part.amount for part in parts)
    full = max(total, plan or 0.0)
    if full <= 0:
        return drawing(WIDTH, HEIGHT, "composition", [], finding)
    drawn: list[Svg] = []
    start = 0.0
    tick = plan / full * (WIDTH - _END) if plan else None
    for part in parts:
        width = max(part.amount, 0.0) / full * (WIDTH - _END)
        if width > 0:
            drawn += _segment(part, start, width, tick)
        start += width
    if tick is not None:
        drawn += _plan_tick(tick, plan_words)
    return drawing(WIDTH, HEIGHT, "composition", drawn, finding)


def _segment(part: Part, start: float, width: float, tick: float | None) -> list[Svg]:
    """The figure stands in the longest stretch that the plan tick leaves free."""
    end = start + width
    if tick is not None and start < tick < end:
        free = (start, tick) if tick - start > end - tick else (tick, end)
    else:
        free = (start, end)
    drawn = [element("rect", x=start, y=_BAR, width=width, height=_TALL, class_=f"part {part.key.lower()}")]
    if free[1] - free[0] > len(part.words) * _LETTER + 6:
        drawn.append(label(part.words, sum(free) / 2, _BAR + 14, f"in {part.key.lower()}", "middle"))
    return drawn


def _plan_tick(x: float, words: str) -> list[Svg]:
    half = len(words) * _LETTER / 2
    anchor, at = (
        ("middle", x)
        if half < x < WIDTH - half
        else ("end", min(x + 4, WIDTH))
        if x > half
        else ("start", 0.0)
    )
    return [
        element("line", x1=x, x2=x, y1=_BAR - 6, y2=_BAR + _TALL + 6, class_="target"),
        label(words, at, _BAR - 11, "name", anchor),
    ]
