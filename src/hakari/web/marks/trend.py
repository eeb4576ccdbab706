"""A trend large enough to read: weeks along the bottom, a scale from zero, the target dashed and named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from hakari.planning.scorecard import TrendPoint
from hakari.web.marks.scale import round_step
from hakari.web.marks.svg import Svg, drawing, element, label, path
from hakari.web.marks.verdict import Tone

BROAD, SLIM, HEIGHT = 640.0, 360.0, 190.0
_TOP, _BOTTOM = 14.0, 26.0
_LETTER = 6.8  # the width one figure takes


@dataclass(frozen=True, slots=True)
class Flag:
    """A day marked by a line and a number; what the number means stands beside the chart."""

    day: date
    number: int
    kind: str


def trend_chart(
    points: Sequence[TrendPoint],
    target: float | None,
    tone: Tone,
    write: Callable[[float], str],
    target_word: str,
    finding: str,
    scale: float = 1.0,
    *,
    is_slim: bool = False,
    flags: Sequence[Flag] = (),
) -> Svg:
    """The scale starts at zero: a line that does not would make every ripple a storm."""
    shape = "slim" if is_slim else "broad"
    width = SLIM if is_slim else BROAD
    if all(point.value is None for point in points):
        return drawing(width, HEIGHT, f"trend-chart {shape}", [], finding)
    chart = _Chart(points, target, write, scale, width)
    parts = (
        chart.grid()
        + chart.flags(flags)
        + chart.target()
        + chart.line(tone)
        + chart.weeks(4 if is_slim else 7)
    )
    parts += chart.target_name(target_word)
    return drawing(width, HEIGHT, f"trend-chart {shape}", parts, finding)


class _Chart:
    """Where a week and a value lie on the drawing; the margins are as wide as the words in them."""

    def __init__(
        self,
        points: Sequence[TrendPoint],
        target: float | None,
        write: Callable[[float], str],
        scale: float,
        width: float,
    ) -> None:
        self.points, self.goal, self.write = points, target, write
        values = [each for each in (*(point.value for point in points), target) if each is not None]
        highest = max(values)
        top = highest if highest > 0 else scale
        self.step = round_step(top / scale, 4) * scale
        self.lines = int(top / self.step - 1e-9) + 1
        self.left = len(write(self.step * self.lines)) * _LETTER + 16
        self.right = width - max(len(write(value)) for value in values) * _LETTER - 24

    def x(self, index: int) -> float:
        return self.left + index / max(len(self.points) - 1, 1) * (self.right - self.left)

    def y(self, value: float) -> float:
        return HEIGHT - _BOTTOM - value / (self.step * self.lines) * (HEIGHT - _TOP - _BOTTOM)

    def grid(self) -> list[Svg]:
        parts: list[Svg] = []
        for line in range(self.lines + 1):
            y = self.y(line * self.step)
            kind = "base" if line == 0 else "grid"
            parts.append(element("line", x1=self.left, x2=self.right, y1=y, y2=y, class_=kind))
            parts.append(label(self.write(line * self.step), self.left - 8, y + 4, "axis", "end"))
        return parts

    def flags(self, flags: Sequence[Flag]) -> list[Svg]:
        """A line at each day; those of one day share it, their numbers side by side."""
        parts: list[Svg] = []
        days = list(dict.fromkeys(flag.day for flag in flags))
        for day in days:
            mine = [flag for flag in flags if flag.day == day]
            x = self.x_of(day)
            parts.append(
                element("line", x1=x, x2=x, y1=_TOP, y2=HEIGHT - _BOTTOM, class_=f"flag {mine[0].kind}")
            )
            numbers = "·".join(str(flag.number) for flag in mine)
            parts.append(label(numbers, x + 3, _TOP - 3, "axis flag-number", "start"))
        return parts

    def x_of(self, day: date) -> float:
        """Weeks are drawn at their first day."""
        weeks = (day - self.points[0].starts).days / 7
        return self.left + weeks / max(len(self.points) - 1, 1) * (self.right - self.left)

    def target(self) -> list[Svg]:
        if self.goal is None:
            return []
        y = self.y(self.goal)
        return [element("line", x1=self.left, x2=self.right, y1=y, y2=y, class_="plan")]

    def target_name(self, word: str) -> list[Svg]:
        """At the left end, where the first weeks leave room: the right end belongs to the latest value."""
        if self.goal is None:
            return []
        first = [point.value for point in self.points[:4] if point.value is not None]
        is_below = bool(first) and sum(first) / len(first) > self.goal
        y = self.y(self.goal)
        y += 15 if is_below and y + 20 < HEIGHT - _BOTTOM else -6
        return [label(f"{word} {self.write(self.goal)}", self.left + 6, y, "name halo")]

    def line(self, tone: Tone) -> list[Svg]:
        """Dots carry the weeks, so a gap stays a gap; the running week is hollow and its segment dashed."""
        parts: list[Svg] = []
        places = [
            None if point.value is None else (self.x(index), self.y(point.value))
            for index, point in enumerate(self.points)
        ]
        for index in range(1, len(places)):
            before, after = places[index - 1], places[index]
            if before is not None and after is not None:
                running = " running" if self.points[index].partial else ""
                parts.append(element("path", d=path([before, after]), class_=f"trend{running} {tone}"))
        for point, where in zip(self.points, places, strict=True):
            if where is not None:
                shape = "noise" if point.partial else "sure"
                parts.append(element("circle", cx=where[0], cy=where[1], r=2.6, class_=f"end {shape} {tone}"))
        last, value = places[-1], self.points[-1].value
        if last is not None and value is not None:
            parts.append(label(self.write(value), last[0] + 9, last[1] + 4, "name strong"))
        return parts

    def weeks(self, most: int) -> list[Svg]:
        """Names counted back from the latest week, as many as fit."""
        every = max(1, -(-len(self.points) // most))
        return [
            label(self.points[index].label, self.x(index), HEIGHT - 7, "axis", "middle")
            for index in range(len(self.points) - 1, -1, -every)
        ]
