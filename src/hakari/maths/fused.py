"""A product and a sum with one rounding, as many processors reckon them: to meet their last digit."""

from __future__ import annotations

_SPLIT = 134217729.0  # 2^27 + 1 cuts a double into halves whose products are exact (Dekker 1971)


def multiply_add(a: float, b: float, c: float) -> float:
    """a × b + c; the standard library has it from Python 3.13 on. For numbers far from overflow."""
    product = a * b
    a_high, b_high = _high(a), _high(b)
    a_low, b_low = a - a_high, b - b_high
    lost = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low
    total = product + c
    back = total - product
    return total + (((product - (total - back)) + (c - back)) + lost)


def _high(number: float) -> float:
    cut = number * _SPLIT
    return cut - (cut - number)
