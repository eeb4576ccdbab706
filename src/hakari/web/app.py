"""Puts the pages together: one application for one company."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse

import hakari
from hakari.errors import HakariError
from hakari.web import address as addresses
from hakari.web.company import Company
from hakari.web.faults import add_faults
from hakari.web.pages.capacity import page as capacity
from hakari.web.pages.definitions import page as definitions
from hakari.web.pages.meeting import page as meeting
from hakari.web.pages.meeting import paper as meeting_paper
from hakari.web.pages.metric import page as metric
from hakari.web.pages.plan import page as plan
from hakari.web.pages.rep import page as rep
from hakari.web.pages.scorecard import page as scorecard
from hakari.web.pages.territory import page as territory
from hakari.web.security import LOCAL_HOSTS, SecurityHeaders, TrustedHosts
from hakari.web.site import Site

PAGES = (scorecard, plan, metric, definitions, rep, meeting_paper, meeting, capacity, territory)


def create_app(company: Company, *, clock: Callable[[], datetime], hosts: Sequence[str] = ()) -> FastAPI:
    """`hosts` are the names besides localhost that browsers may use; `clock` gives an aware moment."""
    # The interactive documentation would need scripts from elsewhere; the description itself stays.
    app = FastAPI(title="Hakari", version=hakari.__version__, docs_url=None, redoc_url=None)
    site = app.state.site = Site(company, clock)
    for page in PAGES:
        app.include_router(page.router(site))

    @app.get("/", include_in_schema=False)
    def start(request: Request) -> RedirectResponse:
        return RedirectResponse(site.address(request, "/scorecard").to(), status_code=302)

    app.mount("/static", site.stationery)
    add_faults(app, site)
    app.add_middleware(GZipMiddleware, minimum_size=2_000)
    app.add_middleware(TrustedHosts, hosts=(*LOCAL_HOSTS, *hosts))
    app.add_middleware(SecurityHeaders)
    return app


def make_first_page(app: FastAPI) -> None:
    """What only the first page takes is done before anybody waits for it."""
    site: Site = app.state.site
    # A company whose page cannot be made still gets its server: the page itself says why.
    with suppress(HakariError):
        scorecard.html(site, addresses.read(scorecard.PATH, [], site.defaults))
