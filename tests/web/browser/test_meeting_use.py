"""A meeting and a 1on1 in a real browser: three sheets of paper, arrow keys, hidden amounts, no violation."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from hakari.web.app import create_app
from tests.demo_company import NOW, demo_company
from tests.web.browser.conftest import Browse, _run
from tests.web.browser.test_accessibility import WIDTHS, _violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def meeting_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The second meeting of the demo company; the first decided twelve things."""
    company = demo_company(tmp_path_factory.mktemp("meeting"))
    first = company.start_meeting({"asof": "2026-11-10"})
    for number in range(12):
        company.decide(
            first, f"問い合わせの一次対応を当番制にする {number}", "桐生 誠司", None, "受注額", 0.1
        )
    second = company.start_meeting({})
    company.decide(second, "Bヨミ上位10件の決裁者に会う", "真鍋 恵")
    for kind in ("unseen", "topic", "note"):
        company.write_note(11, kind, "稟議が止まっている先が2社")
    company.settle(company.promise(11, "決裁者に会う"), "not_kept", "先方が休み")
    company.promise(11, "提案書を見直す")
    server, thread, url = _run(create_app(company, clock=lambda: NOW))
    yield f"{url}/meeting/{second}"
    server.should_exit = True
    thread.join(timeout=10)
    company.close()


def test_a_meeting_prints_on_three_pages(browse: Browse[list[int]], meeting_url: str) -> None:
    def printed(browser: Browser) -> list[int]:
        page = browser.new_page()
        counts = []
        for lang in ("ja", "en"):
            page.goto(f"{meeting_url}?lang={lang}", wait_until="networkidle")
            counts.append(len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))))
        page.close()
        return counts

    assert browse(printed) == [3, 3]


def test_arrow_keys_move_between_slides_and_a_sign_hides_the_amounts(
    browse: Browse[list[str]], meeting_url: str
) -> None:
    def used(browser: Browser) -> list[str]:
        page = browser.new_page()
        page.goto(meeting_url, wait_until="networkidle")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowLeft")
        seen = [page.evaluate("document.activeElement.id")]
        page.locator("#decide-what").press("ArrowRight")
        seen.append(page.locator(".slide-nav [aria-current]").inner_text())
        page.locator("h1").click()
        page.keyboard.press("$")
        page.wait_for_url("**mask=amount**")
        seen.append(page.locator("h1").inner_text())
        page.close()
        return seen

    focused, current, headline = browse(used)
    assert focused == "slide-2"
    assert current.startswith("2")
    assert "•••" in headline


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_meeting_and_1on1_have_no_violation(
    browse: Browse[list[str]], meeting_url: str, theme: str, width: int
) -> None:
    base = meeting_url.partition("/meeting")[0]
    views = ("overview", "deals", "activity", "1on1")
    paths = [meeting_url, f"{base}/meeting", *(f"{base}/rep/11?view={view}" for view in views)]

    def checked(browser: Browser) -> list[str]:
        page = browser.new_page(viewport={"width": width, "height": WIDTHS[width]})
        found = []
        for path in paths:
            page.goto(f"{path}{'&' if '?' in path else '?'}theme={theme}", wait_until="networkidle")
            found += [f"{path}: {one}" for one in _violations(page)]
        page.close()
        return found

    assert browse(checked) == []
