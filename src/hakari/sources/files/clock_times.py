"""Reads the time of day that stands behind a date or in a column of its own."""

from __future__ import annotations

import re
from datetime import UTC, time, timedelta, timezone, tzinfo
from typing import NamedTuple

from hakari.sources.files.reasons import Unreadable, unreadable


class ClockTime(NamedTuple):
    """`next_day` is 1 for 24:00, which belongs to the day after."""

    time: time
    zone: tzinfo | None
    next_day: int


_CLOCK = re.compile(
    r"[T,\s]*(午前|午後|AM|PM|a\.m\.|p\.m\.)?\s*(\d{1,2})(?:[:時]\s?(\d{1,2}))?(?:[:分]\s?(\d{1,2}))?"
    r"(?:[.,](\d{1,9}))?[時分秒]?\s*(AM|PM|a\.m\.|p\.m\.)?\s*(Z|UTC|GMT|JST)?([+-]\d{2}:?(?:\d{2})?)?",
    re.IGNORECASE,
)
_ZONES: dict[str, tzinfo] = {"z": UTC, "utc": UTC, "gmt": UTC, "jst": timezone(timedelta(hours=9))}


def read_clock(text: str) -> ClockTime | Unreadable | None:
    """The rest of a cell behind its date; nothing there means that no time was given."""
    rest = text.strip(" \t,")
    if not rest:
        return None
    match = _CLOCK.fullmatch(rest)
    if match is None or (match[3] is None and (match[1] or match[6]) is None and "時" not in rest):
        return unreadable("not_a_day")
    hour = _hour(int(match[2]), (match[1] or match[6] or "").lower())
    minute, second = int(match[3] or 0), int(match[4] or 0)
    if match[8] and int(match[8][1:3]) > 14:
        return unreadable("no_such_time")
    if hour == 24 and minute == second == 0:
        return ClockTime(time(0), _zone(match), 1)
    if hour > 23 or minute > 59 or second > 60:
        return unreadable("no_such_time")
    micro = int((match[5] or "0").ljust(6, "0")[:6])
    # A leap second is kept as the last one that clocks know.
    return ClockTime(time(hour, minute, min(second, 59), micro), _zone(match), 0)


def _hour(hour: int, half: str) -> int:
    if half.startswith(("午後", "p")):
        return hour + 12 if hour < 12 else hour
    if half.startswith(("午前", "a")):
        return 0 if hour == 12 else hour
    return hour


def _zone(match: re.Match[str]) -> tzinfo | None:
    if match[8]:
        digits = match[8][1:].replace(":", "")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
        return timezone(-offset if match[8][0] == "-" else offset)
    return _ZONES[match[7].lower()] if match[7] else None
