"""The page of one person: 概要, 案件, 活動 and 1on1, each at an address of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hakari.errors import UnknownPersonError
from hakari.maths.display_rules import Verdict
from hakari.planning.asking import as_filter
from hakari.planning.rep_view import RepView
from hakari.planning.scorecard import KpiRow
from hakari.report import Cell, rep_object, rep_rows
from hakari.web.address import CHOICES, SUFFIXES, Address
from hakari.web.blocks.people import REP
from hakari.web.blocks.rows import KpiBlock, kpi_block
from hakari.web.described import described
from hakari.web.doors import door
from hakari.web.figures import Figures
from hakari.web.forms import Form, FormGuard
from hakari.web.frame import Frame, Link, frame
from hakari.web.pages.rep.blocks import (
    ActivityBlock,
    DealBlock,
    activity_block,
    deal_block,
    waiting_block,
)
from hakari.web.pages.rep.talk import Sent, TalkBlock, sending, talk_block
from hakari.web.site import Sheet, Site
from hakari.words import Language, say

PATH = REP + "/{key}"
_REFUSED = 422


@dataclass(frozen=True, slots=True)
class QuestionLine:
    rule: str
    text: str
    evidence: str
    url: str


@dataclass(frozen=True, slots=True)
class RepPage:
    frame: Annotated[Frame, "what surrounds the page"]
    headline: Annotated[str, "what is sure about this person's figures"]
    tenure: Annotated[str, "role, team, manager, time since joining"]
    ramp: Annotated[str, "how far along a newcomer is; empty once settled"]
    ramp_hint: Annotated[str, "what the ramp is learnt from"]
    ramp_targets: Annotated[str, "a newcomer's own targets"]
    before: Annotated[Link | None, "the person before by name"]
    after: Annotated[Link | None, "the person after by name"]
    tabs: Annotated[tuple[Link, ...], "the four views"]
    view: Annotated[str, "which view is shown"]
    kpis: Annotated[KpiBlock, "own KPIs, judged at 99 %"]
    questions: Annotated[tuple[QuestionLine, ...], "at most three, with evidence"]
    waiting: Annotated[DealBlock, "open deals that need a decision"]
    deals: Annotated[DealBlock, "all open deals"]
    activity: Annotated[ActivityBlock, "weeks by kind, and the latest"]
    talk: Annotated[TalkBlock, "what was typed for the 1on1"]
    action: Annotated[str, "where the forms go"]
    token: Annotated[str, "what a form must bring back"]
    name: Annotated[str, "whose page this is"]


def router(site: Site) -> APIRouter:
    routes, guard = APIRouter(), FormGuard()
    _files(routes, site)
    _pages(routes, site, guard)
    return routes


def _files(routes: APIRouter, site: Site) -> None:
    @routes.get(
        PATH + ".json",
        summary="One person: KPIs, questions with evidence, open deals with why they wait, activities",
        openapi_extra=described("period", "vs", "basis", "lag", "asof", "lang"),
    )
    def rep_json(request: Request, key: str) -> Response:
        address = site.address(request, f"{REP}/{key}")
        view = site.company.rep(_key(key), address.question(), address.lang)
        own = own_doors(address, view)
        answer = rep_object(view, lambda measure: door(own, measure))
        return site.json(answer | {"url": address.to()}, request, address.lang)

    @routes.get(PATH + ".{suffix}", include_in_schema=False)
    def rep_file(request: Request, key: str, suffix: str) -> Response:
        if suffix not in SUFFIXES:
            raise HTTPException(404)
        address = site.address(request, f"{REP}/{key}")
        view = site.company.rep(_key(key), address.question(), address.lang)
        return site.file(suffix, _sheet(view, address), address.lang)


def _pages(routes: APIRouter, site: Site, guard: FormGuard) -> None:
    def shown(request: Request, key: int, address: Address, sent: Sent | None = None) -> Response:
        mark = guard.mark(request)
        view = site.company.rep(key, address.question(), address.lang)
        page = _page(site, view, address, guard.token(mark), sent or Sent(""))
        status = _REFUSED if sent is not None and sent.fault else 200
        response = site.html("pages/rep/page.html", page, address.lang, status)
        guard.keep(request, response, mark)
        return response

    @routes.get(PATH, include_in_schema=False)
    def rep_page(request: Request, key: str) -> Response:
        number, address = _key(key), site.address(request)
        return site.moved(request, address) or shown(request, number, address)

    @routes.post(PATH, include_in_schema=False)
    def rep_write(request: Request, key: str, form: Form = Depends(guard.read)) -> Response:
        address = site.address(request)
        sent = sending(site, _key(key), form, address.lang)
        if sent.fault:
            return shown(request, _key(key), address, sent)
        return RedirectResponse(f"{address.to(view='1on1')}#{sent.part}", status_code=303)


def _key(text: str) -> int:
    if not text.isdecimal() or len(text) > 18:
        raise UnknownPersonError(
            f"{text!r} is no key of a person", "choose somebody in the tables of people of the scorecard"
        )
    return int(text)


def _page(site: Site, view: RepView, address: Address, token: str, sent: Sent) -> RepPage:
    figures, lang, person = Figures.of(address), address.lang, view.person
    company, title = site.company, f"{person.name} {say('rep_view_' + address['view'], lang)}"
    unknown = company.asked(address.question(), lang).unknown
    around = frame(view, address, company.profile, site.clock(), title, unknown)
    kept = tuple(one for one in around.controls if one.name not in ("team", "source"))
    return RepPage(
        frame=replace(around, controls=kept),
        headline=_headline(view, figures),
        tenure=_tenure(view, figures),
        ramp=_ramp(view, figures),
        ramp_hint=_ramp_hint(view, lang),
        ramp_targets=_ramp_targets(view, figures),
        before=_neighbour(person.before, "rep_before", address),
        after=_neighbour(person.after, "rep_after", address),
        tabs=tuple(
            Link(say(f"rep_view_{name}", lang), address.to(view=name), name == address["view"])
            for name in CHOICES["view"]
        ),
        view=address["view"],
        kpis=kpi_block(view.kpis, view.scope.vs, own_doors(address, view), figures),
        questions=tuple(
            QuestionLine(
                say(f"rep_rule_{one.rule}", lang),
                one.text,
                one.evidence,
                door(own_doors(address, view), one.measure) if one.measure else "",
            )
            for one in view.questions
        ),
        waiting=waiting_block(view.deals, figures),
        deals=deal_block(view.deals.deals, view.deals.unanswerable, figures),
        activity=activity_block(view.activity, figures),
        talk=talk_block(view.talk, view.scope.today, company.profile.zone, figures, sent),
        action=address.to(view="1on1"),
        token=token,
        name=person.name,
    )


def own_doors(address: Address, view: RepView) -> Address:
    """Where this person's figures lead: the same scope, narrowed to them."""
    given = {name: value for name, value in address.given.items() if name not in ("view", "team")}
    return Address(address.path, {**given, "owner": as_filter(view.person.name)}, address.defaults)


def _neighbour(key: int | None, words: str, address: Address) -> Link | None:
    return None if key is None else Link(say(words, address.lang), address.to(f"{REP}/{key}"))


def _headline(view: RepView, figures: Figures) -> str:
    lang, name = figures.lang, view.person.name
    sure = [one for one in view.kpis if one.verdict in (Verdict.ABOVE, Verdict.BELOW) and one.comparison]
    if not view.kpis:
        first = say("rep_headline_nothing", lang, name=name)
    elif sure:
        one = max(sure, key=lambda row: abs((row.difference or 0) / (row.comparison or 1)))
        value = figures.value(one.value, one.unit, one.n, one.numerator)
        target = figures.beside(one.comparison, one.unit, one.n)
        first = say("rep_headline_sure", lang, name=name, kpi=one.name, value=value, target=target)
    else:
        first = say("rep_headline_noise", lang, name=name)
    waiting = len(view.deals.waiting)
    second = say("rep_headline_deals", lang, n=waiting) if waiting else ""
    return f"{first}{second}" if lang == "ja" else f"{first} {second}".strip()


def _tenure(view: RepView, figures: Figures) -> str:
    lang, person = figures.lang, view.person
    since, months = "", person.months
    if months is not None and person.share is None:
        key, n = ("years_count", months // 12) if months >= 12 else ("joined_months_ago", months)
        since = say(key, lang, n=n)
    boss = say("rep_manager", lang, name=person.manager) if person.manager else ""
    money = say("subline_money", lang, unit=figures.money_name)
    return " · ".join(part for part in (person.role, person.team, boss, since, money) if part)


def _ramp(view: RepView, figures: Figures) -> str:
    share = view.person.share
    if share is None:
        return ""
    return say("rep_ramp", figures.lang, n=view.person.months, share=f"{share:.0%}")


def _ramp_hint(view: RepView, lang: Language) -> str:
    if view.person.share is None:
        return ""
    key = "rep_ramp_learnt" if view.person.hires else "rep_ramp_hint"
    return say(key, lang, n=view.person.hires)


def _ramp_targets(view: RepView, figures: Figures) -> str:
    def told(one: KpiRow) -> str:
        return f"{one.name} {figures.beside(one.comparison, one.unit, one.n)}"

    targets = [told(one) for one in view.kpis if one.comparison is not None and one.denominator is None]
    if view.person.share is None or view.scope.vs != "plan" or not targets:
        return ""
    return say("rep_ramp_target", figures.lang, targets=" · ".join(targets))


def _sheet(view: RepView, address: Address) -> Sheet:
    origin: dict[str, Cell] = {
        say("product", address.lang): view.company,
        say("rep", address.lang): view.person.name,
        say("scope_period", address.lang): view.scope.period.iso,
        say("as_of", address.lang): view.scope.as_of or view.scope.today,
        "URL": address.to(),
    }
    rows = rep_rows(view, address["view"])
    return Sheet(f"rep-{view.person.key}-{address['view']}", rows, [], origin)
