"""Since when people pull their weight, what their accounts could bring, and how fresh the list is."""

from __future__ import annotations

from dataclasses import replace
from zlib import crc32

import numpy as np

from hakari.sources.demo.block import Block, Company
from hakari.sources.demo.columns import DAY, NONE, SECOND, Column, Ints, day_number, ints
from hakari.sources.demo.draws import Draws
from hakari.sources.demo.fact_truth import Facts
from hakari.sources.demo.frame import Frame, Version
from hakari.sources.demo.timeline import BUSINESS_DAY

_EVENING = BUSINESS_DAY * SECOND
_MONTH_DAYS = 30.44


def person_facts(company: Company, frame: Frame, facts: Facts) -> Frame:
    """Ramped about when the world says so. The incentive plan is for sellers who have been there for long."""
    world, today = company.world, day_number(company.timeline.today)
    draws = Draws(world.edition, company.seed, crc32(b"ramp"))
    joined = np.asarray(frame.columns["joined_on"])
    jitter = draws.between(-facts.ramp_jitter, facts.ramp_jitter, frame.size)
    ramped = joined + round(world.ramp_months * _MONTH_DAYS) + jitter
    known = ramped * DAY + _EVENING <= frame.observed
    columns: dict[str, Column] = {
        "ramped_on": np.where(known, ramped, NONE),
        "incentive": np.tile(_on_plan(company, facts), company.roster.crews),
    }
    version = Version(ramped * DAY + _EVENING, ~known & (ramped <= today), {"ramped_on": ramped})
    return replace(frame, columns=frame.columns | columns, versions=(version,)).known_at(
        company.timeline.now_moment
    )


def _on_plan(company: Company, facts: Facts) -> Ints:
    """1 or 0 for who sells, unknown for all others."""
    hires = company.roster.hires
    return ints([hire.months >= facts.plan_after if hire.role == "fs" else NONE for hire in hires])


def account_facts(block: Block, frame: Frame, facts: Facts) -> Frame:
    """What a company of its size could spend with us in a year."""
    employees = np.asarray(frame.columns["employees"], np.float64)
    around = block.draws("potential").around(facts.potential_spread, frame.size)
    columns: dict[str, Column] = {"potential": np.round(employees * facts.potential * around, -4)}
    return replace(frame, columns=frame.columns | columns)


def entry_facts(block: Block, frame: Frame, facts: Facts) -> Frame:
    """An entry is true on the day it is put on the list, and most have been looked at again since."""
    timeline, draws = block.timeline, block.draws("checks")
    put_on = np.asarray(frame.columns["from_on"])
    ago = 1 + draws.waits(facts.checked_within, frame.size)
    checked = timeline.day(timeline.place(np.maximum(day_number(timeline.today) - ago, put_on)))
    checked = np.minimum(checked, day_number(timeline.today))
    columns: dict[str, Column] = {"checked_on": put_on}
    version = Version(checked * DAY + _EVENING, checked > put_on, {"checked_on": ints(checked)})
    return replace(frame, columns=frame.columns | columns, versions=(version,)).known_at(timeline.now_moment)
