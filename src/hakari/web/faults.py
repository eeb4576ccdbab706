"""Turns everything that can go wrong into one page or one JSON object: the thing, the reason, the way out."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

import structlog
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hakari import errors
from hakari.report.json_text import to_json
from hakari.web.address import CHOICES, Address, language_of
from hakari.web.frame import Frame, bare_frame
from hakari.web.site import Site
from hakari.words import Language, say

_log = structlog.get_logger(__name__)

# The one place that gives an error a status; the first class that fits decides.
STATUS: tuple[tuple[type[errors.HakariError], int], ...] = (
    (errors.NotAllowedError, 403),
    (errors.UnknownKpiError, 404),
    (errors.UnknownRunError, 404),
    (errors.UnknownEntryError, 404),
    (errors.UnknownPersonError, 404),
    (errors.StoreInUseError, 503),
    (errors.StoreVersionError, 503),
    (errors.DefinitionError, 500),
    (errors.HakariError, 400),
)


@dataclass(frozen=True, slots=True)
class FaultPage:
    frame: Annotated[Frame, "what surrounds the page"]
    status: Annotated[int, "the HTTP status, as the reader may have to quote it"]
    what: Annotated[str, "what went wrong"]
    way_out: Annotated[str, "what to do about it; may be empty"]


def add_faults(app: FastAPI, site: Site) -> None:
    def known(request: Request, error: Exception) -> Response:
        if not isinstance(error, errors.HakariError):
            raise error
        status = next(status for kind, status in STATUS if isinstance(error, kind))
        return _answer(site, request, status, error.what, error.way_out)

    def refused(request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            raise error
        lang = _lang(site, request)
        if error.status_code == HTTPStatus.NOT_FOUND:
            what, way_out = say("no_such_page", lang, path=request.url.path), say("go_to_scorecard", lang)
        else:
            what, way_out = str(error.detail), ""
        return _answer(site, request, error.status_code, what, way_out, dict(error.headers or {}))

    app.add_exception_handler(errors.HakariError, known)
    app.add_exception_handler(HTTPException, refused)
    app.add_middleware(OwnFaults, site=site)


class OwnFaults:
    """What nobody foresaw: the log gets the trace, the reader a page.

    Not the framework's own handler for Exception: that one stands outside every other middleware, so its
    answer would lack the security headers.
    """

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app, self.site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            if scope["type"] != "http" or started:
                raise
            _log.error("page_failed", path=scope["path"], exc_info=error)
            request = Request(scope)
            lang = _lang(self.site, request)
            answer = _answer(self.site, request, 500, say("our_fault", lang), say("our_fault_way_out", lang))
            await answer(scope, receive, send)


def _answer(
    site: Site, request: Request, status: int, what: str, way_out: str, headers: dict[str, str] | None = None
) -> Response:
    lang = _lang(site, request)
    if request.url.path.endswith(".json"):
        text = to_json({"error": what, "way_out": way_out, "status": status})
        return Response(text, status, headers, media_type="application/json")
    theme = request.query_params.get("theme", "")
    given = {"lang": lang, "theme": theme if theme in CHOICES["theme"] else ""}
    address = Address(
        request.url.path, {name: value for name, value in given.items() if value}, site.defaults
    )
    page = FaultPage(
        bare_frame(address, say("fault_title", lang), site.company.profile.name), status, what, way_out
    )
    answer = site.html("fault.html", page, lang, status)
    answer.headers.update(headers or {})
    return answer


def _lang(site: Site, request: Request) -> Language:
    return language_of(request.query_params.get("lang", ""), site.company.profile.language)
