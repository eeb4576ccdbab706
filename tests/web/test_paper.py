"""The meeting as a PDF: three pages with Japanese letters, set without a browser, always the same bytes."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hakari.bootstrap import Company
from hakari.errors import PaperError
from hakari.web.address import Address
from hakari.web.app import create_app
from hakari.web.pages.meeting.paper import meeting_pdf
from hakari.web.paper.setting import family_of
from hakari.web.site import Site
from tests.cli.terminal import Terminal
from tests.web import sample
from tests.web.defined import defined_company

PAGE = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def typst() -> None:
    """What sets PDFs comes with an extra that a developer may not have."""
    if find_spec("typst") is None:
        if os.environ.get("CI"):
            pytest.fail("typst is not installed: ./dev test brings it.")
        pytest.skip("typst is not installed: pip install 'hakari[pdf]'")


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    with defined_company(tmp_path) as made:
        yield made


def meeting(company: Company) -> int:
    number = company.start_meeting({"team": "第1営業部"}, "<週次> #会議 *太字*")
    company.decide(number, "当番制 $x$ #panic()", "伊藤 舞", None, "受注額", 0.1)
    return number


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_meeting_is_three_pages_and_what_was_typed_is_no_markup(
    typst: None, company: Company, lang: str
) -> None:
    site = Site(company, company.clock)
    address = Address("", {"lang": lang}, site.defaults)
    number = meeting(company)
    pdf = meeting_pdf(site, number, address)
    assert pdf.startswith(b"%PDF")
    assert len(PAGE.findall(pdf)) == 3
    assert meeting_pdf(site, number, address) == pdf


def test_the_page_hands_the_pdf_out(typst: None, company: Company) -> None:
    client = TestClient(create_app(company, clock=lambda: sample.NOW), base_url="http://localhost")
    number = meeting(company)
    link = f"/meeting/{number}.pdf"
    assert link in client.get(f"/meeting/{number}").text
    answer = client.get(link)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_the_command_writes_the_file(typst: None, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    with defined_company(tmp_path, lambda: terminal.now) as company:
        number = str(meeting(company))
    file = tmp_path / "pack.pdf"
    assert terminal("meeting", "show", number, "--pdf", file, "--hide-amounts") == 0, terminal.err
    assert len(PAGE.findall(file.read_bytes())) == 3
    assert terminal("meeting", "show", number, "--pdf", tmp_path / "no" / "pack.pdf") != 0
    assert "another file" in terminal.err


def test_a_machine_without_japanese_letters_is_told_the_way_out() -> None:
    with pytest.raises(PaperError, match=r"hakari\[pdf\]"):
        family_of(["DejaVu Sans", "Libertinus Serif"])


def test_the_machines_own_font_comes_before_the_one_that_is_brought() -> None:
    assert family_of(["Noto Sans JP", "hiragino sans"]) == "Hiragino Sans"


def test_without_what_sets_pdfs_the_way_out_is_told(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    site = Site(company, company.clock)
    with pytest.raises(PaperError, match="press P"):
        meeting_pdf(site, meeting(company), Address("", {}, site.defaults))
