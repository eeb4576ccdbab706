"""A measure's definition and arithmetic, in words."""

from __future__ import annotations

import re

from hakari.metrics.definitions import Catalogue, Measure
from hakari.metrics.derived import names_in
from hakari.metrics.result import MetricResult
from hakari.planning.desk import Desk
from hakari.planning.metric_view import ArithmeticLine, DefinitionView
from hakari.planning.scorecard import Scope
from hakari.planning.wording import figure
from hakari.units import display
from hakari.words import Language


def formula_of(measure: Measure) -> str:
    """The computation over named populations, as code."""
    if measure.formula:
        return measure.formula
    if measure.listed is not None and measure.numerator is not None:
        return f"{measure.numerator.text()} within {measure.listed.name} ÷ {measure.listed.name}"
    if measure.numerator is not None and measure.denominator is not None:
        return f"{measure.numerator.text()} ÷ {measure.denominator.text()}"
    text = measure.of.text() if measure.of is not None else ""
    if measure.kind == "quantile":
        return f"quantile {measure.quantile:g} of {text}"
    return text


def formula_in_words(measure: Measure, catalogue: Catalogue, lang: Language) -> str:
    """The computation over what people call its parts: `商談 ÷ コネクト`."""
    ja = lang == "ja"
    if measure.formula:
        return _named_formula(measure.formula, catalogue, ja)
    names = [part.population.ja if ja else part.population.en for part in measure.parts()]
    if measure.listed is not None:
        names.append(measure.listed.ja if ja else measure.listed.en)
    return " ÷ ".join(dict.fromkeys(names))


def _named_formula(formula: str, catalogue: Catalogue, ja: bool) -> str:
    """Measures by their names, longest id first so that none is found inside another."""
    text = formula.replace("*", "×").replace("/", "÷").replace("-", "−")
    for name in sorted(names_in(formula), key=len, reverse=True):
        one = catalogue.measures[name]
        text = re.sub(rf"(?<![\w.]){re.escape(name)}(?![\w.])", one.ja if ja else one.en, text)
    return text


def definition_view(desk: Desk, measure: Measure, scope: Scope) -> DefinitionView:
    """Everything the definition door says."""
    ja = scope.lang == "ja"
    kpi = desk.catalogue.kpis[measure.kpi]
    parts = measure.parts()
    caution = measure.caution_ja if ja else measure.caution_en
    window = f" (rolling {measure.window_months} months)" if measure.window_months else ""
    names = [part.population.ja if ja else part.population.en for part in parts]
    if measure.listed is not None:
        names.append(measure.listed.ja if ja else measure.listed.en)
    return DefinitionView(
        name_ja=measure.ja,
        name_en=measure.en,
        words=measure.words_ja if ja else measure.words_en,
        formula=(" ÷ ".join(dict.fromkeys(names)) + f" = {formula_of(measure)}" if names else measure.formula)
        + window,
        numerator=parts[0].population.text() if parts else "",
        denominator=measure.denominator.population.text() if measure.denominator is not None else "",
        bases=measure.bases,
        source=kpi.source,
        cautions=(caution,) if caution else (),
        version=f"{kpi.id}@{kpi.version}",
        code=kpi.text,
    )


def arithmetic(measure: Measure, result: MetricResult, scope: Scope) -> tuple[ArithmeticLine, ...]:
    """The computation with its numbers, then the interval."""
    value = figure(result.value, measure.unit, result.denominator, scope)
    lines = []
    if result.numerator is not None and result.denominator is not None:
        top, bottom = display.number(result.numerator), display.number(result.denominator)
        lines.append(ArithmeticLine(f"{top} ÷ {bottom}", value))
    else:
        lines.append(ArithmeticLine(f"{formula_of(measure)} (n = {result.n:,})", value))
    if result.interval.is_known:
        low = figure(result.interval.low, measure.unit, result.denominator, scope)
        high = figure(result.interval.high, measure.unit, result.denominator, scope)
        lines.append(
            ArithmeticLine(f"{result.interval.method}, {result.interval.level:.0%}", f"{low} – {high}")
        )
    else:
        lines.append(ArithmeticLine("interval", result.interval.method))
    return tuple(lines)
