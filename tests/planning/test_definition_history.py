"""However often a definition changes, its versions share out the days: each day has exactly one that held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hakari.planning.definition_book import TextVersion
from hakari.planning.definition_history import DefinitionHistory
from hakari.units.calendar import FiscalCalendar
from hakari.units.period import Period

START = datetime(2026, 4, 1, 3, tzinfo=UTC)
KPI = """id = "large_deals"
ja = "大型案件"
en = "Large deals"
stage = "win"
department = "field_sales"
{agreed}
[measure.count]
kind = "count"
unit = "count"
of = "large_deals"
"""
POPULATION = '[large_deals]\nwhere = [["amount", ">=", {amount}]]\ndates = {{ event = "created_at" }}\n'

_CHANGES = st.lists(
    st.tuples(
        st.integers(1, 40),  # days after the change before
        st.integers(1, 3),  # millions; the same number twice is the same meaning
        st.none() | st.integers(-60, 20),  # agreed to hold from so many days after the change
    ),
    min_size=1,
    max_size=4,
)


def _log(changes: Sequence[tuple[int, int, int | None]]) -> list[TextVersion]:
    found: list[TextVersion] = []
    now = START
    for later, amount, agreed in changes:
        now += timedelta(days=later)
        day = None if agreed is None else now.date() + timedelta(days=agreed)
        text = KPI.format(agreed="" if day is None else f"holds_from = {day}")
        found.append(TextVersion("populations/deal.toml", POPULATION.format(amount=amount), now))
        found.append(TextVersion("large.toml", text, now))
    return found


@settings(max_examples=40, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(_CHANGES, st.integers(0, 200), st.integers(1, 120))
def test_every_day_of_a_period_has_one_version_that_held(
    changes: list[tuple[int, int, int | None]], first: int, days: int
) -> None:
    history = DefinitionHistory(_log(changes), FiscalCalendar(), START)
    start = START.date() + timedelta(days=first - 60)
    period = Period(start, start + timedelta(days=days))
    parts = history.parts("large_deals", period)
    held = [part for part in parts if part.held]
    assert held[0].period.start == period.start
    assert held[-1].period.end == period.end
    for one, following in pairwise(held):
        assert one.period.end == following.period.start
        assert one.version.meaning != following.version.meaning
    newest = history.newest("large_deals")
    assert newest is not None
    # What looks back is today's definition, over days in which another one held.
    for part in parts:
        if not part.held:
            assert part.version.version == newest.version
            assert any(one.period == part.period and one.version.meaning != newest.meaning for one in held)


def test_a_change_that_was_taken_back_leaves_the_days_between_to_it() -> None:
    changes = [(1, 3, None), (10, 1, None), (10, 3, None)]
    history = DefinitionHistory(_log(changes), FiscalCalendar(), START)
    parts = history.parts("large_deals", Period(date(2026, 4, 1), date(2026, 6, 1)))
    assert [(part.period.start, part.held) for part in parts] == [
        (date(2026, 4, 1), True),
        (date(2026, 4, 12), True),
        (date(2026, 4, 12), False),
        (date(2026, 4, 22), True),
    ]
