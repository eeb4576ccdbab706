"""A quantile is one number, whether the database takes it or its values are fetched."""

from __future__ import annotations

import duckdb
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hakari.metrics.compose import interpolated

MINUTES = st.integers(0, 10**7).map(lambda seconds: seconds / 60)
VALUES = st.lists(
    MINUTES | st.floats(-1e9, 1e9).filter(lambda one: one == 0 or abs(one) > 1e-6), min_size=1, max_size=12
)


@given(VALUES, st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.9]))
def test_a_quantile_is_the_database_s_to_the_last_digit(values: list[float], q: float) -> None:
    with duckdb.connect() as connection:
        asked = connection.execute(
            "SELECT quantile_cont(x, ?::DOUBLE) FROM (SELECT unnest(?::DOUBLE[]) x)", [q, values]
        )
        assert asked.fetchall()[0][0] == interpolated(np.sort(np.array(values)), q)
