"""What every answer carries and every request must have, whatever the page."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# No page has inline code or style, and nothing is fetched from anywhere else.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


class SecurityHeaders:
    """Outermost, so that refusals and failures carry the headers too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        await self.app(scope, receive, send_with_headers)


class TrustedHosts:
    """Refuses a request for a host that is not ours: a page elsewhere may have pointed its name here.

    Starlette's own check cuts the host at the first colon, which no IPv6 address survives.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or self._is_ours(scope):
            await self.app(scope, receive, send)
            return
        refusal = PlainTextResponse(
            "This host name is not one Hakari answers to. Add it to the configured hosts.", status_code=400
        )
        await refusal(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        given = [value for name, value in scope["headers"] if name == b"host"]
        return len(given) == 1 and _without_port(given[0].decode("latin-1")).lower() in self.hosts


def _without_port(host: str) -> str:
    """[::1]:8000 is [::1]; what is not a port stays, and is then nobody's name."""
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdecimal() and (not host.startswith("[") or name.endswith("]")) else host
