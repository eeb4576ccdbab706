"""Leads as records, with each change of their status, and what they allowed us to send."""

from __future__ import annotations

import numpy as np

from hakari.canonical import TABLES
from hakari.sources.demo.block import Block
from hakari.sources.demo.calls import Outcomes
from hakari.sources.demo.columns import NONE, Bools, Column, Ints, Words, choice, take
from hakari.sources.demo.frame import Frame, Version
from hakari.sources.demo.leads import Leads
from hakari.sources.demo.names import GIVEN_UP, PEOPLE
from hakari.sources.demo.openings import Openings

_STATUS = TABLES["lead"].field("status")
_TACTIC = TABLES["lead"].field("tactic")
_CONSENT = TABLES["consent"].field("channel")
_OPTS_IN = 0.45
_NOTED = 240
_UNREACHED = 3  # the last of the reasons for giving up


def by_now(block: Block, found: Leads) -> int:
    """How many of the leads have arrived."""
    return int(np.searchsorted(found.received, block.timeline.now_moment, side="right"))


def lead_frame(block: Block, found: Leads, outcomes: Outcomes, opened: Openings) -> Frame:
    world, draws, size = block.world, block.draws("lead records"), found.size
    number = found.contact + block.first_key("contact") - 1
    opted = draws.happens(_OPTS_IN, size) & found.in_hours
    fits = draws.happens(np.asarray([one.fits for one in world.sources])[found.source], size)
    columns: dict[str, Column] = {
        "name": Words(number * 7 % len(PEOPLE), PEOPLE),
        "account": block.keys("account", found.account),
        "contact": block.keys("contact", found.contact),
        "campaign": found.campaign,
        "source": Words(found.source, [one.name for one in world.sources]),
        "tactic": _codes(world.sources)[found.source],
        "owner": block.people(found.owner),
        "partner": np.where(found.partner == NONE, NONE, found.partner + 1),
        "received_at": found.received,
        "status": np.full(size, choice(_STATUS, "new")),
        "fits_target": fits.astype(np.int64),
        "opted_in_at": np.where(opted, found.received, NONE),
    }
    reason = Words(draws.below(_UNREACHED, size), GIVEN_UP)
    versions = _versions(block, found, outcomes, opened, reason)
    frame = Frame("lead", block.first_key("lead"), found.received, columns, versions)
    return frame.known_at(block.timeline.now_moment).first(by_now(block, found))


def _codes(sources: tuple[object, ...]) -> Ints:
    return np.asarray([choice(_TACTIC, str(getattr(one, "tactic", ""))) for one in sources], np.int64)


def _versions(
    block: Block, found: Leads, outcomes: Outcomes, opened: Openings, reason: Words
) -> tuple[Version, ...]:
    moment, size = block.timeline.moment, found.size
    with_lead = opened.lead != NONE
    met = np.full(size, NONE)
    met[opened.lead[with_lead]] = opened.created[with_lead]
    aside = outcomes.put_aside
    given_up = _noted(np.where(aside, NONE, outcomes.given_up))
    put_by, ended = _noted(np.where(aside, outcomes.given_up, NONE)), _noted(outcomes.ended)

    def status(name: str) -> Ints:
        return np.full(size, choice(_STATUS, name))

    def version(places: Ints, name: str, day: str = "", **more: Column) -> Version:
        at = moment(places)
        columns: dict[str, Column] = {"status": status(name), **more}
        if day:
            columns[day] = at
        return Version(at, _happened(places), columns)

    return (
        version(outcomes.first_call, "working"),
        version(put_by, "recycled", "recycled_at", nurture_started_at=moment(put_by)),
        version(given_up, "disqualified", "disqualified_at", reason=reason),
        version(outcomes.taken_up, "working"),
        version(ended, "disqualified", "disqualified_at", reason=reason),
        version(met, "converted", "qualified_at"),
    )


def _noted(calls: Ints) -> Ints:
    """A call's result is written down some minutes after it."""
    return np.where(calls == NONE, NONE, calls + _NOTED)


def _happened(places: Ints) -> Bools:
    found: Bools = places != NONE
    return found


def consent_frame(block: Block, leads: Frame, touches: Frame) -> Frame:
    """An opt-in with every lead that gave one, and with every talk in which one was given."""
    opted = np.asarray(leads.columns["opted_in_at"])
    web = np.flatnonzero(opted != NONE)
    said = np.flatnonzero(np.asarray(touches.columns["opted_in"]) == 1)
    columns: dict[str, Column] = {}
    for name in ("contact", "account", "owner"):
        both = [take(leads.columns[name], web), take(touches.columns[name], said)]
        columns[name] = np.concatenate([np.asarray(one) for one in both])
    keys = leads.keys[web]
    columns["lead"] = np.concatenate([keys, np.full(len(said), NONE)])
    size = len(web) + len(said)
    columns["channel"] = np.full(size, choice(_CONSENT, "mail"))
    columns["opted_in"] = np.ones(size, np.int64)
    at = np.concatenate([opted[web], touches.observed[said]])
    columns["at"] = at
    return Frame("consent", block.first_key("consent"), at, columns)
