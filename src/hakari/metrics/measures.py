"""Reads one [measure.…] table of a KPI file and refuses what cannot hold."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from hakari.canonical.milestones import milestones_of
from hakari.canonical.predicate import field_at
from hakari.canonical.schema import Kind
from hakari.errors import DefinitionError
from hakari.metrics.comparing import read_against
from hakari.metrics.definitions import AIMS, KINDS, UNITS, Aggregate, Measure, Population

_PAIRS = ("rate", "ratio", "conversion")
_HOW = ("sum", "mean", "distinct", "value", "from", "last")


def read_measure(
    name: str,
    key: str,
    kpi: Mapping[str, Any],
    raw: Mapping[str, Any],
    populations: Mapping[str, Population],
    place: str,
) -> Measure:
    """The measure, or a DefinitionError that names the key at fault."""
    kind = _one_of(raw, "kind", KINDS, place)
    reader = _Reader(raw, populations, place)
    of, numerator, denominator = _aggregates(kind, reader)
    listed = reader.population("list") if kind == "coverage" else None
    measure = Measure(
        id=name,
        key=key,
        kpi=kpi["id"],
        kind=kind,
        **_words(kpi, raw),
        unit=_one_of(raw, "unit", UNITS, place),
        better=_better(raw, place),
        bases=_bases(kind, raw, of, numerator, denominator, place),
        of=of,
        numerator=numerator,
        denominator=denominator,
        listed=listed,
        entity=_path(raw.get("entity", "account" if kind == "coverage" else "")),
        alive=reader.alive(listed or (of.population if of is not None else None), kind),
        last_day=reader.through_last_day(),
        held=bool(raw.get("held", False)),
        against=read_against(raw, place) if kind in AIMS else None,
        **_of_waits(raw, place),
        formula=str(raw.get("formula", "")),
        horizon_days=raw.get("horizon_days"),
        exit=_path(raw.get("exit", "")),
        window_months=raw.get("window_months"),
        aliases=tuple(raw.get("aliases", ())),
    )
    _check(measure, place)
    return measure


def _better(raw: Mapping[str, Any], place: str) -> str:
    return _one_of({"better": "higher"} | dict(raw), "better", ("higher", "lower", "neither"), place)


def _of_waits(raw: Mapping[str, Any], place: str) -> dict[str, Any]:
    """Which quantile, or the share within so many minutes, by which clock, from when on."""
    clock = _one_of({"clock": "wall"} | dict(raw), "clock", ("wall", "office"), place)
    return {
        "quantile": float(raw.get("q", 0.5)),
        "within": raw.get("within"),
        "clock": clock,
        "needs_beginning": bool(raw.get("needs_beginning", False)),
    }


def _words(kpi: Mapping[str, Any], raw: Mapping[str, Any]) -> dict[str, Any]:
    """Names and explanations; a measure without a name of its own bears the KPI's."""
    names = {lang: raw.get(lang, kpi[lang]) for lang in ("ja", "en")}
    rest = ("words_ja", "words_en", "caution_ja", "caution_en")
    return names | {key: raw.get(key, "") for key in rest}


def _aggregates(kind: str, reader: _Reader) -> tuple[Aggregate | None, Aggregate | None, Aggregate | None]:
    """What is counted (`of`), or numerator and denominator."""
    if kind in _PAIRS:
        return None, reader.aggregate("numerator"), reader.aggregate("denominator")
    if kind == "coverage":
        return None, reader.aggregate("by"), None
    uncounted = kind == "derived" or (kind in AIMS and kind != "capacity")
    return (None if uncounted else reader.aggregate("of")), None, None


def _path(text: str) -> tuple[str, ...]:
    return tuple(text.split(".")) if text else ()


def _one_of(raw: Mapping[str, Any], key: str, allowed: tuple[str, ...], place: str) -> str:
    value = raw.get(key)
    if value not in allowed:
        raise DefinitionError(f"{place}: {key} = {value!r}", f"{key} is one of {', '.join(allowed)}", key=key)
    return str(value)


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f"did you mean {', '.join(near)}?" if near else "name a population, or add it to populations/"


class _Reader:
    """Reads the parts of one measure table that name populations."""

    def __init__(self, raw: Mapping[str, Any], populations: Mapping[str, Population], place: str) -> None:
        self.raw, self.populations, self.place = raw, populations, place

    def population(self, key: str) -> Population:
        value = self.raw.get(key)
        name = value.get("population") if isinstance(value, Mapping) else value
        if not isinstance(name, str) or name not in self.populations:
            raise DefinitionError(
                f"{self.place}: {key} = {value!r} names no population",
                _nearest(str(name), self.populations),
                key=key,
            )
        return self.populations[name]

    def aggregate(self, key: str) -> Aggregate:
        population = self.population(key)
        value = self.raw[key]
        if not isinstance(value, Mapping):
            return Aggregate(population)
        said = [how for how in _HOW if how in value]
        if len(said) != 1:
            raise DefinitionError(
                f"{self.place}: {key} says {said or 'nothing'}", f"say one of {', '.join(_HOW)}", key=key
            )
        how, path = said[0], _path(str(value[said[0]]))
        until = _path(str(value.get("to", "")))
        for one in filter(None, (path, until)):
            field = field_at(population.table, one, milestones_of(population.table), self.place)
            if how in ("from", "last") and not field.is_time:
                raise DefinitionError(
                    f"{self.place}: {'.'.join(one)} is not a time", "name a date or instant", key=key
                )
            if how in ("sum", "mean") and field.kind in (Kind.TEXT, Kind.CHOICE, Kind.REF):
                raise DefinitionError(
                    f"{self.place}: {'.'.join(one)} cannot be added up", "name a number", key=key
                )
        return Aggregate(population, {"value": "span", "from": "span"}.get(how, how), path, until)

    def alive(
        self, population: Population | None, kind: str
    ) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """From when to when a row is there: up to a day, or through it where it says `until`."""
        raw = self.raw.get("alive")
        if raw is None and kind not in ("stock", "spread"):
            return None
        ends = ("from", "until") if self.through_last_day() else ("from", "to")
        if population is None or not isinstance(raw, Mapping) or not {*ends} <= set(raw):
            raise DefinitionError(
                f"{self.place}: a {kind} says from when to when a row is alive",
                "alive = {from, to}, or {from, until} where the last day still counts",
                key="alive",
            )
        for end in ends:
            field = field_at(population.table, _path(raw[end]), milestones_of(population.table), self.place)
            if not field.is_time:
                raise DefinitionError(
                    f"{self.place}: alive.{end} is not a time", "name a date or instant", key="alive"
                )
        return _path(raw[ends[0]]), _path(raw[ends[1]])

    def through_last_day(self) -> bool:
        raw = self.raw.get("alive")
        return isinstance(raw, Mapping) and "until" in raw


def _bases(
    kind: str,
    raw: Mapping[str, Any],
    of: Aggregate | None,
    numerator: Aggregate | None,
    denominator: Aggregate | None,
    place: str,
) -> tuple[str, ...]:
    if kind in ("stock", "recency", "spread", "derived", *AIMS):
        return ("event",)
    parts = [part.population for part in (of, numerator, denominator) if part is not None]
    leader = parts[-1]
    shared = [basis for basis in leader.dates if all(basis in part.dates for part in parts)]
    if kind == "conversion":
        shared = [basis for basis in shared if basis == "created"]
    wanted = list(raw.get("bases", shared))
    if not wanted or any(basis not in shared for basis in wanted):
        raise DefinitionError(
            f"{place}: date basis {wanted or 'none'} does not fit its populations",
            f"they share {', '.join(shared) or 'no date basis: add dates to the population files'}",
            key="bases" if "bases" in raw else "numerator" if numerator is not None else "of",
        )
    return tuple(wanted)


def _check(measure: Measure, place: str) -> None:
    top, bottom = measure.numerator, measure.denominator
    if measure.kind in ("rate", "conversion") and top is not None and bottom is not None:
        if top == bottom:
            raise DefinitionError(
                f"{place}: it divides by itself: {top.text()} above and below is always 100 %",
                "name as denominator the rows of which the numerator is a part",
                key="denominator",
            )
        if {top.how, bottom.how} - {"count", "distinct"}:
            raise DefinitionError(
                f"{place}: a rate counts rows or distinct values", 'use kind = "ratio" for totals', key="kind"
            )
        if "created" in measure.bases and top.population.table != bottom.population.table:
            raise DefinitionError(
                f"{place}: a cohort follows the rows of one table",
                "use a milestone of the denominator's table as numerator, or drop the basis 'created'",
                key="numerator",
            )
    if measure.kind in ("quantile", "waiting") and measure.of is not None and measure.of.how != "span":
        raise DefinitionError(
            f"{place}: a quantile is taken of values", "say value = or from = / to =", key="of"
        )
    if measure.kind == "recency" and (measure.of is None or measure.of.how != "last"):
        raise DefinitionError(f"{place}: a recency says since when", 'say last = "<time field>"', key="of")
    if (
        measure.kind in ("sum", "mean", "distinct")
        and measure.of is not None
        and measure.of.how != measure.kind
    ):
        raise DefinitionError(
            f"{place}: kind {measure.kind} takes a {measure.kind}", f"say {measure.kind} = field", key="of"
        )
    if measure.kind == "derived" and not measure.formula:
        raise DefinitionError(f"{place}: a derived measure needs a formula", 'formula = "a / b"')
    if measure.horizon_days is not None and not measure.exit:
        raise DefinitionError(
            f"{place}: a horizon needs the day of the exit", 'exit = "<time field>"', key="horizon_days"
        )
