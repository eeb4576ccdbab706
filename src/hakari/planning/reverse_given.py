"""Reads the figures a person gives for a plan, and lays them over what was observed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches

import numpy as np

from hakari.errors import ParameterNotUnderstoodError
from hakari.maths.lag_kernel import Step
from hakari.maths.plan_chance import Evidence
from hakari.planning.reverse_chain import APPOINTMENTS, CALLS, CONNECTS, DEALS, PROPOSED, QUALIFIED
from hakari.planning.reverse_material import Material, StepKnown
from hakari.units.fiscal import add_months

WIN_RATE = "win_rate"
# The share by which a stage passes on to the next one, under the name people use for it.
RATE_OF = {
    CALLS: "connect_rate",
    CONNECTS: "appointment_rate",
    "leads": "lead_rate",
    APPOINTMENTS: "deal_rate",
    DEALS: "qualified_rate",
    QUALIFIED: "proposal_rate",
    PROPOSED: "closing_rate",
}
NUMBERS = ("price", "pace", "reps", "capacity", "list", "touches", "cool_down", "cycle", "delivery")
KEYS = (WIN_RATE, *RATE_OF.values(), *NUMBERS)
_UNITS = {"": 1.0, "k": 1e3, "千": 1e3, "万": 1e4, "m": 1e6, "百万": 1e6, "億": 1e8, "b": 1e9}
_NUMBER = re.compile(r"([\d,]*\.?\d+(?:e\d+)?)\s*(%|億円?|百万円?|千円?|万円?|円|k|b|m)?", re.IGNORECASE)
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(d|w|m|日|週間?|か月|ヶ月|カ月)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Given:
    """Everything a person may set; None leaves what was observed. Spans are (number, d, w or m)."""

    rates: Mapping[str, float]
    price: float | None = None
    pace: float | None = None
    reps: float | None = None
    capacity: float | None = None
    list: float | None = None
    touches: float | None = None
    cool_down: tuple[float, str] | None = None
    cycle: tuple[float, str] | None = None
    delivery: tuple[float, str] | None = None


def read_given(sets: Mapping[str, str]) -> Given:
    """Refuses a name that is not one of KEYS, and a value that is no figure of its kind."""
    rates: dict[str, float] = {}
    numbers: dict[str, float] = {}
    spans: dict[str, tuple[float, str]] = {}
    for key, text in sets.items():
        if key not in KEYS:
            near = get_close_matches(key, KEYS, n=1, cutoff=0.4)
            raise ParameterNotUnderstoodError(
                f"a plan has no {key!r} to set",
                f"did you mean {near[0]}?" if near else f"set one of {', '.join(KEYS)}",
            )
        if key in ("cycle", "delivery", "cool_down"):
            spans[key] = read_span(key, text)
        elif key in NUMBERS:
            numbers[key] = read_number(key, text)
        else:
            rates[key] = _rate(key, text)
    return Given(rates, **numbers, **spans)  # type: ignore[arg-type]


def read_number(key: str, text: str) -> float:
    """120万, 1.2e6, 1,200,000 or 25%: never below zero."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise ParameterNotUnderstoodError(
            f"{key}={text} is no figure", f"write {key}=1200000, 1.2e6, 120万 or, for a share, 25%"
        )
    unit = (found[2] or "").lower().removesuffix("円")
    number = float(found[1].replace(",", ""))
    return number / 100 if unit == "%" else number * _UNITS[unit]


def read_span(key: str, text: str) -> tuple[float, str]:
    """2m, 60d, 8w: months, days or weeks; a bare number counts days, of a rest weeks."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise ParameterNotUnderstoodError(f"{key}={text} is no span of time", f"write {key}=2m, 60d or 8w")
    unit = (found[2] or ("w" if key == "cool_down" else "d")).lower()
    return float(found[1]), {"日": "d", "週": "w", "週間": "w"}.get(unit, unit if unit in "dw" else "m")


def _rate(key: str, text: str) -> float:
    found = read_number(key, text)
    if not 0 < found <= 1:
        raise ParameterNotUnderstoodError(
            f"{key}={text} is no share of cases", f"write {key}=0.25 or {key}=25%, at most 100%"
        )
    return found


def days_of(span: tuple[float, str]) -> int:
    return round(span[0] * {"d": 1.0, "w": 7.0, "m": 365 / 12}[span[1]])


def before(day: date, span: tuple[float, str] | None) -> date:
    """That much earlier: months are those of the calendar, from the end of a month to the end of one."""
    if span is None:
        return day
    if span[1] != "m" or span[0] != int(span[0]):
        return day - timedelta(days=days_of(span))
    whole_month = (day + timedelta(days=1)).day == 1
    if whole_month:
        return add_months(day + timedelta(days=1), -int(span[0])) - timedelta(days=1)
    return add_months(day, -int(span[0]))


def laid_over(material: Material, given: Given) -> Material:
    """The material with the given figures in place of the observed ones."""
    found = material
    for stage, name in RATE_OF.items():
        if name in given.rates:
            found = _with_rate(found, stage, given.rates[name], name)
    if WIN_RATE in given.rates:
        found = _with_win_rate(found, given.rates[WIN_RATE])
    if given.cycle is not None:
        found = _with_cycle(found, days_of(given.cycle))
    if given.price is not None:
        scale = given.price / found.price if found.price else 1.0
        prices = found.prices * scale if found.prices.size else np.array([given.price])
        found = replace(found, price=given.price, prices=prices, best_price=None)
    if given.pace is not None:
        found = replace(found, paces={**found.paces, found.stages[0]: given.pace})
    return found


def win_stage(stages: tuple[str, ...]) -> int:
    """Where the win rate begins: at qualified deals, else at deals, else at what stands first."""
    for name in (QUALIFIED, DEALS):
        if name in stages:
            return stages.index(name)
    return max(0, len(stages) - 2)


def win_rate(material: Material) -> float | None:
    """The share of qualified deals that is won, through all steps between; None while one is unknown."""
    total = 1.0
    for known in material.steps[win_stage(material.stages) :]:
        if known.step is None:
            return None
        total *= known.step.rate
    return total


def _with_rate(material: Material, stage: str, rate: float, name: str) -> Material:
    if stage not in material.stages[:-1]:
        raise ParameterNotUnderstoodError(
            f"{name}={rate:g} has no place in this plan: its stages are {', '.join(material.stages)}",
            f"set {WIN_RATE}, or bring records of {stage}",
        )
    return _with_step(material, material.stages.index(stage), rate)


def _with_win_rate(material: Material, rate: float) -> Material:
    """The last step takes up what the steps before it do not explain."""
    first = win_stage(material.stages)
    middle = 1.0
    for known in material.steps[first:-1]:
        middle *= known.step.rate if known.step is not None else 1.0
    if middle <= 0 or rate / middle > 1:
        raise ParameterNotUnderstoodError(
            f"{WIN_RATE}={rate:g} cannot be: only {middle:.0%} of the cases get as far as the last step",
            f"give at most {middle:.2f}, or raise the shares before it as well",
        )
    return _with_step(material, len(material.steps) - 1, rate / middle)


def _with_step(material: Material, place: int, rate: float) -> Material:
    known = material.steps[place]
    step = replace(known.step, rate=rate) if known.step is not None else Step.of(rate)
    taken = StepKnown(step, Evidence(0.0, known.evidence.waits), None, known.wait, None, known.best_wait)
    return replace(material, steps=(*material.steps[:place], taken, *material.steps[place + 1 :]))


def _with_cycle(material: Material, days: int) -> Material:
    """The waits from the win rate's first stage to the order become so many days on average."""
    first = win_stage(material.stages)
    waits = [known.wait or 0.0 for known in material.steps[first:]]
    steps = list(material.steps)
    if sum(waits) > 0:
        factor = days / sum(waits) if days else 1e-3
        for place, known in enumerate(material.steps[first:], start=first):
            if known.step is not None and known.wait:
                moved = Evidence(known.evidence.n, np.zeros(0, np.int64))
                steps[place] = replace(
                    known, step=known.step.slowed(factor), evidence=moved, wait=known.wait * factor
                )
    elif steps[-1].step is not None:
        lag = np.zeros(days + 1)
        lag[days] = 1.0
        given = Step.of(steps[-1].step.rate, lag)
        steps[-1] = replace(steps[-1], step=given, wait=float(days))
    return replace(material, steps=tuple(steps))
