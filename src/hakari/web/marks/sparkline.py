"""A trend no taller than its line of text: thirteen weeks, the target dashed, the running week hollow."""

from __future__ import annotations

from collections.abc import Sequence

from hakari.planning.scorecard import TrendPoint
from hakari.web.marks.svg import Svg, drawing, element, path
from hakari.web.marks.verdict import Tone

_EDGE = 4.0


def sparkline(
    points: Sequence[TrendPoint],
    target: float | None = None,
    tone: Tone = "plain",
    width: float = 104.0,
    height: float = 30.0,
) -> Svg:
    """Decoration: the row beside it says the figures. A week without a figure leaves a gap, not a zero."""
    known = [point.value for point in points if point.value is not None]
    if not known:
        return drawing(width, height, "sparkline", [])
    scale = [*known, *([target] if target is not None else [])]
    low, span = min(scale), max(scale) - min(scale)
    step = (width - 2 * _EDGE) / max(len(points) - 1, 1)

    def y(value: float) -> float:
        return height / 2 if span == 0 else height - _EDGE - (value - low) / span * (height - 2 * _EDGE)

    places = [
        None if point.value is None else (_EDGE + index * step, y(point.value))
        for index, point in enumerate(points)
    ]
    parts: list[Svg] = []
    if target is not None:
        parts.append(element("line", x1=0, x2=width, y1=y(target), y2=y(target), class_="plan"))
    settled = places[:-1] if points[-1].partial else places
    parts += [_stretch(run, tone) for run in _runs(settled)]
    parts += _end(places, points[-1].partial, tone)
    return drawing(width, height, "sparkline", parts)


def _stretch(run: Sequence[tuple[float, float]], tone: Tone) -> Svg:
    """A week between two gaps is a small dot: a line needs two ends."""
    if len(run) == 1:
        return element("circle", cx=run[0][0], cy=run[0][1], r=1.2, class_=f"end sure {tone}")
    return element("path", d=path(run), class_=f"trend {tone}")


def _runs(places: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """The stretches between gaps."""
    runs: list[list[tuple[float, float]]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if run]


def _end(places: Sequence[tuple[float, float] | None], partial: bool, tone: Tone) -> list[Svg]:
    last = places[-1]
    if last is None:
        return []
    parts: list[Svg] = []
    before = places[-2] if len(places) > 1 else None
    if partial and before is not None:
        parts.append(element("path", d=path([before, last]), class_=f"trend running {tone}"))
    shape = "noise" if partial else "sure"
    parts.append(element("circle", cx=last[0], cy=last[1], r=2.4, class_=f"end {shape} {tone}"))
    return parts
