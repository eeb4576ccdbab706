"""Reads what somebody typed as a target: 12.5 in the page's unit, 1,200万, 18% or nothing at all."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from hakari.errors import ParameterNotUnderstoodError
from hakari.units.display import MoneyUnit

YEN: dict[MoneyUnit, int] = {"yen": 1, "thousand": 10**3, "man": 10**4, "million": 10**6, "oku": 10**8}
_UNITS = {"": None, "千": 10**3, "万": 10**4, "百万": 10**6, "億": 10**8}
_NUMBER = re.compile(
    r"([+\-\u2212]?)(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?(億|百万|万|千)?(円|件|社|日|分|時間|%)?"
)


def read_value(text: str, unit: str, money: MoneyUnit = "yen") -> float | None:
    """None for an empty cell, which takes the target away.

    A rate above 1 is in percent: nobody wins 18 of one. A unit that was typed wins over the page's.
    """
    typed = "".join(unicodedata.normalize("NFKC", text).replace("¥", "").split())
    if not typed:
        return None
    found = _NUMBER.fullmatch(typed)
    if found is None or not (found[2] or found[3]):
        raise ParameterNotUnderstoodError(
            f"{text.strip()!r} is not a number", "write digits, such as 1200000, 120万 or 18%"
        )
    plain = Decimal((found[2] or "0").replace(",", "") + (found[3] or ""))
    value = -plain if found[1] in ("-", "\u2212") else plain
    if found[4]:
        value *= _UNITS[found[4]] or 1
    elif unit == "jpy" and found[5] != "円":
        value *= YEN[money]
    if unit == "percent" and (found[5] == "%" or value > 1):
        value /= 100
    return float(value)


def typed_value(value: float | None, unit: str, money: MoneyUnit = "yen") -> str:
    """The same value as it would be typed: exact, so that saving without a change changes nothing."""
    if value is None:
        return ""
    if unit == "percent":
        return f"{_plain(Decimal(repr(round(value * 100, 10))))}%"
    scale = YEN[money] if unit == "jpy" else 1
    return _plain(Decimal(repr(float(value))) / scale)


def _plain(value: Decimal) -> str:
    text = format(value.normalize(), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
