"""The pages made from the definitions say what the definitions say now."""

from __future__ import annotations

import re
from typing import Any

import pytest

from hakari.metrics.loader import built_in
from tools.coverage import COVERAGE, articles
from tools.reference import FOLDER, pages

ROW = re.compile(r"^\| (\d+) \| .+? \| `([^`]+)` \| (\w+) \| (.+?) \| (.+?) \|$", re.MULTILINE)


@pytest.mark.parametrize("name", ["kpis.ja.md", "kpis.en.md", "checks.ja.md", "checks.en.md"])
def test_a_page_of_the_reference_is_up_to_date(name: str) -> None:
    written = (FOLDER / name).read_text(encoding="utf-8")
    assert written == pages()[name], "run ./dev docs"


def test_the_table_of_coverage_has_every_measure_of_every_row() -> None:
    catalogue = built_in()
    shown = [(int(row), measure) for row, measure, *_ in ROW.findall(COVERAGE.read_text(encoding="utf-8"))]
    expected = [
        (article.row, measure.id) for article in articles() for measure in catalogue.kpis[article.id].measures
    ]
    assert shown == expected, "run ./dev docs"


def test_the_rows_are_those_of_the_articles(shared_catalogue: dict[str, list[dict[str, Any]]]) -> None:
    numbered = [("108", one["row"], one["id"]) for one in shared_catalogue["kpis_108"]]
    others = [("extra", row, one["id"]) for row, one in enumerate(shared_catalogue["kpis_extra"], 1)]
    assert [(one.list, one.row, one.id) for one in articles()] == numbered + others
    assert (len(numbered), len(others)) == (108, 69)
