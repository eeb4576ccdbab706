"""Figures as a page writes them: the unit of money once per page, the digits a sample can carry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hakari.maths.display_rules import show_percent
from hakari.maths.intervals import Interval
from hakari.units.display import HIDDEN, MoneyUnit, day_label, money_unit, number, percent, points, signed
from hakari.web.address import Address
from hakari.words import Language, say

_YEN_IN: dict[str, int] = {"yen": 1, "thousand": 10**3, "man": 10**4, "million": 10**6, "oku": 10**8}
MONEY_UNITS: tuple[MoneyUnit, ...] = ("yen", "thousand", "man", "million", "oku")
UNKNOWN = "—"


def size_of(words: str) -> str:
    """Class of a figure in display type: an amount in yen is too long for the largest."""
    return "longer" if len(words) > 8 else "long" if len(words) > 6 else ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Writes values in one language and one money unit."""

    lang: Language
    money: MoneyUnit
    masked: bool = False  # amounts of money are hidden

    @classmethod
    def of(cls, address: Address) -> Figures:
        money = next(unit for unit in MONEY_UNITS if unit == address["unit"])
        return cls(address.lang, money, address["mask"] == "amount")

    @property
    def money_name(self) -> str:
        return money_unit(self.money, self.lang)

    @property
    def money_scale(self) -> float:
        return float(_YEN_IN[self.money])

    def value(
        self,
        value: float | None,
        unit: str,
        n: float | None = None,
        k: float | None = None,
        like: float | None = None,
    ) -> str:
        """14.2%, 118.2, 1,234, 35日. A rate of fewer than ten cases is written "3 / 8".

        `like` is the largest amount of the same column: its digits serve for all.
        """
        if unit == "percent":
            if value is not None and n is not None and k is not None and n > 0 and not show_percent(n):
                return self.fraction(k, n, "count")
            return UNKNOWN if n == 0 else percent(value, n, self.lang)
        if value is None:
            return UNKNOWN
        plain = self._plain(value, unit, like)
        return say(f"{unit}_count", self.lang, n=plain) if unit in ("days", "minutes", "hours") else plain

    def beside(self, value: float | None, unit: str, n: float | None = None) -> str:
        """A target: as exact as the figure it stands beside, and never less exact than it was set."""
        if unit != "percent" or value is None:
            return self.value(value, unit)
        is_exact = abs(value * 100 - round(value * 100)) < 1e-6
        return percent(value, 201 if (n or 0) > 200 or not is_exact else 100, self.lang)

    def difference(self, value: float | None, unit: str, n: float | None = None) -> str:
        if value is None:
            return UNKNOWN
        if unit == "percent":
            return points(value, 1 if (n or 0) > 200 else 0)
        if self.masked and unit == "jpy":
            return HIDDEN
        scaled = value / self.money_scale if unit == "jpy" else value
        plain = signed(scaled, self._digits(scaled, unit))
        return say(f"{unit}_count", self.lang, n=plain) if unit in ("days", "minutes", "hours") else plain

    def range(self, interval: Interval, unit: str, n: float | None = None) -> str:
        """12.7–15.9%: the sign of the unit stands once."""
        if not interval.is_known:
            return ""
        ends = [
            UNKNOWN
            if end is None
            else number(end * 100, 1 if (n or 0) > 200 else 0)
            if unit == "percent"
            else self._plain(end, unit)
            for end in (interval.low, interval.high)
        ]
        return "–".join(ends) + ("%" if unit == "percent" else "")

    def fraction(self, k: float | None, n: float | None, unit: str) -> str:
        """265 / 1,864: what was counted over what it was counted of; n alone where nothing was divided."""
        if k is None or n is None:
            return ""
        return f"{self._plain(k, unit)} / {number(n)}"

    def amount(self, value: float | None) -> str:
        return self.value(value, "jpy")

    def day(self, day: date | None) -> str:
        return UNKNOWN if day is None else day_label(day, self.lang)

    def short_day(self, day: date) -> str:
        """9/7, in English 7 Sep: a tick of an axis."""
        return (
            f"{day.month}/{day.day}" if self.lang == "ja" else f"{day.day} {say(f'month_{day.month}', 'en')}"
        )

    def instant(self, moment: datetime, today: date) -> str:
        """18:05 of today, else the day before the time."""
        clock = f"{moment:%H:%M}"
        return clock if moment.date() == today else f"{day_label(moment.date(), self.lang)} {clock}"

    def _plain(self, value: float, unit: str, like: float | None = None) -> str:
        if self.masked and unit == "jpy":
            return HIDDEN
        scale = self.money_scale if unit == "jpy" else 1.0
        model = value if like is None or unit != "jpy" else like
        return number(value / scale, self._digits(model / scale, unit))

    def _digits(self, scaled: float, unit: str) -> int:
        size = abs(scaled)
        if unit == "jpy":
            if self.money not in ("million", "oku"):
                return 0
            return 2 if 0 < size < 10 else 1 if size < 10_000 else 0
        if unit == "count" or float(scaled).is_integer():
            return 0
        return 2 if unit == "value" and size < 10 else 1
