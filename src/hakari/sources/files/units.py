"""Finds the unit a column counts in, such as 千円, % or minutes: in its header or above the table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_MONEY: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), times)
    for pattern, times in (
        (r"百万円|百万|\bmillions?\b|\bmm\b|\$m\b|\bmio\b", 10**6),
        (r"十万円", 10**5),
        (r"億円|億", 10**8),
        (r"千円|千|\bthousands?\b|\$k\b|\bk\b|'000|\bkjpy\b", 10**3),
        (r"万円|万", 10**4),
        (r"円|\bjpy\b|\busd\b|\beur\b", 1),
    )
)
_TIME: tuple[tuple[re.Pattern[str], Decimal], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), Decimal(times))
    for pattern, times in (
        (r"ミリ秒|\bms\b|\bmilliseconds?\b|_ms$", "0.001"),
        (r"秒|\bsec(?:ond)?s?\b|\bs\b", "1"),
        (r"分|\bmin(?:ute)?s?\b", "60"),
        (r"時間\s*\)|\bhours?\b", "3600"),
    )
)
# HubSpot counts calls in milliseconds and says so nowhere.
_MILLISECONDS = {"hs_call_duration", "property_hs_call_duration"}
_BRACKETED = re.compile(r"[(\[【〔](.*?)[)\]】〕]")
_TITLE_UNIT = re.compile(r"(?:単位|unit)s?\s*[:：]?\s*([^\s)）,]+)", re.IGNORECASE)
_TAX = re.compile(r"税抜|税別|税込|外税|内税|excl?\.? tax|incl?\.? tax|before tax", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MoneyUnit:
    """`says` is the word that was found, for the plan; "" when nothing was."""

    times: Decimal
    says: str


def money_unit(header: str, *above: str) -> MoneyUnit:
    """The header's own unit, else one written above the table or in the sheet's name (単位:千円)."""
    text = unicodedata.normalize("NFKC", header)
    for inside in _BRACKETED.findall(text):
        found = _match(inside)
        if found is not None:
            return found
    tail = re.search(r"[_\s](百万円|千円|万円|億円|円|k|mm|thousands?|millions?)$", text, re.IGNORECASE)
    found = _match(tail[1]) if tail else None
    if found is not None:
        return found
    for words in above:
        for written in _TITLE_UNIT.findall(unicodedata.normalize("NFKC", words)):
            found = _match(written)
            if found is not None:
                return found
        bracketed = _BRACKETED.findall(unicodedata.normalize("NFKC", words))
        found = next((each for each in map(_money_only, bracketed) if each is not None), None)
        if found is not None:
            return found
    return MoneyUnit(Decimal(1), "")


def time_unit(header: str) -> Decimal:
    """How many seconds one of the column's numbers is worth; 1 when nothing is said."""
    text = unicodedata.normalize("NFKC", header)
    if text.strip().casefold() in _MILLISECONDS:
        return Decimal("0.001")
    inside = " ".join(_BRACKETED.findall(text)) or text.replace("_", " ")
    if "通話時間" in inside or "所要時間" in inside:
        return Decimal(1)
    return next((times for pattern, times in _TIME if pattern.search(inside)), Decimal(1))


def says_percent(header: str) -> bool:
    return "%" in unicodedata.normalize("NFKC", header) or "パーセント" in header


def tax_word(header: str, above: Iterable[str]) -> str:
    """税抜 or 税込 where it is written; amounts are taken as they are."""
    found = next((match for text in (header, *above) if (match := _TAX.search(text))), None)
    return found[0] if found else ""


def _match(text: str) -> MoneyUnit | None:
    bare = text.strip()
    return next((MoneyUnit(Decimal(times), bare) for pattern, times in _MONEY if pattern.search(bare)), None)


def _money_only(text: str) -> MoneyUnit | None:
    """In a title, brackets may hold anything; only a unit alone counts."""
    bare = text.strip()
    return _match(bare) if bare in {"千円", "百万円", "万円", "億円", "円", "単位千円"} else None
