"""The pages of definitions: the shelf, the choices, the targets, a card and the editor."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hakari.report import Cell, Row
from hakari.report.target_rows import headings
from hakari.web.address import SUFFIXES, Address
from hakari.web.definition_places import CHOICES, LINT, LIST, TARGETS, card_url
from hakari.web.described import described
from hakari.web.forms import FormGuard
from hakari.web.pages.definitions import card, choices, lint, shelf, target_routes, targets, writing
from hakari.web.site import Sheet, Site
from hakari.words import say

_TEMPLATES = "pages/definitions"
Listed = Callable[[Site, Address], list[Row]]


def router(site: Site) -> APIRouter:
    """The fixed places first: a card's address is any other word."""
    routes, guard = APIRouter(), FormGuard()
    _tables(routes, site)
    _shelf(routes, site)
    target_routes.routes(routes, site, guard)
    writing.lint_routes(routes, site, guard)
    writing.choices_routes(routes, site, guard)
    writing.editor_routes(routes, site, guard)
    _card(routes, site)
    return routes


def _tables(routes: APIRouter, site: Site) -> None:
    """The same rows as JSON and as files."""
    _table(routes, site, LIST, shelf.listed, "All measures: what each counts and what data it lacks", "q")
    _table(routes, site, CHOICES, choices.listed, "Contradicting readings, which one holds, who signed")
    _table(routes, site, TARGETS, targets.listed, "All targets of a fiscal year", "q", *targets.FILTERS)
    _table(routes, site, LINT, lint.listed, "What is wrong with the company's KPIs, why, and what to do")


def _table(routes: APIRouter, site: Site, path: str, listed: Listed, summary: str, *parameters: str) -> None:
    name = path.removeprefix(f"{LIST}/").strip("/")
    filters = shelf.FILTERS if path == LIST else ()

    @routes.get(
        path + ".json",
        summary=summary,
        name=f"{name}_json",
        openapi_extra=described(*parameters, *filters, "lang"),
    )
    def as_json(request: Request) -> Response:
        address = site.address(request, path)
        return site.json({name: listed(site, address), "url": address.to()}, request, address.lang)

    @routes.get(path + ".{suffix}", include_in_schema=False, name=f"{name}_file")
    def as_file(request: Request, suffix: str) -> Response:
        if suffix not in SUFFIXES:
            raise HTTPException(404)
        address = site.address(request, path)
        return site.file(suffix, _sheet(name, listed(site, address), address, site), address.lang)


def _shelf(routes: APIRouter, site: Site) -> None:
    @routes.get(LIST, include_in_schema=False)
    def shelf_page(request: Request) -> Response:
        address = site.address(request)
        elsewhere = site.moved(request, address)
        if elsewhere is not None:
            return elsewhere
        return site.html(f"{_TEMPLATES}/list.html", shelf.page(site, address), address.lang)


def _card(routes: APIRouter, site: Site) -> None:
    @routes.get(
        LIST + "/{kpi}.json",
        summary="One definition: what it counts, its examples and its versions",
        openapi_extra=described("lang"),
    )
    def card_json(request: Request, kpi: str) -> Response:
        address = site.address(request, f"{LIST}/{kpi}")
        answer = card.as_object(site, card.kpi_named(site, kpi), address.lang)
        return site.json(answer | {"url": address.to()}, request, address.lang)

    @routes.get(LIST + "/{kpi}", include_in_schema=False)
    def card_page(request: Request, kpi: str) -> Response:
        """A measure's own id holds dots (calls.rate), so only a known suffix is taken off."""
        name, _, suffix = kpi.rpartition(".")
        if name and suffix in SUFFIXES:
            address = site.address(request, f"{LIST}/{name}")
            rows = shelf.rows_of(site, card.kpi_named(site, name), address.lang)
            return site.file(suffix, _sheet(name, rows, address, site), address.lang)
        address = site.address(request)
        found = card.kpi_named(site, kpi)
        if found.id != kpi:
            return RedirectResponse(card_url(address, found.id, kpi), status_code=302)
        elsewhere = site.moved(request, address)
        if elsewhere is not None:
            return elsewhere
        return site.html(f"{_TEMPLATES}/card.html", card.page(site, found, address), address.lang)


def _sheet(name: str, rows: list[Row], address: Address, site: Site) -> Sheet:
    origin: dict[str, Cell] = {say("product", address.lang): site.company.profile.name, "URL": address.to()}
    words = headings(address.lang) if address.path == TARGETS else {}
    return Sheet(name, rows, [], origin, words)
