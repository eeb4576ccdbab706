"""Every answer is as closed as the first: headers, hosts, no inline code, no trace."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from starlette.testclient import TestClient

from hakari.planning.scorecard import Scorecard
from hakari.web.app import create_app
from hakari.web.security import CONTENT_SECURITY_POLICY
from hakari.words import Language
from tests.web import sample
from tests.web.company import SampleCompany
from tests.web.reading import elements

PAGES = [
    "/definitions",
    "/definitions/win_amount",
    "/definitions/choices",
    "/definitions/targets",
    "/definitions/new",
    "/scorecard",
    "/metric/win_rate",
    "/metric/win_rate?door=breakdown",
    "/metric/win_rate?door=definition",
    "/metric/win_rate?door=math",
    "/nowhere",
    "/scorecard?vs=x",
]
OTHERS = ["/", "/scorecard.json", "/scorecard.csv", "/scorecard.xlsx", "/static/js/main.js", "/openapi.json"]


@pytest.mark.parametrize("path", PAGES + OTHERS)
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path, follow_redirects=False).headers
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_the_policy_allows_nothing_from_elsewhere_and_nothing_inline() -> None:
    assert CONTENT_SECURITY_POLICY == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_inline_code_or_style(client: TestClient, path: str) -> None:
    for element in elements(client.get(path).text):
        assert element.name != "style"
        assert element.name != "script" or (element.attributes.get("src") and not element.text.strip())
        assert [name for name in element.attributes if name == "style" or name.startswith("on")] == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_fetches_anything_from_elsewhere(client: TestClient, path: str) -> None:
    for element in elements(client.get(path).text):
        for name in ("href", "src", "action"):
            assert not element.attributes.get(name, "").startswith(("http", "//"))


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "[::1]",
                                  "hakari.example", "HAKARI.example:443"])  # fmt: skip
def test_our_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/scorecard", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "", "[::2]:80", "127.0.0.1.evil.example"]
)
def test_another_host_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/scorecard", headers={"host": host})
    assert answer.status_code == 400
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


class _Failing(SampleCompany):
    def scorecard(self, params: Mapping[str, str], lang: Language) -> Scorecard:
        raise RuntimeError(f"secret table name, asked in {lang} for {params}")


@pytest.mark.parametrize("path", ["/scorecard", "/scorecard.json", "/scorecard.csv"])
def test_a_failure_shows_no_trace_and_keeps_the_headers(path: str) -> None:
    client = TestClient(create_app(_Failing(), clock=lambda: sample.NOW), base_url="http://localhost")
    answer = client.get(path)
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


def test_text_from_records_and_addresses_stays_text(client: TestClient) -> None:
    records = client.get("/metric/meeting_rate").text
    assert "東雲コンサルティング&lt;b&gt;" in records
    notice = client.get("/scorecard", params={"<script>alert(1)</script>": "1"}).text
    assert "<script>alert" not in notice
    assert "&lt;script&gt;alert" in notice


def test_the_description_of_the_json_stays_and_the_interactive_pages_do_not(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert set(paths) == {
        "/scorecard.json",
        "/metric/{measure}.json",
        "/plan.json",
        "/plan/capacity.json",
        "/plan/territory.json",
        "/meeting.json",
        "/meeting/{number}.json",
        "/rep/{key}.json",
        "/definitions/lint.json",
        "/definitions.json",
        "/definitions/choices.json",
        "/definitions/targets.json",
        "/definitions/{kpi}.json",
    }
    asked = [each["name"] for each in paths["/metric/{measure}.json"]["get"]["parameters"]]
    assert asked[0] == "measure"
    assert {"team", "period", "vs", "basis", "door", "by", "page"} <= set(asked)
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404
