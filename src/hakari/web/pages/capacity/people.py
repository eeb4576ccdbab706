"""What the reckoning of capacity stands on: how newcomers come along, who leaves, who attains."""

from __future__ import annotations

from dataclasses import dataclass

from hakari.planning.capacity_plan import CapacityView
from hakari.planning.capacity_words import share
from hakari.planning.sellers import Force
from hakari.units.display import number
from hakari.web.figures import UNKNOWN, Figures
from hakari.web.marks.attainment_bars import attainment_bars
from hakari.web.marks.svg import Svg
from hakari.words import Language, say

RAMP_MONTHS = (0, 1, 2, 3, 6, 9, 12)
BAND = (0.7, 0.8)


@dataclass(frozen=True, slots=True)
class RampRow:
    stay: str
    share: str
    range: str


@dataclass(frozen=True, slots=True)
class People:
    ramp_note: str
    ramp: tuple[RampRow, ...]
    has_range: bool
    leaving: str
    leaving_used: str
    doubling: tuple[str, ...]
    attainment: Svg | None
    past: str
    ahead: str


def people_block(view: CapacityView, figures: Figures) -> People | None:
    force, lang = view.force, figures.lang
    if force is None:
        return None
    return People(
        ramp_note=_ramp_note(force, lang),
        ramp=tuple(_ramp_row(force, month, lang) for month in RAMP_MONTHS),
        has_range=bool(force.ramp.low),
        leaving=_leaving(force, lang),
        leaving_used=say("capacity_leaving_asked", lang, rate=share(view.attrition, lang))
        if view.asked.attrition is not None
        else "",
        doubling=_doubling(view, lang),
        attainment=_attainment(view, lang),
        past=_past(view, lang),
        ahead=_ahead(view, lang),
    )


def _ramp_note(force: Force, lang: Language) -> str:
    ramp = force.ramp
    key = "capacity_ramp_note" if ramp.hires else "capacity_ramp_none"
    note = say(key, lang, n=ramp.hires, own=share(ramp.own, lang), months=ramp.prior_months)
    few = f" · {say('capacity_ramp_few', lang)}" if ramp.hires and not ramp.low else ""
    return note + few


def _ramp_row(force: Force, month: int, lang: Language) -> RampRow:
    ends = force.ramp.interval(month)
    span = f"{100 * ends[0]:.0f}–{100 * ends[1]:.0f}%" if ends else UNKNOWN
    value = f"{100 * force.ramp.ramp_share(month):.0f}%"
    return RampRow(say("capacity_month_count", lang, n=month), value, span)


def _leaving(force: Force, lang: Language) -> str:
    found = force.leaving
    if found.rate is None or found.interval.low is None or found.interval.high is None:
        return say("capacity_leaving_unknown", lang, n=number(found.person_months))
    return say(
        "capacity_leaving_rate",
        lang,
        rate=f"{100 * found.rate:.1f}%",
        range=f"{100 * found.interval.low:.1f}–{100 * found.interval.high:.1f}%",
        n=number(found.person_months),
        left=number(found.left),
    )


def _doubling(view: CapacityView, lang: Language) -> tuple[str, ...]:
    found = view.doubling
    if found is None:
        return ()
    lines = [
        say("capacity_doubling_once", lang, x=f"{found.at_once:.2f}"),
        say("capacity_doubling_spread", lang, x=f"{found.spread:.2f}"),
    ]
    if found.leaving is not None:
        rate = share(view.attrition, lang)
        lines.append(say("capacity_doubling_leaving", lang, rate=rate, x=f"{found.leaving:.2f}"))
    return (*lines, say("capacity_doubling_article", lang))


def _attainment(view: CapacityView, lang: Language) -> Svg | None:
    past, ahead = view.past, view.ahead
    if past is None and ahead is None:
        return None
    came = [one / past.n for one in past.bins] if past else []
    comes = [one / ahead.heads for one in ahead.bins] if ahead else []
    finding = say("capacity_histogram", lang)
    return attainment_bars(view.edges, came, comes, BAND, say("capacity_band", lang), finding)


def _past(view: CapacityView, lang: Language) -> str:
    past = view.past
    if past is None or past.mean is None:
        return say("capacity_past_none", lang)
    mean, n, reached = f"{100 * past.mean:.0f}%", number(past.n), number(past.reached)
    return say("capacity_past_line", lang, n=n, mean=mean, reached=reached)


def _ahead(view: CapacityView, lang: Language) -> str:
    ahead = view.ahead
    if ahead is None:
        return say("capacity_ahead_none", lang)
    return say(
        "capacity_ahead_line",
        lang,
        heads=number(ahead.heads),
        missing=f"{ahead.missing:.1f}",
        low=ahead.missing_low,
        high=ahead.missing_high,
        reach=f"{100 * ahead.reach:.0f}%",
    )
