"""axe-core finds nothing against WCAG 2.2 A and AA, and what it cannot see is measured here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from hakari.planning.scorecard import Scorecard
from hakari.words import Language
from tests.web import sample
from tests.web.browser.conftest import Browse, Serve

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = {390: 844, 1440: 900}
RUN = "levels => axe.run(document, {runOnly: {type: 'tag', values: levels}, resultTypes: ['violations']})"


def _violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate(RUN, LEVELS)
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def _check(browser: Browser, address: str, width: int) -> list[str]:
    page = browser.new_page(viewport={"width": width, "height": WIDTHS[width]})
    try:
        page.goto(address, wait_until="networkidle")
        return _violations(page)
    finally:
        page.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_scorecard_has_no_violation(
    browse: Browse[list[str]], url: str, lang: str, theme: str, width: int
) -> None:
    query = urlencode({"team": "第1営業部", "lang": lang, "theme": theme, "tema": "unknown"})
    assert browse(lambda browser: _check(browser, f"{url}/scorecard?{query}", width)) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("door", ["records", "breakdown", "definition", "math"])
def test_the_page_of_a_figure_has_no_violation(
    browse: Browse[list[str]], url: str, door: str, theme: str, width: int
) -> None:
    query = urlencode({"door": door, "theme": theme, "owner": "伊藤 舞"})
    assert browse(lambda browser: _check(browser, f"{url}/metric/meeting_rate?{query}", width)) == []


@pytest.mark.parametrize("make", [sample.without_targets, sample.scarce, sample.empty])
def test_poor_states_have_no_violation(
    browse: Browse[list[str]], serve: Serve, make: Callable[[Language], Scorecard]
) -> None:
    address = serve(make)
    assert browse(lambda browser: _check(browser, f"{address}/scorecard?theme=dark", 1440)) == []


def test_a_refusal_has_no_violation(browse: Browse[list[str]], url: str) -> None:
    assert browse(lambda browser: _check(browser, f"{url}/scorecard?vs=plam", 1440)) == []


def test_open_doors_and_menus_have_no_violation(browse: Browse[list[str]], url: str) -> None:
    def opened(browser: Browser) -> list[str]:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{url}/scorecard", wait_until="networkidle")
        page.click("details.menu summary")
        found = _violations(page)
        page.click(".kpi-table a.fig")
        found += _violations(page)
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        found += _violations(page)
        page.close()
        return found

    assert browse(opened) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1000, 1440])
@pytest.mark.parametrize(
    "path", ["/scorecard", "/metric/meeting_rate", "/metric/meeting_rate?door=breakdown"]
)
def test_nothing_scrolls_sideways(browse: Browse[int], url: str, path: str, width: int) -> None:
    def overhang(browser: Browser) -> int:
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(url + path, wait_until="networkidle")
        wide: int = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        page.close()
        return wide

    assert browse(overhang) <= 0


def test_focus_is_never_under_the_scope_bar(browse: Browse[list[float]], url: str) -> None:
    def tops(browser: Browser) -> list[float]:
        page = browser.new_page(viewport={"width": 1440, "height": 700})
        page.goto(f"{url}/scorecard", wait_until="networkidle")
        found = []
        for _ in range(70):
            page.keyboard.press("Tab")
            place: float = page.evaluate(
                """() => { const here = document.activeElement;
                    const bar = document.querySelector('form.scope');
                    return here.closest('form.scope, .rail, .skip') || here === document.body ? 0
                        : here.getBoundingClientRect().top - bar.getBoundingClientRect().bottom; }"""
            )
            found.append(place)
        page.keyboard.press("Shift+Tab")
        page.close()
        return found

    assert min(browse(tops)) >= 0
