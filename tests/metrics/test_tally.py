"""However the rows lie, and wherever batches end, slices have the same counts and the same entities."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hakari.metrics.tally import Counts, Entities, Sums

_ROWS = st.lists(st.tuples(st.integers(0, 4), st.integers(1, 3), st.integers(0, 6)), min_size=1, max_size=60)
# Of combinations 1 to 3: which of two members counts them; the first is none.
_KEPT = np.array([[False, False], [True, False], [True, True], [False, False]])


@given(_ROWS, st.booleans(), st.integers(1, 60))
def test_rows_are_counted_by_slice_in_any_order(
    rows: list[tuple[int, int, int]], sorted_: bool, batch: int
) -> None:
    rows = sorted(rows) if sorted_ else rows
    counts, entities, sums = Counts(5, 2), Entities(5, 6, 2), Sums(5, 0)
    masks = np.array([0, 1, 3, 0])
    for start in range(0, len(rows), batch):
        slices, numbers, who = np.array(rows[start : start + batch], np.int32).T
        counts.take(slices, numbers.astype(np.int64), _KEPT)
        entities.take(slices, who, masks.take(numbers))
        sums.take(slices, who.astype(np.int64), _KEPT[:, 0].take(numbers))
    told, counted = entities.finish(), counts.finish(_KEPT)
    for slice_ in range(5):
        for member in range(2):
            own = [who for s, number, who in rows if s == slice_ and _KEPT[number, member]]
            assert counted[slice_, member] == len(own)
            assert told[slice_, member] == len({who for who in own if who})
        first = [who for s, number, who in rows if s == slice_ and _KEPT[number, 0]]
        assert (sums.total[slice_], sums.known[slice_]) == (sum(first), len(first))


def test_there_is_room_for_fewer_members_where_slices_and_entities_are_many() -> None:
    assert Entities.room(1000, 1_000_000) == 62 - 10 - 20
    assert Entities.room(1 << 40, 1 << 30) < 1
