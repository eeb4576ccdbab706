"""Puts the pages together: one application for one company."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

import hakari
from hakari.web.company import Company
from hakari.web.faults import add_faults
from hakari.web.pages.metric import page as metric
from hakari.web.pages.scorecard import page as scorecard
from hakari.web.security import LOCAL_HOSTS, SecurityHeaders, TrustedHosts
from hakari.web.site import STATIC, Site

PAGES = (scorecard, metric)


class _Static(StaticFiles):
    """Asks again on every page whether a file changed: modules name each other without a version."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers["Cache-Control"] = "no-cache"
        return answer


def create_app(company: Company, *, clock: Callable[[], datetime], hosts: Sequence[str] = ()) -> FastAPI:
    """`hosts` are the names besides localhost that browsers may use; `clock` gives an aware moment."""
    # The interactive documentation would need scripts from elsewhere; the description itself stays.
    app = FastAPI(title="Hakari", version=hakari.__version__, docs_url=None, redoc_url=None)
    site = Site(company, clock)
    for page in PAGES:
        app.include_router(page.router(site))

    @app.get("/", include_in_schema=False)
    def start(request: Request) -> RedirectResponse:
        return RedirectResponse(site.address(request, "/scorecard").to(), status_code=302)

    app.mount("/static", _Static(directory=STATIC))
    add_faults(app, site)
    app.add_middleware(GZipMiddleware, minimum_size=2_000)
    app.add_middleware(TrustedHosts, hosts=(*LOCAL_HOSTS, *hosts))
    app.add_middleware(SecurityHeaders)
    return app
