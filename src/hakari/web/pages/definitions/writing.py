"""The pages of definitions that change something: choosing and signing, adding and changing a KPI."""

from __future__ import annotations

from fastapi import APIRouter, Depends, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hakari.web.address import Address
from hakari.web.definition_places import CHOICES, LINT, LIST, NEW, card_url, within
from hakari.web.forms import Form, FormGuard
from hakari.web.pages.definitions import choices, editing, lint
from hakari.web.pages.definitions.choices import Sent
from hakari.web.pages.definitions.editing import Draft
from hakari.web.site import Site

_REFUSED = 422  # understood, and not possible as it stands


def choices_routes(routes: APIRouter, site: Site, guard: FormGuard) -> None:
    def shown(request: Request, address: Address, sent: Sent | None = None) -> Response:
        mark = guard.mark(request)
        page = choices.page(site, address, guard.token(mark), sent)
        status = _REFUSED if sent is not None and sent.faults else 200
        response = site.html("pages/definitions/choices.html", page, address.lang, status)
        guard.keep(request, response, mark)
        return response

    def answered(request: Request, conflict: str, sent: Sent) -> Response:
        address = site.address(request, CHOICES)
        if sent.faults:
            return shown(request, address, sent)
        return RedirectResponse(f"{within(address, CHOICES)}#{conflict}", status_code=303)

    @routes.get(CHOICES, include_in_schema=False)
    def choices_page(request: Request) -> Response:
        address = site.address(request)
        return site.moved(request, address) or shown(request, address)

    @routes.post(CHOICES + "/{conflict}", include_in_schema=False)
    def choose(request: Request, conflict: str, form: Form = Depends(guard.read)) -> Response:
        _known(site, conflict)
        lang = site.address(request, CHOICES).lang
        return answered(request, conflict, choices.signing(site, conflict, form, lang))

    @routes.post(CHOICES + "/{conflict}/withdraw", include_in_schema=False)
    def withdraw(request: Request, conflict: str, form: Form = Depends(guard.read)) -> Response:
        _known(site, conflict)
        lang = site.address(request, CHOICES).lang
        return answered(request, conflict, choices.withdrawing(site, conflict, form, lang))


def _known(site: Site, conflict: str) -> None:
    if conflict not in {view.id for view in site.company.conflicts("ja")}:
        raise HTTPException(404)


def lint_routes(routes: APIRouter, site: Site, guard: FormGuard) -> None:
    def shown(request: Request, address: Address, sent: lint.Sent | None = None) -> Response:
        mark = guard.mark(request)
        page = lint.page(site, address, guard.token(mark), sent)
        status = _REFUSED if sent is not None and sent.fault else 200
        response = site.html("pages/definitions/lint.html", page, address.lang, status)
        guard.keep(request, response, mark)
        return response

    def answered(request: Request, sent: lint.Sent) -> Response:
        address = site.address(request, LINT)
        if sent.fault:
            return shown(request, address, sent)
        return RedirectResponse(f"{within(address, LINT)}#{lint.SET}", status_code=303)

    @routes.get(LINT, include_in_schema=False)
    def lint_page(request: Request) -> Response:
        address = site.address(request)
        return site.moved(request, address) or shown(request, address)

    @routes.post(LINT + "/care", include_in_schema=False)
    def care(request: Request, form: Form = Depends(guard.read)) -> Response:
        return answered(request, lint.caring(site, form, site.address(request, LINT).lang))

    @routes.post(LINT + "/set", include_in_schema=False)
    def change(request: Request, form: Form = Depends(guard.read)) -> Response:
        return answered(request, lint.changing(site, form, site.address(request, LINT).lang))


def editor_routes(routes: APIRouter, site: Site, guard: FormGuard) -> None:
    def shown(request: Request, kpi: str, draft: Draft) -> Response:
        address, mark = site.address(request), guard.mark(request)
        page = editing.page(site, address, kpi, guard.token(mark), draft)
        status = _REFUSED if draft.verdict is not None and draft.verdict.fault else 200
        response = site.html("pages/definitions/edit.html", page, address.lang, status)
        guard.keep(request, response, mark)
        return response

    def started(request: Request, kpi: str) -> Response:
        address = site.address(request)
        return site.moved(request, address) or shown(request, kpi, editing.blank(site, kpi))

    def answered(request: Request, kpi: str, form: Form) -> Response:
        address = site.address(request)
        draft = editing.checked(site, kpi, form, address.lang)
        if draft.saved:
            return RedirectResponse(card_url(address, draft.saved), status_code=303)
        return shown(request, kpi, draft)

    @routes.get(NEW, include_in_schema=False)
    def new_page(request: Request) -> Response:
        return started(request, "")

    @routes.post(NEW, include_in_schema=False)
    def new(request: Request, form: Form = Depends(guard.read)) -> Response:
        return answered(request, "", form)

    @routes.get(LIST + "/{kpi}/edit", include_in_schema=False)
    def edit_page(request: Request, kpi: str) -> Response:
        return started(request, _named(site, kpi))

    @routes.post(LIST + "/{kpi}/edit", include_in_schema=False)
    def edit(request: Request, kpi: str, form: Form = Depends(guard.read)) -> Response:
        return answered(request, _named(site, kpi), form)


def _named(site: Site, kpi: str) -> str:
    if kpi not in site.company.catalogue.kpis:
        raise HTTPException(404)
    return kpi
