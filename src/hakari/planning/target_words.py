"""Says how likely a target is reached, and why, in a sentence."""

from __future__ import annotations

from collections.abc import Callable

from hakari.planning.target_judging import Judged
from hakari.units.display import percent
from hakari.words import Language, say

Written = Callable[[float | None], str]


def chance_text(judged: Judged, lang: Language) -> str:
    """41% 挑戦; of a finished period 達成 or 未達."""
    if judged.reached is not None:
        return say("target_reached" if judged.reached else "target_missed", lang)
    if judged.chance is None or judged.band is None:
        return ""
    return f"{chance_percent(judged.chance, lang)} {say(f'band_{judged.band}', lang)}"


def chance_percent(chance: float, lang: Language) -> str:
    """Never 0 % or 100 %: a chance is not certainty."""
    if chance < 0.01:
        return "<1%"
    return ">99%" if chance > 0.99 else percent(chance, 100, lang)


def why(judged: Judged, better: str, written: Written, lang: Language) -> str:
    """`written` writes a figure of the measure."""
    if judged.why_not:
        return say(judged.why_not, lang)
    if judged.reached is not None:
        return say("chance_reached_why", lang, actual=written(judged.actual))
    chance = judged.chance or 0.0
    key = "chance_why_lower" if better == "lower" else "chance_why"
    last = (
        "・".join(written(one) for one in judged.last)
        if lang == "ja"
        else ", ".join(map(written, judged.last))
    )
    parts = [
        say("chance_so_far", lang, actual=written(judged.actual)) if judged.actual is not None else "",
        say(key, lang, last=last, expected=written(judged.expected), chance=chance_percent(chance, lang)),
        say("chance_ramping", lang) if judged.is_new else "",
    ]
    return ("" if lang == "ja" else " ").join(part for part in parts if part)
