"""Shows the goal worked back: the verdict, what must be created by when and by whom, and what changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hakari.errors import HakariError
from hakari.planning.plan_answers import PARAMETERS
from hakari.planning.plan_view import PlanView
from hakari.planning.plan_wording import headline, note_lines, subline
from hakari.report import Cell, Row
from hakari.report.plan_rows import comparison_rows, plan_rows
from hakari.web.address import SUFFIXES, Address
from hakari.web.described import described
from hakari.web.forms import Form, FormGuard
from hakari.web.frame import Frame, Link, frame
from hakari.web.pages.plan.answer import Answer, Line, answer, scenario_lines
from hakari.web.pages.plan.fields import Field, goal_fields, what_if_fields
from hakari.web.plan_tabs import plan_tabs
from hakari.web.site import Sheet, Site
from hakari.words import say

PATH, SCENARIOS = "/plan", "/plan/scenarios"
_SCOPE = ("team", "period", "source", "asof", "lang")
_ASKED = ("goal", "kgi", "by", "chance", "win_rate", "price", "cycle", "reps", "delivery")
_CONTROLS = frozenset({"team", "period", "source"})
_REFUSED = 422


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed to keep a scenario, and what is wrong with it."""

    name: str = ""
    author: str = ""
    reason: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class PlanPage:
    frame: Annotated[Frame, "what surrounds the page"]
    tabs: Annotated[tuple[Link, ...], "the parts of the plan"]
    headline: Annotated[str, "the verdict, in one or two sentences"]
    subline: Annotated[str, "what remains, and by when"]
    answer: Annotated[Answer | None, "the plan; None when there is nothing to plan"]
    goal_fields: Annotated[tuple[Field, ...], "which goal is worked back"]
    fields: Annotated[tuple[Field, ...], "figures that may be changed"]
    hidden: Annotated[tuple[tuple[str, str], ...], "parameters the form must not lose"]
    path: Annotated[str, "where the form goes"]
    reset: Annotated[str, "URL of the plan as observed"]
    changed: Annotated[bool, "whether anything was set"]
    scenarios: Annotated[tuple[Line, ...], "this plan and the kept ones"]
    kept: Annotated[Kept, "the form that keeps a scenario"]
    save_url: Annotated[str, "where that form goes"]
    token: Annotated[str, "what the form must bring back"]


def router(site: Site) -> APIRouter:
    routes, guard = APIRouter(), FormGuard()

    @routes.get(
        PATH + ".json",
        summary="The goal worked back: stages, people, limits, levers and what it stands on",
        openapi_extra=described(*_SCOPE, *_ASKED),
    )
    def plan_json(request: Request) -> Response:
        address = site.address(request, PATH)
        view = site.company.plan_view(address.question(), address.lang)
        return site.json(_object(view, address), request, address.lang)

    @routes.get(PATH + ".{suffix}", include_in_schema=False)
    def plan_file(request: Request, suffix: str) -> Response:
        if suffix not in SUFFIXES:
            raise HTTPException(404)
        address = site.address(request, PATH)
        view = site.company.plan_view(address.question(), address.lang)
        return site.file(suffix, _sheet(view, address), address.lang)

    @routes.get(PATH, include_in_schema=False)
    def plan(request: Request) -> Response:
        address = site.address(request)
        return site.moved(request, address) or _shown(site, guard, request, address, Kept())

    @routes.post(SCENARIOS, include_in_schema=False)
    def save(request: Request, form: Form = Depends(guard.read)) -> Response:
        address = site.address(request, PATH)
        kept = _kept(site, address, form)
        if kept.fault:
            return _shown(site, guard, request, address, kept)
        return RedirectResponse(f"{address.to()}#scenarios", status_code=303)

    return routes


def _kept(site: Site, address: Address, form: Form) -> Kept:
    """Keeps the scenario, unless something is wrong with it."""
    kept = Kept(form["name"], form["author"], form["reason"])
    if not form.is_fresh:
        return replace(kept, fault=say("form_expired", address.lang))
    try:
        site.company.save_scenario(kept.name, address.question(), kept.author, kept.reason)
    except HakariError as error:
        return replace(kept, fault=f"{error.what}. {error.way_out}")
    return kept


def _shown(site: Site, guard: FormGuard, request: Request, address: Address, kept: Kept) -> Response:
    mark = guard.mark(request)
    view = site.company.plan_view(address.question(), address.lang)
    found = page(view, address, site, kept, guard.token(mark))
    status = _REFUSED if kept.fault else 200
    response = site.html("pages/plan/page.html", found, address.lang, status)
    guard.keep(request, response, mark)
    return response


def page(view: PlanView, address: Address, site: Site, kept: Kept, token: str) -> PlanPage:
    lang, scope, plan = address.lang, view.scope, view.plan
    title = f"{say('plan', lang)} {scope.team or say('whole_company', lang)}"
    kgi = plan.goal.measure if plan is not None else site.company.profile.kgi
    surrounding = frame(view, address, site.company.profile, site.clock(), title, _unknown(site, address))
    sections = ("stages", "people", "levers", "assumptions", "scenarios")
    links = tuple(Link(say(f"plan_{one}_title", lang), f"#{one}") for one in sections)
    controls = tuple(one for one in surrounding.controls if one.name in _CONTROLS)
    return PlanPage(
        frame=replace(surrounding, sections=links, controls=controls),
        tabs=plan_tabs(address, PATH),
        headline=headline(plan, scope) if plan is not None else view.refused,
        subline=subline(plan, scope) if plan is not None else view.way_out,
        answer=answer(plan, scope, tuple(note_lines(plan, scope))) if plan is not None else None,
        goal_fields=goal_fields(view, address, kgi),
        fields=what_if_fields(view, address),
        hidden=tuple((name, value) for name, value in address.given.items() if name not in PARAMETERS),
        path=PATH,
        reset=address.to(PATH, **dict.fromkeys(PARAMETERS)),
        changed=any(name in PARAMETERS for name in address.given),
        scenarios=scenario_lines(view, say("plan_here", lang)),
        kept=kept,
        save_url=address.to(SCENARIOS),
        token=token,
    )


def _unknown(site: Site, address: Address) -> tuple[str, ...]:
    rest = {name: value for name, value in address.question().items() if name not in PARAMETERS}
    return site.company.asked(rest, address.lang).unknown


def _object(view: PlanView, address: Address) -> Mapping[str, object]:
    plan, scope = view.plan, view.scope
    return {
        "company": view.company,
        "demo": view.demo,
        "headline": headline(plan, scope) if plan is not None else view.refused,
        "subline": subline(plan, scope) if plan is not None else view.way_out,
        "asked": view.asked.as_parameters(),
        "plan": plan_rows(plan) if plan is not None else [],
        "scenarios": comparison_rows(view.compared),
        "url": address.to(),
    }


def _sheet(view: PlanView, address: Address) -> Sheet:
    rows = plan_rows(view.plan) if view.plan is not None else []
    definitions: list[Row] = [
        {"key": one.key, "unit": one.unit, "origin": one.origin.value}
        for one in (view.plan.assumptions if view.plan is not None else ())
    ]
    origin: dict[str, Cell] = {
        say("product", address.lang): view.company,
        say("as_of", address.lang): view.scope.as_of or view.scope.today,
        "URL": address.to(),
    }
    return Sheet(f"plan-{view.scope.today}", rows, definitions, origin)
