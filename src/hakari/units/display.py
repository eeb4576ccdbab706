"""Figures as people read them: signs, money, percentages, points, counts and dates.

Unknown is written —, never 0. Minus is − (U+2212). Halves round away from zero, as in a spreadsheet.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import isfinite
from typing import Literal

from hakari.units.labels import Language, day_label

__all__ = [
    "HIDDEN",
    "MoneyUnit",
    "count",
    "day_label",
    "interval",
    "money",
    "money_unit",
    "number",
    "on_hold",
    "percent",
    "points",
    "signed",
]

Number = int | float | Decimal
HIDDEN = "•••"  # an amount that is not to be seen by all in the room
MoneyUnit = Literal["yen", "thousand", "man", "million", "oku"]

UNKNOWN = "—"
MINUS = "−"

_YEN_IN: dict[MoneyUnit, int] = {
    "yen": 1,
    "thousand": 1_000,
    "man": 10_000,
    "million": 1_000_000,
    "oku": 100_000_000,
}
_UNIT_NAMES: dict[Language, dict[MoneyUnit, str]] = {
    "ja": {"yen": "円", "thousand": "千円", "man": "万円", "million": "百万円", "oku": "億円"},
    "en": {"yen": "¥", "thousand": "¥K", "man": "¥10K", "million": "¥M", "oku": "¥100M"},
}


def number(value: Number | None, digits: int = 0) -> str:
    """1,234 and −3; what rounds to zero has no sign."""
    if value is None or not isfinite(value):
        return UNKNOWN
    step = Decimal(1).scaleb(-digits)
    rounded = Decimal(str(value)).quantize(step, ROUND_HALF_UP)
    return f"{MINUS if rounded < 0 else ''}{abs(rounded):,}"


def signed(value: Number | None, digits: int = 0) -> str:
    """A difference: +12, −3, 0."""
    text = number(value, digits)
    above_zero = text[0].isdigit() and text.strip("0.,") != ""
    return f"+{text}" if above_zero else text


def money(
    amount_in_yen: Number | None, unit: MoneyUnit = "million", lang: Language = "ja", digits: int = 0
) -> str:
    """1,234百万円, in English ¥1,234M. English has no 万 or 億, so there the figure keeps its multiplier."""
    if amount_in_yen is None or not isfinite(amount_in_yen):
        return UNKNOWN
    text = number(Decimal(str(amount_in_yen)) / _YEN_IN[unit], digits)
    if lang == "ja":
        return f"{text}{_UNIT_NAMES['ja'][unit]}"
    if unit in ("man", "oku"):
        return f"{text} × {_UNIT_NAMES['en'][unit]}"
    minus, figure = (MINUS, text[1:]) if text.startswith(MINUS) else ("", text)
    return f"{minus}¥{figure}{_UNIT_NAMES['en'][unit][1:]}"


def money_unit(unit: MoneyUnit, lang: Language) -> str:
    """The unit alone, for the one place on a page that names it."""
    return _UNIT_NAMES[lang][unit]


def percent(rate: float | None, n: float | None = None, lang: Language = "ja") -> str:
    """A decimal only above 200 cases: below, it would show noise. A base of 0 says so."""
    if n == 0:
        return f"{UNKNOWN}(分母 0)" if lang == "ja" else f"{UNKNOWN} (denominator 0)"
    if rate is None or not isfinite(rate):
        return UNKNOWN
    digits = 1 if n is not None and n > 200 else 0
    return f"{number(Decimal(str(rate)) * 100, digits)}%"


def points(difference: float | None, digits: int = 1) -> str:
    """The difference of two rates, 0.012, as +1.2pt."""
    if difference is None or not isfinite(difference):
        return UNKNOWN
    return f"{signed(Decimal(str(difference)) * 100, digits)}pt"


def count(value: Number | None, noun: str = "") -> str:
    """1,234件: the noun is 件, 社 or 人 by what is counted."""
    text = number(value)
    return text if text == UNKNOWN else f"{text}{noun}"


def interval(low: Number | None, high: Number | None, digits: int = 0) -> str:
    """197–226; a side that is not known is —."""
    if low is None and high is None:
        return UNKNOWN
    return f"{number(low, digits)}–{number(high, digits)}"


def on_hold(lang: Language) -> str:
    return "判断保留" if lang == "ja" else "Not enough data"
