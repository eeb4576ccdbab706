"""What the documents say is so: links lead somewhere, packages stand in order, the recipe's KPI loads."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from hakari.metrics import loader
from hakari.metrics.definitions import Catalogue
from hakari.metrics.engine import Engine
from hakari.metrics.query import Query
from hakari.units.calendar import FiscalCalendar
from tests.house.checkout import ROOT, committed_files, shown
from tests.metrics.rows import projected

DOCUMENTS = sorted(path for path in committed_files() if path.suffix == ".md")
MEASURING = ROOT / "src" / "hakari" / "metrics"
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(#[^)\s]*)?\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
TOML_FILE = re.compile(r"^```toml\n# (src/\S+\.toml)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _headings(path: Path) -> set[str]:
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", DOCUMENTS, ids=shown)
def test_every_link_leads_somewhere(document: Path) -> None:
    broken = []
    for target, anchor in LINK.findall(document.read_text(encoding="utf-8")):
        path = document.parent / target if target else document
        if not path.exists() or (anchor and anchor[1:] not in _headings(path)):
            broken.append(f"{target}{anchor}")
    assert broken == []


@pytest.mark.parametrize("decision", DECISIONS, ids=shown)
def test_a_decision_has_its_four_parts_and_a_place_in_the_list(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [
        "Context",
        "Decision",
        "Consequences",
        "Alternatives",
    ]
    title = text.splitlines()[0].partition(". ")[2]
    overview = (decision.parent / "README.md").read_text(encoding="utf-8")
    assert f"[{title}]({decision.name})" in overview


@pytest.mark.parametrize("document", ["docs/architecture.md", "docs/decisions/0001-import-directions.md"])
def test_packages_are_drawn_in_the_order_that_is_enforced(document: str) -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {each["id"]: each for each in pyproject["tool"]["importlinter"]["contracts"]}
    enforced = [re.sub(r"[()]", "", line) for line in contracts["direction"]["layers"]]
    blocks = FENCE.findall((ROOT / document).read_text(encoding="utf-8"))
    drawings = [[re.split(r" {2,}", line)[0] for line in block.splitlines()[1:-1]] for block in blocks]
    assert enforced in drawings


@pytest.fixture
def recipe(tmp_path: Path) -> Catalogue:
    """The catalogue that results from following the recipe word by word."""
    files = TOML_FILE.findall((ROOT / "docs" / "contributing.md").read_text(encoding="utf-8"))
    populations = {path.name: path for path in (MEASURING / "populations").glob("*.toml")}
    kpis = []
    for name, text in files:
        laid = tmp_path / Path(name).name
        if laid.name in populations:
            laid.write_text((ROOT / name).read_text(encoding="utf-8") + text, encoding="utf-8")
            populations[laid.name] = laid
        else:
            laid.write_text(text, encoding="utf-8")
            kpis.append(laid)
    return loader.load(populations.values(), kpis, MEASURING / "dimensions.toml")


def test_the_recipes_kpi_gives_what_its_example_says(recipe: Catalogue, tmp_path: Path) -> None:
    (kpi,) = recipe.kpis.values()
    (example,) = kpi.examples
    truth, projection = projected(tmp_path, example.rows)
    calendar = FiscalCalendar()
    period = calendar.parse(example.period, date(2026, 11, 24))
    query = Query((example.measure,), period, today=date(2026, 11, 24))
    (result,) = Engine(projection, recipe, calendar).measure(query)
    assert f"{result.numerator:g} of {result.denominator:g}" == example.expect
    projection.close()
    truth.close()
