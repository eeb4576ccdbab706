"""The sentences that head capacity and territories, the same on the page and in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hakari.maths.territory import Obstacle
from hakari.planning.capacity_plan import CapacityView
from hakari.planning.territory_plan import Hindrance, TerritoryView
from hakari.planning.wording import figure
from hakari.units.display import number, percent
from hakari.words import Language, say

NAMED = 5
PAY_LINES = {
    "without": "pay_without",
    "plan": "pay_with",
    "healthy": "pay_healthy",
    "cliff": "pay_cliff_line",
}


def capacity_headline(view: CapacityView) -> str:
    scope, lang = view.scope, view.scope.lang
    ahead = [one for one in view.lines if one.capacity is not None]
    if view.force is None or not ahead:
        return say("capacity_headline_nothing", lang)
    unit = view.force.measure.unit
    if view.target is None or view.missing is None:
        total = sum(one.capacity or 0.0 for one in ahead)
        until = month_name(ahead[-1].month, lang)
        return say(
            "capacity_headline_no_target", lang, until=until, expected=figure(total, unit, None, scope)
        )
    last = max(one.month for one in view.lines if one.target is not None)
    key = "capacity_headline_short" if view.missing > 0 else "capacity_headline_enough"
    return say(
        key,
        lang,
        until=month_name(last, lang),
        expected=figure(view.expected, unit, None, scope),
        target=figure(view.target, unit, None, scope),
        gap=figure(abs(view.missing), unit, None, scope),
    )


def territory_headline(view: TerritoryView) -> str:
    lang = view.scope.lang
    if not view.reps:
        return say("territory_headline_nothing", lang)
    after, within = share(view.widest_after, lang), share(view.asked.within, lang)
    if not view.balanced:
        proven = any(one.kind is Obstacle.NO_SPLIT for one in view.hindrances)
        key = "territory_headline_impossible" if proven else "territory_headline_not_found"
        return say(key, lang, within=within, after=after)
    if not view.moves:
        return say("territory_headline_even", lang, after=after)
    before = share(view.widest_before, lang)
    moves, kept = number(len(view.moves)), number(view.kept)
    return say("territory_headline", lang, moves=moves, before=before, after=after, kept=kept)


def hindrance_text(one: Hindrance, lang: Language) -> str:
    part = ""
    if one.share is not None:
        whole = one.kind is Obstacle.GROUP_TOO_LARGE
        beside = share(one.share, lang) if one.share < 2 else times(one.share, lang)
        part = f"{one.share:.1f}" if whole else beside
    accounts, reps = some(one.accounts, lang), some(one.reps, lang)
    return say(f"hindrance_{one.kind.value}", lang, accounts=accounts, reps=reps, share=part)


def times(value: float, lang: Language) -> str:
    return f"{value:.1f}倍" if lang == "ja" else f"{value:.1f} times"


def some(names: Sequence[str], lang: Language) -> str:
    """The first few by name, the rest by number."""
    text = ("、" if lang == "ja" else ", ").join(names[:NAMED])
    return say("and_others", lang, names=text, n=number(len(names) - NAMED)) if len(names) > NAMED else text


def share(value: float | None, lang: Language) -> str:
    """One decimal below 10 %, none above."""
    return percent(value, 201 if value is not None and abs(value) < 0.0995 else 100, lang)


def off(value: float | None, lang: Language) -> str:
    """+85%, −14%: the distance from an equal share."""
    text = share(value, lang)
    return f"+{text}" if value is not None and value > 0 else text


def month_name(month: date, lang: Language) -> str:
    if lang == "ja":
        return f"{month.year}年{month.month}月"
    return f"{say(f'month_{month.month}', lang)} {month.year}"
