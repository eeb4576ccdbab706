"""Where a course lands against its goal: what is there, under way and yet to be done, and how surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hakari.web.marks.svg import Svg, drawing, element, label

WIDTH = 480.0
_ROW, _TOP, _BAR, _END = 46.0, 24.0, 16.0, 8.0
_LETTER = 6.8


@dataclass(frozen=True, slots=True)
class Course:
    """One row: its parts end to end up to its average, and the interval around it."""

    name: str
    parts: tuple[tuple[str, float], ...]  # key (won, under_way, anyway, efforts) and amount
    low: float | None
    high: float | None
    words: str


def outlook_chart(courses: Sequence[Course], goal: float, goal_words: str, finding: str) -> Svg:
    """All rows on one axis from zero; the goal is a line through them."""
    height = _TOP + _ROW * len(courses)
    top = max([goal, *(one.high or 0.0 for one in courses), *(_total(one) for one in courses)])
    if top <= 0:
        return drawing(WIDTH, height, "outlook", [], finding)
    scale = (WIDTH - _END) / top
    drawn: list[Svg] = []
    for number, one in enumerate(courses):
        drawn += _row(one, _TOP + _ROW * number, scale)
    return drawing(WIDTH, height, "outlook", [*drawn, *_goal(goal * scale, height, goal_words)], finding)


def _total(one: Course) -> float:
    return sum(amount for _, amount in one.parts)


def _row(one: Course, y: float, scale: float) -> list[Svg]:
    """Name and figures above, the bar beneath."""
    drawn = [label(one.name, 0, y + 12, "name"), label(one.words, WIDTH, y + 12, "words", "end")]
    start, bar = 0.0, y + 19
    for key, amount in one.parts:
        width = max(amount, 0.0) * scale
        if width > 0:
            drawn.append(element("rect", x=start, y=bar, width=width, height=_BAR, class_=f"part {key}"))
        start += width
    if one.low is not None and one.high is not None:
        ends, middle = (one.low * scale, one.high * scale), bar + _BAR / 2
        drawn.append(element("line", x1=ends[0], x2=ends[1], y1=middle, y2=middle, class_="band"))
        drawn += [
            element("line", x1=end, x2=end, y1=middle - 4, y2=middle + 4, class_="band") for end in ends
        ]
    return drawn


def _goal(x: float, height: float, words: str) -> list[Svg]:
    """Its line runs through the bars alone, so that it strikes out no figure."""
    half = len(words) * _LETTER / 2
    anchor, at = ("middle", x) if half < x < WIDTH - half else ("end", WIDTH) if x > half else ("start", 0.0)
    rows = round((height - _TOP) / _ROW)
    bars = [_TOP + _ROW * row + 18 for row in range(rows)]
    return [
        *(element("line", x1=x, x2=x, y1=bar, y2=bar + _BAR + 4, class_="target") for bar in bars),
        label(words, at, 12, "name", anchor),
    ]
