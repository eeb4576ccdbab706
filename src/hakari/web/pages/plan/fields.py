"""The fields of the what-if form: what may be changed, what was observed, and how far a slider goes."""

from __future__ import annotations

from dataclasses import dataclass

from hakari.planning.plan_view import PlanView
from hakari.planning.reverse_goal import KGIS
from hakari.planning.reverse_plan import Assumption
from hakari.web.address import Address
from hakari.words import Language, say

_CHANCES = ("50", "80", "90", "mean")
_ALWAYS = ("price", "cycle", "reps", "pace", "list", "touches", "delivery")
_DEFAULT_CHANCE = "80"


@dataclass(frozen=True, slots=True)
class Slider:
    """Ends and step of a slider, and the text written for a place on it: number and `suffix`."""

    low: float
    high: float
    step: float
    now: float
    suffix: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `hint` is the observed value, which holds while the field is blank."""

    name: str
    label: str
    value: str
    hint: str = ""
    kind: str = "text"
    options: tuple[tuple[str, str], ...] = ()
    slider: Slider | None = None


def goal_fields(view: PlanView, address: Address, kgi: str) -> tuple[Field, ...]:
    lang = address.lang
    goal = view.plan.goal if view.plan is not None else None
    by = goal.period.last_day.isoformat() if goal is not None else ""
    chances = tuple(
        (value, say("plan_chance_mean", lang) if value == "mean" else f"{value}%") for value in _CHANCES
    )
    chance = address["chance"] or _DEFAULT_CHANCE
    return (
        Field("kgi", say("plan_kgi", lang), address["kgi"] or kgi, kind="select", options=_kgis(lang)),
        Field("goal", say("plan_goal", lang), address["goal"], _plain(goal.value) if goal else ""),
        Field("by", say("plan_by", lang), address["by"] or by, kind="date"),
        Field(
            "chance",
            say("plan_chance", lang),
            chance,
            kind="select",
            options=chances,
        ),
    )


def _kgis(lang: Language) -> tuple[tuple[str, str], ...]:
    words = ("won_amount", "won_count", "plan_new_customers", "gross_profit", "revenue")
    return tuple((kgi, say(word, lang)) for kgi, word in zip(KGIS, words, strict=True))


def what_if_fields(view: PlanView, address: Address) -> tuple[Field, ...]:
    """The shares of the chain in its order, then what else may be set."""
    known = dict(view.plan.assumed()) if view.plan is not None else {}
    rates = [key for key in known if key.endswith("_rate")]
    names = list(dict.fromkeys([*rates, *([] if rates else ["win_rate"]), *_ALWAYS]))
    money = view.plan is None or view.plan.goal.unit == "jpy"
    return tuple(
        Field(
            name,
            say(f"plan_{name}", address.lang),
            address[name],
            _hint(known.get(name)),
            slider=_slider(known.get(name), address[name]),
        )
        for name in names
        if money or name not in ("price", "delivery")
    )


def _hint(one: Assumption | None) -> str:
    if one is None or one.value is None:
        return ""
    if one.unit == "percent":
        return f"{one.value * 100:.3g}%"
    return f"{one.value:.0f}d" if one.unit == "days" else _plain(one.value)


def _plain(value: float) -> str:
    """1200000, 113 or 2.5: as the field reads it back."""
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


def _slider(one: Assumption | None, typed: str) -> Slider | None:
    if one is None or not one.value:
        return None
    if one.unit == "percent":
        return Slider(1, 100, 1, round(one.value * 100), "%")
    if one.unit == "days" and not typed.endswith(("m", "w")):
        return Slider(1, max(10.0, round(one.value * 2)), 1, round(one.value), "d")
    if one.unit == "jpy":
        step = 10.0 ** max(0, len(str(int(one.value))) - 2)
        return Slider(step, round(one.value * 2 / step) * step, step, round(one.value / step) * step, "")
    if one.unit in ("count", "value"):
        return Slider(1, max(4.0, round(one.value * 2)), 1, round(one.value), "")
    return None
