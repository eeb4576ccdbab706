"""One rep's distance from an equal share: now a grey tick, proposed a dot, the tolerance a band."""

from __future__ import annotations

from hakari.web.marks.svg import Svg, drawing, element, label, path
from hakari.web.marks.verdict import dot

WIDTH, HEIGHT = 240.0, 30.0
REACH, EDGE = 1.0, 8.0
_MIDDLE = HEIGHT / 2


def balance_row(before: float | None, after: float | None, within: float, finding: str) -> Svg:
    """Shares of an equal share, −1 to 1 and beyond; what is beyond points outwards at the edge."""
    left, right = _x(-within), _x(within)
    parts = [
        element("rect", x=left, y=3.0, width=right - left, height=HEIGHT - 6, class_="band"),
        element("line", x1=_x(0), x2=_x(0), y1=0.0, y2=HEIGHT, class_="target"),
    ]
    if before is not None:
        if abs(before) > REACH:
            parts.append(_beyond(before))
        else:
            x = _x(before)
            parts.append(element("line", x1=x, x2=x, y1=_MIDDLE - 8, y2=_MIDDLE + 8, class_="previous"))
    if after is not None:
        parts.append(dot(_x(max(-REACH, min(REACH, after))), _MIDDLE, 4.5, "plain", "sure"))
    return drawing(WIDTH, HEIGHT, "balance-row", parts, finding)


def balance_axis() -> Svg:
    words = ((-1.0, "−100%", "start"), (0.0, "0", "middle"), (1.0, "+100%", "end"))
    return drawing(WIDTH, 14, "balance-axis", [label(word, _x(at), 11, "axis", to) for at, word, to in words])


def _x(off: float) -> float:
    return EDGE + (off + REACH) / (2 * REACH) * (WIDTH - 2 * EDGE)


def _beyond(off: float) -> Svg:
    x, outwards = _x(REACH if off > 0 else -REACH), 4 if off > 0 else -4
    corners = [(x, _MIDDLE - 5), (x + outwards, _MIDDLE), (x, _MIDDLE + 5)]
    return element("path", d=path(corners), class_="beyond")
