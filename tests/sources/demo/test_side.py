"""The smaller tactics are drawn from numbers that their records give back, and leave the story as it was."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from hakari.canonical import TABLES
from hakari.sources.demo.columns import DAY, NONE, Bools, Column, Floats, Ints, Words, choice
from hakari.sources.demo.frame import Frame
from hakari.sources.demo.side_campaigns import SideCampaigns
from hakari.sources.demo.side_truth import SIDE
from hakari.sources.demo.simulator import found, frames
from hakari.sources.demo.world import World
from tests.sources.demo.told import TODAY

SEEDS = (1, 2, 3)
DEVIATIONS = 4.0


class Aside:
    """What the smaller tactics of one company left, as it ended: the last frame of a table with campaigns."""

    def __init__(self, seed: int, today: date = TODAY) -> None:
        self.company = found(World(), today, seed, 1)
        self.campaigns = SideCampaigns(self.company)
        self.table: dict[str, Frame] = {}
        for frame in frames(self.company, [1.0], side=True):
            if frame.table not in self.table or "campaign" in frame.columns:
                self.table[frame.table] = frame.latest()

    def whole(self, table: str, name: str) -> Ints:
        return np.asarray(self.table[table].columns[name], np.int64)

    def of(self, table: str, tactic: str) -> Bools:
        keys = [one.key for one in self.campaigns.of(tactic)]
        return np.isin(self.whole(table, "campaign"), keys)


@pytest.fixture(scope="module")
def asides() -> list[Aside]:
    return [Aside(seed) for seed in SEEDS]


def expect(happened: Bools, of: Bools, rate: float, least: int) -> None:
    size = int(of.sum())
    assert size >= least
    spread = np.sqrt(size * rate * (1 - rate))
    assert abs(int((happened & of).sum()) - size * rate) < DEVIATIONS * spread


def joined(parts: list[Bools]) -> Bools:
    return np.concatenate(parts)


@pytest.mark.parametrize(
    ("tactic", "field", "rate"),
    [
        ("inquiry_outreach", "responded_at", SIDE.form_answers),
        ("dm", "responded_at", SIDE.letter_answers),
        ("newsletter", "responded_at", SIDE.newsletter_answers),
        ("survey", "answered_at", SIDE.survey_answers),
        ("seminar", "attended_at", SIDE.study_attends),
    ],
)
def test_who_was_reached_answers_as_often_as_stated(
    asides: list[Aside], tactic: str, field: str, rate: float
) -> None:
    """Of those reached so long ago that an answer would have come."""
    there = joined([one.whole("campaign_member", field) != NONE for one in asides])
    of = [
        one.of("campaign_member", tactic)
        & (one.whole("campaign_member", "at") < one.company.timeline.now_moment - 40 * DAY)
        for one in asides
    ]
    expect(there, joined(of), rate, 700)


def test_cards_and_bought_leads_are_as_good_as_stated(asides: list[Aside]) -> None:
    status = TABLES["lead"].field("status")
    out = joined([one.whole("lead", "status") == choice(status, "disqualified") for one in asides])
    judged = joined([one.whole("lead", "status") != choice(status, "new") for one in asides])
    for tactic, valid in (("networking", SIDE.evening_valid), ("outsourcing", SIDE.agency_valid)):
        expect(~out, joined([one.of("lead", tactic) for one in asides]) & judged, valid, 250)


def test_walk_ins_bring_cards_mostly_where_somebody_talked(asides: list[Aside]) -> None:
    person = choice(TABLES["activity"].field("outcome"), "person")
    walked = joined([one.of("activity", "door_to_door") for one in asides])
    talked = joined([one.whole("activity", "outcome") == person for one in asides])
    card = joined([one.whole("activity", "card_received") == 1 for one in asides])
    expect(talked, walked, SIDE.walk_in_talks, 700)
    expect(card, walked & talked, SIDE.walk_in_cards, 250)


def test_a_mass_campaign_lifts_searches_for_our_name_as_stated(asides: list[Aside]) -> None:
    before: list[int] = []
    after: list[int] = []
    for one in asides:
        starts = {campaign.key: campaign.starts for campaign in one.campaigns.of("mass_ad")}
        searches, on = one.whole("keyword_result", "searches"), one.whole("keyword_result", "on")
        for row in np.flatnonzero(searches != NONE).tolist():
            start = starts[int(one.whole("keyword_result", "campaign")[row])]
            side = after if on[row] >= (start - date(1970, 1, 1)).days else before
            side.append(int(searches[row]))
    assert np.mean(after) / np.mean(before) - 1 == pytest.approx(SIDE.brand_lift, abs=0.05)


def test_existing_leads_come_back_after_they_became_one(asides: list[Aside]) -> None:
    for one in asides:
        received = {
            int(key): at
            for frame in frames(one.company, [1.0], ("lead",))
            if frame.table == "lead"
            for key, at in zip(frame.keys, np.asarray(frame.columns["received_at"]), strict=True)
        }
        for table in ("web_visit", "video_view"):
            lead, at = one.whole(table, "lead"), one.whole(table, "at")
            known = lead != NONE
            assert known.sum() > 300
            assert all(received[key] < moment for key, moment in zip(lead[known], at[known], strict=True))


def test_the_story_is_the_same_with_and_without_them() -> None:
    """The first frame of each of a block's tables, but for what is said more of its records."""
    company = found(World(), TODAY, 1, 1)
    plain = {frame.table: frame for frame in frames(company, [1.0])}
    seen: set[str] = set()
    for frame in frames(company, [1.0], side=True):
        if frame.table in seen or frame.table in ("team", "target", "contract", "target_member"):
            continue
        seen.add(frame.table)
        if frame.table in plain:
            _same_columns(plain[frame.table], frame)
    assert set(plain) - seen == {"team", "target", "contract", "target_member"}


def _same_columns(plain: Frame, more: Frame) -> None:
    assert plain.size <= more.size
    for name in plain.columns:
        one, other = (_numbers(frame.columns[name]) for frame in (plain, more))
        if one is not None and other is not None:
            assert np.array_equal(one, other[: plain.size], equal_nan=one.dtype == np.float64), name


def _numbers(column: Column) -> Ints | Floats | None:
    if isinstance(column, Words):
        return column.codes
    return column if isinstance(column, np.ndarray) else None
