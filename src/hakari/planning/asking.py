"""Turns what a URL or a command line asks for into a scope, and says what could not be used."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import cast, get_args
from zoneinfo import ZoneInfo

from hakari.errors import ParameterNotUnderstoodError, UnknownDimensionError
from hakari.metrics.definitions import Catalogue, Dimension
from hakari.metrics.naming import dimension_named
from hakari.planning.scorecard import Scope
from hakari.units.calendar import FiscalCalendar
from hakari.units.display import MoneyUnit
from hakari.words import Language

# Parameters that choose a page or its looks; everything else has to be a dimension.
_OTHERS = frozenset(
    {"lang", "theme", "door", "by", "of", "page", "sort", "sel", "format", "view", "mask", "factor"}
)
_VS = ("plan", "prev", "yoy", "none")
_BASES = ("event", "created", "close")
DEFAULT_PERIOD = "this-quarter"


@dataclass(frozen=True, slots=True)
class Asked:
    """The scope, and the parameters nothing could be done with."""

    scope: Scope
    unknown: tuple[str, ...] = field(default=())


def read_asof(text: str | None, zone: str) -> datetime | None:
    """A day means the end of that day in the company's zone; a moment means itself."""
    if not text:
        return None
    try:
        if len(text) == 10:
            following = date.fromisoformat(text) + timedelta(days=1)
            return datetime.combine(following, time(), ZoneInfo(zone)) - timedelta(microseconds=1)
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise ParameterNotUnderstoodError(
            f"asof={text} is neither a day nor a moment", "write 2026-11-20 or 2026-11-20T18:05:00+09:00"
        ) from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=ZoneInfo(zone))


def read_scope(
    params: Mapping[str, str],
    lang: Language,
    unit: str,
    now: datetime,
    calendar: FiscalCalendar,
    catalogue: Catalogue,
) -> Asked:
    """Periods are read against the day of `asof`, else of `now`."""
    as_of = read_asof(params.get("asof"), calendar.zone)
    today = calendar.local_date(as_of or now)
    filters: dict[str, tuple[str, ...]] = {}
    unknown: list[str] = []
    for name, value in params.items():
        if name in _OTHERS or name in ("team", "period", "vs", "basis", "lag", "asof", "unit") or not value:
            continue
        dimension = _dimension(catalogue, name)
        if dimension is None:
            unknown.append(name)
        else:
            filters[dimension.name] = values_in(value)
    team = params.get("team") or "all"
    scope = Scope(
        period=calendar.parse(params.get("period") or DEFAULT_PERIOD, today),
        today=today,
        team=None if team == "all" else team,
        vs=_choice(params, "vs", _VS) or "plan",
        basis=None if params.get("basis") == "own" else _choice(params, "basis", _BASES),
        lag=_choice(params, "lag", ("on", "off")) != "off",
        filters=filters,
        as_of=as_of,
        lang=lang,
        unit=_unit(params.get("unit") or unit),
        masked=_choice(params, "mask", ("amount",)) is not None,
    )
    return Asked(scope, tuple(unknown))


def values_in(text: str) -> tuple[str, ...]:
    """The names between commas; a comma inside a name is written with a backslash before it."""
    names = re.split(r"(?<!\\),", text)
    return tuple(name.replace("\\,", ",").strip() for name in names if name.strip())


def as_filter(name: str) -> str:
    """A name as `values_in` reads it back."""
    return name.replace(",", "\\,")


def _dimension(catalogue: Catalogue, name: str) -> Dimension | None:
    try:
        found = dimension_named(catalogue, name)
    except UnknownDimensionError:
        return None
    return found if isinstance(found, Dimension) else None


def _unit(name: str) -> MoneyUnit:
    for known in get_args(MoneyUnit):
        if name == known:
            return cast("MoneyUnit", known)
    raise ParameterNotUnderstoodError(
        f"unit={name} is no money unit", f"use one of {', '.join(get_args(MoneyUnit))}"
    )


def _choice(params: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str | None:
    value = params.get(name)
    if not value:
        return None
    if value not in allowed:
        near = difflib.get_close_matches(value, allowed, n=1, cutoff=0.3)
        raise ParameterNotUnderstoodError(
            f"{name}={value} is not possible",
            f"use one of {', '.join(allowed)}; nearest: {(near or allowed)[0]}",
        )
    return value


def check_name(given: str, known: tuple[str, ...], what: str) -> None:
    """Refuse a name nobody bears, and name the nearest one."""
    if given not in known:
        near = difflib.get_close_matches(given, known, n=1, cutoff=0.3)
        listed = ", ".join(known[:12]) or "none yet"
        raise ParameterNotUnderstoodError(
            f"there is no {what} {given!r}", f"did you mean {near[0]}?" if near else f"known: {listed}"
        )
