"""The definition pages in a real browser: no violations, no script needed, by keyboard and on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.web.browser.conftest import Browse

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = "levels => axe.run(document, {runOnly: {type: 'tag', values: levels}, resultTypes: ['violations']})"
PATHS = [
    "/definitions?stage=win",
    "/definitions/fs_win_rate_on_opportunities",
    "/definitions/sdr_meetings",
    "/definitions/choices",
    "/definitions/targets",
    "/definitions/targets?edit=company&kpi=win_amount&span=3",
    "/definitions/new",
    "/definitions/lint",
]
UNFOLD = "document.querySelectorAll('main details').forEach(each => { each.open = true })"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def _violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate(RUN, LEVELS)
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("path", PATHS)
def test_no_page_has_a_violation(
    browse: Browse[list[str]], defined_url: str, path: str, width: int, theme: str
) -> None:
    """English on the telephone, Japanese on the desk; everything that unfolds is unfolded."""
    asked = urlencode({"theme": theme, "lang": "en" if width == 390 else "ja"})

    def visit(browser: Browser) -> list[str]:
        page = browser.new_page(viewport={"width": width, "height": 844})
        page.goto(f"{defined_url}{path}{'&' if '?' in path else '?'}{asked}", wait_until="networkidle")
        page.evaluate(UNFOLD)
        found = _violations(page)
        page.close()
        return found

    assert browse(visit) == []


@pytest.mark.parametrize("path", ["/definitions", *PATHS])
def test_nothing_scrolls_sideways(browse: Browse[list[int]], defined_url: str, path: str) -> None:
    def overhangs(browser: Browser) -> list[int]:
        page = browser.new_page()
        found = []
        page.goto(f"{defined_url}{path}", wait_until="networkidle")
        page.evaluate(UNFOLD)
        for width in (320, 390, 768, 1000, 1200, 1370, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            found.append(page.evaluate(TOO_WIDE))
        page.close()
        return found

    assert max(browse(overhangs)) <= 0


def _use(browse: Browse[Any], url: str, use: Any, **context: Any) -> Any:
    """Opens the page and uses it; the console stays silent but for the refusals asked for."""

    def visit(browser: Browser) -> Any:
        opened = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **context})
        page = opened.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type == "warning" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(url, wait_until="networkidle")
        answer = use(page)
        opened.close()
        assert said == []
        return answer

    return browse(visit)


def test_the_shelf_is_searched_by_keyboard_and_the_url_is_the_screen(
    browse: Browse[Any], defined_url: str
) -> None:
    def use(page: Page) -> None:
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.name") == "q"
        page.keyboard.type("受注率")
        page.keyboard.press("Enter")
        page.wait_for_url("**q=*")
        shown = page.inner_text(".shelf")
        page.reload()
        assert page.inner_text(".shelf") == shown
        page.click(".phase-grid td a >> nth=0")
        page.wait_for_url("**stage=*")
        assert page.locator(".phase-grid a[aria-current]").count() >= 1
        page.go_back()
        assert page.inner_text(".shelf") == shown

    _use(browse, f"{defined_url}/definitions", use)


def test_filter_sign_and_save_work_without_a_script(browse: Browse[Any], defined_url: str) -> None:
    def use(page: Page) -> None:
        page.select_option("#scope-computable", "no")
        page.click(".apply")
        assert urlsplit(page.url).query == "computable=no"
        page.click(".part-tabs a >> text=定義の選択")
        place = page.locator("#win_rate")
        place.locator("summary >> text=選んで署名する").click()
        place.locator("button >> text=選んで署名する").click()
        assert page.locator("#win_rate .field-fault").count() >= 2
        assert page.locator("#win_rate [aria-invalid=true]").count() >= 1
        page.check("#win_rate input[value=fs_win_rate_on_opportunities]")
        page.fill("#win_rate-reason", "IS と FS で合意")
        page.fill("#win_rate-field_sales", "佐藤 美咲")
        page.click("#win_rate button >> text=選んで署名する")
        assert "佐藤 美咲" in page.inner_text("#win_rate .options")
        page.click(".part-tabs a >> text=指標")
        page.click("text=KPI を足す")
        page.click("button >> text=確かめる")
        assert "合わないもの 0" in page.inner_text(".checked")
        page.click("button >> text=保存")
        assert urlsplit(page.url).path == "/definitions/our_large_deals"
        assert "自社の定義" in page.inner_text("main")

    _use(browse, f"{defined_url}/definitions", use, java_script_enabled=False)


@pytest.mark.parametrize("path", ["/definitions", *PATHS[1:5]])
def test_on_paper_nothing_is_cut(browse: Browse[Any], defined_url: str, path: str) -> None:
    """A4 across leaves 1,031 by 702 px between the margins."""

    def use(page: Page) -> list[str]:
        page.emulate_media(media="print")
        cut: list[str] = page.evaluate(
            """() => [...document.querySelectorAll('main tr, main svg, main h1, main h2, main td > a')]
                .map(each => [each.getBoundingClientRect(), each])
                .filter(([box]) => box.width && (box.right > 1031.5 || box.left < -0.5 || box.height > 702))
                .map(([box, each]) => each.outerHTML.slice(0, 80))"""
        )
        return cut

    found = _use(browse, f"{defined_url}{path}", use, viewport={"width": 1031, "height": 702})
    assert found == []
