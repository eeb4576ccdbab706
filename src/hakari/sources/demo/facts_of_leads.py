"""How leads are scored, and when those put aside are to be tried again and were."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hakari.canonical import TABLES
from hakari.sources.demo.block import Block
from hakari.sources.demo.columns import DAY, NONE, Column, Floats, Ints
from hakari.sources.demo.draws import Draws
from hakari.sources.demo.fact_truth import Facts
from hakari.sources.demo.frame import Frame, Version
from hakari.sources.demo.timeline import BUSINESS_DAY

_TACTICS = TABLES["lead"].field("tactic").choices


def lead_facts(block: Block, frame: Frame, facts: Facts) -> Frame:
    """Scores with the record; the plan for another try with the putting aside, the try with the taking up."""
    draws, size = block.draws("lead scores"), frame.size
    fits = np.asarray(frame.columns["fits_target"]) == 1
    fit = np.where(fits, facts.fit_of_target, facts.fit_of_others)
    by_tactic = dict(facts.behaviour)
    bases = np.asarray([by_tactic.get(name, 20.0) for name in _TACTICS])
    moved = bases[np.asarray(frame.columns["tactic"])]
    columns: dict[str, Column] = {
        "fit_score": _points(draws, fit, facts.fit_spread),
        "behaviour_score": _points(draws, moved, facts.behaviour_spread),
    }
    after = _points(draws, moved + facts.behaviour_of_converted, facts.behaviour_spread)
    found = replace(frame, columns=frame.columns | columns)
    return replace(found, versions=_versions(block, found, after, facts, size))


def _points(draws: Draws, middle: Floats, spread: float) -> Floats:
    """Whole points from 0 to 100."""
    drawn = middle + np.log(draws.around(spread, len(middle)))
    return np.asarray(np.round(np.clip(drawn, 0, 100)), np.float64)


def _versions(block: Block, frame: Frame, after: Floats, facts: Facts, size: int) -> tuple[Version, ...]:
    names = [set(one.columns) for one in frame.versions]
    place = next((place for place, said in enumerate(names) if "recycled_at" in said), None)
    if place is None:
        return frame.versions
    again = next(later for later in range(place, len(names)) if names[later] == {"status"})
    aside, taken_up = frame.versions[place], frame.versions[again]
    plan = _plans(block, aside, taken_up, facts, size)
    more: list[dict[str, Column]] = [
        {"behaviour_score": after} if "qualified_at" in said else {} for said in names
    ]
    more[place] = {"reapproach_on": plan}
    more[again] = {"reactivated_at": taken_up.at}
    return tuple(
        replace(one, columns=one.columns | also) for one, also in zip(frame.versions, more, strict=True)
    )


def _plans(block: Block, aside: Version, taken_up: Version, facts: Facts, size: int) -> Ints:
    """The day planned for another try: for those who were tried again, some days before it came to that."""
    draws, timeline = block.draws("plans for another try"), block.timeline
    wait = draws.seconds(facts.reapproach, size) // BUSINESS_DAY
    slip = draws.below(facts.reapproach_slip, size)
    put_by = timeline.place(aside.at // DAY)
    again = timeline.place(taken_up.at // DAY)
    before = np.maximum(again - slip * BUSINESS_DAY, put_by)
    day = timeline.day(np.where(taken_up.where, before, put_by + wait * BUSINESS_DAY))
    return np.where(aside.where, day, NONE)
