"""What factors made of a gap: bars from one zero, upright under a tree or lying in the rows of a table."""

from __future__ import annotations

from dataclasses import dataclass

from hakari.web.marks.svg import Svg, drawing, element, label
from hakari.web.marks.verdict import Tone

WIDTH, PLOT, ROOM = 140.0, 132.0, 20.0
STRIP, THICK = 120.0, 9.0
_SHORTEST = 1.5  # a part that is there is seen


@dataclass(frozen=True, slots=True)
class Reach:
    """How far all bars of one drawing go, below zero and above it."""

    low: float
    high: float

    @classmethod
    def of(cls, values: list[float]) -> Reach:
        return cls(min([0.0, *values]), max([0.0, *values]))

    @property
    def span(self) -> float:
        return self.high - self.low

    def share(self, value: float) -> float:
        """Where a value lies, from the low end 0 to the high end 1."""
        return (value - self.low) / self.span if self.span else 0.5


def comb_bar(value: float | None, reach: Reach, tone: Tone, kind: str, words: str, finding: str) -> Svg:
    """One upright bar; `kind` is sure, pale or derived. Bars side by side share zero and scale by `reach`."""
    zero = ROOM + (1 - reach.share(0.0)) * PLOT
    line = element("line", x1=-9.0, x2=WIDTH + 9, y1=zero, y2=zero, class_="apart")
    if value is None:
        return drawing(WIDTH, PLOT + 2 * ROOM, "comb", [line], finding)
    end = ROOM + (1 - reach.share(value)) * PLOT
    height = max(abs(end - zero), _SHORTEST if value else 0.0)
    top = zero - height if value > 0 else zero
    bar = element("rect", x=0.0, y=top, width=WIDTH, height=height, class_=f"part-bar {kind} {tone}")
    below = top + height + 15 if value < 0 else top - 6
    said = label(words, WIDTH / 2, below, f"comb-words {tone}", "middle")
    return drawing(WIDTH, PLOT + 2 * ROOM, "comb", [bar, line, said], finding)


def part_strip(parts: list[tuple[float, Tone, str]], reach: Reach, finding: str | None = None) -> Svg:
    """Lying bars under each other, such as a rate's and a mix's, as (value, tone, kind)."""
    zero = reach.share(0.0) * STRIP
    height = len(parts) * (THICK + 2) + 2
    drawn = []
    for place, (value, tone, kind) in enumerate(parts):
        width = max(abs(value) / reach.span * STRIP, _SHORTEST) if reach.span and value else 0.0
        left = zero if value >= 0 else zero - width
        y = 2 + place * (THICK + 2)
        drawn.append(
            element("rect", x=left, y=y, width=width, height=THICK, class_=f"part-bar {kind} {tone}")
        )
    drawn.append(element("line", x1=zero, x2=zero, y1=0.0, y2=float(height), class_="apart"))
    return drawing(STRIP, float(height), "part-strip", drawn, finding)


def rate_span(
    value: float | None, low: float | None, high: float | None, before: float | None, top: float, tone: Tone
) -> Svg:
    """A rate with its interval on an axis from 0 to `top`, and a tick where it was before."""
    width, middle = 150.0, 10.0

    def x(rate: float) -> float:
        return 5 + min(rate / top, 1.0) * (width - 10) if top else 5.0

    drawn = [element("line", x1=5.0, x2=width - 5, y1=middle, y2=middle, class_="grid")]
    if low is not None and high is not None:
        drawn.append(
            element("rect", x=x(low), y=middle - 4, width=max(x(high) - x(low), 2.0), height=8.0, rx=4,
                    class_=f"range {tone}")
        )  # fmt: skip
    if before is not None:
        drawn.append(
            element("line", x1=x(before), x2=x(before), y1=middle - 8, y2=middle + 8, class_="previous")
        )
    if value is not None:
        sureness = "noise" if tone == "plain" else "sure"
        drawn.append(element("circle", cx=x(value), cy=middle, r=4.0, class_=f"dot {sureness} {tone}"))
    return drawing(width, 2 * middle, "rate-span", drawn)
