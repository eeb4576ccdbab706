"""The page of capacity: what can be sold by month, whom to hire by when, who attains, what pay would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hakari.planning.capacity_asked import CAPACITY, PAY
from hakari.planning.capacity_plan import CapacityView
from hakari.planning.capacity_words import capacity_headline, month_name
from hakari.report import Cell, capacity_object, capacity_rows
from hakari.units.display import number
from hakari.web.address import SUFFIXES, Address
from hakari.web.assumed import Assumed, kept_beside, team_only, unknown
from hakari.web.described import described
from hakari.web.figures import UNKNOWN, Figures
from hakari.web.frame import Frame, Link, frame
from hakari.web.marks.month_bars import MonthBar, month_bars
from hakari.web.marks.svg import Svg
from hakari.web.pages.capacity.pay import PayBlock, pay_block
from hakari.web.pages.capacity.people import People, people_block
from hakari.web.plan_tabs import CAPACITY as PATH
from hakari.web.plan_tabs import plan_tabs
from hakari.web.site import Sheet, Site
from hakari.words import say


@dataclass(frozen=True, slots=True)
class MonthRow:
    month: str
    actual: str
    capacity: str
    target: str
    difference: str
    heads: str
    ramped: str
    ahead: bool


@dataclass(frozen=True, slots=True)
class HireRow:
    heads: str
    month: str
    late: bool


@dataclass(frozen=True, slots=True)
class CapacityPage:
    frame: Annotated[Frame, "what surrounds the page"]
    tabs: Annotated[tuple[Link, ...], "the parts of the plan"]
    headline: Annotated[str, "whether the target can be met with these people"]
    subline: Annotated[str, "what a settled rep brings, and how many there are"]
    known: Annotated[bool, "whether there is anything to reckon with"]
    chart: Annotated[Svg | None, "the months as bars"]
    months: Annotated[tuple[MonthRow, ...], "the same as a table"]
    assumed: Annotated[tuple[Assumed, ...], "the fields of what is assumed"]
    kept: Annotated[tuple[tuple[str, str], ...], "what the form must not lose"]
    hires: Annotated[tuple[HireRow, ...], "so many people by which month"]
    hiring: Annotated[str, "what the table of hires is about"]
    needed: Annotated[str, "how many would be needed next month"]
    people: Annotated[People | None, "ramp, attrition, doubling and attainment"]
    pay: Annotated[PayBlock | None, "a pay plan played with the deals"]


def router(site: Site) -> APIRouter:
    routes = APIRouter()

    @routes.get(
        PATH + ".json",
        summary="Capacity by month against the target, hiring dates, attainment, a pay plan played through",
        openapi_extra=described("team", "asof", *CAPACITY, *PAY, "lang"),
    )
    def capacity_json(request: Request) -> Response:
        address = site.address(request, PATH)
        view = site.company.capacity_plan(address.question(), address.lang)
        return site.json(capacity_object(view) | {"url": address.to()}, request, address.lang)

    @routes.get(PATH + ".{suffix}", include_in_schema=False)
    def capacity_file(request: Request, suffix: str) -> Response:
        if suffix not in SUFFIXES:
            raise HTTPException(404)
        address = site.address(request, PATH)
        view = site.company.capacity_plan(address.question(), address.lang)
        origin: dict[str, Cell] = {say("product", address.lang): view.company, "URL": address.to()}
        return site.file(suffix, Sheet("capacity", capacity_rows(view), [], origin), address.lang)

    @routes.get(PATH, include_in_schema=False)
    def capacity_page(request: Request) -> Response:
        address = site.address(request)
        return site.moved(request, address) or site.html(
            "pages/capacity/page.html", page(site, address), address.lang
        )

    return routes


def page(site: Site, address: Address) -> CapacityPage:
    view = site.company.capacity_plan(address.question(), address.lang)
    figures, lang = Figures.of(address), address.lang
    title, strange = say("capacity_title", lang), unknown(site, address)
    around = frame(view, address, site.company.profile, site.clock(), title, strange)
    known = bool(view.lines)
    return CapacityPage(
        frame=team_only(around),
        tabs=plan_tabs(address, PATH),
        headline=capacity_headline(view),
        subline=_subline(view, figures),
        known=known,
        chart=_chart(view, figures) if known else None,
        months=_months(view, figures),
        assumed=_assumed(view, address, figures),
        kept=kept_beside(address, CAPACITY),
        hires=_hires(view),
        hiring=_hiring(view, figures),
        needed=_needed(view),
        people=people_block(view, figures) if known else None,
        pay=pay_block(view.pay, address, figures) if view.pay else None,
    )


def _unit(view: CapacityView) -> str:
    return view.force.measure.unit if view.force else "jpy"


def _subline(view: CapacityView, figures: Figures) -> str:
    force, lang = view.force, figures.lang
    if force is None or not view.lines:
        return say("capacity_needs", lang)
    measure = force.measure
    words = say(
        "capacity_subline",
        lang,
        measure=measure.ja if lang == "ja" else measure.en,
        each=figures.value(force.productivity, measure.unit),
        range=figures.range(force.spread, measure.unit) or UNKNOWN,
        n=number(force.seat_months),
        heads=number(len(force.present(view.scope.today.replace(day=1)))),
    )
    return f"{words} · {say('unit_of_money', lang, unit=figures.money_name)}"


def _chart(view: CapacityView, figures: Figures) -> Svg:
    lang, unit = figures.lang, _unit(view)
    bars = [
        MonthBar(
            str(one.month.month) if lang == "ja" else say(f"month_{one.month.month}", lang),
            str(one.month.year) if place == 0 or one.month.month == 1 else "",
            one.actual,
            one.capacity,
            one.target,
        )
        for place, one in enumerate(view.lines)
    ]
    first, last = month_name(view.lines[0].month, lang), month_name(view.lines[-1].month, lang)
    scale = figures.money_scale if unit == "jpy" else 1.0
    finding = say("capacity_chart", lang, first=first, last=last)
    return month_bars(bars, lambda amount: number(amount / scale), finding, scale)


def _months(view: CapacityView, figures: Figures) -> tuple[MonthRow, ...]:
    unit = _unit(view)
    largest = max((one.expected or 0.0 for one in view.lines), default=0.0)
    rows = []
    for one in view.lines:
        gap = None if one.target is None or one.expected is None else one.expected - one.target
        rows.append(
            MonthRow(
                month=month_name(one.month, figures.lang),
                actual=figures.value(one.actual, unit, like=largest),
                capacity=figures.value(one.capacity, unit, like=largest),
                target=figures.value(one.target, unit, like=largest),
                difference=figures.difference(gap, unit),
                heads=number(one.heads, 1),
                ramped=number(one.settled_heads, 1),
                ahead=one.capacity is not None,
            )
        )
    return tuple(rows)


def _assumed(view: CapacityView, address: Address, figures: Figures) -> tuple[Assumed, ...]:
    lang = figures.lang
    known = view.force is not None and view.force.leaving.rate is not None
    rate = f"{100 * view.attrition:.1f}%" if known else say("capacity_unknown", lang)
    need = "capacity_need" if _unit(view) == "jpy" else "capacity_need_count"
    until = f"{view.lines[-1].month:%Y-%m}" if view.lines else ""
    hint = f"{view.scope.today.year + 1}-01:5"
    return (
        Assumed("hire", say("capacity_hire", lang), address["hire"], hint),
        Assumed("attrition", say("capacity_attrition", lang), address["attrition"], rate),
        Assumed("need", say(need, lang), address["need"], ""),
        Assumed("until", say("capacity_until", lang), address["until"], until),
    )


def _hires(view: CapacityView) -> tuple[HireRow, ...]:
    lang = view.scope.lang
    return tuple(
        HireRow(
            say("capacity_people_count", lang, n=one.heads),
            say("capacity_too_late", lang) if one.month is None else month_name(one.month, lang),
            one.month is None,
        )
        for one in view.hire_by
    )


def _hiring(view: CapacityView, figures: Figures) -> str:
    lang = figures.lang
    if view.missing is None:
        return say("capacity_hiring_no_target", lang)
    if view.missing <= 0:
        return say("capacity_hiring_none", lang)
    return say("capacity_hiring_note", lang, gap=figures.value(view.missing, _unit(view)))


def _needed(view: CapacityView) -> str:
    lang = view.scope.lang
    if not view.hire_by:
        return ""
    if view.needed_now is None:
        return say("capacity_needed_never", lang)
    return say("capacity_needed_now", lang, n=view.needed_now)
