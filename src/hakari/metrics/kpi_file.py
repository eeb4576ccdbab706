"""One definition file: the KPI or the populations it says, with refusals that tell the line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from hakari.canonical import TABLES
from hakari.canonical.milestones import milestones_of
from hakari.canonical.predicate import field_at, parse_where
from hakari.errors import DefinitionError
from hakari.metrics.definitions import BASES, STAGES, Example, Kpi, Measure, Population
from hakari.metrics.measures import read_measure
from hakari.metrics.placing import DefinitionFile, placed

_KPI_KEYS = "id ja en stage tactic department source holds_from measure example"
_MEASURE_KEYS = (
    "kind unit better ja en words_ja words_en caution_ja caution_en aliases of numerator denominator list by "
    "entity alive held q within clock formula horizon_days exit window_months bases min_n measure against "
    "ramp_days needs_beginning"
)
KPI_KEYS, MEASURE_KEYS = frozenset(_KPI_KEYS.split()), frozenset(_MEASURE_KEYS.split())
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)|line (\d+)")


def read_toml(file: DefinitionFile) -> dict[str, Any]:
    try:
        return tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found.group(1) or found.group(2)) if found else len(file.text.splitlines())
        said = _AT_LINE.sub("", str(error)).strip()
        raise DefinitionError(
            f"{file.name}, line {line}: this is not TOML: {said}",
            'write key = "value", texts in straight quotes, and [measure.rate] above a measure',
            file=file.name,
            line=line,
        ) from error


def read_population(file: DefinitionFile, name: str, raw: Any) -> Population:
    table, place = file.stem, f"{file.name} [{name}]"
    with placed(file, name, place):
        if table not in TABLES:
            near = get_close_matches(table, TABLES, n=1, cutoff=0.5)
            raise DefinitionError(
                f"{place}: there is no table {table!r}",
                f"name the file after a canonical table{f', such as {near[0]}.toml' if near else ''}",
            )
        if not isinstance(raw, Mapping):
            raise DefinitionError(
                f"{place}: a population stands under a header of its own", f"write [{name}] above its lines"
            )
        extra = milestones_of(table)
        opened = raw.get("open")
        return Population(
            name=name,
            table=table,
            ja=raw.get("ja", name),
            en=raw.get("en", name),
            where=parse_where(raw.get("where", []), table, extra, place),
            dates=_dates(raw, table, place),
            open=None if opened is None else parse_where(opened, table, extra, place),
            ended=tuple(_time(one, table, place, "ended") for one in raw.get("ended", [])),
            since=_time(raw["since"], table, place, "since") if "since" in raw else (),
        )


def _dates(raw: Mapping[str, Any], table: str, place: str) -> dict[str, tuple[str, ...]]:
    dates: dict[str, tuple[str, ...]] = {}
    for basis, text in raw.get("dates", {}).items():
        if basis not in BASES:
            raise DefinitionError(
                f"{place}: {basis!r} is no date basis", f"it is one of {', '.join(BASES)}", key="dates"
            )
        dates[basis] = _time(text, table, place, "dates")
    return dates


def _time(text: str, table: str, place: str, key: str) -> tuple[str, ...]:
    path = tuple(str(text).split("."))
    if not field_at(table, path, milestones_of(table), place).is_time:
        raise DefinitionError(f"{place}: {text!r} is not a time", "name a date or instant field", key=key)
    return path


def read_kpi(file: DefinitionFile, populations: Mapping[str, Population]) -> Kpi:
    raw = read_toml(file)
    with placed(file, "", file.name):
        _check_head(raw, file.name)
    measures: list[Measure] = []
    several = len(raw["measure"]) > 1
    for key, part in raw["measure"].items():
        name = f"{raw['id']}.{key}" if several else raw["id"]
        place = f"{file.name} [measure.{key}]"
        with placed(file, f"measure.{key}", place):
            measures.append(read_measure(name, key, raw, part, populations, place))
    with placed(file, "example", file.name):
        examples = tuple(_example(raw["id"], one, several, file.name) for one in raw.get("example", []))
    return Kpi(
        id=raw["id"],
        ja=raw["ja"],
        en=raw["en"],
        stage=raw["stage"],
        tactic=raw.get("tactic", "common"),
        department=raw["department"],
        source=raw.get("source", ""),
        version="",
        measures=tuple(measures),
        examples=examples,
        text=file.text,
        file=file.name,
        holds_from=raw.get("holds_from"),
    )


def _check_head(raw: Mapping[str, Any], place: str) -> None:
    for key in ("id", "ja", "en", "stage", "department", "measure"):
        if key not in raw:
            raise DefinitionError(
                f"{place}: {key!r} is missing", f"write {key} at the top; every KPI says it"
            )
    if raw["stage"] not in STAGES:
        raise DefinitionError(
            f"{place}: stage {raw['stage']!r}", f"it is one of {', '.join(STAGES)}", key="stage"
        )
    if not isinstance(raw["measure"], Mapping) or not all(
        isinstance(part, Mapping) for part in raw["measure"].values()
    ):
        raise DefinitionError(
            f"{place}: measure is to be one or more tables", "write [measure.rate] or [measure.count]"
        )
    if not isinstance(raw.get("holds_from", date.min), date):
        raise DefinitionError(
            f"{place}: holds_from = {raw['holds_from']!r} is no day",
            "write it without quotes: holds_from = 2026-10-01",
            key="holds_from",
        )


def refuse_unknown_keys(file: DefinitionFile) -> None:
    """A misspelt key passed over in silence would give another figure than its writer thinks."""
    raw = read_toml(file)
    _refuse(file, "", raw, KPI_KEYS)
    measures = raw.get("measure")
    for key, part in measures.items() if isinstance(measures, Mapping) else ():
        if isinstance(part, Mapping):
            _refuse(file, f"measure.{key}", part, MEASURE_KEYS)


def _refuse(file: DefinitionFile, section: str, raw: Mapping[str, Any], known: frozenset[str]) -> None:
    for key, value in raw.items():
        if key in known:
            continue
        near = get_close_matches(key, known, n=1, cutoff=0.5)
        with placed(file, section, file.name):
            raise DefinitionError(
                f"{key} = {value!r}: there is no key {key!r}",
                f"did you mean {near[0]}?" if near else f"use one of {', '.join(sorted(known))}",
                key=key,
            )


def _example(kpi: str, raw: Mapping[str, Any], several: bool, place: str) -> Example:
    missing = {"measure", "period", "expect", "why"} - set(raw)
    if missing:
        raise DefinitionError(f"{place}: an example lacks {', '.join(sorted(missing))}", "say them")
    measure = f"{kpi}.{raw['measure']}" if several else kpi
    return Example(
        kpi,
        measure,
        raw["period"],
        str(raw["expect"]),
        raw["why"],
        raw.get("rows", {}),
        raw.get("today", ""),
        raw.get("basis", ""),
    )
