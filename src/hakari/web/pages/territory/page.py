"""The page of territories: balance before and after, and every account that would change hands, with why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hakari.planning.capacity_words import hindrance_text, off, share, territory_headline
from hakari.planning.territory_asked import POTENTIALS, TERRITORY
from hakari.planning.territory_plan import Move, RepPatch, TerritoryView
from hakari.report import Cell, move_rows, territory_object
from hakari.units.display import number
from hakari.web.address import SUFFIXES, Address
from hakari.web.assumed import Assumed, kept_beside, team_only, unknown
from hakari.web.blocks.people import REP
from hakari.web.described import described
from hakari.web.figures import Figures
from hakari.web.frame import Frame, Link, frame
from hakari.web.marks.balance_row import balance_axis, balance_row
from hakari.web.marks.svg import Svg
from hakari.web.plan_tabs import TERRITORY as PATH
from hakari.web.plan_tabs import plan_tabs
from hakari.web.site import Sheet, Site
from hakari.words import say

SHOWN = 50


@dataclass(frozen=True, slots=True)
class BalanceRow:
    name: str
    url: str
    mark: Svg
    before: str
    before_off: str
    after: str
    after_off: str
    accounts: str
    gained: str
    given: str


@dataclass(frozen=True, slots=True)
class MoveRow:
    account: str
    small: str
    potential: str
    estimated: bool
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class TerritoryPage:
    frame: Annotated[Frame, "what surrounds the page"]
    tabs: Annotated[tuple[Link, ...], "the parts of the plan"]
    headline: Annotated[str, "how many moves bring how much balance"]
    subline: Annotated[str, "what was split, by what"]
    known: Annotated[bool, "whether there was anything to split"]
    remarks: Annotated[tuple[str, ...], "what else to know of the split"]
    hindrances: Annotated[tuple[str, ...], "what makes a balanced split impossible"]
    balance_note: Annotated[str, "how the marks are read"]
    axis: Annotated[Svg, "the scale over the marks"]
    reps: Annotated[tuple[BalanceRow, ...], "each rep before and after"]
    moves: Annotated[tuple[MoveRow, ...], "the largest moves"]
    moves_note: Annotated[str, "how many are shown"]
    csv: Annotated[str, "URL of all moves"]
    assumed: Annotated[tuple[Assumed, ...], "the fields of the conditions"]
    kept: Annotated[tuple[tuple[str, str], ...], "what the form must not lose"]


def router(site: Site) -> APIRouter:
    routes = APIRouter()

    @routes.get(
        PATH + ".json",
        summary="A proposal of territories: balance by rep, moves with reasons, what stands in the way",
        openapi_extra=described("team", "asof", *TERRITORY, "lang"),
    )
    def territory_json(request: Request) -> Response:
        address = site.address(request, PATH)
        view = site.company.territory_plan(address.question(), address.lang)
        return site.json(territory_object(view) | {"url": address.to()}, request, address.lang)

    @routes.get(PATH + ".{suffix}", include_in_schema=False)
    def territory_file(request: Request, suffix: str) -> Response:
        if suffix not in SUFFIXES:
            raise HTTPException(404)
        address = site.address(request, PATH)
        view = site.company.territory_plan(address.question(), address.lang)
        origin: dict[str, Cell] = {say("product", address.lang): view.company, "URL": address.to()}
        return site.file(suffix, Sheet("territory", move_rows(view), [], origin), address.lang)

    @routes.get(PATH, include_in_schema=False)
    def territory_page(request: Request) -> Response:
        address = site.address(request)
        return site.moved(request, address) or site.html(
            "pages/territory/page.html", page(site, address), address.lang
        )

    return routes


def page(site: Site, address: Address) -> TerritoryPage:
    view = site.company.territory_plan(address.question(), address.lang)
    figures, lang = Figures.of(address), address.lang
    title, strange = say("territory_title", lang), unknown(site, address)
    around = frame(view, address, site.company.profile, site.clock(), title, strange)
    shown = view.moves[:SHOWN]
    return TerritoryPage(
        frame=team_only(around),
        tabs=plan_tabs(address, PATH),
        headline=territory_headline(view),
        subline=_subline(view, figures),
        known=bool(view.reps),
        remarks=_remarks(view),
        hindrances=tuple(hindrance_text(one, lang) for one in view.hindrances),
        balance_note=say("territory_balance_note", lang, within=share(view.asked.within, lang)),
        axis=balance_axis(),
        reps=tuple(_rep(one, view, address, figures) for one in view.reps),
        moves=tuple(_move(one, view, figures) for one in shown),
        moves_note=say("territory_moves_note", lang, shown=number(len(shown)), n=number(len(view.moves))),
        csv=address.to(f"{PATH}.csv"),
        assumed=_assumed(view, address),
        kept=kept_beside(address, TERRITORY),
    )


def _subline(view: TerritoryView, figures: Figures) -> str:
    lang, key = figures.lang, view.potential.key
    if not view.reps:
        return say("territory_needs", lang)
    words = say(
        "territory_subline",
        lang,
        accounts=number(view.accounts),
        reps=number(len(view.reps)),
        potential=say(f"potential_{key or 'none'}", lang),
        share=figures.value(view.equal_share, view.potential.unit),
    )
    return f"{words} · {say('unit_of_money', lang, unit=figures.money_name)}"


def _remarks(view: TerritoryView) -> tuple[str, ...]:
    lang = view.scope.lang
    found = [say("territory_proposal", lang)]
    if view.bound_gap is not None:
        found.append(say("territory_gap", lang, gap=share(view.bound_gap, lang)))
    if view.estimated:
        found.append(say("territory_estimated", lang, n=number(view.estimated)))
    if view.left_out:
        found.append(say("territory_left_out", lang, n=number(view.left_out)))
    return tuple(found)


def _rep(one: RepPatch, view: TerritoryView, address: Address, figures: Figures) -> BalanceRow:
    lang, unit = figures.lang, view.potential.unit
    before, after = off(one.before.off, lang), off(one.after.off, lang)
    largest = max(each.before.potential for each in view.reps)
    finding = say("territory_rep_mark", lang, name=one.name, before=before, after=after)
    gone: dict[str, str | None] = dict.fromkeys(TERRITORY)
    return BalanceRow(
        name=one.name,
        url=address.to(f"{REP}/{one.key}", **gone),
        mark=balance_row(one.before.off, one.after.off, view.asked.within, finding),
        before=figures.value(one.before.potential, unit, like=largest),
        before_off=before,
        after=figures.value(one.after.potential, unit, like=largest),
        after_off=after,
        accounts=f"{one.before.accounts:,} → {one.after.accounts:,}",
        gained=number(one.gained),
        given=number(one.given),
    )


def _move(one: Move, view: TerritoryView, figures: Figures) -> MoveRow:
    lang = figures.lang
    reason = say(f"reason_{one.reason}", lang, n=number(one.wins))
    if one.wins and one.reason not in ("fit", "skill"):
        reason += f" · {say('reason_wins', lang, n=number(one.wins))}"
    return MoveRow(
        account=one.account.name,
        small=" · ".join(part for part in (one.account.industry, one.account.segment) if part),
        potential=figures.value(one.potential, view.potential.unit),
        estimated=one.estimated,
        before=one.before or "—",
        after=one.after,
        reason=reason,
    )


def _assumed(view: TerritoryView, address: Address) -> tuple[Assumed, ...]:
    lang, asked = address.lang, view.asked
    potentials = tuple((name, say(f"potential_{name}", lang)) for name in POTENTIALS)
    unowned = tuple((name, say(f"territory_unowned_{name}", lang)) for name in ("no", "yes"))
    return (
        Assumed("potential", say("territory_potential", lang), asked.potential, "", potentials),
        Assumed("keep", say("territory_keep", lang), address["keep"], f"{asked.keep:g}"),
        Assumed("within", say("territory_within", lang), address["within"], f"{100 * asked.within:g}%"),
        Assumed(
            "count_within",
            say("territory_count_within", lang),
            address["count_within"],
            f"{100 * asked.count_within:g}%",
        ),
        Assumed("require", say("territory_require", lang), address["require"], ""),
        Assumed("pin", say("territory_pin", lang), address["pin"], ""),
        Assumed("forbid", say("territory_forbid", lang), address["forbid"], ""),
        Assumed("unowned", say("territory_unowned", lang), "yes" if asked.unowned else "no", "", unowned),
    )
