"""Capacity and territory in a real browser: nothing shuts anybody out, nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from hakari.web.app import create_app
from tests.planning.selling import NOW, selling_company
from tests.web.browser.conftest import Browse, _run
from tests.web.browser.test_accessibility import WIDTHS, _check

pytestmark = pytest.mark.browser
PAGES = ("/plan/capacity?hire=2027-01:2&need=600000000", "/plan/territory?within=5%25")


@pytest.fixture(scope="module")
def selling_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with selling_company(tmp_path_factory.mktemp("selling")) as company:
        server, thread, url = _run(create_app(company, clock=lambda: NOW))
        yield url
        server.should_exit = True
        thread.join(timeout=10)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_pages_have_no_violation(
    browse: Browse[list[str]], selling_url: str, lang: str, theme: str, width: int, path: str
) -> None:
    address = f"{selling_url}{path}&lang={lang}&theme={theme}"
    assert browse(lambda browser: _check(browser, address, width)) == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 390, 768, 1000, 1440])
def test_the_pages_do_not_scroll_sideways(
    browse: Browse[int], selling_url: str, width: int, path: str
) -> None:
    def overhang(browser: Browser) -> int:
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(selling_url + path, wait_until="networkidle")
        wide: int = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        page.close()
        return wide

    assert browse(overhang) <= 0


def test_without_javascript_the_form_changes_the_plan(browse: Browse[str], selling_url: str) -> None:
    def visit(browser: Browser) -> str:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{selling_url}/plan/capacity", wait_until="networkidle")
        page.fill("#assume-hire", "2027-01:2")
        page.press("#assume-hire", "Enter")
        page.wait_for_load_state("networkidle")
        url = page.url
        page.context.close()
        return url

    assert browse(visit).endswith("/plan/capacity?hire=2027-01:2")
