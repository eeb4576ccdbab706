"""Shows one scorecard: the finding, the goal, at most five KPIs, and the people behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hakari.planning.scorecard import Scorecard
from hakari.report import Cell, Row, scorecard_object, scorecard_rows
from hakari.web.address import SUFFIXES, Address
from hakari.web.blocks.goal import Goal, ReverseStep, goal, reverse_steps
from hakari.web.blocks.people import PeopleBlock, people_blocks
from hakari.web.blocks.rows import KpiBlock, kpi_block
from hakari.web.described import SCOPE, described
from hakari.web.doors import door
from hakari.web.figures import Figures
from hakari.web.frame import Frame, Link, frame
from hakari.web.site import Sheet, Site
from hakari.words import say

PATH = "/scorecard"


@dataclass(frozen=True, slots=True)
class ScorecardPage:
    frame: Annotated[Frame, "what surrounds the page"]
    headline: Annotated[str, "the finding, in one or two sentences"]
    subline: Annotated[str, "the small print under it"]
    goal: Annotated[Goal | None, "the one goal; None when nothing can be said of it yet"]
    reverse: Annotated[tuple[ReverseStep, ...], "the shortfall worked back, step by step"]
    kpis: Annotated[KpiBlock, "at most five KPIs on one shared axis"]
    meeting: Annotated[str, "URL where a meeting is opened on this scope"]
    people: Annotated[tuple[PeopleBlock, ...], "one table a role, people in the order of their names"]
    has_data: Annotated[bool, "whether anything has been imported"]


def router(site: Site) -> APIRouter:
    routes = APIRouter()

    @routes.get(
        PATH + ".json",
        summary="The scorecard with every number's base, range and verdict",
        openapi_extra=described(*SCOPE),
    )
    def scorecard_json(request: Request) -> Response:
        address = site.address(request, PATH)
        card = site.company.scorecard(address.question(), address.lang)
        answer = scorecard_object(card, lambda measure: door(address, measure))
        return site.json(answer | {"url": address.to()}, request, address.lang)

    @routes.get(PATH + ".{suffix}", include_in_schema=False)
    def scorecard_file(request: Request, suffix: str) -> Response:
        if suffix not in SUFFIXES:
            raise HTTPException(404)
        address = site.address(request, PATH)
        card = site.company.scorecard(address.question(), address.lang)
        return site.file(suffix, _sheet(card, address), address.lang)

    @routes.get(PATH, include_in_schema=False)
    def scorecard(request: Request) -> Response:
        address = site.address(request)
        elsewhere = site.moved(request, address)
        if elsewhere is not None:
            return elsewhere
        return html(site, address)

    return routes


def html(site: Site, address: Address) -> Response:
    card = site.company.scorecard(address.question(), address.lang)
    return site.html("pages/scorecard/page.html", page(card, address, site), address.lang)


def page(card: Scorecard, address: Address, site: Site) -> ScorecardPage:
    figures, lang = Figures.of(address), address.lang
    people = people_blocks(card, address, figures)
    sections = [Link(block.role, f"#{block.anchor}") for block in people]
    sections = [Link(say("kgi", lang), "#kgi"), Link(say("kpi", lang), "#kpi"), *sections]
    unknown = site.company.asked(address.question(), lang).unknown
    title = f"{say('scorecard', lang)} {card.scope.team or say('whole_company', lang)} {card.period_label}"
    return ScorecardPage(
        frame=frame(card, address, site.company.profile, site.clock(), title, unknown, sections),
        headline=card.headline,
        subline=card.subline,
        goal=goal(card.kgi, address, figures) if card.kgi else None,
        reverse=reverse_steps(card.reverse, card.scope.today, figures) if card.reverse else (),
        kpis=kpi_block(card.kpis, card.scope.vs, address, figures),
        meeting=address.to("/meeting"),
        people=people,
        has_data=card.freshness.last_import is not None,
    )


def _sheet(card: Scorecard, address: Address) -> Sheet:
    definitions: list[Row] = [
        {"measure": kpi.measure, "name": kpi.name, "population": kpi.population, "unit": kpi.unit}
        for kpi in card.kpis
    ]
    origin: dict[str, Cell] = {
        say("product", address.lang): card.company,
        say("scope_period", address.lang): card.scope.period.iso,
        say("as_of", address.lang): card.scope.as_of or card.scope.today,
        "URL": address.to(),
    }
    return Sheet(f"scorecard-{card.scope.period.iso}", scorecard_rows(card), definitions, origin)
