"""A period includes its first day and not its end."""

from __future__ import annotations

from datetime import date

import pytest

from hakari.errors import PeriodEndsBeforeItStartsError
from hakari.units import Period

OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))


def test_a_period_includes_its_first_day_and_not_its_end() -> None:
    assert OCTOBER.contains(date(2026, 10, 1))
    assert OCTOBER.contains(date(2026, 10, 31))
    assert not OCTOBER.contains(date(2026, 11, 1))
    assert (OCTOBER.days, OCTOBER.last_day) == (31, date(2026, 10, 31))


def test_the_text_names_the_last_day_that_is_inside() -> None:
    assert OCTOBER.iso == "2026-10-01..2026-10-31"


def test_the_words_it_was_asked_for_in_play_no_part_in_equality() -> None:
    asked = Period(OCTOBER.start, OCTOBER.end, "this-month")
    assert asked == OCTOBER
    assert hash(asked) == hash(OCTOBER)


def test_clipping_keeps_the_part_before_the_day() -> None:
    assert OCTOBER.clip_to(date(2026, 10, 11)).days == 10
    assert OCTOBER.clip_to(date(2027, 1, 1)) == OCTOBER
    assert OCTOBER.clip_to(date(2026, 1, 1)).is_empty


def test_clipping_forgets_words_that_no_longer_hold() -> None:
    assert Period(OCTOBER.start, OCTOBER.end, "this-month").clip_to(date(2026, 10, 11)).text == ""


def test_periods_that_do_not_meet_overlap_in_nothing() -> None:
    assert OCTOBER.overlap(Period(date(2026, 12, 1), date(2027, 1, 1))).is_empty
    assert OCTOBER.overlap(Period(date(2026, 10, 30), date(2027, 1, 1))).days == 2


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(PeriodEndsBeforeItStartsError):
        Period(date(2026, 11, 1), date(2026, 10, 31))


def test_all_says_that_it_is_all() -> None:
    assert Period.all().is_all
    assert Period.all().iso == "all"
    assert Period.all().contains(date(2026, 10, 1))
    assert not OCTOBER.is_all
