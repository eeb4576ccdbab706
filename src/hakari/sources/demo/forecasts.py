"""What each seller says at the start of a quarter they will win in it, and again when half of it is over."""

from __future__ import annotations

from zlib import crc32

import numpy as np

from hakari.sources.demo.block import Company
from hakari.sources.demo.columns import DAY, SECOND, Column, Floats, day_number
from hakari.sources.demo.draws import Draws
from hakari.sources.demo.fact_truth import FACTS
from hakari.sources.demo.frame import Frame
from hakari.sources.demo.tally import Tally

_TENTH_HOUR = 8 * 3600 * SECOND  # five in the afternoon


def forecast_frame(company: Company, tally: Tally) -> Frame:
    timeline, roster = company.timeline, company.roster
    draws = Draws(company.world.edition, company.seed, crc32(b"forecasts"))
    hires = len(roster.hires)
    sellers = np.asarray([place for place, hire in enumerate(roster.hires) if hire.role == "fs"])
    people = (np.arange(roster.crews)[:, None] * hires + sellers).ravel()
    joined = np.asarray([day_number(roster.joined[place]) for place in (people % hires).tolist()])
    parts: list[dict[str, Column]] = []
    for number, quarter in enumerate(timeline.quarters):
        real = tally.by_quarter["amount"][people, number]
        begin, middle = timeline.index(quarter.start), timeline.index(quarter.start) + 31
        for index, spread in ((begin, FACTS.forecast_spread), (middle, FACTS.revised_spread)):
            said = _said(draws, real, spread)
            at = int(timeline.days[index]) * DAY + _TENTH_HOUR
            here = np.flatnonzero((joined <= timeline.days[index]) & (at <= timeline.now_moment))
            size = len(here)
            parts.append(
                {
                    "owner": people[here] + 1,
                    "starts_on": np.full(size, day_number(quarter.start)),
                    "ends_on": np.full(size, day_number(quarter.last_day)),
                    "amount": said[here],
                    "submitted_at": np.full(size, at),
                }
            )
    columns = {name: np.concatenate([np.asarray(part[name]) for part in parts]) for name in parts[0]}
    return Frame("forecast", 1, columns["submitted_at"], dict(columns))


def _said(draws: Draws, real: Floats, spread: float) -> Floats:
    """Hopeful, to a hundred thousand; who will win next to nothing hopes for a little all the same."""
    hoped = np.maximum(real, 0.3 * float(real.mean())) * FACTS.optimism
    found: Floats = np.round(hoped * draws.around(spread, len(real)), -5)
    return found
