"""Leads that callers win at target accounts nobody had a lead at: each first opt-in there makes one."""

from __future__ import annotations

import numpy as np

from hakari.canonical import TABLES
from hakari.sources.demo.columns import SECOND, Column, Ints, choice, same
from hakari.sources.demo.columns import Words as WordColumn
from hakari.sources.demo.frame import Frame
from hakari.sources.demo.names import PEOPLE
from hakari.sources.demo.openings import OUTBOUND
from hakari.sources.demo.story import Story

_STATUS = TABLES["lead"].field("status")
_TACTIC = TABLES["lead"].field("tactic")
_WRITTEN_DOWN = 300 * SECOND


def target_lead_frame(story: Story, first_key: int) -> Frame:
    block, touches = story.block, story.touches
    rows = _first_opt_ins(story)
    account, contact = touches.account[rows], touches.contact[rows]
    at = block.timeline.moment(touches.place[rows]) + _WRITTEN_DOWN
    size = len(rows)
    columns: dict[str, Column] = {
        "name": WordColumn((contact + block.first_key("contact") - 1) * 7 % len(PEOPLE), PEOPLE),
        "account": block.keys("account", account),
        "contact": block.keys("contact", contact),
        "source": same(OUTBOUND, size),
        "tactic": np.full(size, choice(_TACTIC, "call")),
        "owner": block.people(touches.owner[rows]),
        "received_at": at,
        "status": np.full(size, choice(_STATUS, "working")),
        "fits_target": np.ones(size, np.int64),
        "opted_in_at": at,
    }
    return Frame("lead", first_key, at, columns)


def _first_opt_ins(story: Story) -> Ints:
    """Of each account the first person who allowed us to write, where no lead had come from there by then."""
    touches, timeline = story.touches, story.block.timeline
    said = np.flatnonzero(touches.opted_in & (touches.place < timeline.now))
    said = said[np.argsort(touches.place[said], kind="stable")]
    account, first = np.unique(touches.account[said], return_index=True)
    rows = said[first]
    came = np.full(story.market.size, np.iinfo(np.int64).max)
    np.minimum.at(came, story.leads.account, story.leads.received)
    rows = rows[timeline.moment(touches.place[rows]) < came[account]]
    return rows[np.argsort(touches.place[rows], kind="stable")]
