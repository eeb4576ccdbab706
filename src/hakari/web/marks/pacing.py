"""How a goal fills up day by day: the actual as a line, the plan dashed beside it, today marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from math import ceil

from hakari.planning.scorecard import PacePoint
from hakari.web.marks.scale import round_step
from hakari.web.marks.svg import Svg, drawing, element, label, path

WIDTH, HEIGHT = 440.0, 204.0
LEFT, RIGHT, TOP, BOTTOM = 40.0, 66.0, 18.0, 24.0
_GRID_LINES = 4
_LETTER = 6.6  # the width one figure takes, near enough to keep labels apart


def pacing_chart(
    pace: Sequence[PacePoint],
    write: Callable[[float], str],
    month: Callable[[date], str],
    words: tuple[str, str, str],
    finding: str,
    scale: float = 1.0,
) -> Svg:
    """`words` name plan, actual and today; the grid falls on round figures of `scale`, the money unit."""
    chart = _Chart(pace, scale, write)
    parts = chart.grid(write) + chart.months(month) + chart.plan(write, words[0])
    parts += chart.actual(write, words[1], words[2])
    return drawing(WIDTH, HEIGHT, "pacing", parts, finding)


class _Chart:
    """Where a day and an amount lie on the drawing."""

    def __init__(self, pace: Sequence[PacePoint], scale: float, write: Callable[[float], str]) -> None:
        self.pace = pace
        amounts = [
            each for point in pace for each in (point.actual, point.plan) if each is not None and each > 0
        ]
        self.step = round_step(max(amounts, default=scale) / scale, _GRID_LINES) * scale
        self.top = self.step * max(1, ceil(max(amounts, default=0) / self.step))
        done = [index for index, point in enumerate(pace) if point.actual is not None]
        self.today = done[-1] if done else None
        # Amounts in yen are long: the scale's words decide where the drawing begins and ends.
        self.left = max(LEFT, len(write(self.top)) * _LETTER + 14)
        self.right = max(RIGHT, len(write(self.top)) * _LETTER + 14)

    def x(self, index: float) -> float:
        return self.left + index / max(len(self.pace) - 1, 1) * (WIDTH - self.left - self.right)

    def y(self, amount: float) -> float:
        return HEIGHT - BOTTOM - amount / self.top * (HEIGHT - TOP - BOTTOM)

    def grid(self, write: Callable[[float], str]) -> list[Svg]:
        parts: list[Svg] = []
        for line in range(round(self.top / self.step) + 1):
            y = self.y(line * self.step)
            kind = "base" if line == 0 else "grid"
            parts.append(element("line", x1=self.left, x2=WIDTH - self.right, y1=y, y2=y, class_=kind))
            parts.append(label(write(line * self.step), self.left - 8, y + 4, "axis", "end"))
        return parts

    def months(self, month: Callable[[date], str]) -> list[Svg]:
        """A name under the middle of each month; of a long period every second or third."""
        firsts = [
            index
            for index, point in enumerate(self.pace)
            if index == 0 or point.day.month != self.pace[index - 1].day.month
        ]
        every = max(1, ceil(len(firsts) / 6))
        parts: list[Svg] = []
        for position, first in enumerate(firsts):
            end = firsts[position + 1] if position + 1 < len(firsts) else len(self.pace) - 1
            if position:
                x = self.x(first)
                parts.append(
                    element("line", x1=x, x2=x, y1=HEIGHT - BOTTOM, y2=HEIGHT - BOTTOM + 4, class_="base")
                )
            if position % every == 0:
                name = month(self.pace[first].day)
                parts.append(label(name, self.x((first + end) / 2), HEIGHT - 6, "axis", "middle"))
        return parts

    def plan(self, write: Callable[[float], str], word: str) -> list[Svg]:
        places = [(self.x(i), self.y(p.plan)) for i, p in enumerate(self.pace) if p.plan is not None]
        if len(places) < 2:
            return []
        x, y = places[-1]
        last = self.pace[-1].plan or 0.0
        return [
            element("path", d=path(places), class_="plan"),
            label(word, x + 8, y - 3, "name"),
            label(write(last), x + 8, y + 11, "name"),
        ]

    def actual(self, write: Callable[[float], str], word: str, today_word: str) -> list[Svg]:
        if self.today is None:
            return []
        point = self.pace[self.today]
        places = [(self.x(i), self.y(p.actual)) for i, p in enumerate(self.pace) if p.actual is not None]
        x, y = places[-1]
        parts = [] if self._is_over() else self._today_line(x, today_word)
        if point.plan is not None and point.actual is not None:
            parts.append(element("line", x1=x, x2=x, y1=y, y2=self.y(point.plan), class_="apart"))
        parts.append(element("path", d=path(places), class_="actual"))
        parts.append(element("circle", cx=x, cy=y, r=4, class_="end sure"))
        return parts + self._actual_label(x, y, f"{word} {write(point.actual or 0.0)}")

    def _actual_label(self, x: float, y: float, words: str) -> list[Svg]:
        """On the side of the line that the plan does not use: below it when behind, above when ahead."""
        point = self.pace[self.today or 0]
        behind = point.plan is not None and point.actual is not None and point.actual < point.plan
        room = WIDTH - x > len(words) * _LETTER + 30
        if behind or point.plan is None:
            return [
                label(words, x + 9 if room else x - 9, y + 15, "name strong halo", None if room else "end")
            ]
        return [label(words, x - 9, y - 8, "name strong halo", "end" if x > WIDTH / 4 else "start")]

    def _is_over(self) -> bool:
        return self.today == len(self.pace) - 1

    def _today_line(self, x: float, word: str) -> list[Svg]:
        anchor = "start" if x < self.left + 40 else "middle"
        return [
            element("line", x1=x, x2=x, y1=TOP - 2, y2=HEIGHT - BOTTOM, class_="today"),
            label(word, x, TOP - 7, "axis", anchor),
        ]
