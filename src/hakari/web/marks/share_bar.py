"""A short bar of how many of all: the filled part is what is there."""

from __future__ import annotations

from hakari.web.marks.svg import Svg, drawing, element

WIDTH, HEIGHT = 22.0, 4.0


def share_bar(part: int, whole: int) -> Svg:
    """Decoration beside the two numbers themselves; a whole that is nearly there is never drawn as full."""
    share = part / whole if whole else 0.0
    filled = WIDTH if share == 1 else min(share * WIDTH, WIDTH - 2)
    outline = element("rect", x=0.5, y=0.5, width=WIDTH - 1, height=HEIGHT - 1, rx=1.5, class_="share-all")
    inside = [element("rect", width=filled, height=HEIGHT, rx=1.5, class_="share-part")] if filled else []
    return drawing(WIDTH, HEIGHT, "share-bar", [outline, *inside])
