"""One rounding is what exact fractions, rounded once, give."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hakari.maths.fused import multiply_add

SIZES = st.floats(1e-6, 1e15) | st.floats(-1e15, -1e-6)
SHARES = st.floats(2**-20, 1, exclude_max=True)


@given(SIZES, SHARES, SIZES)
def test_the_result_is_the_exact_one_rounded(a: float, b: float, c: float) -> None:
    assert multiply_add(a, b, c) == float(Fraction(a) * Fraction(b) + Fraction(c))


def test_two_roundings_would_have_been_another_number() -> None:
    a, b, c = -640.7960479466121, 1 - 0.9, 1.3333333333333333 * 0.9
    assert multiply_add(a, b, c) != a * b + c
