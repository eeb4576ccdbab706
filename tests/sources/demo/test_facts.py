"""The finer facts say what their truth says, come no earlier than they can, and leave the story as it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from hakari.canonical import TABLES
from hakari.sources.demo.block import Block
from hakari.sources.demo.columns import DAY, NONE, SECOND, Column, Serial, Words, choice, day_number
from hakari.sources.demo.fact_truth import FACTS
from hakari.sources.demo.facts import shared_more, told_more
from hakari.sources.demo.frame import Frame
from hakari.sources.demo.records import TABLES_OF_A_BLOCK, Records
from hakari.sources.demo.simulator import found
from hakari.sources.demo.story import happen
from hakari.sources.demo.timeline import BUSINESS_DAY
from hakari.sources.demo.world import World
from tests.sources.demo.told import TODAY

Frames = dict[str, Frame]


@pytest.fixture(scope="module")
def plain() -> Frames:
    company = found(World(), TODAY, 1, 1)
    story = happen(Block(company, 0, 1.0, 0, {}))
    frames = {frame.table: frame for frame in Records(story).frames(TABLES_OF_A_BLOCK)}
    return frames | {frame.table: frame for frame in company.roster.frames()}


@pytest.fixture(scope="module")
def more(plain: Frames) -> Frames:
    company = found(World(), TODAY, 1, 1)
    block = Block(company, 0, 1.0, 0, {})
    told = {frame.table: frame for frame in told_more(block, plain.values())}
    return told | {frame.table: frame for frame in shared_more(company, [plain["person"]])}


def last(frames: Frames, table: str, name: str) -> Any:
    return np.asarray(frames[table].latest().columns[name])


def alike(one: Column, other: Column) -> bool:
    if isinstance(one, Words) and isinstance(other, Words):
        return np.array_equal(one.codes, other.codes)
    if isinstance(one, Serial) and isinstance(other, Serial):
        return np.array_equal(one.numbers, other.numbers)
    return np.array_equal(np.asarray(one), np.asarray(other), equal_nan=True)


def test_the_story_stays_as_it_was(plain: Frames, more: Frames) -> None:
    for table, frame in plain.items():
        after = more[table].latest().columns
        for name, column in frame.latest().columns.items():
            assert alike(column, after[name]), (table, name)


def test_nothing_is_known_before_it_happened(more: Frames) -> None:
    evening = day_number(TODAY) * DAY + BUSINESS_DAY * SECOND
    for frame in more.values():
        for version in frame.versions:
            assert not (version.where & (version.at > evening)).any(), frame.table
            assert not (version.where & (version.at < frame.observed)).any(), frame.table
    for table, name in (
        ("person", "ramped_on"),
        ("contract", "onboarded_on"),
        ("target_member", "checked_on"),
    ):
        assert last(more, table, name).max() <= day_number(TODAY), (table, name)


def test_leads_that_fit_score_higher_and_converted_ones_have_moved_more(more: Frames) -> None:
    fits = last(more, "lead", "fits_target") == 1
    fit = last(more, "lead", "fit_score")
    assert fit[fits].mean() == pytest.approx(FACTS.fit_of_target, abs=1)
    assert fit[~fits].mean() == pytest.approx(FACTS.fit_of_others, abs=1)
    converted = last(more, "lead", "status") == choice(TABLES["lead"].field("status"), "converted")
    moved = last(more, "lead", "behaviour_score")
    assert moved[converted].mean() > moved[~converted].mean() + 15


def test_only_leads_put_aside_have_a_day_for_another_try(more: Frames) -> None:
    aside = last(more, "lead", "recycled_at") != NONE
    assert ((last(more, "lead", "reapproach_on") != NONE) == aside).all()
    again = last(more, "lead", "reactivated_at") != NONE
    assert (again <= aside).all()
    assert 0.15 < again.sum() / aside.sum() < 0.35


def test_nobody_speaks_longer_than_the_talk_and_reps_speak_their_share(more: Frames) -> None:
    length, rep, both = (
        last(more, "activity", name) for name in ("duration_seconds", "rep_seconds", "speech_seconds")
    )
    timed = both != NONE
    assert ((rep[timed] <= both[timed]) & (both[timed] <= length[timed])).all()
    assert rep[timed].sum() / both[timed].sum() == pytest.approx(FACTS.rep_speaks, abs=0.01)
    assert (timed == (rep != NONE)).all()


def test_first_terms_are_onboarded_and_renewals_are_not(more: Frames) -> None:
    starts, due, done = (
        last(more, "contract", n) for n in ("starts_on", "onboarding_due_on", "onboarded_on")
    )
    first = due != NONE
    assert 0 < first.sum() < len(first)
    assert (done[~first] == NONE).all()
    assert (due[first] - starts[first] == FACTS.onboarding_days).all()
    old = first & (due < day_number(TODAY) - 60)
    assert (done[old] != NONE).mean() == pytest.approx(FACTS.onboards, abs=0.08)


def test_people_ramp_in_about_the_worlds_months(more: Frames) -> None:
    joined, ramped = last(more, "person", "joined_on"), last(more, "person", "ramped_on")
    took = (ramped - joined)[ramped != NONE]
    assert len(took) >= 20
    assert (np.abs(took - World().ramp_months * 30.44) <= FACTS.ramp_jitter + 1).all()
    newcomer = joined > day_number(date(2026, 6, 1))
    assert (ramped[newcomer] == NONE).all()
