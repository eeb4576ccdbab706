"""The pages in use: by keyboard, without JavaScript, on paper, and with a silent console."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.web.browser.conftest import Browse

pytestmark = pytest.mark.browser

DESK = {"width": 1440, "height": 900}


def _with_page(browse: Browse[Any], url: str, use: Callable[[Page], Any], **context: Any) -> Any:
    """Opens the page, uses it, and holds its console to silence."""

    def visit(browser: Browser) -> Any:
        said: list[str] = []
        opened = browser.new_context(**{"viewport": DESK, **context})
        page = opened.new_page()

        def listen(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                said.append(message.text)

        page.on("console", listen)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(url, wait_until="networkidle")
        answer = use(page)
        opened.close()
        assert said == []
        return answer

    return browse(visit)


def _query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_a_pointer_opens_the_doors_and_a_modifier_does_not(browse: Browse[Any], url: str) -> None:
    def use(page: Page) -> list[str]:
        page.click(".kpi-row.focus a.fig")
        doors = page.locator(".doors a")
        links = [unquote(str(doors.nth(i).get_attribute("href"))) for i in range(doors.count())]
        page.mouse.click(700, 90)
        page.locator(".doors").first.wait_for(state="detached")
        return links

    links = _with_page(browse, f"{url}/scorecard?period=FY2026-Q2", use)
    assert [parse_qs(urlsplit(link).query).get("door", ["records"])[0] for link in links] == [
        "records",
        "breakdown",
        "definition",
        "math",
    ]
    assert all("period=FY2026-Q2" in link for link in links)


def test_the_scorecard_can_be_walked_by_keyboard(browse: Browse[Any], url: str) -> None:
    def use(page: Page) -> None:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.keyboard.press("j")
        page.keyboard.press("j")
        figure = page.evaluate("document.activeElement.href")
        assert "/metric/" in figure
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.dataset.door") == "records"
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.dataset.door") == "breakdown"
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.href") == figure
        page.keyboard.press("d")
        page.wait_for_url("**/metric/**")
        assert _query(page)["door"] == ["definition"]

    _with_page(browse, f"{url}/scorecard", use)


def test_brackets_and_points_step_through_periods_and_teams(browse: Browse[Any], url: str) -> None:
    def use(page: Page) -> None:
        page.keyboard.press("[")
        page.wait_for_url("**period=FY2026-Q2**")
        page.keyboard.press(".")
        page.wait_for_url("**team=**")
        assert _query(page)["period"] == ["FY2026-Q2"]
        page.keyboard.press("?")
        assert page.locator("dialog[open]").count() == 1

    _with_page(browse, f"{url}/scorecard", use)


def test_shortcuts_are_dead_in_fields_while_composing_and_when_switched_off(
    browse: Browse[Any], url: str
) -> None:
    def use(page: Page) -> None:
        before = page.url
        page.focus("#scope-vs")
        page.keyboard.press("[")
        page.evaluate("document.activeElement.blur()")
        page.evaluate(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', "
            "{key: '[', isComposing: true, bubbles: true, cancelable: true}))"
        )
        page.keyboard.press("?")
        page.check("[data-shortcuts-off]")
        page.keyboard.press("Escape")
        page.keyboard.press("[")
        page.wait_for_timeout(300)
        assert page.url == before
        page.reload()
        page.keyboard.press("[")
        page.wait_for_timeout(300)
        assert page.url == before

    _with_page(browse, f"{url}/scorecard", use)


def test_a_choice_becomes_the_url_and_back_undoes_it(browse: Browse[Any], url: str) -> None:
    def use(page: Page) -> None:
        shown = page.inner_text("main")
        page.select_option("#scope-vs", "prev")
        page.wait_for_url("**vs=prev")
        assert urlsplit(page.url).query == "vs=prev"
        page.reload()
        assert page.input_value("#scope-vs") == "prev"
        page.go_back()
        page.wait_for_url("**/scorecard")
        assert page.input_value("#scope-vs") == "plan"
        assert page.inner_text("main") == shown

    _with_page(browse, f"{url}/scorecard", use)


def test_a_keyboard_choice_waits_for_the_button(browse: Browse[Any], url: str) -> None:
    def use(page: Page) -> None:
        assert not page.is_visible(".apply")
        page.focus("#scope-vs")
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(200)
        assert page.is_visible(".apply")
        assert _query(page) == {}
        page.click(".apply")
        page.wait_for_url("**vs=prev")

    _with_page(browse, f"{url}/scorecard", use)


def test_everything_reads_and_works_without_javascript(browse: Browse[Any], url: str) -> None:
    def use(page: Page) -> None:
        assert not page.is_visible("[data-prints]")
        page.select_option("#scope-vs", "yoy")
        page.click(".apply")
        assert urlsplit(page.url).query == "vs=yoy"
        page.click(".kpi-table a.fig >> nth=0")
        assert urlsplit(page.url).path.startswith("/metric/")
        page.click(".door-tabs a >> nth=1")
        assert _query(page)["door"] == ["breakdown"]
        assert _query(page)["vs"] == ["yoy"]
        page.click(".crumb a")
        assert urlsplit(page.url).path == "/scorecard"
        page.click("details.menu summary >> nth=0")
        page.click(".menu-panel a >> text=暗い画面")
        assert page.get_attribute("html", "data-theme") == "dark"

    _with_page(browse, f"{url}/scorecard", use, java_script_enabled=False)


def test_a_telephone_shows_team_and_period_first(browse: Browse[Any], url: str) -> None:
    def use(page: Page) -> None:
        assert page.is_visible("#scope-team")
        assert not page.is_visible("#scope-vs")
        page.click("[data-unfolds]")
        assert page.is_visible("#scope-vs")
        heights = page.evaluate("[...document.querySelectorAll('.control')].map(each => each.offsetHeight)")
        assert min(heights) >= 44

    _with_page(browse, f"{url}/scorecard", use, viewport={"width": 390, "height": 844})


def test_on_paper_nothing_is_cut(browse: Browse[Any], url: str) -> None:
    """A4 across leaves 1,031 by 702 px between the margins; what may not break must be smaller than that."""

    def use(page: Page) -> tuple[list[str], int]:
        page.emulate_media(media="print")
        cut = page.evaluate(
            """() => [...document.querySelectorAll('main tr, main svg, main h1, main h2, .goal, .foot')]
                .map(each => [each.getBoundingClientRect(), each])
                .filter(([box]) => box.width && (box.right > 1031.5 || box.left < -0.5 || box.height > 702))
                .map(([box, each]) => each.outerHTML.slice(0, 80))"""
        )
        hidden = page.evaluate(
            "[...document.querySelectorAll('.rail, form.scope')].filter(e => e.offsetHeight).length"
        )
        assert hidden == 0
        paper = page.pdf(prefer_css_page_size=True)
        return cut, len(re.findall(rb"/Type\s*/Page\b", paper))

    cut, pages = _with_page(
        browse, f"{url}/scorecard?theme=dark", use, viewport={"width": 1031, "height": 702}
    )
    assert cut == []
    assert 2 <= pages <= 4


def test_paper_is_light_whatever_the_screen(browse: Browse[Any], url: str) -> None:
    def use(page: Page) -> str:
        page.emulate_media(media="print")
        ground: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return ground

    assert _with_page(browse, f"{url}/scorecard?theme=dark", use) == "rgb(255, 255, 255)"


def test_the_device_decides_the_theme_unless_the_url_does(browse: Browse[Any], url: str) -> None:
    def ground(page: Page) -> str:
        colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return colour

    assert _with_page(browse, f"{url}/scorecard", ground, color_scheme="dark") == "rgb(20, 23, 26)"
    assert (
        _with_page(browse, f"{url}/scorecard?theme=light", ground, color_scheme="dark")
        == "rgb(255, 255, 255)"
    )
