"""Leads by evenings and by an agency, and the visits that walk-ins and newsletters are the reason for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hakari.canonical import TABLES
from hakari.sources.demo.activities import FIRST_MEETING, VISIT, Acts, activity_frame, acts, together
from hakari.sources.demo.calls import NO_ANSWER, PERSON, RECEPTION
from hakari.sources.demo.columns import DAY, NONE, SECOND, Column, Ints, Words, choice, ints
from hakari.sources.demo.draws import Draws
from hakari.sources.demo.frame import Frame, Version
from hakari.sources.demo.names import GIVEN_UP, PEOPLE
from hakari.sources.demo.roster import UNITS
from hakari.sources.demo.side_scene import Scene
from hakari.sources.demo.side_truth import Side
from hakari.sources.demo.timeline import BUSINESS_DAY

SOURCES = ("交流会", "獲得代行")
_EVENING, _AGENCY = range(2)
_STATUS = TABLES["lead"].field("status")
_TACTIC = TABLES["lead"].field("tactic")
_SEVEN_IN_THE_EVENING = 10 * 3600  # seconds of a UTC day
_QUARTER_DAYS = 55  # business days over which a quarter's work is spread
_JUDGED = (1, 4)  # days until somebody has looked at a card


def side_leads(scene: Scene, first_key: int) -> Frame:
    block, market, side, campaigns = scene.block, scene.market, scene.side, scene.campaigns
    draws, timeline = block.draws("side leads"), block.timeline
    cards, met = scene.spread(draws, campaigns.of("networking"), side.evening_cards, 1)
    bought, brought = scene.spread(draws, campaigns.of("outsourcing"), side.agency_leads, _QUARTER_DAYS)
    evening = timeline.day(met) * DAY + _SEVEN_IN_THE_EVENING * SECOND
    received = np.concatenate([evening + draws.below(5_400, len(met)) * SECOND, timeline.moment(brought)])
    order = np.argsort(received, kind="stable")
    order = order[: int(np.searchsorted(received[order], timeline.now_moment, side="right"))]
    source = np.repeat((_EVENING, _AGENCY), (len(cards), len(bought)))[order]
    day = np.concatenate([met, brought])[order] // BUSINESS_DAY
    unit, size = 1 + draws.below(UNITS, len(order)), len(order)
    account = market.company(draws, unit)
    contact = market.someone(draws, account)
    seller = block.roster.pick(draws, "fs", unit, day)
    owner = np.where(source == _EVENING, seller, block.roster.pick(draws, "sdr", unit, day))
    tactics = ints([choice(_TACTIC, name) for name in ("networking", "outsourcing")])
    columns: dict[str, Column] = {
        "name": Words((contact + block.first_key("contact") - 1) * 7 % len(PEOPLE), PEOPLE),
        "account": block.keys("account", account),
        "contact": block.keys("contact", contact),
        "campaign": np.concatenate([cards, bought])[order],
        "source": Words(source, SOURCES),
        "tactic": tactics[source],
        "owner": block.people(owner),
        "received_at": received[order],
        "status": np.full(size, choice(_STATUS, "new")),
    }
    versions = _judged(draws, side, source, received[order])
    return Frame("lead", first_key, received[order], columns, versions).known_at(timeline.now_moment)


def _judged(draws: Draws, side: Side, source: Ints, received: Ints) -> tuple[Version, ...]:
    """Some days later each is found worth keeping or not; an agency's good ones are qualified leads."""
    size = len(source)
    at = received + draws.between(*_JUDGED, size) * DAY
    good = draws.happens(np.asarray((side.evening_valid, side.agency_valid))[source], size)
    status = np.where(source == _AGENCY, choice(_STATUS, "qualified"), choice(_STATUS, "working"))
    qualified = np.where(source == _AGENCY, at, NONE)
    fits = np.ones(size, np.int64)
    thrown_out: dict[str, Column] = {
        "status": np.full(size, choice(_STATUS, "disqualified")),
        "disqualified_at": at,
        "reason": Words(np.zeros(size, np.int64), GIVEN_UP),
        "fits_target": fits * 0,
    }
    kept: dict[str, Column] = {"status": status, "qualified_at": qualified, "fits_target": fits}
    return (Version(at, good, kept), Version(at, ~good, thrown_out))


def side_visits(scene: Scene, first_key: int) -> Frame:
    """Walk-in visits, and visits to leads with the newsletter in hand."""
    block, side = scene.block, scene.side
    draws = block.draws("side visits")
    made = together([_walk_ins(scene, draws), _with_newsletter(scene, draws)], block.timeline.now)
    walked, size = made.lead == NONE, made.size
    talked, stopped = made.outcome == PERSON, made.outcome == RECEPTION
    card = (talked & draws.happens(side.walk_in_cards, size)) | (
        stopped & draws.happens(side.reception_cards, size)
    )
    frame = activity_frame(block, made)
    columns = frame.columns | {"card_received": np.where(walked, card, NONE)}
    return replace(frame, first_key=first_key, columns=columns)


def _walk_ins(scene: Scene, draws: Draws) -> Acts:
    market, side = scene.market, scene.side
    key, place = scene.spread(draws, scene.campaigns.of("door_to_door"), side.walk_ins, _QUARTER_DAYS)
    size = len(key)
    unit = 1 + draws.below(UNITS, size)
    account = market.company(draws, unit)
    drawn = draws.chance(size)
    rest = side.walk_in_talks + (1 - side.walk_in_talks) * 0.7
    outcome = np.where(drawn < side.walk_in_talks, PERSON, np.where(drawn < rest, RECEPTION, NO_ANSWER))
    return acts(
        place,
        scene.block.roster.pick(draws, "fs", unit, place // BUSINESS_DAY),
        account,
        market.someone(draws, account),
        campaign=key,
        kind=VISIT,
        outcome=outcome,
        seconds=np.where(outcome == PERSON, draws.between(240, 1_500, size), NONE),
        follow_up=0,
        subject=FIRST_MEETING + 4,
    )


def _with_newsletter(scene: Scene, draws: Draws) -> Acts:
    block, found = scene.block, scene.leads
    printed = scene.campaigns.of("newsletter")
    key, place = scene.spread(draws, printed, scene.side.newsletter_visits, _QUARTER_DAYS)
    lead, here = scene.earlier_leads(draws, block.timeline.moment(place))
    key, place = key[here], place[here]
    size = len(key)
    return acts(
        place,
        block.roster.pick(draws, "fs", found.unit[lead], place // BUSINESS_DAY),
        found.account[lead],
        found.contact[lead],
        lead=lead,
        campaign=key,
        kind=VISIT,
        outcome=PERSON,
        seconds=draws.between(900, 2_700, size),
        follow_up=1,
        subject=FIRST_MEETING + 4,
    )
