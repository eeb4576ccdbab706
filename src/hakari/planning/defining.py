"""A measure's definition and arithmetic, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from hakari.maths.estimates import Estimate
from hakari.metrics.definitions import Catalogue, Measure
from hakari.metrics.derived import names_in
from hakari.metrics.pasts import Course
from hakari.metrics.result import MetricResult
from hakari.planning.desk import Desk
from hakari.planning.metric_view import ArithmeticLine, DefinitionView
from hakari.planning.scorecard import Scope
from hakari.planning.wording import figure
from hakari.units import display
from hakari.words import Language, say


def formula_of(measure: Measure) -> str:
    """The computation over named populations, as code."""
    if measure.formula:
        return measure.formula
    if measure.against is not None:
        return f"{measure.kind} of {measure.against.measure} ({measure.against.who})"
    if measure.listed is not None and measure.numerator is not None:
        return f"{measure.numerator.text()} within {measure.listed.name} ÷ {measure.listed.name}"
    if measure.numerator is not None and measure.denominator is not None:
        return f"{measure.numerator.text()} ÷ {measure.denominator.text()}"
    text = measure.of.text() if measure.of is not None else ""
    if measure.kind == "waiting":
        what = (
            f"quantile {measure.quantile:g}" if measure.within is None else f"share within {measure.within}"
        )
        return f"{what} minutes by the {measure.clock} clock of {text}, open ones censored"
    if measure.kind == "quantile":
        return f"quantile {measure.quantile:g} of {text}"
    return text


def formula_in_words(measure: Measure, catalogue: Catalogue, lang: Language) -> str:
    """The computation over what people call its parts: `商談 ÷ コネクト`."""
    ja = lang == "ja"
    if measure.formula:
        return _named_formula(measure.formula, catalogue, ja)
    if measure.against is not None:
        return held_against(measure, catalogue.measures, lang)
    names = [part.population.ja if ja else part.population.en for part in measure.parts()]
    if measure.listed is not None:
        names.append(measure.listed.ja if ja else measure.listed.en)
    return " ÷ ".join(dict.fromkeys(names))


def held_against(measure: Measure, measures: Mapping[str, Measure], lang: Language) -> str:
    """`受注額 ÷ その目標`: what is compared with which targets."""
    if measure.against is None:
        return ""
    compared = measures[measure.against.measure]
    key = f"aim_{measure.kind}" if measure.against.who == "own" else f"aim_{measure.kind}_of_people"
    return say(key, lang, kpi=compared.ja if lang == "ja" else compared.en)


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


def arithmetic(
    measure: Measure, result: MetricResult, scope: Scope, course: Course | None = None
) -> tuple[ArithmeticLine, ...]:
    """The computation with its numbers, then the interval; of a cohort also what is still to come."""
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
    if course is not None:
        lines += _course(course, result, measure.unit, scope)
    return tuple(lines)


def _course(course: Course, result: MetricResult, unit: str, scope: Scope) -> Iterator[ArithmeticLine]:
    """Counted + expected ÷ all = lag-adjusted; then the past it is adjusted by, as three figures."""
    lang, days, found = scope.lang, course.horizon, result.projected
    if found is not None and found.value is not None and result.denominator:
        counted, all_cases = display.number(result.numerator), display.number(result.denominator)
        expected = display.number(course.expected, 1)
        words = say("step_expected", lang, n=found.undecided)
        yield ArithmeticLine(words, expected)
        yield ArithmeticLine(
            f"{say('step_projected', lang)}: ({counted} + {expected}) ÷ {all_cases}",
            _spread(found.value, found.low, found.high, unit, result.denominator, scope),
        )
    for word, one in (
        ("step_mature", course.mature),
        ("step_curve", course.whole),
        ("step_recent", course.recent),
    ):
        text = f"{say(word, lang)}, {say('within_days', lang, days=days)}, n = {one.n:,.0f}"
        shown = _spread(one.value, one.low, one.high, unit, one.n, scope)
        yield ArithmeticLine(text, shown if one.value is not None else _reason(one))
    pace = course.pace
    if pace.expected is not None and pace.ratio is not None:
        text = f"{say('step_pace', lang)}: {pace.observed:,.0f} ÷ {pace.expected:,.1f}"
        yield ArithmeticLine(text, f"{pace.ratio:.2f} ({pace.low or 0:.2f} – {pace.high or 0:.2f})")


def _spread(
    value: float | None, low: float | None, high: float | None, unit: str, n: float, scope: Scope
) -> str:
    middle, below, above = (figure(one, unit, n, scope) for one in (value, low, high))
    return f"{middle} ({below} – {above})"


def _reason(one: Estimate) -> str:
    wait = f", {one.days_until_known} d" if one.days_until_known is not None else ""
    return f"{one.reason.value if one.reason else '—'}{wait}"
