"""The balance of what moved between two meetings closes, and calls each move by what happened."""

from __future__ import annotations

from datetime import UTC, datetime

import hypothesis.strategies as st
import pytest
from hypothesis import Phase, given, settings

from hakari.planning.meeting_moves import KINDS, State, balance

SINCE, UNTIL = datetime(2026, 11, 11, tzinfo=UTC), datetime(2026, 11, 18, tzinfo=UTC)


def state(amount: float = 10, status: str = "open", ours: bool = True, timely: bool = True) -> State:
    return State("deal", "rep", amount, status, ours, timely)


@pytest.mark.parametrize(
    ("was", "now", "moves"),
    [
        (None, state(7), [("created", 7)]),
        (state(10), state(10), []),
        (state(10), state(13), [("increased", 3)]),
        (state(10), state(6), [("decreased", -4)]),
        (state(10), state(8, "won"), [("decreased", -2), ("won", -8)]),
        (state(10), state(10, "lost"), [("lost", -10)]),
        (state(10), state(10, "dormant"), [("lost", -10)]),
        (state(10), state(10, timely=False), [("pushed_out", -10)]),
        (state(10, timely=False), state(12), [("increased", 2), ("pulled_in", 10)]),
        (state(10), state(10, ours=False), [("handed_over", -10)]),
        (state(10, ours=False), state(10), [("taken_over", 10)]),
        (state(10), None, [("handed_over", -10)]),
        (state(10, "lost"), state(9), [("created", 9)]),
        (state(10, timely=False), state(10, "won"), []),
        (None, state(5, "won"), []),
    ],
)
def test_a_deal_moves_by_what_happened_to_it(
    was: State | None, now: State | None, moves: list[tuple[str, float]]
) -> None:
    found = balance({1: was} if was else {}, {1: now} if now else {}, SINCE, UNTIL)
    assert [(one.kind, one.amount) for one in found.moves] == moves


STATES = st.dictionaries(
    st.integers(1, 8),
    st.builds(
        state,
        st.integers(0, 50).map(float),
        st.sampled_from(["open", "won", "lost", "dormant"]),
        st.booleans(),
        st.booleans(),
    ),
)


@given(STATES, STATES)
@settings(phases=[Phase.explicit, Phase.reuse, Phase.generate], max_examples=200)
def test_opening_and_all_moves_are_closing(before: dict[int, State], after: dict[int, State]) -> None:
    found = balance(before, after, SINCE, UNTIL)
    assert found.opening + sum(found.total(kind) for kind in KINDS) == found.closing
    assert {one.kind for one in found.moves} <= set(KINDS)


@given(STATES)
@settings(phases=[Phase.explicit, Phase.reuse, Phase.generate], max_examples=50)
def test_nothing_moves_between_equal_states(states: dict[int, State]) -> None:
    assert balance(states, states, SINCE, UNTIL).moves == ()
