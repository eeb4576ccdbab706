"""Worked examples of goals worked back, as the articles state them: data, so that anybody can check them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from hakari.errors import ParameterNotUnderstoodError
from hakari.metrics.definitions import Catalogue
from hakari.planning.reverse_compose import compose
from hakari.planning.reverse_given import before, laid_over, read_given, read_number
from hakari.planning.reverse_goal import PlanAsked, read_chance, read_day
from hakari.planning.reverse_material import nothing_known
from hakari.planning.reverse_plan import Goal, ReversePlan
from hakari.planning.scorecard import Scope
from hakari.units.calendar import FiscalCalendar
from hakari.units.period import Grain, Period
from hakari.words import Language

EXAMPLES = ("billion", "fifty")


@dataclass(frozen=True, slots=True)
class Example:
    """One example: its question in both languages, where it stands, and what is asked on which day."""

    name: str
    ja: str
    en: str
    source: str
    today: date
    first: str
    asked: PlanAsked


@cache
def example_named(name: str) -> Example:
    if name not in EXAMPLES:
        near = get_close_matches(name, EXAMPLES, n=1, cutoff=0.3)
        raise ParameterNotUnderstoodError(
            f"there is no worked example {name!r}", f"use {(near or [' or '.join(EXAMPLES)])[0]}"
        )
    text = files(__package__).joinpath("examples", f"{name}.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    asked = PlanAsked(raw["goal"], raw["kgi"], raw["by"], raw["chance"], MappingProxyType(raw["set"]))
    return Example(name, raw["ja"], raw["en"], raw["source"], raw["today"], raw["first"], asked)


def worked(example: Example, catalogue: Catalogue, lang: Language) -> tuple[ReversePlan, Scope]:
    """The plan of an example: nothing is on record, everything is given."""
    calendar = FiscalCalendar()
    given = read_given(example.asked.sets)
    last = read_day("by", example.asked.by)
    period = Period(calendar.period_of(last, Grain.YEAR).start, last + timedelta(days=1))
    measure = next(one for one in catalogue.measures.values() if one.kpi == example.asked.kgi)
    goal = Goal(
        measure.id,
        measure.ja if lang == "ja" else measure.en,
        measure.unit,
        read_number("goal", example.asked.goal),
        0.0,
        period,
        before(period.start, given.delivery),
        before(period.last_day, given.delivery),
        (period.last_day - before(period.last_day, given.delivery)).days,
    )
    material = nothing_known(example.today, calendar, example.first, counted=measure.unit != "jpy")
    plan = compose(laid_over(material, given), goal, given, read_chance(example.asked.chance))
    return plan, Scope(period, example.today, lang=lang, unit="million")


def said(example: Example, lang: Language) -> str:
    return example.ja if lang == "ja" else example.en
