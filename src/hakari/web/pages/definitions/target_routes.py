"""Where the targets are shown, set and pasted."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hakari.web.definition_places import TARGETS
from hakari.web.forms import Form, FormGuard
from hakari.web.pages.definitions import target_pasting, target_sending, targets
from hakari.web.pages.definitions.target_editing import Draft
from hakari.web.pages.definitions.target_pasting import Pasting
from hakari.web.site import Site

_REFUSED = 422  # understood, and not possible as it stands


def routes(routes: APIRouter, site: Site, guard: FormGuard) -> None:
    def shown(request: Request, draft: Draft | None = None, pasting: Pasting | None = None) -> Response:
        address, mark = site.address(request, TARGETS), guard.mark(request)
        page = targets.page(site, address, guard.token(mark), draft, pasting)
        is_refused = bool((draft and draft.faults) or (pasting and pasting.faults))
        status = _REFUSED if is_refused else 200
        response = site.html("pages/definitions/targets.html", page, address.lang, status)
        guard.keep(request, response, mark)
        return response

    def done(request: Request, run: int) -> Response:
        address = site.address(request, TARGETS)
        return RedirectResponse(address.to(edit=None, span=None, saved=str(run)), status_code=303)

    @routes.get(TARGETS, include_in_schema=False)
    def targets_page(request: Request) -> Response:
        return site.moved(request, site.address(request)) or shown(request)

    @routes.post(TARGETS + "/set", include_in_schema=False)
    def set_targets(request: Request, form: Form = Depends(guard.read)) -> Response:
        draft = target_sending.sent(site, site.address(request, TARGETS), form)
        return done(request, draft.saved) if draft.saved else shown(request, draft)

    @routes.post(TARGETS + "/paste", include_in_schema=False)
    def paste(request: Request, form: Form = Depends(guard.read)) -> Response:
        pasting = target_pasting.sent(site, site.address(request, TARGETS), form)
        return done(request, pasting.saved) if pasting.saved else shown(request, None, pasting)
