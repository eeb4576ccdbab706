"""What marketing sees of people: which mails were read, who came to the site."""

from __future__ import annotations

import numpy as np

from hakari.canonical import TABLES
from hakari.sources.demo.block import Block
from hakari.sources.demo.columns import DAY, NONE, SECOND, Bools, Column, Ints, Serial, Words, choice
from hakari.sources.demo.frame import Frame
from hakari.sources.demo.leads import Leads
from hakari.sources.demo.names import PAGES, VISIT_SOURCES
from hakari.sources.demo.side_truth import SIDE
from hakari.sources.demo.timeline import BUSINESS_DAY

_MAIL = TABLES["mail_event"].field("kind")
# share of the mails sent / of those opened / of those opened
_DELIVERED, _OPENED, _CLICKED, _REPLIED, _UNSUBSCRIBED = 0.975, 0.24, 0.13, 0.012, 0.004
_CONVERTED = 0.2  # of those clicked
_HOUR = 3600 * SECOND


def mail_frame(block: Block, found: Leads, known: int) -> Frame:
    """A monthly mailing to a part of the leads we have; each thing that happened to each mail."""
    draws, timeline = block.draws("mails"), block.timeline
    mailings = block.company.campaigns.of("email")
    parts = []
    for number, (key, _) in enumerate(mailings):
        place = block.company.campaigns.mail_day(number) * BUSINESS_DAY + 3600
        sent = int(timeline.moment(np.asarray([place]))[0])
        audience = min(known, int(np.searchsorted(found.received, sent)))
        count = min(round(block.world.mails_to * block.volume), audience)
        if sent <= timeline.now_moment and count:
            parts.append((key, sent, np.sort(draws.below(audience, count))))
    sizes = [len(rows) for _, _, rows in parts]
    lead = np.concatenate([rows for _, _, rows in parts]) if parts else np.zeros(0, np.int64)
    campaign = np.repeat(np.asarray([key for key, _, _ in parts], np.int64), sizes)
    sent_at = np.repeat(np.asarray([sent for _, sent, _ in parts], np.int64), sizes)
    return mail_events(block, found, lead, campaign, sent_at, "mail events")


def mail_events(block: Block, found: Leads, lead: Ints, campaign: Ints, sent_at: Ints, topic: str) -> Frame:
    """Each thing that happened to each mail, drawn under a topic of its own."""
    draws, size = block.draws(topic), len(lead)
    delivered = draws.happens(_DELIVERED, size)
    opened = delivered & draws.happens(_OPENED, size)
    clicked = opened & draws.happens(_CLICKED, size)
    minutes = 60 * SECOND
    read = sent_at + draws.waits(400, size) * minutes + minutes
    happened = {
        "sent": (np.ones(size, np.bool_), sent_at),
        "delivered": (delivered, sent_at + 30 * SECOND),
        "bounced": (~delivered, sent_at + 30 * SECOND),
        "opened": (opened, read),
        "clicked": (clicked, read + minutes),
        "converted": (clicked & draws.happens(_CONVERTED, size), read + 9 * minutes),
        "replied": (opened & draws.happens(_REPLIED, size), read + 45 * minutes),
        "unsubscribed": (opened & draws.happens(_UNSUBSCRIBED, size), read + 2 * minutes),
    }
    rows = np.concatenate([np.flatnonzero(here) for here, _ in happened.values()])
    at = np.concatenate([when[here] for here, when in happened.values()])
    kind = np.concatenate(
        [np.full(int(here.sum()), choice(_MAIL, name)) for name, (here, _) in happened.items()]
    )
    order = np.argsort(at, kind="stable")
    order = order[: int(np.searchsorted(at[order], block.timeline.now_moment, side="right"))]
    rows, at, kind = rows[order], at[order], kind[order]
    of = lead[rows]
    columns: dict[str, Column] = {
        "campaign": campaign[rows],
        "contact": block.keys("contact", found.contact[of]),
        "lead": block.keys("lead", of),
        "account": block.keys("account", found.account[of]),
        "owner": block.people(found.owner[of]),
        "kind": kind,
        "at": at,
    }
    return Frame("mail_event", block.first_key("mail_event"), at, columns)


def visit_frame(block: Block, found: Leads, known: int) -> Frame:
    """Visits of the site on any day and hour; those that converted are the web leads themselves."""
    draws, timeline, world = block.draws("visits"), block.timeline, block.world
    by_web = [place for place, one in enumerate(world.sources) if one.by == "web"]
    tracked = np.isin(found.source[:known], by_web) & draws.happens(world.tracked, known)
    lead = np.flatnonzero(tracked)
    factors = np.asarray(timeline.factors)
    expected = factors * (world.visits_monthly * block.volume / 20.3)
    counts = draws.counts(expected)
    day = timeline.days[np.repeat(np.arange(timeline.last), counts)] + draws.below(2, int(counts.sum()))
    other = day * DAY + draws.below(86_400, len(day)) * SECOND - 9 * _HOUR
    at = np.concatenate([found.received[lead] - 240 * SECOND, other])
    order = np.argsort(at, kind="stable")
    order = order[: int(np.searchsorted(at[order], timeline.now_moment, side="right"))]
    size = len(order)
    of = np.concatenate([lead, np.full(len(day), NONE)])[order]
    converted = of != NONE
    back = ~converted & draws.happens(0.12, size) & (known > 0)
    # A visitor we know already comes back: somebody whose lead is older than the visit.
    older = np.searchsorted(found.received[:known], at[order])
    of = np.where(back & (older > 0), draws.below(np.maximum(older, 1), size), of)
    return _visits(block, found, at[order], of, converted)


def _visits(block: Block, found: Leads, at: Ints, of: Ints, converted: Bools) -> Frame:
    draws, size = block.draws("visit details"), len(at)
    named = of != NONE
    pages = 1 + draws.waits(2.2, size) + converted
    reached = block.draws("forms").happens(SIDE.forms_reached, size)
    key_page = converted | (draws.happens(0.2, size) & (pages > 1))
    columns: dict[str, Column] = {
        "visitor": Serial("v", np.where(named, of + 1, 100_000 + draws.below(max(1, size * 3 // 4), size))),
        "account": np.where(named, block.keys("account", found.account)[of], NONE),
        "contact": np.where(named, block.keys("contact", found.contact)[of], NONE),
        "lead": block.keys("lead", of),
        "campaign": np.where(named, found.campaign[of], NONE),
        "at": at,
        "source": Words(draws.chosen((0.42, 0.2, 0.12, 0.14, 0.05, 0.07), size), VISIT_SOURCES),
        "landing_page": Words(draws.chosen((0.3, 0.2, 0.16, 0.12, 0.12, 0.06, 0.04), size), PAGES),
        "page_views": pages,
        "seconds": pages * (20 + draws.below(70, size)),
        "key_page_reached": key_page.astype(np.int64),
        "form_reached": (converted | reached).astype(np.int64),
        "converted": converted.astype(np.int64),
    }
    return Frame("web_visit", block.first_key("web_visit"), at, columns)
