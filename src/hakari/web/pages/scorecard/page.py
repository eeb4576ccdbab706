"""Shows one scorecard: the finding, the goal, at most five KPIs, and the people behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hakari.planning.gap_stages import CHAINS
from hakari.planning.gap_view import Gap, GapTree
from hakari.planning.scorecard import Scorecard
from hakari.report import Cell, Row, gap_object, gap_rows, scorecard_object, scorecard_rows
from hakari.web.address import SUFFIXES, Address
from hakari.web.blocks.gap import GapBlock, gap_block
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
_STAGES = frozenset(stage.key for chain in CHAINS.values() for stage in chain)


@dataclass(frozen=True, slots=True)
class ScorecardPage:
    frame: Annotated[Frame, "what surrounds the page"]
    headline: Annotated[str, "the finding, in one or two sentences"]
    subline: Annotated[str, "the small print under it"]
    goal: Annotated[Goal | None, "the one goal; None when nothing can be said of it yet"]
    reverse: Annotated[tuple[ReverseStep, ...], "the shortfall worked back, step by step"]
    plan_url: Annotated[str, "the plan in full, in the same scope"]
    kpis: Annotated[KpiBlock, "at most five KPIs on one shared axis"]
    meeting: Annotated[str, "URL where a meeting is opened on this scope"]
    gap: Annotated[GapBlock, "what each factor made of the gap, and why one of them moved"]
    people: Annotated[tuple[PeopleBlock, ...], "one table a role, people in the order of their names"]
    has_data: Annotated[bool, "whether anything has been imported"]


def router(site: Site) -> APIRouter:
    routes = APIRouter()

    @routes.get(
        PATH + ".json",
        summary="The scorecard with every number's base, range and verdict",
        openapi_extra=described(*SCOPE, "factor", "by"),
    )
    def scorecard_json(request: Request) -> Response:
        address = site.address(request, PATH)
        card = site.company.scorecard(address.question(), address.lang)
        answer = scorecard_object(card, lambda measure: door(address, measure))
        gap = gap_object(_gap_of(card, address, site))
        return site.json(answer | {"gap": gap, "url": address.to()}, request, address.lang)

    @routes.get(PATH + ".{suffix}", include_in_schema=False)
    def scorecard_file(request: Request, suffix: str) -> Response:
        if suffix not in SUFFIXES:
            raise HTTPException(404)
        address = site.address(request, PATH)
        card = site.company.scorecard(address.question(), address.lang)
        gap = _gap_of(card, address, site)
        return site.file(suffix, _sheet(card, gap, address), address.lang)

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
    gap = _gap_of(card, address, site)
    return site.html("pages/scorecard/page.html", page(card, gap, address, site), address.lang)


def _gap_of(card: Scorecard, address: Address, site: Site) -> Gap:
    """Another scope may have a shorter tree: a factor it lacks gives way to the tree's own."""
    asked = address.question()
    lacks = isinstance(card.gap, GapTree) and card.gap.factor(asked.get("factor", "")) is None
    if lacks and asked.get("factor") in _STAGES:
        del asked["factor"]
    return site.company.gap(asked, address.lang)


def page(card: Scorecard, gap: Gap, address: Address, site: Site) -> ScorecardPage:
    figures, lang = Figures.of(address), address.lang
    people = people_blocks(card, address, figures)
    sections = [Link(block.role, f"#{block.anchor}") for block in people]
    factor = gap.tree.named if gap.tree else None
    tree = [Link(say("kpi_tree", lang), "#tree")] if gap.tree is not None else []
    sections = [Link(say("kgi", lang), "#kgi"), Link(say("kpi", lang), "#kpi"), *tree, *sections]
    unknown = site.company.asked(address.question(), lang).unknown
    title = f"{say('scorecard', lang)} {card.scope.team or say('whole_company', lang)} {card.period_label}"
    return ScorecardPage(
        frame=frame(card, address, site.company.profile, site.clock(), title, unknown, sections),
        headline=card.headline,
        subline=card.subline,
        goal=goal(card.kgi, address, figures) if card.kgi else None,
        reverse=reverse_steps(card.reverse, card.scope.today, figures) if card.reverse else (),
        plan_url=address.to("/plan", by=None, door=None, of=None, page=None),
        meeting=address.to("/meeting"),
        kpis=kpi_block(card.kpis, card.scope.vs, address, figures, factor.measure if factor else None),
        gap=gap_block(gap, address, figures),
        people=people,
        has_data=card.freshness.last_import is not None,
    )


def _sheet(card: Scorecard, gap: Gap, address: Address) -> Sheet:
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
    return Sheet(
        f"scorecard-{card.scope.period.iso}",
        [*scorecard_rows(card), *gap_rows(gap, card.scope)],
        definitions,
        origin,
    )
