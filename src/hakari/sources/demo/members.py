"""Who was in which campaign: at a seminar or exhibition, behind a white paper, on a call list, written to."""

from __future__ import annotations

import numpy as np

from hakari.sources.demo.activities import CALL, LETTER
from hakari.sources.demo.block import Block
from hakari.sources.demo.calls import PERSON
from hakari.sources.demo.columns import DAY, NONE, SECOND, Column, Ints, Words, take
from hakari.sources.demo.frame import Frame, Version
from hakari.sources.demo.leads import Leads

CHANNELS = ("web", "letter", "call")
_WEB, _LETTER, _CALL = range(3)
_ATTENDS = {"seminar": 0.62, "exhibition": 1.0, "whitepaper": 0.0}
_ANSWERS = {"seminar": 0.45, "exhibition": 0.55, "whitepaper": 0.0}
_LETTER_ANSWERED = 0.03
_HOUR = 3600 * SECOND
_SHOWN = ("campaign", "lead", "contact", "account", "owner", "at", "applied_at", "attempts", "talk_seconds")
_Part = dict[str, Ints]


def member_frame(block: Block, found: Leads, known: int, activity: Frame) -> Frame:
    parts = [_came(block, found, known), _written(activity), _called(block, activity)]
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.argsort(joined["at"], kind="stable")
    sorted_ = {name: values[order] for name, values in joined.items()}
    source, observed = sorted_.pop("source"), np.maximum(sorted_["at"], sorted_.pop("last"))
    columns: dict[str, Column] = dict(sorted_)
    columns["channel"] = Words(sorted_["channel"], CHANNELS)
    frame = Frame(
        "campaign_member",
        block.first_key("campaign_member"),
        observed,
        columns,
        _courses(block, source, sorted_["at"], sorted_["channel"]),
    )
    return frame.known_at(block.timeline.now_moment)


def _part(size: int, channel: int, **given: Ints) -> _Part:
    """`source` and `last`, the moment of the last call, are not shown."""
    shown = (
        "campaign",
        "lead",
        "contact",
        "account",
        "owner",
        "at",
        "applied_at",
        "attempts",
        "talk_seconds",
    )
    part = {name: given.get(name, np.full(size, NONE)) for name in (*shown, "source", "last")}
    return part | {"channel": np.full(size, channel)}


def _came(block: Block, found: Leads, known: int) -> _Part:
    """Leads by seminar, exhibition and white paper."""
    codes = [place for place, one in enumerate(block.world.sources) if one.tactic in _ATTENDS]
    rows = np.flatnonzero(np.isin(found.source[:known], codes))
    return _part(
        len(rows),
        _WEB,
        campaign=found.campaign[rows],
        lead=block.keys("lead", rows),
        contact=block.keys("contact", found.contact[rows]),
        account=block.keys("account", found.account[rows]),
        owner=block.people(found.owner[rows]),
        at=found.received[rows],
        applied_at=found.received[rows],
        source=found.source[rows],
    )


def _of(activity: Frame, rows: Ints, *names: str) -> _Part:
    return {name: np.asarray(take(activity.columns[name], rows), np.int64) for name in names}


def _written(activity: Frame) -> _Part:
    rows = np.flatnonzero(np.asarray(activity.columns["kind"]) == LETTER)
    some = _of(activity, rows, "campaign", "contact", "account", "owner")
    return _part(len(rows), _LETTER, at=activity.observed[rows], **some)


def _called(block: Block, activity: Frame) -> _Part:
    """Each person once per call list, with how often they were tried and how long they talked by then."""
    keys = [key for key, _ in block.company.campaigns.of("call")]
    campaign = np.asarray(activity.columns["campaign"])
    rows = np.flatnonzero((np.asarray(activity.columns["kind"]) == CALL) & np.isin(campaign, keys))
    some = _of(activity, rows, "campaign", "contact", "account", "owner", "duration_seconds", "outcome")
    pairs = some["contact"] * (len(block.company.campaigns.all) + 1) + some["campaign"]
    _, first, group, count = np.unique(pairs, return_index=True, return_inverse=True, return_counts=True)
    spoken = np.where(some["outcome"] == PERSON, some["duration_seconds"], 0)
    last = np.zeros(len(first), np.int64)
    np.maximum.at(last, group, activity.observed[rows])
    return _part(
        len(first),
        _CALL,
        at=activity.observed[rows][first],
        attempts=count.astype(np.int64),
        talk_seconds=np.bincount(group, spoken, len(first)).astype(np.int64),
        last=last,
        **{name: some[name][first] for name in ("campaign", "contact", "account", "owner")},
    )


def _courses(block: Block, source: Ints, at: Ints, channel: Ints) -> tuple[Version, ...]:
    """Attendance, the survey after it, and the rare answer to a letter."""
    draws, size = block.draws("members"), len(source)
    tactics = [one.tactic for one in block.world.sources]
    attends = np.asarray([*(_ATTENDS.get(one, 0.0) for one in tactics), 0.0])[source]
    answers = np.asarray([*(_ANSWERS.get(one, 0.0) for one in tactics), 0.0])[source]
    came = draws.happens(attends, size)
    answered = came & draws.happens(answers, size)
    useful = draws.happens(0.4, size).astype(np.int64)
    wrote_back = (channel == _LETTER) & draws.happens(_LETTER_ANSWERED, size)
    week = at + (3 + draws.below(9, size)) * DAY
    yes = np.ones(size, np.int64)
    return (
        Version(at + _HOUR, came, {"attended_at": at + _HOUR}),
        Version(at + 2 * _HOUR, answered, {"answered_at": at + 2 * _HOUR, "valid_answer": useful}),
        Version(week, wrote_back, {"responded": yes, "responded_at": week}),
    )
