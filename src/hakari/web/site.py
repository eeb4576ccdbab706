"""What every page shares: the company, the clock, and how an answer becomes HTML or a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hakari import report
from hakari.report.json_text import to_json
from hakari.web import address as addresses
from hakari.web.address import Address
from hakari.web.company import Company
from hakari.web.stationery import Stationery
from hakari.words import Language, say

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Sheet:
    """A page's figures as rows, with what a file must carry besides: definitions and origin."""

    name: str
    rows: Sequence[report.Row]
    definitions: Sequence[report.Row]
    origin: Mapping[str, report.Cell]
    headings: Mapping[str, str] = field(default_factory=dict)


class Site:
    """`clock` gives the present moment, aware of its zone: only the freshness dot asks for it."""

    def __init__(self, company: Company, clock: Callable[[], datetime]) -> None:
        self.company = company
        self.clock = clock
        self.stationery = Stationery(STATIC)

    @property
    def defaults(self) -> dict[str, str]:
        """What a URL means where it says nothing: the company's language and unit of money, and ours."""
        profile = self.company.profile
        return {**addresses.DEFAULTS, "lang": profile.language, "unit": profile.money_unit}

    def address(self, request: Request, path: str | None = None) -> Address:
        return addresses.read(path or request.url.path, request.query_params.multi_items(), self.defaults)

    def moved(self, request: Request, address: Address) -> RedirectResponse | None:
        """To the canonical URL, where a form or a hand wrote another one for the same screen."""
        written = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        canonical = address.to()
        return None if canonical == written else RedirectResponse(canonical, status_code=302)

    def html(self, template: str, page: object, lang: Language, status: int = 200) -> HTMLResponse:
        text = self._environment.get_template(template).render(page=page, lang=lang)
        return HTMLResponse(text, status, headers={"Content-Language": lang, "Cache-Control": "no-cache"})

    def file(self, suffix: str, sheet: Sheet, lang: Language) -> Response:
        """The same figures as CSV, workbook or Markdown."""
        if suffix == "md":
            return Response(report.rows_to_markdown(sheet.rows), media_type="text/markdown")
        if suffix == "csv":
            content: bytes = report.rows_to_csv(sheet.rows).encode()
            media = "text/csv; charset=utf-8"
        else:
            content = report.rows_to_xlsx(sheet.rows, sheet.definitions, sheet.origin, lang, sheet.headings)
            media = WORKBOOK
        name = f'attachment; filename="{sheet.name}.{suffix}"'
        return Response(content, media_type=media, headers={"Content-Disposition": name})

    def json(self, answer: object, request: Request, lang: Language) -> Response:
        text = to_json(answer)
        tag = f'"{sha256(text.encode()).hexdigest()[:20]}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache", "Content-Language": lang}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(text, media_type="application/json", headers=headers)

    @cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        environment.globals["say"] = say
        environment.globals["static"] = self.stationery.place
        return environment
