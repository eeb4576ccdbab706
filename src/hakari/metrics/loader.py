"""Reads population and KPI files; what cannot be computed is refused with file, key and the way out."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hakari.canonical import TABLES
from hakari.canonical.milestones import milestones_of
from hakari.canonical.predicate import field_at, parse_where
from hakari.errors import DefinitionError
from hakari.metrics.definitions import (
    BASES,
    STAGES,
    Catalogue,
    Dimension,
    Example,
    Kpi,
    Measure,
    Population,
)
from hakari.metrics.derived import check
from hakari.metrics.measures import read_measure
from hakari.metrics.naming import fold

_HERE = Path(__file__).parent


@cache
def built_in() -> Catalogue:
    """The catalogue that ships with Hakari."""
    return load(
        sorted((_HERE / "populations").glob("*.toml")),
        sorted((_HERE / "catalogue").rglob("*.toml")),
        _HERE / "dimensions.toml",
    )


def load(populations: Iterable[Path], kpis: Iterable[Path], dimensions: Path) -> Catalogue:
    """Everything in the given files, checked against the canonical tables."""
    known: dict[str, Population] = {}
    for path in populations:
        for name, raw in _read(path).items():
            if name in known:
                raise DefinitionError(
                    f"{path.name}: population {name!r} is defined twice", "rename one of them"
                )
            known[name] = _population(name, path.stem, raw, f"{path.name} [{name}]")
    loaded: dict[str, Kpi] = {}
    for path in kpis:
        kpi = _kpi(path, known)
        if kpi.id in loaded:
            raise DefinitionError(f"{path.name}: KPI {kpi.id!r} is defined twice", "rename one of them")
        loaded[kpi.id] = kpi
    measures = {measure.id: measure for kpi in loaded.values() for measure in kpi.measures}
    check({one.id: one.formula for one in measures.values() if one.kind == "derived"}, measures)
    return Catalogue(known, loaded, measures, _dimensions(dimensions), _names(loaded))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DefinitionError(f"{path.name}: {error}", "write it as TOML, in UTF-8") from error


def _population(name: str, table: str, raw: Mapping[str, Any], place: str) -> Population:
    if table not in TABLES:
        raise DefinitionError(
            f"{place}: there is no table {table!r}", "name the file after a canonical table"
        )
    extra = milestones_of(table)
    dates: dict[str, tuple[str, ...]] = {}
    for basis, text in raw.get("dates", {}).items():
        if basis not in BASES:
            raise DefinitionError(f"{place}: {basis!r} is no date basis", f"it is one of {', '.join(BASES)}")
        path = tuple(text.split("."))
        if not field_at(table, path, extra, place).is_time:
            raise DefinitionError(f"{place}: {text!r} is not a time", "name a date or instant field")
        dates[basis] = path
    opened = raw.get("open")
    return Population(
        name=name,
        table=table,
        ja=raw.get("ja", name),
        en=raw.get("en", name),
        where=parse_where(raw.get("where", []), table, extra, place),
        dates=dates,
        open=None if opened is None else parse_where(opened, table, extra, place),
    )


def _kpi(path: Path, populations: Mapping[str, Population]) -> Kpi:
    raw = _read(path)
    for key in ("id", "ja", "en", "stage", "department", "measure"):
        if key not in raw:
            raise DefinitionError(f"{path.name}: {key!r} is missing", "every KPI says it")
    if raw["stage"] not in STAGES:
        raise DefinitionError(f"{path.name}: stage {raw['stage']!r}", f"it is one of {', '.join(STAGES)}")
    measures: list[Measure] = []
    several = len(raw["measure"]) > 1
    for key, part in raw["measure"].items():
        name = f"{raw['id']}.{key}" if several else raw["id"]
        measures.append(read_measure(name, key, raw, part, populations, f"{path.name} [measure.{key}]"))
    return Kpi(
        id=raw["id"],
        ja=raw["ja"],
        en=raw["en"],
        stage=raw["stage"],
        tactic=raw.get("tactic", "common"),
        department=raw["department"],
        source=raw.get("source", ""),
        version=hashlib.sha256(path.read_bytes()).hexdigest()[:8],
        measures=tuple(measures),
        examples=tuple(_example(raw["id"], one, several, path.name) for one in raw.get("example", [])),
        text=path.read_text(encoding="utf-8"),
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


def _dimensions(path: Path) -> dict[str, Dimension]:
    return {
        name: Dimension(name, raw["ja"], raw["en"], tuple(raw["paths"])) for name, raw in _read(path).items()
    }


def _names(kpis: Mapping[str, Kpi]) -> dict[str, tuple[str, ...]]:
    """Every way of calling a measure; a KPI's own id and name mean all its measures."""
    names: dict[str, list[str]] = {}

    def add(name: str, measures: Iterable[str]) -> None:
        for measure in measures:
            known = names.setdefault(fold(name), [])
            if measure not in known:
                known.append(measure)

    for kpi in kpis.values():
        ids = [measure.id for measure in kpi.measures]
        for name in (kpi.id, kpi.ja, kpi.en):
            add(name, ids)
        for measure in kpi.measures:
            for name in (measure.id, measure.ja, measure.en, *measure.aliases):
                add(name, [measure.id])
    return {name: tuple(found) for name, found in names.items()}
