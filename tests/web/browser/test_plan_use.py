"""The plan in a real browser: sliders change the answer, the URL follows, and nothing shuts anybody out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.conftest import Browse
from tests.web.browser.test_accessibility import WIDTHS, _check

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_plan_has_no_violation(
    browse: Browse[list[str]], planned_url: str, theme: str, width: int
) -> None:
    address = f"{planned_url}/plan?goal=60000000&by=2027-03-31&theme={theme}&lang=ja"
    assert browse(lambda browser: _check(browser, address, width)) == []


def test_a_plan_without_a_goal_has_no_violation(browse: Browse[list[str]], planned_url: str) -> None:
    assert browse(lambda browser: _check(browser, f"{planned_url}/plan?period=FY2028", 1440)) == []


def opened(browser: Browser, url: str, **more: object) -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 900}, **more).new_page()  # type: ignore[arg-type]
    page.goto(f"{url}/plan?goal=60000000&by=2027-03-31", wait_until="networkidle")
    return page


def test_a_slider_changes_the_answer_and_the_address(browse: Browse[None], planned_url: str) -> None:
    def visit(browser: Browser) -> None:
        page = opened(browser, planned_url)
        before = page.locator(".outlook").first.inner_html()
        slider = page.locator("#f-win_rate + input[type=range]")
        slider.focus()
        for _ in range(5):
            slider.press("ArrowRight")
        expect(page.locator("#f-win_rate")).to_have_value("38%")
        page.wait_for_function("() => location.search.includes('win_rate=38%25')")
        assert page.locator(".outlook").first.inner_html() != before
        page.context.close()

    browse(visit)


def test_without_javascript_the_button_asks_for_the_plan(browse: Browse[None], planned_url: str) -> None:
    def visit(browser: Browser) -> None:
        page = opened(browser, planned_url, java_script_enabled=False)
        assert page.locator("input[type=range]").count() == 0
        page.fill("#f-reps", "3")
        page.click("form[data-what-if] button[type=submit]")
        assert "reps=3" in page.url
        page.context.close()

    browse(visit)


def test_a_phone_does_not_scroll_sideways(browse: Browse[None], planned_url: str) -> None:
    def visit(browser: Browser) -> None:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(f"{planned_url}/plan?goal=60000000&by=2027-03-31", wait_until="networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        page.close()

    browse(visit)
