"""Which orders add to what a customer has, and how contracts come into use."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hakari.canonical import TABLES
from hakari.sources.demo.block import Block
from hakari.sources.demo.columns import DAY, NONE, SECOND, Bools, Column, Ints, choice, day_number, words
from hakari.sources.demo.fact_truth import Facts
from hakari.sources.demo.frame import Frame, Version
from hakari.sources.demo.openings import UPSELL
from hakari.sources.demo.timeline import BUSINESS_DAY

_KIND = TABLES["order"].field("kind")
_EVENING = BUSINESS_DAY * SECOND


def order_facts(block: Block, frame: Frame, facts: Facts) -> Frame:
    """The first order of a customer is new; what they order on top is more of it, or something else."""
    new, upsell, cross_sell = (choice(_KIND, name) for name in ("new", "upsell", "cross_sell"))
    more = block.draws("order kinds").happens(facts.upsells, frame.size)
    source = words(frame.columns["source"])
    added = source.codes == list(source.words).index(UPSELL)
    kind = np.where(added, np.where(more, upsell, cross_sell), new)
    return replace(frame, columns=frame.columns | {"kind": kind})


def contract_facts(block: Block, frame: Frame, facts: Facts) -> Frame:
    """First terms are to be in use two months after their start; a renewal needs no beginning."""
    timeline, draws, size = block.timeline, block.draws("onboarding"), frame.size
    starts = np.asarray(frame.columns["starts_on"])
    first = ~_renewals(frame)
    took = (draws.seconds(facts.onboarding, size) // BUSINESS_DAY) * 7 // 5
    done = _business(block, starts + 1 + took)
    finishes = first & draws.happens(facts.onboards, size)
    known = finishes & (done * DAY + _EVENING <= frame.observed)
    columns: dict[str, Column] = {
        "onboarding_due_on": np.where(first, starts + facts.onboarding_days, NONE),
        "onboarded_on": np.where(known, done, NONE),
    }
    version = Version(done * DAY + _EVENING, finishes & ~known, {"onboarded_on": done})
    found = replace(frame, columns=frame.columns | columns, versions=(version, *frame.versions))
    return found.known_at(timeline.now_moment)


def _renewals(frame: Frame) -> Bools:
    """Terms that begin on the day after another of the same account and product."""
    account, product, starts, ends = (
        np.asarray(frame.columns[name]) for name in ("account", "product", "starts_on", "ends_on")
    )
    whose = (account << 8) | product
    found: Bools = np.isin((whose << 20) | starts, (whose << 20) | (ends + 1))
    return found


def _business(block: Block, days: Ints) -> Ints:
    """The same or the next business day; days before history are left as they are."""
    moved = block.timeline.day(block.timeline.place(days))
    return np.where(days < day_number(block.timeline.start), days, moved)
