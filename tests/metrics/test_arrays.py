"""Columns become arrays in which nothing known has a place of its own, and combinations have numbers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakari.metrics.arrays import Combinations, coded, known_in, whole


def test_keys_days_and_numbers_keep_their_values() -> None:
    keys = pa.array([3, None, 5, 7], pa.int32())
    assert whole(keys).tolist() == [3, 0, 5, 7]
    assert whole(keys.slice(1, 2)).tolist() == [0, 5]
    assert whole(pa.array([None, 2**40], pa.int64())).tolist() == [0, 2**40]
    assert known_in(pa.array([1, 2], pa.int32())) is None


def test_a_choice_is_its_place_and_unknown_the_last() -> None:
    choices = pa.DictionaryArray.from_arrays(pa.array([1, None, 0, 1], pa.uint8()), ["a", "b"])
    assert coded(choices, 3).tolist() == [1, 2, 0, 1]
    flags = pa.array([True, False, None] * 5)
    assert coded(flags, 3).tolist() == [1, 0, 2] * 5
    assert coded(flags.slice(4, 5), 3).tolist() == [0, 2, 1, 0, 2]


@pytest.mark.parametrize("sizes", [(3,), (3, 9, 8), (300, 900, 8, 40, 25, 3, 2, 500), (5000, 5000, 3)])
@given(st.integers(0, 2**32 - 1))
def test_a_number_stands_for_one_combination_whenever_it_is_met(sizes: tuple[int, ...], seed: int) -> None:
    random = np.random.default_rng(seed)
    combinations = Combinations(sizes)
    batches = [[random.integers(0, size, 40) for size in sizes] for _ in range(3)]
    numbers = [combinations.of(batch) for batch in batches]
    for batch, found in zip(batches, numbers, strict=True):
        assert (combinations.codes()[found - 1] == np.stack(batch, axis=1)).all()
    assert combinations.met == len(np.unique(np.concatenate([np.stack(one, 1) for one in batches]), axis=0))
