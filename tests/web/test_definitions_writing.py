"""Choosing, signing and saving: only from the page itself, refused beside the field, never half done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hakari.bootstrap import Company
from hakari.web.app import create_app
from hakari.web.forms import COOKIE
from hakari.web.pages.definitions.editing import _TEMPLATE
from tests.web import sample
from tests.web.defined import defined_company
from tests.web.reading import elements, words_of

CHOICE = "/definitions/choices/win_rate"
WIN_RATE = "fs_win_rate_on_opportunities"
ORIGIN = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
OURS = _TEMPLATE.read_text(encoding="utf-8")


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    with defined_company(tmp_path) as made:
        yield made


@pytest.fixture
def client(company: Company) -> TestClient:
    return TestClient(
        create_app(company, clock=lambda: sample.NOW), base_url="http://localhost", follow_redirects=False
    )


def _token(client: TestClient, path: str) -> str:
    fields = elements(client.get(path).text, "input")
    return next(each.attributes["value"] for each in fields if each.attributes.get("name") == "token")


def _signing(client: TestClient, **changes: str) -> dict[str, str]:
    asked = {"measure": WIN_RATE, "reason": "IS と FS で合意", "holds_from": "2026-11-01"}
    return {"token": _token(client, "/definitions/choices"), **asked, **changes}


def _bound(company: Company, measure: str = WIN_RATE) -> list[str]:
    choice = next(one for one in company.conflicts("ja") if one.id == "win_rate")
    option = next(one for one in choice.options if one.measure == measure)
    return [key for key, _ in option.binds]


def test_a_choice_holds_once_every_department_it_binds_has_signed(
    client: TestClient, company: Company
) -> None:
    first, *others = _bound(company)
    answer = client.post(CHOICE, data=_signing(client, **{f"sign_{first}": "田口 健"}), headers=ORIGIN)
    assert (answer.status_code, answer.headers["location"]) == (303, "/definitions/choices#win_rate")
    page = words_of(client.get("/definitions/choices").text)
    assert "田口 健" in page
    assert "署名待ち" in page
    rest = {f"sign_{name}": "佐藤 美咲" for name in others}
    client.post(CHOICE, data=_signing(client, **rest), headers=ORIGIN)
    settled = next(one for one in company.conflicts("ja") if one.id == "win_rate")
    assert settled.chosen == WIN_RATE
    assert "1 は選ばれ、署名がそろっている" in words_of(client.get("/definitions/choices").text)
    assert "佐藤 美咲" in words_of(client.get(f"/definitions/{WIN_RATE}").text)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"measure": ""}, "measure", "読み方を1つ選ぶ"),
        ({"reason": " "}, "reason", "理由を書く"),
        ({"holds_from": "来月"}, "from", "日付を 2026-11-20 の形で書く"),
        ({}, "signatures", "少なくとも1つの部署の名前を書く"),
        ({"sign_nobody": "山田"}, "form", "署名を外す"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    client: TestClient, company: Company, changes: dict[str, str], field: str, said: str
) -> None:
    answer = client.post(CHOICE, data=_signing(client, **changes), headers=ORIGIN)
    assert answer.status_code == 422
    faults = {each.attributes["id"]: each.text for each in elements(answer.text, "p", "field-fault")}
    assert said in faults[f"win_rate-{field}-fault"]
    assert "IS と FS で合意" in answer.text or changes.get("reason") == " "
    assert all(one.proposed is None for one in company.conflicts("ja"))


def test_two_departments_cannot_sign_two_readings(client: TestClient, company: Company) -> None:
    first = _bound(company)[0]
    client.post(CHOICE, data=_signing(client, **{f"sign_{first}": "田口 健"}), headers=ORIGIN)
    other = _bound(company, "win_win_rate")[-1]
    asked = _signing(client, measure="win_win_rate", **{f"sign_{other}": "佐藤 美咲"})
    answer = client.post(CHOICE, data=asked, headers=ORIGIN)
    assert answer.status_code == 422
    assert "田口 健 が署名していて" in words_of(answer.text)
    asked = {"token": _token(client, "/definitions/choices"), "department": first, "reason": "定義を見直す"}
    assert client.post(f"{CHOICE}/withdraw", data=asked, headers=ORIGIN).status_code == 303
    assert all(one.proposed is None for one in company.conflicts("ja"))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:9999"},
        {"origin": "http://localhost", "sec-fetch-site": "cross-site"},
        {"origin": "http://localhost", "sec-fetch-site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", [CHOICE, "/definitions/new"])
def test_a_request_from_elsewhere_changes_nothing(
    client: TestClient, company: Company, path: str, headers: dict[str, str]
) -> None:
    data = _signing(client, sign_field_sales="田口", text=OURS, do="save")
    assert client.post(path, data=data, headers=headers).status_code == 403
    assert all(one.proposed is None and one.chosen is None for one in company.conflicts("ja"))
    assert not (company.folder / "definitions").exists()


@pytest.mark.parametrize("token", ["", "0" * 64])
def test_a_form_with_another_token_is_shown_again_and_not_followed(
    client: TestClient, company: Company, token: str
) -> None:
    answer = client.post(
        "/definitions/new", data={"token": token, "text": OURS, "do": "save"}, headers=ORIGIN
    )
    assert answer.status_code == 422
    assert "まだ保存していない" in words_of(answer.text)
    assert "our_large_deals" in answer.text
    assert not (company.folder / "definitions").exists()


def test_a_token_of_another_browser_is_worth_nothing(client: TestClient, company: Company) -> None:
    token = _token(client, "/definitions/new")
    client.cookies.clear()
    client.cookies.set(COOKIE, "somebody-else")
    data = {"token": token, "text": OURS, "do": "save"}
    assert client.post("/definitions/new", data=data, headers=ORIGIN).status_code == 422
    assert not (company.folder / "definitions").exists()


def test_the_cookie_is_out_of_reach_and_the_page_is_not_stored(client: TestClient) -> None:
    answer = client.get("/definitions/new")
    kept = answer.headers["set-cookie"]
    assert "HttpOnly" in kept
    assert "SameSite=strict" in kept
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"{}", "application/json"), (b"text=%FF", "application/x-www-form-urlencoded"),
     (b"a=" + b"x" * 300_000, "application/x-www-form-urlencoded")],
)  # fmt: skip
def test_what_is_no_form_is_refused_unread(client: TestClient, content: bytes, kind: str) -> None:
    headers = {**ORIGIN, "content-type": kind}
    assert client.post("/definitions/new", content=content, headers=headers).status_code == 400


def _edited(client: TestClient, path: str, text: str, do: str) -> tuple[int, str]:
    fields = elements(client.get(path).text, "input")
    hidden = {
        each.attributes["name"]: each.attributes["value"] for each in fields if "name" in each.attributes
    }
    data = {name: hidden[name] for name in ("token", "base")} | {"text": text, "do": do}
    answer = client.post(path, data=data, headers=ORIGIN)
    return answer.status_code, answer.headers.get("location", answer.text)


def test_a_kpi_is_checked_saved_and_found(client: TestClient, company: Company) -> None:
    status, page = _edited(client, "/definitions/new", OURS, "check")
    assert status == 200
    assert "計算例 1 のうち、合わないもの 0" in words_of(page)
    assert not (company.folder / "definitions").exists()
    assert _edited(client, "/definitions/new", OURS, "save") == (303, "/definitions/our_large_deals")
    assert (company.folder / "definitions" / "our_large_deals.toml").read_text(encoding="utf-8") == OURS
    assert "自社の定義" in words_of(client.get("/definitions/our_large_deals").text)
    assert "our_large_deals" in client.get("/definitions?q=大型案件").text


def test_an_error_names_the_line_and_shows_it(client: TestClient) -> None:
    wrong = OURS.replace('kind = "count"', 'kind = "cuont"')
    status, page = _edited(client, "/definitions/new", wrong, "check")
    assert status == 422
    marked = next(each.text for each in elements(page, "span", "wrong"))
    assert 'kind = "cuont"' in marked
    number = OURS.split("\n").index(next(line for line in OURS.split("\n") if line.startswith("kind"))) + 1
    assert f"{number}行目:" in words_of(page)


def test_a_definition_whose_example_fails_is_not_saved(client: TestClient, company: Company) -> None:
    status, page = _edited(client, "/definitions/new", OURS.replace('expect = "1"', 'expect = "2"'), "save")
    assert status == 422
    assert "合わない" in words_of(page)
    assert not (company.folder / "definitions" / "our_large_deals.toml").exists()


@pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "new", "Ours", "a/b", "", "x" * 61, "choices"])
def test_an_id_that_is_no_plain_name_never_becomes_a_file(
    client: TestClient, company: Company, name: str
) -> None:
    before = sorted(path for path in company.folder.parent.rglob("*.toml"))
    status, page = _edited(client, "/definitions/new", OURS.replace("our_large_deals", name), "save")
    assert status == 422
    assert "は使えない" in words_of(page)
    assert sorted(path for path in company.folder.parent.rglob("*.toml")) == before


def test_changing_a_kpi_keeps_its_id(client: TestClient, company: Company) -> None:
    text = company.catalogue.kpis[WIN_RATE].text
    status, page = _edited(client, f"/definitions/{WIN_RATE}/edit", text.replace(WIN_RATE, "other"), "save")
    assert status == 422
    assert "id を元に戻すか" in words_of(page)
    better = text.replace('ja = "受注率"', 'ja = "受注率(自社)"')
    saved = _edited(client, f"/definitions/{WIN_RATE}/edit", better, "save")
    assert saved == (303, f"/definitions/{WIN_RATE}")
    assert "受注率(自社)" in words_of(client.get(f"/definitions/{WIN_RATE}").text)
    assert client.get("/definitions/no_such/edit").status_code == 404


def test_a_change_made_meanwhile_is_not_written_over(client: TestClient, company: Company) -> None:
    assert _edited(client, "/definitions/new", OURS, "save")[0] == 303
    place = "/definitions/our_large_deals/edit"
    fields = elements(client.get(place).text, "input")
    base = next(each.attributes["value"] for each in fields if each.attributes.get("name") == "base")
    theirs = OURS.replace("大型案件", "大口案件")
    assert _edited(client, place, theirs, "save")[0] == 303
    ours = {"token": _token(client, place), "base": base, "text": OURS, "do": "save"}
    answer = client.post(place, data=ours, headers=ORIGIN)
    assert answer.status_code == 422
    assert "開いているあいだに" in words_of(answer.text)
    status, page = _edited(client, "/definitions/new", OURS, "save")
    assert status == 422
    assert "もうある" in words_of(page)
    assert company.catalogue.kpis["our_large_deals"].text == theirs


def test_the_past_is_shown_under_the_old_and_the_new_definition(tmp_path: Path) -> None:
    now = [sample.NOW - timedelta(days=10)]
    with defined_company(tmp_path, lambda: now[0]) as company:
        app = create_app(company, clock=lambda: now[0])
        client = TestClient(app, base_url="http://localhost", follow_redirects=False)
        assert _edited(client, "/definitions/new", OURS, "save")[0] == 303
        assert company.catalogue.kpis["our_large_deals"].own
        now[0] = sample.NOW
        other = OURS.replace('of = "won_deals"', 'of = "closed_deals"')
        assert _edited(client, "/definitions/our_large_deals/edit", other, "save")[0] == 303
        page = client.get("/definitions/our_large_deals").text
        newest, oldest = (each.text for each in elements(page, "li") if "our_large_deals@" in each.text)
        # Whatever was counted before the change stands under both, and nothing is counted across it.
        assert "2026-10-01..2026-11-19: 1" in " ".join(oldest.split())
        assert "2026-10-01..2026-11-19: 1(さかのぼって計算)" in " ".join(newest.split())


def test_brackets_without_end_are_refused(client: TestClient) -> None:
    status, page = _edited(client, "/definitions/new", "a = " + "[" * 20_000, "check")
    assert status == 422
    assert "深すぎて" in words_of(page) or "行目" in words_of(page)


def test_a_file_that_cannot_be_followed_is_named_above_the_shelf(
    client: TestClient, company: Company
) -> None:
    folder = company.folder / "definitions"
    folder.mkdir()
    (folder / "bad.toml").write_text('id = "bad"\nja = <b>\n', encoding="utf-8")
    page = client.get("/definitions").text
    assert "bad.toml" in words_of(page)
    assert "<b>" not in page.replace("<b>0</b>", "").partition("notice")[2].partition("</p>")[0]


def test_a_kpi_of_the_company_has_figures_like_any_other(client: TestClient) -> None:
    assert _edited(client, "/definitions/new", OURS, "save")[0] == 303
    figure = client.get("/metric/our_large_deals.json").json()["figure"]
    assert figure["value"] == 1
    assert "スコアカード" in words_of(client.get("/definitions/our_large_deals").text)
