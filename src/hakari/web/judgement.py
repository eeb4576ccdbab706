"""How a verdict looks: its tone, the shape of its dot and its words. Colour needs more data than words do."""

from __future__ import annotations

from dataclasses import dataclass

from hakari.maths.display_rules import Better, Kind, Verdict, favourable, may_colour
from hakari.web.marks import Sureness, Tone
from hakari.words import Language, say


@dataclass(frozen=True, slots=True)
class Judgement:
    """`words` say what the dot shows; they are empty where there is nothing to compare with."""

    tone: Tone
    sureness: Sureness
    words: str

    @property
    def is_given(self) -> bool:
        return self.words != ""


def judge(
    said: Verdict,
    better: str,
    unit: str,
    n: float,
    numerator: float | None,
    denominator: float | None,
    lang: Language,
    is_census: bool = False,
) -> Judgement:
    if said is Verdict.NO_TARGET:
        return Judgement("plain", "noise", "")
    if said is Verdict.ON_HOLD:
        return Judgement("plain", "hold", say("on_hold_with_n", lang, n=f"{n:g}"))
    if said is Verdict.WITHIN_NOISE:
        return Judgement("plain", "noise", say("within_noise", lang))
    if said is Verdict.ON_TARGET:
        return Judgement("plain", "sure", say("on_target", lang))
    kind = Kind.CENSUS if is_census else _kind(unit, denominator)
    colour = may_colour(kind, said, n, numerator or 0)
    words = say("sure_above" if said is Verdict.ABOVE else "sure_below", lang)
    return Judgement(_tone(said, better) if colour else "plain", "sure", words)


def _kind(unit: str, denominator: float | None) -> Kind:
    if unit == "percent" and denominator is not None:
        return Kind.RATE
    return Kind.COUNT if unit == "count" else Kind.MEAN


def _tone(said: Verdict, better: str) -> Tone:
    """A figure that is good neither high nor low has no colour."""
    sides: dict[str, Better] = {"higher": "higher", "lower": "lower"}
    if better not in sides:
        return "plain"
    return "good" if favourable(said, sides[better]) else "bad"
