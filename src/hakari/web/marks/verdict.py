"""The dot that says how sure a difference is: filled, hollow or dotted, so it survives grey print."""

from __future__ import annotations

from typing import Literal

from hakari.web.marks.svg import Svg, drawing, element

Tone = Literal["good", "bad", "plain"]
Sureness = Literal["sure", "noise", "hold"]


def verdict_dot(tone: Tone, sureness: Sureness, finding: str | None = None) -> Svg:
    """Filled: the difference is sure. Hollow: within noise. Dotted: not enough data to say."""
    return drawing(12, 12, "verdict", [dot(6, 6, 4, tone, sureness)], finding)


def dot(x: float, y: float, radius: float, tone: Tone, sureness: Sureness) -> Svg:
    return element("circle", cx=x, cy=y, r=radius, class_=f"dot {sureness} {tone}")
