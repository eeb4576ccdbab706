"""What reps did day by day: calls, mails, letters, meetings and visits, gathered from all the story."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from hakari.canonical import TABLES
from hakari.sources.demo.block import Block
from hakari.sources.demo.calls import PERSON, RECEPTION, Calls
from hakari.sources.demo.columns import NONE, Bools, Column, Ints, Words, choice
from hakari.sources.demo.deals import HELD, Fates
from hakari.sources.demo.frame import Frame
from hakari.sources.demo.leads import Leads
from hakari.sources.demo.market import Market
from hakari.sources.demo.names import CALL_SUBJECTS, MAIL_SUBJECTS, MEETING_SUBJECTS
from hakari.sources.demo.openings import Openings
from hakari.sources.demo.outbound import Touches
from hakari.sources.demo.side_truth import SIDE
from hakari.sources.demo.timeline import BUSINESS_DAY

_ACTIVITY = TABLES["activity"]


def _kind(name: str) -> int:
    return choice(_ACTIVITY.field("kind"), name)


CALL, MAIL, LETTER, VISIT, WEB = (_kind(name) for name in ("call", "mail", "letter", "visit", "web_meeting"))
OUTBOUND, INBOUND = (choice(_ACTIVITY.field("direction"), name) for name in ("outbound", "inbound"))
SUBJECTS = (*CALL_SUBJECTS, *MAIL_SUBJECTS, *MEETING_SUBJECTS)
FIRST_MAIL, FIRST_MEETING = len(CALL_SUBJECTS), len(CALL_SUBJECTS) + len(MAIL_SUBJECTS)
_ISSUE_FOUND = 0.4
_MAIL_AFTER_TALK = 0.35
_TALK = (90, 900)  # seconds
_FOLLOW_UPS_A_DAY = 0.13
_LONGEST = 60  # business days for which a rep keeps at an open deal
_OTHER_PERSON = 0.4
_ON_SCREEN = 0.65
_PLACE_BITS = 26


@dataclass(frozen=True, slots=True)
class Acts:
    """One row per activity; people, accounts, contacts, leads and deals by their places in the block."""

    place: Ints
    owner: Ints
    account: Ints
    contact: Ints
    lead: Ints
    deal: Ints
    campaign: Ints
    kind: Ints
    direction: Ints
    outcome: Ints
    seconds: Ints
    follow_up: Ints
    issue_found: Ints
    opted_in: Ints
    subject: Ints

    @property
    def size(self) -> int:
        return len(self.place)

    def where(self, rows: Ints) -> Acts:
        return Acts(**{one.name: getattr(self, one.name)[rows] for one in fields(self)})


def acts(place: Ints, owner: Ints, account: Ints, contact: Ints, **more: Ints | int) -> Acts:
    """With every column not given unknown."""
    given: dict[str, Ints | int] = {"direction": OUTBOUND, **more}
    size = len(place)
    columns = {
        one.name: _full(given.get(one.name, NONE), size)
        for one in fields(Acts)
        if one.name not in ("place", "owner", "account", "contact")
    }
    return Acts(place, owner, account, contact, **columns)


def _full(value: Ints | int, size: int) -> Ints:
    return np.full(size, value) if isinstance(value, int) else value


def together(parts: list[Acts], before: int) -> Acts:
    """All parts in the order of time, up to a place in business time."""
    place = np.concatenate([part.place for part in parts])
    # Sorting numbers that carry their own place is three times as fast as finding the order, and as stable.
    numbered = (place << _PLACE_BITS) | np.arange(len(place))
    numbered.sort()
    order = numbered[: int(np.searchsorted(numbered, before << _PLACE_BITS))] & ((1 << _PLACE_BITS) - 1)
    return Acts(
        **{
            one.name: np.concatenate([getattr(part, one.name) for part in parts])[order]
            for one in fields(Acts)
        }
    )


def lead_calls(block: Block, found: Leads, calls: Calls) -> list[Acts]:
    """The calls, and the mails that follow talks which led nowhere yet."""
    draws, lead = block.draws("call details"), calls.lead
    size = len(lead)
    talked = calls.outcome == PERSON
    called = acts(
        calls.place,
        found.owner[lead],
        found.account[lead],
        found.contact[lead],
        lead=lead,
        campaign=found.campaign[lead],
        kind=CALL,
        outcome=calls.outcome,
        seconds=np.where(talked, draws.between(*_TALK, size), draws.below(60, size)),
        follow_up=calls.again.astype(np.int64),
        issue_found=(talked & draws.happens(_ISSUE_FOUND, size)).astype(np.int64),
        subject=draws.below(len(CALL_SUBJECTS), size),
    )
    mailed = np.flatnonzero(talked & ~calls.met & draws.happens(_MAIL_AFTER_TALK, size))
    some = lead[mailed]
    mails = acts(
        calls.place[mailed] + draws.between(900, 5_400, len(mailed)),
        found.owner[some],
        found.account[some],
        found.contact[some],
        lead=some,
        campaign=found.campaign[some],
        kind=MAIL,
        follow_up=1,
        subject=FIRST_MAIL + draws.below(len(MAIL_SUBJECTS), len(mailed)),
    )
    return [called, mails]


def target_touches(block: Block, touches: Touches) -> list[Acts]:
    draws, size = block.draws("touch details"), len(touches.place)
    talked = touches.outcome == PERSON
    by_phone = touches.kind == 0
    campaigns = block.company.campaigns
    day = touches.place // BUSINESS_DAY
    campaign = np.where(touches.kind == 1, campaigns.at("letter", day), campaigns.at("call", day))
    return [
        acts(
            touches.place,
            touches.owner,
            touches.account,
            touches.contact,
            campaign=campaign,
            kind=np.asarray([CALL, LETTER, MAIL])[touches.kind],
            outcome=touches.outcome,
            seconds=np.where(
                talked, draws.between(*_TALK, size), np.where(by_phone, draws.below(60, size), NONE)
            ),
            follow_up=np.zeros(size, np.int64),
            issue_found=np.where(by_phone, talked & draws.happens(_ISSUE_FOUND, size), NONE),
            opted_in=np.where(by_phone, touches.opted_in, NONE),
            subject=np.where(
                by_phone,
                draws.below(len(CALL_SUBJECTS), size),
                FIRST_MAIL + draws.below(len(MAIL_SUBJECTS), size),
            ),
        )
    ]


def deal_work(block: Block, market: Market, found: Openings, fates: Fates) -> list[Acts]:
    """Meetings at each step of a deal, and what keeps it warm in between."""
    held = np.flatnonzero(fates.appointment == HELD)
    parts = [_meetings(block, market, found, held, fates.met[held], 0)]
    for number, reached in enumerate(fates.reached[1:], start=1):
        rows = np.flatnonzero(reached != NONE)
        parts.append(_meetings(block, market, found, rows, reached[rows], number))
    parts.append(_warm(block, market, found, fates))
    return parts


def _contacts(block: Block, market: Market, found: Openings, rows: Ints, topic: str) -> Ints:
    """The deal's own contact, or somebody else at the same company."""
    draws = block.draws(topic)
    other = market.someone(draws, found.account[rows])
    return np.where(draws.happens(_OTHER_PERSON, len(rows)), other, found.contact[rows])


def _meetings(block: Block, market: Market, found: Openings, rows: Ints, places: Ints, number: int) -> Acts:
    draws, size = block.draws(f"meetings {number}"), len(rows)
    contact = found.contact[rows] if number == 0 else _contacts(block, market, found, rows, f"met {number}")
    return acts(
        places,
        found.owner[rows],
        found.account[rows],
        contact,
        lead=found.lead[rows],
        deal=rows,
        kind=np.where(draws.happens(_ON_SCREEN, size), WEB, VISIT),
        outcome=PERSON,
        seconds=draws.between(1_500, 5_400, size),
        issue_found=(draws.happens(0.5, size)).astype(np.int64),
        subject=np.full(size, FIRST_MEETING + min(number, 3)),
    )


def _warm(block: Block, market: Market, found: Openings, fates: Fates) -> Acts:
    """Mails, visits and calls that come in, spread over the time a qualified deal is open."""
    draws = block.draws("warm")
    rows = np.flatnonzero(fates.qualified())
    open_for = np.minimum(fates.closed[rows] - fates.met[rows], _LONGEST * BUSINESS_DAY)
    deal = np.repeat(rows, draws.counts(open_for / BUSINESS_DAY * _FOLLOW_UPS_A_DAY))
    size = len(deal)
    length = np.minimum(fates.closed[deal] - fates.met[deal], _LONGEST * BUSINESS_DAY)
    way = draws.chosen((0.55, 0.15, 0.15, 0.15), size)
    kind = np.asarray([MAIL, CALL, WEB, VISIT])[way]
    subject = np.asarray([FIRST_MAIL + 1, 1, FIRST_MEETING + 4, FIRST_MEETING + 4])[way]
    return acts(
        fates.met[deal] + (draws.chance(size) * length).astype(np.int64),
        found.owner[deal],
        found.account[deal],
        _contacts(block, market, found, deal, "warm contacts"),
        lead=found.lead[deal],
        deal=deal,
        kind=kind,
        direction=np.where(kind == CALL, INBOUND, OUTBOUND),
        outcome=np.where(kind == MAIL, NONE, PERSON),
        follow_up=np.ones(size, np.int64),
        seconds=np.where(kind == MAIL, NONE, draws.between(300, 3_600, size)),
        subject=subject,
    )


def activity_frame(block: Block, found: Acts) -> Frame:
    at = block.timeline.moment(found.place)
    cold = (found.kind == CALL) & (found.lead == NONE) & (found.direction == OUTBOUND)
    columns: dict[str, Column] = {
        "owner": block.people(found.owner),
        "account": block.keys("account", found.account),
        "contact": block.keys("contact", found.contact),
        "lead": block.keys("lead", found.lead),
        "deal": block.keys("deal", found.deal),
        "campaign": found.campaign,
        "occurred_at": at,
        "kind": found.kind,
        "direction": found.direction,
        "outcome": found.outcome,
        "duration_seconds": found.seconds,
        "follow_up": found.follow_up,
        "issue_found": found.issue_found,
        "opted_in": found.opted_in,
        "details_obtained": np.where(cold, _details(block, found.outcome), NONE),
        "subject": Words(found.subject, SUBJECTS),
    }
    return Frame("activity", block.first_key("activity"), at, columns)


def _details(block: Block, outcome: Ints) -> Bools:
    """Whether a call brought the name or contact of the person in charge."""
    drawn = block.draws("details").chance(len(outcome))
    rate = np.where(outcome == PERSON, SIDE.names_in_talks, SIDE.names_at_reception)
    found: Bools = np.isin(outcome, (PERSON, RECEPTION)) & (drawn < rate)
    return found
