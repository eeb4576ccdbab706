"""Reads amounts, counts, shares and lengths of time the way people write them, in Japan and elsewhere."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from hakari.sources.files.blanks import is_not_known, plain
from hakari.sources.files.reasons import Unreadable, unreadable

Number = int | float
# Whole numbers up to here are exact in every store.
_LARGEST = Decimal(2) ** 53
_ONE = Decimal(1)

# In Japanese accounts a filled or an open triangle before a number means minus.
_MINUS = "-\u2212\u2010\u2011\u2012\u2013\u2014\u30fc\u25b2\u25b3"
_CURRENCY = re.compile(r"[¥$€£₩]|円|\b(?:JPY|USD|EUR|GBP)\b", re.IGNORECASE)
_COUNTER = re.compile(r"(?<=\d)\s*(?:名|人|件|回|社|個|本|台|点|ヶ月|か月|pv|人月)$", re.IGNORECASE)
_SCALES = {
    "千": 10**3,
    "万": 10**4,
    "百万": 10**6,
    "億": 10**8,
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mm": 10**6,
    "million": 10**6,
    "bn": 10**9,
    "billion": 10**9,
}
_DIGITS = r"[0-9][0-9,' ]*(?:\.[0-9]+)?|\.[0-9]+"
_SCALED = re.compile(rf"({_DIGITS})\s*(千|万|百万|億|k|m|mm|bn|thousand|million|billion)", re.IGNORECASE)
_MYRIADS = re.compile(rf"(?:({_DIGITS})億)?(?:({_DIGITS})(千)?万)?({_DIGITS})?")
_PLAIN = re.compile(
    r"(?:[0-9]+|[0-9]{1,3}(?:[,' ][0-9]{3})+)?(?:\.[0-9]*)?(?:e[+-]?[0-9]{1,3})?", re.IGNORECASE
)
_RANGE = re.compile(r"\d.*[-~〜~∼–—].*\d|[~〜]|以上|以下|未満|超|前後|程度")
_ABOUT = re.compile(r"^(?:約|およそ|about|approx|circa)|(?:くらい|ぐらい|ほど)$", re.IGNORECASE)
_KANJI = re.compile(r"^[一二三四五六七八九十百千万億兆〇零壱弐参]+$")
_KANJI_DIGITS = {letter: value for value, letter in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "壱": 1,
    "弐": 2,
    "参": 3,
}
_KANJI_TENS = {"十": 10, "百": 100, "千": 1000}
_KANJI_MYRIADS = {"万": 10**4, "億": 10**8, "兆": 10**12}

_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{2})(?:\.\d+)?")
_SPOKEN = re.compile(
    r"(?:(\d+)\s*(?:時間|h|hours?|hrs?))?\s*(?:(\d+)\s*(?:分間?|m|mins?|minutes?))?"
    r"\s*(?:(\d+)\s*(?:秒間?|s|secs?|seconds?))?",
    re.IGNORECASE,
)


def read_number(
    text: str, times: Decimal = _ONE, *, decimal_comma: bool = False
) -> Number | Unreadable | None:
    """`times` is the column's unit, such as 1000 for 千円. A unit in the cell itself wins over it."""
    if times == 1 and len(text) < 16 and text.isascii() and text.isdecimal():
        return int(text)
    cell = plain(text)
    if is_not_known(cell):
        return None
    cell = _COUNTER.sub("", _CURRENCY.sub("", cell).strip())
    negative, cell = _sign(cell)
    if decimal_comma:
        cell = cell.translate({ord("."): ",", ord(","): "."})
    value = _decimal(cell, times)
    if isinstance(value, Unreadable):
        return value
    if abs(value) > _LARGEST:
        return unreadable("number_too_large")
    signed = -value if negative else value
    return int(signed) if signed == signed.to_integral_value() else float(signed)


def read_whole(text: str) -> int | Unreadable | None:
    value = read_number(text)
    return unreadable("not_whole") if isinstance(value, float) else value


def read_share(text: str, *, percent: bool) -> float | Unreadable | None:
    """A share from 0 to 1. `percent` says that the column counts in hundreds; a % sign says so too."""
    cell = plain(text)
    hundreds = percent or cell.endswith("%")
    value = read_number(cell.removesuffix("%"))
    if value is None or isinstance(value, Unreadable):
        return value
    share = value / 100 if hundreds else float(value)
    return share if 0 <= share <= 1 else unreadable("not_a_share")


def read_rate(text: str) -> Number | Unreadable | None:
    """A number that may also be written as a percentage: 85% is 0.85."""
    cell = plain(text)
    if not cell.endswith("%"):
        return read_number(cell)
    value = read_number(cell.removesuffix("%"))
    return value if value is None or isinstance(value, Unreadable) else value / 100


def read_duration(text: str, times: Decimal = _ONE) -> int | Unreadable | None:
    """Whole seconds from 330, 5:30 (minutes and seconds), 0:05:30 or 5分30秒."""
    cell = plain(text)
    clock = _CLOCK.fullmatch(cell)
    if clock:
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return hours * 3600 + minutes * 60 + seconds
    spoken = _SPOKEN.fullmatch(cell)
    if cell and spoken:
        hours, minutes, seconds = (int(part or 0) for part in spoken.groups())
        return hours * 3600 + minutes * 60 + seconds
    value = read_number(cell, times)
    if isinstance(value, Unreadable) or (value is not None and value < 0):
        return unreadable("not_a_duration")
    return None if value is None else round(value)


def _sign(cell: str) -> tuple[bool, str]:
    """(1,200), -1,200, 1,200- and the triangles of Japanese accounts are all below zero."""
    if cell.startswith("(") and cell.endswith(")"):
        return True, cell[1:-1].strip()
    if cell[:1] in _MINUS:
        return True, cell[1:].strip()
    if cell.endswith("-") and cell[:-1].replace(",", "").isdigit():
        return True, cell[:-1]
    return False, cell.removeprefix("+").strip()


def _decimal(cell: str, times: Decimal) -> Decimal | Unreadable:
    if cell and _PLAIN.fullmatch(cell) and any(letter.isdigit() for letter in cell):
        return _exact(cell) * times
    scaled = _SCALED.fullmatch(cell)
    if scaled:
        digits, scale = scaled.groups()
        return _exact(digits) * _SCALES[scale.lower()]
    myriads = _MYRIADS.fullmatch(cell)
    if cell and myriads and ("億" in cell or "万" in cell):
        upper, middle, thousand, rest = myriads.groups()
        return (
            _exact(upper or "0") * 10**8
            + _exact(middle or "0") * (10**7 if thousand else 10**4)
            + _exact(rest or "0")
        )
    return _refusal(cell)


def _exact(digits: str) -> Decimal:
    try:
        return Decimal(digits.replace(",", "").replace("'", "").replace(" ", ""))
    except InvalidOperation:
        return Decimal(0)


def _refusal(cell: str) -> Unreadable:
    if _KANJI.match(cell):
        return unreadable("kanji_number", example=kanji_value(cell))
    if _ABOUT.search(cell):
        return unreadable("about_a_number")
    if _RANGE.search(cell):
        return unreadable("number_range")
    if "," in cell and cell.replace(",", "").replace(".", "").isdigit():
        return unreadable("thousands")
    return unreadable("not_a_number")


def kanji_value(text: str) -> int:
    """What 三百万 would be in digits, for saying how to write it."""
    total = section = digit = 0
    for letter in text:
        if letter in _KANJI_DIGITS:
            digit = digit * 10 + _KANJI_DIGITS[letter]
        elif letter in _KANJI_TENS:
            section += (digit or 1) * _KANJI_TENS[letter]
            digit = 0
        else:
            total += (section + digit or 1) * _KANJI_MYRIADS[letter]
            section = digit = 0
    return total + section + digit
