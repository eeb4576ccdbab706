"""One figure on an axis all rows share: target at 100 %, the 95 % range a bar, the previous period a tick."""

from __future__ import annotations

from hakari.maths.intervals import Interval
from hakari.web.marks.svg import Svg, drawing, element, label, path
from hakari.web.marks.verdict import Sureness, Tone, dot

WIDTH = 240.0
HEIGHT = 44.0
LOW, HIGH = 0.5, 1.5  # of the target
EDGE = 7.0  # room at both ends, so that a clamped dot stays whole
_MIDDLE = HEIGHT / 2


def interval_row(
    value: float | None,
    interval: Interval,
    target: float | None,
    previous: float | None,
    tone: Tone,
    sureness: Sureness,
    finding: str,
) -> Svg:
    """Without a target above zero there is no axis to stand on, so the row stays empty."""
    if target is None or target <= 0:
        return drawing(WIDTH, HEIGHT, "interval-row", [], finding)
    parts = [_grid(share) for share in (0.75, 1.25)]
    parts.append(element("line", x1=_x(1), x2=_x(1), y1=0.0, y2=HEIGHT, class_="target"))
    if previous is not None:
        x = _x(previous / target)
        parts.append(element("line", x1=x, x2=x, y1=_MIDDLE - 9, y2=_MIDDLE + 9, class_="previous"))
    if interval.is_known:
        parts.append(_bar(interval, target, tone))
    if value is not None:
        parts.append(_figure(value / target, tone, sureness))
    return drawing(WIDTH, HEIGHT, "interval-row", parts, finding)


def axis_head(target_word: str) -> Svg:
    """The scale above the rows; the rows' own sentences carry the figures, so it is decoration."""
    words = ((0.5, "50%", "start"), (0.75, "75", "middle"), (1.25, "125", "middle"), (1.5, "150", "end"))
    parts = [label(word, _x(share), 11, "axis", anchor) for share, word, anchor in words]
    parts.append(label(target_word, _x(1), 11, "axis strong", "middle"))
    return drawing(WIDTH, 16, "interval-axis", parts)


def _x(share: float) -> float:
    inside = min(max(share, LOW), HIGH)
    return EDGE + (inside - LOW) / (HIGH - LOW) * (WIDTH - 2 * EDGE)


def _grid(share: float) -> Svg:
    return element("line", x1=_x(share), x2=_x(share), y1=0.0, y2=HEIGHT, class_="grid")


def _bar(interval: Interval, target: float, tone: Tone) -> Svg:
    """A side that is not known runs to the edge: the sample does not bound it."""
    left = _x(LOW if interval.low is None else interval.low / target)
    right = _x(HIGH if interval.high is None else interval.high / target)
    return element(
        "rect", x=left, y=_MIDDLE - 5, width=max(right - left, 2.0), height=10.0, rx=5, class_=f"range {tone}"
    )


def _figure(share: float, tone: Tone, sureness: Sureness) -> Svg:
    """Beyond the axis a chevron points outwards: the dot's place would lie."""
    if LOW <= share <= HIGH:
        return dot(_x(share), _MIDDLE, 4.5, tone, sureness)
    x, outwards = _x(share), -4 if share < LOW else 4
    corners = [(x, _MIDDLE - 5), (x + outwards, _MIDDLE), (x, _MIDDLE + 5)]
    return element("path", d=path(corners), class_=f"beyond {tone}")
