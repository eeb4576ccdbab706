"""Takes the pictures reviewed at each release: python tools/screenshots.py http://127.0.0.1:8000 pictures/

Writes {page}-{ja,en}-{light,dark}-{1440,390}.png of each page of a running Hakari, and its paper.
"""

from __future__ import annotations

import argparse
import re
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = "/usr/bin/chromium"
PATHS = (
    "/scorecard",
    "/plan",
    "/plan/capacity",
    "/plan/territory",
    "/definitions",
    "/definitions?stage=win&computable=yes",
    "/definitions/fs_win_rate_on_opportunities",
    "/definitions/choices",
    "/definitions/targets",
    "/definitions/lint",
    "/definitions/new",
    "/rep/11",
    "/rep/11?view=1on1",
    "/meeting",
)
SIZES = {1440: 900, 390: 844}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("url", help="where Hakari runs, such as http://127.0.0.1:8000")
    asked.add_argument("folder", type=Path, help="where the pictures go")
    asked.add_argument("--path", nargs="+", default=list(PATHS), help="which pages, with their parameters")
    asked.add_argument("--widths", type=int, nargs="+", default=list(SIZES))
    options = asked.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for path in options.path:
            name = re.sub(r"[/?&=]+", "-", path).strip("-") or "start"
            for lang, theme, width in product(("ja", "en"), ("light", "dark"), options.widths):
                address = _address(options.url, path, lang, theme)
                _picture(browser, address, width, options.folder / f"{name}-{lang}-{theme}-{width}.png")
            _paper(browser, _address(options.url, path, "ja", "light"), options.folder / f"{name}.pdf")
        browser.close()


def _address(url: str, path: str, lang: str, theme: str) -> str:
    joint = "&" if "?" in path else "?"
    return f"{url.rstrip('/')}{path}{joint}{urlencode({'lang': lang, 'theme': theme})}"


def _picture(browser: Browser, address: str, width: int, file: Path) -> None:
    page = browser.new_page(viewport={"width": width, "height": SIZES.get(width, 900)})
    page.goto(address, wait_until="networkidle")
    page.screenshot(path=file, full_page=True)
    page.close()
    print(file)


def _paper(browser: Browser, address: str, file: Path) -> None:
    page = browser.new_page()
    page.goto(address, wait_until="networkidle")
    page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    page.close()
    print(file)


if __name__ == "__main__":
    main()
