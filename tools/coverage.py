"""Writes docs/reference/coverage.md: every row of the articles' catalogue, and what the demo company answers.

python tools/coverage.py        through `./dev docs`; makes the demo company, so it takes a minute
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from hakari.bootstrap import Company
from hakari.metrics.definitions import Catalogue, Measure
from hakari.metrics.loader import built_in
from hakari.metrics.worked import ExampleOutcome, run_examples
from hakari.planning.definition_rows import CatalogueRow
from hakari.planning.wording import figure

ROOT = Path(__file__).resolve().parent.parent
COVERAGE = ROOT / "docs" / "reference" / "coverage.md"
ARTICLES = Path(__file__).parent / "articles.csv"
LISTS = {"108": "The 108 rows of the tables", "extra": "The 69 that the articles name elsewhere"}
# A Tuesday evening in the middle of a quarter; the quarter before it is over.
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
PERIOD = "FY2026-Q2"
SEED, SCALE = 1, 1.0


@dataclass(frozen=True, slots=True)
class Article:
    """A row of the articles' catalogue: of the 108, or of those named beside them."""

    list: str
    row: int
    id: str


def articles() -> list[Article]:
    with ARTICLES.open(encoding="utf-8") as file:
        return [Article(one["list"], int(one["row"]), one["id"]) for one in csv.DictReader(file)]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the demo company says to one measure."""

    row: CatalogueRow
    figure: str


def figures(company: Company) -> dict[str, Answer]:
    """Every measure over one whole quarter."""
    scope = replace(company.asked({"period": PERIOD}, "en").scope, unit="yen")
    rows = company.definition_rows("en")
    results = company.desk(None).ask(scope, [one.measure for one in rows], scope.period)
    said = {one.measure: figure(one.value, one.unit, one.denominator, scope) for one in results}
    return {one.measure: Answer(one, said.get(one.measure, "—")) for one in rows}


def coverage(catalogue: Catalogue, outcomes: Sequence[ExampleOutcome], answers: Mapping[str, Answer]) -> str:
    """The whole page."""
    passed = {
        one: all(each.ok for each in outcomes if each.measure == one)
        for one in {each.measure for each in outcomes}
    }
    lines = [*_head(catalogue, outcomes, answers)]
    for which, title in LISTS.items():
        lines += [f"## {title}", "", "| row | KPI | measure | examples | computable | figure |"]
        lines += ["| --: | :-- | :-- | :-- | :-- | --: |"]
        for article in articles():
            if article.list == which:
                lines += _rows(article, catalogue, passed, answers)
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _head(
    catalogue: Catalogue, outcomes: Sequence[ExampleOutcome], answers: Mapping[str, Answer]
) -> Iterator[str]:
    named = {one.id for one in articles()}
    measures = [one for one in catalogue.measures.values() if one.kpi in named]
    able = sum(answers[one.id].row.computable for one in measures)
    known = sum(answers[one.id].figure[:1] != "—" for one in measures)
    failed = sum(not one.ok for one in outcomes)
    yield "# What the catalogue covers"
    yield ""
    yield (
        f"Made by `./dev docs`: the demo company of seed {SEED} as of {NOW:%Y-%m-%d}, figures of {PERIOD} "
        "(July to September 2026), amounts in yen. Own definitions of Hakari beside the articles' rows are "
        "in the [list of all](kpis.en.md)."
    )
    yield ""
    yield f"- rows defined: {len(named & set(catalogue.kpis))} of {len(named)}"
    yield f"- examples: {len(outcomes)} run, {failed} failures"
    yield f"- measures of these rows: {len(measures)}"
    yield f"- computable on the demo company: {able}, with a figure: {known}"
    yield ""


def _rows(
    article: Article, catalogue: Catalogue, passed: Mapping[str, bool], answers: Mapping[str, Answer]
) -> Iterator[str]:
    kpi = catalogue.kpis.get(article.id)
    if kpi is None:
        yield f"| {article.row} | `{article.id}` | not defined | | | |"
        return
    for one in kpi.measures:
        answer = answers[one.id]
        able = "yes" if answer.row.computable else f"no: {', '.join(answer.row.needs)}"
        cells = (str(article.row), _name(one), f"`{one.id}`", "pass" if passed.get(one.id) else "FAIL")
        yield f"| {' | '.join(cells)} | {able} | {answer.figure} |"


def _name(one: Measure) -> str:
    return f"{one.ja} / {one.en}"


def write() -> None:
    catalogue = built_in()
    outcomes = run_examples(catalogue, [each for kpi in catalogue.kpis.values() for each in kpi.examples])
    with tempfile.TemporaryDirectory() as folder:
        company = Company(Path(folder), lambda: NOW, in_folder=True)
        company.load_demo(seed=SEED, scale=SCALE)
        text = coverage(catalogue, outcomes, figures(company))
        company.close()
    COVERAGE.parent.mkdir(parents=True, exist_ok=True)
    COVERAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
