"""What the documents say is so: links lead somewhere, packages stand in order, the recipe's KPI loads."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from hakari.metrics import loader
from tests.house.checkout import ROOT, committed_files, shown

DOCUMENTS = sorted(path for path in committed_files() if path.suffix == ".md")
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


def test_the_recipes_kpi_can_be_added_as_written(tmp_path: Path) -> None:
    measuring = ROOT / "src" / "hakari" / "metrics"
    files = TOML_FILE.findall((ROOT / "docs" / "contributing.md").read_text(encoding="utf-8"))
    assert len(files) == 2
    for name, text in files:
        assert (ROOT / name).parent.is_dir() or "catalogue" in name
        laid = tmp_path / Path(name).parent.name / Path(name).name
        laid.parent.mkdir(exist_ok=True)
        existing = (ROOT / name).read_text(encoding="utf-8") if "populations" in name else ""
        laid.write_text(f"{existing}\n{text}", encoding="utf-8")
    populations = [path for path in (measuring / "populations").glob("*.toml") if path.name != "deal.toml"]
    catalogue = loader.load(
        [*populations, tmp_path / "populations" / "deal.toml"],
        (tmp_path / "win").glob("*.toml"),
        measuring / "dimensions.toml",
    )
    assert list(catalogue.measures) == ["win_stated_next_action_rate"]
