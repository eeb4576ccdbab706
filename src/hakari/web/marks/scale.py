"""Round figures for an axis."""

from __future__ import annotations

from math import floor, log10


def round_step(top: float, lines: int) -> float:
    """1, 2, 2.5 or 5 times a power of ten, so that about that many lines reach the top."""
    rough = top / lines
    if rough <= 0:
        return 1.0
    power = 10.0 ** floor(log10(rough))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= rough * 0.999)
