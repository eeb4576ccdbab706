"""What activities leave behind: who spoke how long and in what tone, and what recorded itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hakari.canonical import TABLES
from hakari.sources.demo.activities import CALL, MAIL
from hakari.sources.demo.block import Block
from hakari.sources.demo.calls import PERSON
from hakari.sources.demo.columns import NONE, Bools, Column, Ints
from hakari.sources.demo.fact_truth import Facts
from hakari.sources.demo.frame import Frame

_KINDS = TABLES["activity"].field("kind").choices


def activity_facts(block: Block, frame: Frame, facts: Facts) -> Frame:
    kind = np.asarray(frame.columns["kind"])
    columns: dict[str, Column] = {
        **_conversation(block, frame, kind, facts),
        "auto_captured": _captured(block, kind, facts).astype(np.int64),
        "tech_touch": _tech_touch(block, frame, kind, facts),
    }
    return replace(frame, columns=frame.columns | columns)


def _conversation(block: Block, frame: Frame, kind: Ints, facts: Facts) -> dict[str, Column]:
    """Of the calls that reached the person and were recorded; the rest was not measured."""
    length = np.asarray(frame.columns["duration_seconds"])
    talks = np.flatnonzero((kind == CALL) & (np.asarray(frame.columns["outcome"]) == PERSON) & (length > 0))
    draws = block.draws("conversations")
    timed = talks[draws.happens(facts.timed_calls, len(talks))]
    size = len(timed)
    low, high = facts.speech
    speech = length[timed] * (low + (high - low) * draws.chance(size))
    share = facts.rep_speaks + np.log(draws.around(facts.rep_speaks_spread, size))
    tone = facts.tone + np.log(draws.around(facts.tone_spread, size))
    rep_seconds, speech_seconds = (np.full(frame.size, NONE) for _ in range(2))
    speech_seconds[timed] = speech.astype(np.int64)
    rep_seconds[timed] = (speech * np.clip(share, 0.15, 0.95)).astype(np.int64)
    voice_tone = np.full(frame.size, np.nan)
    voice_tone[timed] = np.round(np.clip(tone, 0, 100))
    return {"rep_seconds": rep_seconds, "speech_seconds": speech_seconds, "voice_tone": voice_tone}


def _captured(block: Block, kind: Ints, facts: Facts) -> Bools:
    shares = dict(facts.captured)
    share = np.asarray([shares.get(name, 0.0) for name in _KINDS], np.float32)
    return block.draws("capture").happens(share[kind], len(kind))


def _tech_touch(block: Block, frame: Frame, kind: Ints, facts: Facts) -> Ints:
    """Whether customer success had to lift a finger; what others do for customers they do themselves."""
    roster = block.roster
    cares = np.asarray([hire.role == "cs" for hire in roster.hires])
    by_care = np.flatnonzero(cares[(np.asarray(frame.columns["owner"]) - 1) % len(roster.hires)])
    automatic = block.draws("tech touch").happens(facts.tech_touch, len(by_care))
    found = np.full(frame.size, NONE)
    found[by_care] = automatic & (kind[by_care] == MAIL)
    return found
