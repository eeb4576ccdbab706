"""Finds the measure or dimension a person means, by id, alias or Japanese name."""

from __future__ import annotations

import difflib
import unicodedata

from hakari.errors import UnknownDimensionError, UnknownKpiError
from hakari.metrics.definitions import Catalogue, Dimension, Measure
from hakari.units.period import Grain


def fold(name: str) -> str:
    """Width, case and surrounding space do not matter in a name."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def measures_named(catalogue: Catalogue, name: str) -> list[Measure]:
    """The measures an id, alias or name stands for."""
    found = catalogue.names.get(fold(name))
    if found is None:
        near = difflib.get_close_matches(fold(name), catalogue.names, n=3, cutoff=0.5)
        raise UnknownKpiError(
            f"there is no KPI {name!r}",
            f"did you mean {', '.join(near)}?" if near else "`hakari catalogue` lists all KPIs",
        )
    return [catalogue.measures[measure] for measure in found]


def dimension_named(catalogue: Catalogue, name: str) -> Dimension | Grain:
    """A dimension of the catalogue, or a stretch of time."""
    folded = fold(name)
    if folded in list(Grain):
        return Grain(folded)
    for dimension in catalogue.dimensions.values():
        if folded in (fold(dimension.name), fold(dimension.ja), fold(dimension.en)):
            return dimension
    known = [*catalogue.dimensions, *Grain]
    near = difflib.get_close_matches(folded, known, n=1, cutoff=0.5)
    raise UnknownDimensionError(
        f"there is nothing called {name!r} to break down by",
        f"did you mean {near[0]}?" if near else f"use one of {', '.join(known)}",
    )
