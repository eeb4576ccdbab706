"""Figures a person gives are read as people write them, and lie over what was observed."""

from __future__ import annotations

from datetime import date

import pytest

from hakari.errors import ParameterNotUnderstoodError
from hakari.planning.reverse_given import before, laid_over, read_given, read_number, read_span, win_rate
from tests.planning.funnels import known, material


@pytest.mark.parametrize(
    ("text", "value"),
    [("1e9", 1e9), ("1,200,000", 1.2e6), ("120万", 1.2e6), ("10億円", 1e9), ("25%", 0.25), ("1.5m", 1.5e6)],
)
def test_figures_are_read_as_people_write_them(text: str, value: float) -> None:
    assert read_number("price", text) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "span"),
    [("2m", (2, "m")), ("60d", (60, "d")), ("8週", (8, "w")), ("2か月", (2, "m")), ("45", (45, "d"))],
)
def test_spans_are_days_weeks_or_months(text: str, span: tuple[float, str]) -> None:
    assert read_span("delivery", text) == span


@pytest.mark.parametrize(
    "sets", [{"win_rate": "1.2"}, {"price": "cheap"}, {"winrate": "0.2"}, {"cycle": "soon"}]
)
def test_what_is_no_figure_of_its_kind_is_refused_with_a_way_out(sets: dict[str, str]) -> None:
    with pytest.raises(ParameterNotUnderstoodError) as refused:
        read_given(sets)
    assert refused.value.way_out


def test_two_months_before_the_end_of_march_is_the_end_of_january() -> None:
    assert before(date(2027, 3, 31), (2, "m")) == date(2027, 1, 31)
    assert before(date(2027, 3, 15), (2, "m")) == date(2027, 1, 15)
    assert before(date(2027, 3, 31), (10, "d")) == date(2027, 3, 21)
    assert before(date(2027, 3, 31), None) == date(2027, 3, 31)


def test_a_win_rate_is_taken_up_by_the_last_step() -> None:
    """Calls, connects, deals: the win rate begins at deals; the shares before it stay."""
    some = material(known(0.3), known(0.2), known(0.25))
    found = laid_over(some, read_given({"win_rate": "40%"}))
    assert win_rate(found) == pytest.approx(0.4)
    assert [one.step.rate if one.step else None for one in found.steps] == [0.3, 0.2, 0.4]


def test_a_share_of_a_stage_that_is_not_there_is_refused() -> None:
    with pytest.raises(ParameterNotUnderstoodError):
        laid_over(material(known(0.25)), read_given({"proposal_rate": "0.5"}))


def test_a_cycle_stretches_the_waits_it_is_made_of() -> None:
    some = material(known(0.25, [0.0] * 20 + [1.0]))
    found = laid_over(some, read_given({"cycle": "40d"}))
    step = found.steps[0].step
    assert step is not None
    assert sum(place * share for place, share in enumerate(step.lag)) == pytest.approx(40, abs=1)
