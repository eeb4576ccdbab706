"""The pages of meetings: the list with a form to open one, and the six slides of one meeting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hakari.errors import UnknownEntryError
from hakari.planning.meeting_view import MeetingView
from hakari.planning.meetings import Meeting
from hakari.report import Cell, meeting_object, meeting_rows, meetings_rows
from hakari.web.address import SUFFIXES, Address
from hakari.web.blocks.goal import Goal, goal
from hakari.web.blocks.rows import KpiBlock, kpi_block
from hakari.web.described import described
from hakari.web.doors import door
from hakari.web.figures import Figures
from hakari.web.forms import Form, FormGuard
from hakari.web.frame import SHARED, Frame, Link, frame, shelf_frame
from hakari.web.pages.meeting.gap import GapBlock, gap_block
from hakari.web.pages.meeting.sending import Sent, deciding, opening, settling
from hakari.web.pages.meeting.slides import (
    DecisionLine,
    FocusBlock,
    MovesBlock,
    PersonLine,
    decision_lines,
    focus_block,
    moves_block,
    people_lines,
)
from hakari.web.site import Sheet, Site
from hakari.words import say

LIST = "/meeting"
PATH = LIST + "/{number}"
_REFUSED = 422
MOST_ON_PAPER = 5  # last decisions; the style sheet for paper hides the others


@dataclass(frozen=True, slots=True)
class MeetingLine:
    title: str
    url: str
    day: str
    period: str
    decided: str


@dataclass(frozen=True, slots=True)
class ListPage:
    frame: Annotated[Frame, "what surrounds the page"]
    meetings: Annotated[tuple[MeetingLine, ...], "the newest first"]
    teams: Annotated[tuple[str, ...], "whose meeting it may be"]
    sent: Annotated[Sent, "a form that came back"]
    action: Annotated[str, "where the form goes"]
    token: Annotated[str, "what the form must bring back"]


@dataclass(frozen=True, slots=True)
class MeetingPage:
    frame: Annotated[Frame, "what surrounds the page"]
    title: Annotated[str, "which meeting it is"]
    frozen: Annotated[str, "the moment the figures are of"]
    headline: Annotated[str, "the finding"]
    before: Annotated[Link | None, "the meeting before"]
    after: Annotated[Link | None, "the meeting after"]
    slides: Annotated[tuple[Link, ...], "the six slides"]
    last: Annotated[tuple[DecisionLine, ...], "what was decided last time"]
    last_more: Annotated[str, "how many of them paper has no room for"]
    goal: Annotated[Goal | None, "where the goal stands"]
    kpis: Annotated[KpiBlock, "at most five KPIs"]
    gap: Annotated[GapBlock | None, "what each factor made of the gap"]
    focus: Annotated[FocusBlock | None, "the surest gap, by channel"]
    people: Annotated[tuple[PersonLine, ...], "who has a sure difference or is new"]
    people_more: Annotated[str, "how many are left out"]
    moves: Annotated[MovesBlock | None, "what moved since the last meeting"]
    decisions: Annotated[tuple[DecisionLine, ...], "what is decided now"]
    measures: Annotated[tuple[tuple[str, str, str], ...], "KPIs a decision may move: id, name, pt or %"]
    people_names: Annotated[tuple[str, ...], "who may own a decision"]
    sent: Annotated[Sent, "a form that came back"]
    action: Annotated[str, "where the forms go"]
    token: Annotated[str, "what a form must bring back"]
    pdf: Annotated[str, "URL of the pack as PDF"]
    mask: Annotated[str, "URL with the amounts hidden, or shown again"]
    masked: Annotated[bool, "whether amounts are hidden"]


@dataclass(frozen=True, slots=True)
class _Routes:
    routes: APIRouter
    site: Site
    guard: FormGuard = field(default_factory=FormGuard)


def router(site: Site) -> APIRouter:
    made = _Routes(APIRouter(), site)
    _list_files(made)
    _list(made)
    _files(made)
    _slides(made)
    return made.routes


def _list(made: _Routes) -> None:
    site, guard = made.site, made.guard

    def shown(request: Request, sent: Sent) -> Response:
        address, mark = site.address(request), guard.mark(request)
        page = _list_page(site, address, guard.token(mark), sent)
        response = site.html("pages/meeting/list.html", page, address.lang, _REFUSED if sent.fault else 200)
        guard.keep(request, response, mark)
        return response

    @made.routes.get(LIST, include_in_schema=False)
    def meetings(request: Request) -> Response:
        return site.moved(request, site.address(request)) or shown(request, Sent())

    @made.routes.post(LIST, include_in_schema=False)
    def start(request: Request, form: Form = Depends(guard.read)) -> Response:
        address = site.address(request)
        sent = opening(site, form, address.lang)
        if sent.fault:
            return shown(request, sent)
        return RedirectResponse(_within(address, f"{LIST}/{sent.made}"), status_code=303)


def _list_files(made: _Routes) -> None:
    site = made.site

    @made.routes.get(
        LIST + ".json", summary="All meetings, the newest first", openapi_extra=described("lang")
    )
    def meetings_json(request: Request) -> Response:
        address = site.address(request, LIST)
        rows = meetings_rows(site.company.meetings(), site.company.decisions())
        return site.json({"meetings": rows, "url": address.to()}, request, address.lang)

    @made.routes.get(LIST + ".{suffix}", include_in_schema=False)
    def meetings_file(request: Request, suffix: str) -> Response:
        if suffix not in SUFFIXES:
            raise HTTPException(404)
        address = site.address(request, LIST)
        rows = meetings_rows(site.company.meetings(), site.company.decisions())
        origin: dict[str, Cell] = {say("product", address.lang): site.company.profile.name}
        return site.file(suffix, Sheet("meetings", rows, [], origin | {"URL": address.to()}), address.lang)


def _files(made: _Routes) -> None:
    site = made.site

    @made.routes.get(
        PATH + ".json",
        summary="One meeting: last decisions and what came of them, figures, what moved, new decisions",
        openapi_extra=described("lang", "mask"),
    )
    def meeting_json(request: Request, number: str) -> Response:
        address = site.address(request, f"{LIST}/{number}")
        view = site.company.meeting(number_of(number), address.question(), address.lang)
        figures = frozen(address, view)
        answer = meeting_object(view, lambda measure: door(figures, measure))
        return site.json(answer | {"url": address.to()}, request, address.lang)

    @made.routes.get(PATH + ".{suffix}", include_in_schema=False)
    def meeting_file(request: Request, number: str, suffix: str) -> Response:
        if suffix not in SUFFIXES:
            raise HTTPException(404)
        address = site.address(request, f"{LIST}/{number}")
        view = site.company.meeting(number_of(number), address.question(), address.lang)
        return site.file(suffix, _sheet(view, address), address.lang)


def _slides(made: _Routes) -> None:
    site, guard = made.site, made.guard

    def shown(request: Request, number: int, address: Address, sent: Sent) -> Response:
        mark = guard.mark(request)
        view = site.company.meeting(number, address.question(), address.lang)
        page = meeting_page(site, view, address, guard.token(mark), sent)
        response = site.html("pages/meeting/page.html", page, address.lang, _REFUSED if sent.fault else 200)
        guard.keep(request, response, mark)
        return response

    @made.routes.get(PATH, include_in_schema=False)
    def meeting(request: Request, number: str) -> Response:
        wanted, address = number_of(number), site.address(request)
        return site.moved(request, address) or shown(request, wanted, address, Sent())

    @made.routes.post(PATH, include_in_schema=False)
    def decide(request: Request, number: str, form: Form = Depends(guard.read)) -> Response:
        wanted, address = number_of(number), site.address(request)
        act = deciding if form["do"] == "decide" else settling
        sent = act(site, wanted, form, address.lang)
        if sent.fault:
            return shown(request, wanted, address, sent)
        return RedirectResponse(f"{address.to()}#{form['part'] or 'decide'}", status_code=303)


def number_of(text: str) -> int:
    if not text.isdecimal() or len(text) > 18:
        raise UnknownEntryError(f"{text!r} is no number of a meeting", "choose one on /meeting")
    return int(text)


def _within(address: Address, path: str) -> str:
    """A meeting says itself of whom and when it is: only how it looks is kept."""
    kept = {name: value for name, value in address.given.items() if name in ("unit", "mask", "theme")}
    return Address(path, kept, address.defaults).to(lang=address.lang)


def _list_page(site: Site, address: Address, token: str, sent: Sent) -> ListPage:
    lang, figures, company = address.lang, Figures.of(address), site.company
    counts: dict[int, int] = {}
    for one in company.decisions():
        counts[one.meeting] = counts.get(one.meeting, 0) + 1
    lines = tuple(
        MeetingLine(
            one.title,
            _within(address, f"{LIST}/{one.id}"),
            figures.day(one.day),
            one.period.iso,
            say("meeting_decided", lang, n=counts.get(one.id, 0)),
        )
        for one in company.meetings()
    )
    return ListPage(
        frame=shelf_frame(address, company.profile, say("sales_meeting", lang)),
        meetings=lines,
        teams=company.team_names(),
        sent=sent,
        action=address.to(),
        token=token,
    )


def frozen(address: Address, view: MeetingView) -> Address:
    """Where the meeting's figures lead: the same moment, period and team."""
    one = view.meeting
    given = {name: value for name, value in address.given.items() if name in SHARED}
    given |= {"period": one.period.iso, "asof": one.as_of.isoformat(), "vs": one.vs}
    given |= {"team": one.team or "all", "lag": "on" if one.lag else "off"}
    return Address(address.path, given, address.defaults)


def meeting_page(
    site: Site, view: MeetingView, address: Address, token: str = "", sent: Sent | None = None
) -> MeetingPage:
    """`token` and `sent` are for the forms; paper has none."""
    lang, figures, company = address.lang, Figures.of(address), site.company
    card, one, places = view.card, view.meeting, frozen(address, view)
    around = frame(card, address, company.profile, site.clock(), one.title)
    people, more = people_lines(card.people, address, figures)
    named = view.gap.tree.named if view.gap and view.gap.tree else None
    beyond = len(view.last) - MOST_ON_PAPER
    slides = tuple(Link(say(f"meeting_slide_{number}", lang), f"#slide-{number}") for number in range(1, 7))
    return MeetingPage(
        frame=replace(around, controls=(), kept=(), fresh=None, sections=slides),
        title=one.title,
        frozen=_frozen_words(view, company.profile.zone, figures),
        headline=card.headline,
        before=_beside(view.before, address, figures),
        after=_beside(view.after, address, figures),
        slides=slides,
        last=decision_lines(view.last, view, figures),
        last_more=say("meeting_more_moves", lang, n=beyond) if beyond > 0 else "",
        goal=goal(card.kgi, places, figures) if card.kgi is not None else None,
        kpis=kpi_block(card.kpis, card.scope.vs, places, figures, named.measure if named else None),
        gap=gap_block(view.gap, figures),
        focus=focus_block(view.focus, figures),
        people=people,
        people_more=say("meeting_more_people", lang, n=more) if more else "",
        moves=moves_block(view.moves, figures, company.profile.zone),
        decisions=decision_lines(view.decisions, view, figures),
        measures=_measures(view),
        people_names=tuple(dict.fromkeys(row.name for table in card.people for row in table.rows)),
        sent=sent or Sent(),
        action=address.to(),
        token=token,
        pdf=address.to(f"{LIST}/{one.id}.pdf"),
        mask=address.to(mask=None if figures.masked else "amount"),
        masked=figures.masked,
    )


def _measures(view: MeetingView) -> tuple[tuple[str, str, str], ...]:
    goal = [(view.card.kgi.measure, view.card.kgi.name, view.card.kgi.unit)] if view.card.kgi else []
    rows = [(one.measure, one.name, one.unit) for one in view.card.kpis]
    return tuple((key, name, "pt" if unit == "percent" else "%") for key, name, unit in (*goal, *rows))


def _frozen_words(view: MeetingView, zone: str, figures: Figures) -> str:
    one = view.meeting
    moment = one.as_of.astimezone(ZoneInfo(zone))
    when = f"{figures.day(moment.date())} {moment:%H:%M}"
    money = say("subline_money", figures.lang, unit=figures.money_name)
    team = one.team or say("whole_company", figures.lang)
    return (
        say("meeting_frozen", figures.lang, when=when, period=view.card.period_label, team=team)
        + f" · {money}"
    )


def _beside(one: Meeting | None, address: Address, figures: Figures) -> Link | None:
    if one is None:
        return None
    return Link(f"{figures.day(one.day)} {one.title}", _within(address, f"{LIST}/{one.id}"))


def _sheet(view: MeetingView, address: Address) -> Sheet:
    one = view.meeting
    origin: Mapping[str, Cell] = {
        say("product", address.lang): view.card.company,
        say("sales_meeting", address.lang): one.title,
        say("scope_period", address.lang): one.period.iso,
        say("as_of", address.lang): one.as_of,
        "URL": address.to(),
    }
    return Sheet(f"meeting-{one.id}", meeting_rows(view), [], origin)
