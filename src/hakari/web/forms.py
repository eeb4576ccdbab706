"""Lets a page change something only when it was asked on the page itself, by the browser that had opened it.

Two things have to hold. The request comes from this very origin, which browsers say and pages elsewhere
cannot fake. And it carries the token that was written into the form: a keyed digest of a cookie that only
that browser has.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from hakari.errors import NotAllowedError, ParameterNotUnderstoodError

COOKIE = "hakari_form"
FIELD = "token"
MOST_BYTES = 256 * 1024
_MOST_FIELDS = 200
_KIND = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed. Nothing may be written unless it `is_fresh`; one from before a restart is not."""

    fields: Mapping[str, str]
    is_fresh: bool

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")


class FormGuard:
    """Knows a secret for as long as the server runs."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def mark(self, request: Request) -> str:
        """The cookie this browser has, or a new one."""
        return request.cookies.get(COOKIE) or secrets.token_urlsafe(32)

    def token(self, mark: str) -> str:
        """What the form must bring back."""
        return hmac.digest(self._secret, mark.encode(), "sha256").hex()

    def keep(self, request: Request, response: Response, mark: str) -> None:
        """Strictly for this site, out of reach of scripts; nobody stores a page with a token."""
        is_encrypted = request.url.scheme == "https"
        response.set_cookie(COOKIE, mark, httponly=True, samesite="strict", secure=is_encrypted, path="/")
        response.headers["Cache-Control"] = "no-store"

    async def read(self, request: Request) -> Form:
        """The form's fields; a request from elsewhere, of another kind or too long is refused unread."""
        _refuse_other_origins(request)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != _KIND:
            raise ParameterNotUnderstoodError(f"{kind or 'nothing'} is not a form", f"send {_KIND}")
        fields = _fields(await _body(request))
        given, mark = fields.pop(FIELD, ""), request.cookies.get(COOKIE, "")
        is_fresh = bool(mark) and hmac.compare_digest(given.encode(), self.token(mark).encode())
        return Form(fields, is_fresh)


def _refuse_other_origins(request: Request) -> None:
    host = request.headers.get("host", "").lower()
    origin = urlsplit(request.headers.get("origin", ""))
    is_ours = origin.scheme in ("http", "https") and origin.netloc.lower() == host
    if not is_ours or request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise NotAllowedError(
            "this request does not come from a page of Hakari", "open the page here and send it from there"
        )


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise ParameterNotUnderstoodError(
                "the form is too long", f"send at most {MOST_BYTES // 1024} KB: a definition is a few lines"
            )
    return bytes(body)


def _fields(body: bytes) -> dict[str, str]:
    """The last value of a field counts, as for a form that has each once."""
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError as error:
        raise ParameterNotUnderstoodError(f"the form cannot be read: {error}", "send it as UTF-8") from error
    return {name: value.replace("\r\n", "\n") for name, value in pairs}
