"""Style sheets and scripts are kept by browsers for good, and never outlive the version they belong to."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from hakari.web.site import STATIC
from hakari.web.stationery import SHEETS
from tests.web.reading import elements


def _named(client: TestClient) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in elements(client.get("/scorecard").text):
        if element.name == "link" and element.attributes.get("rel") == "stylesheet":
            found["sheet"] = element.attributes["href"]
        if element.name == "script":
            found["script"] = element.attributes["src"]
    return found


def test_every_style_sheet_is_in_the_one_a_page_names(client: TestClient) -> None:
    answer = client.get(_named(client)["sheet"])
    assert answer.headers["content-type"].startswith("text/css")
    for sheet in (STATIC / "css").glob("*.css"):
        assert sheet.read_text(encoding="utf-8") in answer.text
        assert sheet.stem in SHEETS


def test_what_a_page_names_is_kept_for_good(client: TestClient) -> None:
    for path in _named(client).values():
        assert "immutable" in client.get(path).headers["cache-control"]


def test_an_older_page_still_finds_its_files_and_keeps_none(client: TestClient) -> None:
    older = re.sub(r"/static/[0-9a-f]{12}/", "/static/0123456789ab/", _named(client)["script"])
    answer = client.get(older)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


def test_nothing_outside_the_folder_is_found(client: TestClient) -> None:
    for path in (
        "/static/0123456789ab/../site.py",
        "/static/..%2fsite.py",
        "/static/0123456789ab/%2e%2e/site.py",
    ):
        assert client.get(path).status_code == 404
