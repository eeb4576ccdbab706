"""Names and order of a result's slices: keys become names, buckets become periods."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from hakari.metrics.compose import Key
from hakari.metrics.query import Cut
from hakari.metrics.runner import Store
from hakari.units.calendar import FiscalCalendar
from hakari.units.period import Grain, Period


class Labels:
    """A key is the slices' raw values, then the bucket's first day where there is a grain."""

    def __init__(
        self,
        cut: Cut,
        refs: list[str | None],
        store: Store,
        schema: str,
        calendar: FiscalCalendar,
        period: Period,
    ) -> None:
        self.cut, self.calendar, self.period = cut, calendar, period
        self._names = [distinct_names(store.names(ref, schema)) if ref else None for ref in refs]
        # A scorecard has many slices and few buckets: each of these is worked out once.
        self._bounds: dict[object, tuple[Period, str]] = {}
        self._starts: list[date] = []
        self._known: dict[Key, tuple[Period, Mapping[str, str | None]]] = {}

    def of(self, key: Key) -> tuple[Period, Mapping[str, str | None]]:
        """The days a key stands for and its slice by name, the same for all figures of the key."""
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._period(key), self._slice(key)
        return found

    def _slice(self, key: Key) -> dict[str, str | None]:
        named = {
            dimension.name: self._name(index, key[index])
            for index, dimension in enumerate(self.cut.dimensions)
        }
        if self.cut.grain is not None:
            named[self.cut.grain.value] = self._bucket(key[-1], self.cut.grain)[1]
        return named

    def _period(self, key: Key) -> Period:
        if self.cut.grain is None:
            return self.period
        return self._bucket(key[-1], self.cut.grain)[0]

    def grid(self, reached: Iterable[Key]) -> list[Key]:
        """Every slice reached × every bucket of the period, so that an empty month is a row too."""
        keys = set(reached)
        slices = self.sorted_slices(key[: len(self.cut.dimensions)] for key in keys)
        if not self.cut.dimensions:
            slices = [()]
        if self.cut.grain is None:
            return slices
        buckets = self._buckets(keys)
        return [(*one, bucket) for one in slices for bucket in buckets]

    def sorted_slices(self, slices: Iterable[Key]) -> list[Key]:
        """By name; what has no name comes last."""

        def order(key: Key) -> tuple[tuple[bool, object, str], ...]:
            return tuple(self._order(index, raw) for index, raw in enumerate(key))

        return sorted(set(slices), key=order)

    def _order(self, index: int, raw: object) -> tuple[bool, object, str]:
        if isinstance(raw, int | float) and self._names[index] is None:
            return False, raw, ""
        name = self._name(index, raw)
        return name is None, 0, name or ""

    def _buckets(self, keys: set[Key]) -> list[date]:
        if self.period.is_all or self.cut.grain is None:
            return sorted({_as_date(key[-1]) for key in keys})
        if not self._starts:
            pieces = self.calendar.split(self.period, self.cut.grain)
            self._starts = [self.calendar.period_of(piece.start, self.cut.grain).start for piece in pieces]
        return self._starts

    def _bucket(self, raw: object, grain: Grain) -> tuple[Period, str]:
        """The part of a bucket that was asked about, and the text of the whole."""
        if raw not in self._bounds:
            whole = self.calendar.period_of(_as_date(raw), grain)
            asked = whole if self.period.is_all else whole.overlap(self.period)
            self._bounds[raw] = (asked, self.calendar.text(whole))
        return self._bounds[raw]

    def _name(self, index: int, raw: object) -> str | None:
        names = self._names[index]
        if raw is None:
            return None
        if names is not None:
            return names.get(int(str(raw)))  # a key without a row is somebody nobody knows (any more)
        return str(raw).lower() if isinstance(raw, bool) else str(raw)


def distinct_names(names: Mapping[int, str]) -> dict[int, str]:
    """Key → name, two of one name told apart by their keys: 佐藤 #3 and 佐藤 #8."""
    borne = Counter(names.values())
    return {key: f"{name} #{key}" if borne[name] > 1 else name for key, name in names.items()}


def _as_date(raw: object) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    raise TypeError(f"{raw!r} is not a day")
