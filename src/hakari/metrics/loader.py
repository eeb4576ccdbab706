"""Reads population and KPI files; what cannot be computed is refused with file, line, key and the way out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from hakari.errors import DefinitionError
from hakari.metrics.checks import check_formula, check_measure, check_population
from hakari.metrics.comparing import check_compared
from hakari.metrics.definitions import Catalogue, Dimension, Kpi, Measure, Population
from hakari.metrics.derived import check
from hakari.metrics.kpi_file import read_kpi, read_population, read_toml, refuse_unknown_keys
from hakari.metrics.meaning import digest, meaning
from hakari.metrics.naming import fold
from hakari.metrics.placing import DefinitionFile, placed

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
        file = _file(path)
        for name, one in _populations(file).items():
            if name in known:
                raise DefinitionError(
                    f"{file.name}: population {name!r} is defined twice", "rename one of them"
                )
            known[name] = one
    loaded: dict[str, Kpi] = {}
    for path in kpis:
        kpi = read_kpi(_file(path), known)
        if kpi.id in loaded:
            raise DefinitionError(f"{path.name}: KPI {kpi.id!r} is defined twice", "rename one of them")
        loaded[kpi.id] = kpi
    return _catalogue(known, loaded, _dimensions(_file(dimensions)))


def overlay(base: Catalogue, files: Sequence[DefinitionFile]) -> Catalogue:
    """The base with a company's own files over it: the same id or name replaces, another one is added."""
    if not files:
        return base
    populations, changed = dict(base.populations), set[str]()
    for file in files:
        if file.is_populations:
            for name, one in _own_populations(file, base).items():
                if name in changed:
                    raise DefinitionError(
                        f"{file.name}: population {name!r} is defined twice", "rename one", file=file.name
                    )
                populations[name] = one
                changed.add(name)
    kpis = {
        name: _read_again(kpi, populations) if _counts(kpi, changed) else kpi
        for name, kpi in base.kpis.items()
    }
    own: dict[str, DefinitionFile] = {}
    for file in files:
        if file.is_populations:
            continue
        kpi = _own_kpi(file, populations)
        if kpi.id in own:
            raise DefinitionError(
                f"{file.name}: KPI {kpi.id!r} is also defined in {own[kpi.id].name}",
                "rename one of them",
                file=file.name,
            )
        own[kpi.id] = file
        kpis[kpi.id] = kpi
    catalogue = _catalogue(populations, kpis, dict(base.dimensions), own)
    _check_names(catalogue, own)
    return catalogue


def _file(path: Path) -> DefinitionFile:
    try:
        return DefinitionFile(path.name, path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise DefinitionError(f"{path.name}: {error}", "write it as TOML, in UTF-8") from error


def _populations(file: DefinitionFile) -> dict[str, Population]:
    return {name: read_population(file, name, raw) for name, raw in read_toml(file).items()}


def _own_populations(file: DefinitionFile, base: Catalogue) -> dict[str, Population]:
    found = _populations(file)
    for name, one in found.items():
        place = f"{file.name} [{name}]"
        with placed(file, name, place):
            check_population(one, place)
            before = base.populations.get(name)
            if before is not None and before.table != one.table:
                raise DefinitionError(
                    f"{place}: the population {name!r} is one of {before.table}, not of {one.table}",
                    "give it another name",
                )
    return found


def _own_kpi(file: DefinitionFile, populations: Mapping[str, Population]) -> Kpi:
    refuse_unknown_keys(file)
    kpi = replace(read_kpi(file, populations), own=True)
    for one in kpi.measures:
        place = f"{file.name} [measure.{one.key}]"
        with placed(file, f"measure.{one.key}", place):
            check_measure(one, place)
    return kpi


def _read_again(kpi: Kpi, populations: Mapping[str, Population]) -> Kpi:
    return read_kpi(DefinitionFile(kpi.file, kpi.text), populations)


def _counts(kpi: Kpi, populations: set[str]) -> bool:
    return any(
        one.name in populations
        for measure in kpi.measures
        for one in (
            *(part.population for part in measure.parts()),
            *([measure.listed] if measure.listed is not None else []),
        )
    )


def _catalogue(
    populations: Mapping[str, Population],
    kpis: dict[str, Kpi],
    dimensions: Mapping[str, Dimension],
    own: Mapping[str, DefinitionFile] | None = None,
) -> Catalogue:
    measures = {measure.id: measure for kpi in kpis.values() for measure in kpi.measures}
    _check_formulas(kpis, measures, own or {})
    check_compared(measures)
    versioned = {name: replace(kpi, version=_version(kpi, measures)) for name, kpi in kpis.items()}
    return Catalogue(populations, versioned, measures, dimensions, _names(versioned))


def _check_formulas(
    kpis: Mapping[str, Kpi], measures: Mapping[str, Measure], own: Mapping[str, DefinitionFile]
) -> None:
    derived = {one.id: one.formula for one in measures.values() if one.kind == "derived"}
    for kpi, file in own.items():
        for one in kpis[kpi].measures:
            with placed(file, f"measure.{one.key}", one.id):
                if one.kind == "derived":
                    check(derived, measures, (one.id,))
                    check_formula(one, measures, one.id)
                check_compared(measures, (one.id,))
    check(derived, measures)


def _version(kpi: Kpi, measures: Mapping[str, Measure]) -> str:
    return digest(kpi.text + "".join(meaning(one, measures) for one in kpi.measures))


def _dimensions(file: DefinitionFile) -> dict[str, Dimension]:
    return {
        name: Dimension(name, raw["ja"], raw["en"], tuple(raw["paths"]))
        for name, raw in read_toml(file).items()
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


def _check_names(catalogue: Catalogue, own: Mapping[str, DefinitionFile]) -> None:
    """A company's KPI takes no name that another KPI bears: two figures would answer to it."""
    for name, found in catalogue.names.items():
        kpis = list(dict.fromkeys(catalogue.measures[one].kpi for one in found))
        mine = next((kpi for kpi in reversed(kpis) if kpi in own), None)
        if len(kpis) > 1 and mine is not None:
            other = next(kpi for kpi in kpis if kpi != mine)
            with placed(own[mine], "", own[mine].name):
                raise DefinitionError(
                    f"the name {name!r} is borne by the KPI {other} already",
                    f'use another name, or write id = "{other}" to replace that KPI',
                    value=name,
                )
