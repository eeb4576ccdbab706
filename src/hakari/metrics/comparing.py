"""Measures that compare: which other measure they hold against its targets, and that it can be held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hakari.errors import DefinitionError
from hakari.metrics.definitions import AIMS, Against, Measure

_WHO = ("own", "people")


def read_against(raw: Mapping[str, Any], place: str) -> Against:
    """`measure = "win_amount"`, and `against = "people"` where the people's own targets are summed."""
    name, who, days = raw.get("measure"), raw.get("against", "own"), raw.get("ramp_days", 0)
    if not isinstance(name, str):
        raise DefinitionError(
            f"{place}: it does not say which measure is compared", 'measure = "win_amount"', key="kind"
        )
    if who not in _WHO:
        raise DefinitionError(
            f"{place}: against = {who!r}", f"against is one of {', '.join(_WHO)}", key="against"
        )
    if raw["kind"] == "capacity" and (not isinstance(days, int) or days <= 0):
        raise DefinitionError(
            f"{place}: a capacity says how many days newcomers take", "ramp_days = 180", key="ramp_days"
        )
    return Against(name, who, days)


def check_compared(measures: Mapping[str, Measure], only: Iterable[str] | None = None) -> None:
    """Every compared measure exists and has figures of its own; sums of people need one that adds up."""
    for one in measures.values() if only is None else [measures[name] for name in only]:
        if one.against is None:
            continue
        other = measures.get(one.against.measure)
        if other is None or other.kind in AIMS:
            raise DefinitionError(
                f"{one.id}: it compares {one.against.measure!r}, which is no measure with targets",
                "name a count, a sum or a rate by its id",
                key="measure",
            )
        adds_up = other.kind in ("count", "sum") and other.window_months is None
        summed = one.against.who == "people" or one.kind in ("capacity", "forecast_error")
        if summed and not adds_up:
            raise DefinitionError(
                f"{one.id}: the targets of people for {other.id} cannot be added up",
                "compare a count or a sum, or leave out against",
                key="measure",
            )
