"""The drawings that carry a finding: pure functions from figures to SVG, alike on page, paper and in mail.

A mark gets its figures, a tone and a sentence that states the finding. It has no colour of its own: classes
take theirs from the style sheet, and shape repeats every colour.
"""

from __future__ import annotations

from hakari.web.marks.composition import Part, composition_bar
from hakari.web.marks.interval_row import axis_head, interval_row
from hakari.web.marks.pacing import pacing_chart
from hakari.web.marks.share_bar import share_bar
from hakari.web.marks.signed_bar import signed_bar
from hakari.web.marks.sparkline import sparkline
from hakari.web.marks.svg import Svg
from hakari.web.marks.trend import Flag, trend_chart
from hakari.web.marks.verdict import Sureness, Tone, verdict_dot

__all__ = [
    "Flag",
    "Part",
    "Sureness",
    "Svg",
    "Tone",
    "axis_head",
    "composition_bar",
    "interval_row",
    "pacing_chart",
    "share_bar",
    "signed_bar",
    "sparkline",
    "trend_chart",
    "verdict_dot",
]
