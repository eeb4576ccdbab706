"""What a measure computes, as a digest: equal digests give equal figures, whatever the names and notes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from hakari.canonical.predicate import where_text
from hakari.metrics.definitions import Aggregate, Measure, Population
from hakari.metrics.derived import names_in


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def meaning(measure: Measure, measures: Mapping[str, Measure]) -> str:
    """Names, words, cautions, the unit's direction and the examples leave it as it is."""
    return digest(_meaning_text(measure, measures))


def rows_meant(aggregate: Aggregate) -> tuple[str, ...]:
    """Which rows are taken and what is taken of them; two names for the same rows mean the same."""
    one = aggregate.population
    conditions = sorted(condition.text() for condition in one.where)
    return (one.table, *conditions, aggregate.how, ".".join(aggregate.path), ".".join(aggregate.until))


def _population_text(one: Population | None) -> str:
    if one is None:
        return ""
    dates = sorted((basis, ".".join(path)) for basis, path in one.dates.items())
    conditions = sorted(condition.text() for condition in one.where)
    return f"{one.table}|{conditions}|{dates}|{'' if one.open is None else where_text(one.open)}"


def _aggregate_text(one: Aggregate | None) -> str:
    return "" if one is None else f"{rows_meant(one)}|{_population_text(one.population)}"


def _compares(measure: Measure) -> bool:
    return measure.last_day or measure.held or measure.against is not None


def _meaning_text(measure: Measure, measures: Mapping[str, Measure]) -> str:
    parts = [
        measure.kind,
        measure.unit,
        *(_aggregate_text(one) for one in (measure.of, measure.numerator, measure.denominator)),
        _population_text(measure.listed),
        repr((measure.entity, measure.alive, measure.quantile, measure.formula)),
        repr((measure.horizon_days, measure.exit, measure.window_months, measure.bases[:1])),
        repr((measure.last_day, measure.held, measure.against)) if _compares(measure) else "",
    ]
    if measure.formula:
        parts += [
            _meaning_text(measures[name], measures) for name in names_in(measure.formula) if name in measures
        ]
    return "\n".join(parts)
