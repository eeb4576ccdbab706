"""A trend large enough to read: weeks along the bottom, scale at the left, the target dashed and named."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hakari.planning.scorecard import TrendPoint
from hakari.web.marks.scale import round_step
from hakari.web.marks.svg import Svg, drawing, element, label, path
from hakari.web.marks.verdict import Tone

WIDTH, HEIGHT = 640.0, 190.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 48.0, 84.0, 14.0, 26.0


def trend_chart(
    points: Sequence[TrendPoint],
    target: float | None,
    tone: Tone,
    write: Callable[[float], str],
    target_word: str,
    finding: str,
    scale: float = 1.0,
) -> Svg:
    """The scale starts at zero: a line that does not would make every ripple a storm."""
    known = [point.value for point in points if point.value is not None]
    if not known:
        return drawing(WIDTH, HEIGHT, "trend-chart", [], finding)
    top_value = max([*known, target or 0.0]) or scale
    step = round_step(top_value / scale, 4) * scale
    lines = int(top_value / step - 1e-9) + 1
    width, height = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM

    def place(index: int, value: float) -> tuple[float, float]:
        x = _LEFT + index / max(len(points) - 1, 1) * width
        return x, HEIGHT - _BOTTOM - value / (step * lines) * height

    parts = _grid(lines, step, place(0, 0)[1], height, write)
    if target is not None:
        y = place(0, target)[1]
        parts.append(element("line", x1=_LEFT, x2=_LEFT + width, y1=y, y2=y, class_="plan"))
        parts.append(label(f"{target_word} {write(target)}", _LEFT + width + 8, y + 4, "name"))
    parts += _line(points, place, tone, write)
    every = max(1, -(-len(points) // 7))
    for index in range(len(points) - 1, -1, -every):
        parts.append(label(points[index].label, place(index, 0)[0], HEIGHT - 7, "axis", "middle"))
    return drawing(WIDTH, HEIGHT, "trend-chart", parts, finding)


Place = Callable[[int, float], tuple[float, float]]


def _grid(lines: int, step: float, base: float, height: float, write: Callable[[float], str]) -> list[Svg]:
    parts: list[Svg] = []
    for line in range(lines + 1):
        y = base - line / lines * height
        kind = "base" if line == 0 else "grid"
        parts.append(element("line", x1=_LEFT, x2=WIDTH - _RIGHT, y1=y, y2=y, class_=kind))
        parts.append(label(write(line * step), _LEFT - 8, y + 4, "axis", "end"))
    return parts


def _line(points: Sequence[TrendPoint], place: Place, tone: Tone, write: Callable[[float], str]) -> list[Svg]:
    """Dots carry the weeks, so a gap stays a gap; the running week is hollow and its segment dashed."""
    parts: list[Svg] = []
    places = [
        None if point.value is None else place(index, point.value) for index, point in enumerate(points)
    ]
    for index in range(1, len(places)):
        before, after = places[index - 1], places[index]
        if before is not None and after is not None:
            running = " running" if points[index].partial else ""
            parts.append(element("path", d=path([before, after]), class_=f"trend{running} {tone}"))
    for point, where in zip(points, places, strict=True):
        if where is not None:
            shape = "noise" if point.partial else "sure"
            parts.append(element("circle", cx=where[0], cy=where[1], r=2.6, class_=f"end {shape} {tone}"))
    last = places[-1]
    if last is not None and points[-1].value is not None:
        parts.append(label(write(points[-1].value), last[0] + 8, last[1] + 4, "name strong"))
    return parts
