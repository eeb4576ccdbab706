"""A product and a sum with one rounding, as many processors reckon them: to meet their last digit."""

from __future__ import annotations

from fractions import Fraction


def multiply_add(a: float, b: float, c: float) -> float:
    """a × b + c of finite numbers; the standard library has it from Python 3.13 on."""
    return float(Fraction(a) * Fraction(b) + Fraction(c))
