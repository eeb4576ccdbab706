"""What a definition counts, as a reader would say it: fractions, populations, conditions and days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hakari.canonical import TABLES
from hakari.canonical.predicate import AnyOf, Atom, Condition, OtherField
from hakari.canonical.tactics import TACTIC_NAMES
from hakari.metrics.definitions import Aggregate, Measure, Population
from hakari.planning.defining import held_against
from hakari.units.display import number
from hakari.words import Language, knows, say

_OPERATORS = {"=": "eq", "!=": "ne", ">=": "ge", ">": "gt", "<=": "le", "<": "lt"}
_SIGNS = {"*": " × ", "/": " ÷ ", "+": " + ", "-": " − "}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*|[*/+-]")
_BASIS_WORDS = {"event": "event_basis", "created": "created_cohort", "close": "close_basis"}


@dataclass(frozen=True, slots=True)
class Formula:
    """A fraction as it is set: `bottom` is empty where nothing divides, `aside` what narrows it."""

    top: str
    bottom: str
    aside: str = ""

    @property
    def line(self) -> str:
        whole = f"{self.top} ÷ {self.bottom}" if self.bottom else self.top
        return f"{whole} · {self.aside}" if self.aside else whole


def formula_of(measure: Measure, measures: Mapping[str, Measure], lang: Language) -> Formula:
    """What is divided by what, over populations by their names."""
    return Formula(*_fraction(measure, measures, lang), aside=_narrowing(measure, lang))


def _fraction(measure: Measure, measures: Mapping[str, Measure], lang: Language) -> tuple[str, str]:
    if measure.formula:
        return _arithmetic(measure.formula, measures, lang), ""
    if measure.against is not None:
        return held_against(measure, measures, lang), ""
    if measure.numerator is not None and measure.denominator is not None:
        return _aggregate(measure.numerator, lang), _aggregate(measure.denominator, lang)
    if measure.numerator is not None and measure.listed is not None:
        table = measure.listed.table
        entity = field_name(table, measure.entity, lang)
        listed = say("agg_listed", lang, entity=entity, population=named(measure.listed, lang))
        return named(measure.numerator.population, lang), listed
    return (_aggregate(measure.of, lang) if measure.of is not None else ""), ""


def _aggregate(part: Aggregate, lang: Language) -> str:
    population, table = named(part.population, lang), part.population.table
    if part.how == "count":
        return population
    key = "agg_value" if part.how == "span" and not part.until else f"agg_{part.how}"
    values = {"population": population, "field": field_name(table, part.path, lang)}
    if part.until:
        values["until"] = field_name(table, part.until, lang)
    return say(key, lang, **values)


def _arithmetic(formula: str, measures: Mapping[str, Measure], lang: Language) -> str:
    """gross_profit / headcount is 粗利 ÷ 人数: ids become names, signs their own."""

    def word(found: re.Match[str]) -> str:
        text = found.group()
        if text in _SIGNS:
            return _SIGNS[text].strip()
        return measure_name(measures[text], lang) if text in measures else text

    return _NAME.sub(word, formula)


def _narrowing(measure: Measure, lang: Language) -> str:
    said = []
    if measure.within is not None:
        said.append(say("answered_within", lang, n=measure.within))
    elif measure.kind in ("quantile", "waiting"):
        half, share = measure.quantile == 0.5, f"{measure.quantile:.0%}"
        said.append(say("kind_median", lang) if half else say("kind_quantile_of", lang, share=share))
    if measure.kind == "waiting":
        said.append(say(f"clock_{measure.clock}", lang))
    if measure.horizon_days is not None:
        said.append(say("only_within_days", lang, n=measure.horizon_days))
    if measure.window_months is not None:
        said.append(say("window_of_months", lang, n=measure.window_months))
    return " · ".join(said)


def measure_name(measure: Measure, lang: Language) -> str:
    return measure.ja if lang == "ja" else measure.en


def named(population: Population, lang: Language) -> str:
    return population.ja if lang == "ja" else population.en


def table_name(table: str, lang: Language) -> str:
    found = TABLES.get(table)
    return table if found is None else found.ja if lang == "ja" else found.en


def field_name(table: str, path: tuple[str, ...], lang: Language) -> str:
    """受注した案件の担当者の役割: a dotted name as the fields it leads through."""
    names = [_field(step, lang) for step in path] or [table_name(table, lang)]
    said = names[0]
    for name in names[1:]:
        said = say("field_of", lang, owner=said, field=name)
    return said


def _field(name: str, lang: Language) -> str:
    key = f"field_{name}"
    return say(key, lang) if knows(key) else name


def conditions_of(population: Population, lang: Language) -> tuple[str, ...]:
    """One line a condition; all of them hold."""
    lines = tuple(_condition(one, population.table, lang) for one in population.where)
    return lines or (say("every_row", lang),)


def open_rows_of(population: Population, lang: Language) -> tuple[str, ...]:
    return tuple(_condition(one, population.table, lang) for one in population.open or ())


def _condition(condition: Condition, table: str, lang: Language) -> str:
    if isinstance(condition, AnyOf):
        return say("or_condition", lang).join(_atom(atom, table, lang) for atom in condition.atoms)
    return _atom(condition, table, lang)


def _atom(atom: Atom, table: str, lang: Language) -> str:
    field = field_name(table, atom.path, lang)
    key = f"op_{_OPERATORS.get(atom.op, atom.op)}"
    if atom.op.startswith("is_") or atom.op == "not_null":
        return say(key, lang, field=field)
    if isinstance(atom.value, OtherField):
        return say(key, lang, field=field, value=field_name(table, atom.value.path, lang))
    values = atom.value if isinstance(atom.value, tuple) else (atom.value,)
    joint = "・" if lang == "ja" else ", "
    return say(
        key, lang, field=field, value=joint.join(value_name(value, atom.path[-1], lang) for value in values)
    )


def value_name(value: object, field: str, lang: Language) -> str:
    if isinstance(value, bool):
        return say("yes" if value else "no", lang)
    if isinstance(value, int | float):
        return number(value)
    text = str(value)
    if field == "tactic" and text in TACTIC_NAMES:
        return TACTIC_NAMES[text][0 if lang == "ja" else 1]
    return say(f"choice_{text}", lang) if knows(f"choice_{text}") else text


def basis_name(basis: str, lang: Language) -> str:
    return say(_BASIS_WORDS.get(basis, "own_basis"), lang)


def days_of(population: Population, lang: Language) -> tuple[tuple[str, str], ...]:
    """Which day counts on which date basis."""
    return tuple(
        (basis_name(basis, lang), field_name(population.table, path, lang))
        for basis, path in population.dates.items()
    )


def need_in_short(need: str, lang: Language) -> str:
    """`deal.valid / deal.status`, short enough for a list: the card says it whole."""
    joint = f" {say('need_either', lang)} "
    return joint.join(_need(one, lang) for one in need.split(" / "))


def _need(need: str, lang: Language) -> str:
    table, _, field = need.partition(".")
    if not field:
        return say("need_table", lang, table=table_name(table, lang))
    return say("need_field", lang, table=table_name(table, lang), field=_field(field, lang))
