"""What a measure computes, as a digest: equal digests give equal figures, whatever the names and notes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields

from hakari.metrics.definitions import Aggregate, Measure, Population
from hakari.metrics.derived import names_in

# What is said of a definition, and not what it computes. Every other field counts, those to come as well.
_WORDS = ("name", "ja", "en", "words_ja", "words_en", "caution_ja", "caution_en", "aliases")
_TOLD = frozenset(("id", "key", "kpi", "better", *_WORDS))
_OF_MEASURE = tuple(one.name for one in fields(Measure) if one.name not in _TOLD)
_OF_POPULATION = tuple(one.name for one in fields(Population) if one.name not in ("where", "dates", *_TOLD))


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


def _meaning_text(measure: Measure, measures: Mapping[str, Measure]) -> str:
    parts = [_value_text(measure, name) for name in _OF_MEASURE]
    named = names_in(measure.formula) if measure.formula else []
    if measure.against is not None:
        named.append(measure.against.measure)
    return "\n".join(
        [*parts, *(_meaning_text(measures[name], measures) for name in named if name in measures)]
    )


def _value_text(measure: Measure, name: str) -> str:
    value = getattr(measure, name)
    if isinstance(value, Aggregate):
        return f"{name} {rows_meant(value)} {_population_text(value.population)}"
    if isinstance(value, Population):
        return f"{name} {_population_text(value)}"
    # A further basis is another figure that may be asked for; the own one stays.
    return f"{name} {value[:1] if name == 'bases' else value!r}"


def _population_text(one: Population) -> str:
    dates = sorted((basis, ".".join(path)) for basis, path in one.dates.items())
    conditions = sorted(condition.text() for condition in one.where)
    rest = [getattr(one, name) for name in _OF_POPULATION]
    return f"{conditions} {dates} {rest!r}"
