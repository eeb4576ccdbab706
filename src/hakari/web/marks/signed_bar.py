"""A bar from zero to the left or the right, all bars of a table on one scale."""

from __future__ import annotations

from hakari.web.marks.svg import Svg, drawing, element

WIDTH, HEIGHT = 160.0, 12.0


def signed_bar(value: float, largest: float) -> Svg:
    """Decoration beside the number itself. `largest` is the greatest absolute value of the table."""
    middle = WIDTH / 2
    reach = 0.0 if not largest else min(1.0, abs(value) / largest) * (middle - 1)
    left = middle - reach if value < 0 else middle
    axis = element("line", x1=middle, x2=middle, y1=0, y2=HEIGHT, class_="zero")
    bar = element("rect", x=left, y=2, width=max(reach, 0.01), height=HEIGHT - 4, class_="signed")
    return drawing(WIDTH, HEIGHT, "signed-bar", [bar, axis])
