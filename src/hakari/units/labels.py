"""How a bucket of time is named on an axis or in a table head."""

from __future__ import annotations

from datetime import date
from typing import Literal

from hakari.units.fiscal import bucket
from hakari.units.grammar import name_of
from hakari.units.period import Grain

Language = Literal["ja", "en"]

# Not strftime: its names follow the machine's locale, not the reader's language.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_YOUBI = "月火水木金土日"


def day_label(day: date, lang: Language) -> str:
    """11/20(金), in English 20 Nov (Fri)."""
    if lang == "ja":
        return f"{day.month}/{day.day}({_YOUBI[day.weekday()]})"
    return f"{day.day} {_MONTHS[day.month - 1]} ({_DAYS[day.weekday()]})"


def bucket_label(day: date, grain: Grain, start_month: int, lang: Language) -> str:
    """The bucket the day falls in; fiscal ones spell out their months, since years start differently."""
    if grain is Grain.DAY:
        return day_label(day, lang)
    name = name_of(day, grain, start_month)
    if grain in (Grain.WEEK, Grain.MONTH):
        return name
    period = bucket(day, grain, start_month)
    first, last = period.start, period.last_day
    if lang == "ja":
        months = (
            f"{first.year}年{first.month}月–{last.year}年{last.month}月"
            if grain is Grain.YEAR
            else f"{first.month}–{last.month}月"
        )
        return f"{name.replace('-', ' ')}({months})"
    months = (
        f"{_MONTHS[first.month - 1]} {first.year}–{_MONTHS[last.month - 1]} {last.year}"
        if grain is Grain.YEAR
        else f"{_MONTHS[first.month - 1]}–{_MONTHS[last.month - 1]}"
    )
    return f"{name.replace('-', ' ')} ({months})"
