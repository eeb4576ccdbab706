"""A meeting as a PDF of three A4 pages, set on the server: to send round or keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from hakari.planning.meeting_view import MeetingView
from hakari.planning.scorecard import KpiRow
from hakari.web.address import Address
from hakari.web.blocks.goal import Goal
from hakari.web.blocks.rows import KpiLine
from hakari.web.pages.meeting.gap import GapBlock
from hakari.web.pages.meeting.page import LIST, PATH, MeetingPage, meeting_page, number_of
from hakari.web.pages.meeting.slides import DecisionLine, FocusBlock, MovesBlock, PersonLine
from hakari.web.paper import set_pdf
from hakari.web.site import Site
from hakari.words import Language, say

TEMPLATE = Path(__file__).with_name("paper.typ")
# What the template calls a column, and the word for it.
_HEADS = {
    "decision": "meeting_decision",
    "owner": "meeting_owner",
    "due": "meeting_due",
    "kpi": "meeting_kpi",
    "base": "meeting_base",
    "since": "meeting_since",
    "state": "meeting_state",
    "yomi": "yomi",
    "count": "count_of_deals",
    "amount": "amount",
    "measure": "measure_and_base",
    "actual": "actual",
    "variance": "variance",
    "fraction": "k_of_n",
    "verdict": "verdict",
    "factor": "gap_factor",
    "contribution": "contribution",
    "interval": "interval_95",
    "rep": "rep",
    "sure": "meeting_sure",
    "question": "one_on_one_question",
    "move": "meeting_move",
}


def router(site: Site) -> APIRouter:
    """Stands before the page's own files, which know no pdf."""
    routes = APIRouter()

    @routes.get(PATH + ".pdf", include_in_schema=False)
    def meeting_file(request: Request, number: str) -> Response:
        wanted = number_of(number)
        pdf = meeting_pdf(site, wanted, site.address(request, f"{LIST}/{number}"))
        name = f'attachment; filename="meeting-{wanted}.pdf"'
        return Response(pdf, media_type="application/pdf", headers={"Content-Disposition": name})

    return routes


def meeting_pdf(site: Site, number: int, address: Address) -> bytes:
    """The pack of one meeting in the language, unit and mask of the address."""
    view = site.company.meeting(number, address.question(), address.lang)
    page = meeting_page(site, view, Address(f"{LIST}/{number}", address.given, address.defaults))
    return set_pdf(TEMPLATE, words_of(page, view, address.lang), address.lang, view.meeting.as_of)


def words_of(page: MeetingPage, view: MeetingView, lang: Language) -> dict[str, Any]:
    """Every word of the pack; the template adds none."""
    heads = {key: say(word, lang) for key, word in _HEADS.items()}
    heads |= {"target": page.kpis.comparison_word, "axis": say("axis_words", lang)}
    return {
        "title": page.title,
        "meeting": f"{view.card.company} · {page.title}",
        "headline": page.headline,
        "frozen": page.frozen,
        "notices": list(view.card.notices),
        "foot": " · ".join((*page.frame.foot, say("handle_with_care", lang))),
        "slides": [link.words for link in page.slides],
        "heads": heads,
        "last": _decisions(page.last),
        "last_more": say("meeting_more_moves", lang, n=len(page.last) - 6),
        "no_last": say("meeting_no_last", lang),
        "goal": _goal(page.goal),
        "kpis": [_kpi(line, row) for line, row in zip(page.kpis.lines, view.card.kpis, strict=True)],
        "gap": _gap(page.gap, view, lang),
        "focus": _focus(page.focus),
        "no_focus": say("meeting_no_focus", lang),
        "people": _people(page.people, lang),
        "people_note": say("meeting_people_note", lang),
        "people_more": page.people_more,
        "no_people": say("meeting_no_people", lang),
        "moves": _moves(page.moves, view, lang),
        "no_moves": say("meeting_no_moves", lang),
        "decisions": _decisions(page.decisions),
        "no_decisions": say("meeting_no_decisions", lang),
    }


def _decisions(lines: Sequence[DecisionLine]) -> list[dict[str, Any]]:
    return [{name: value for name, value in asdict(one).items() if name != "dot"} for one in lines]


def _goal(goal: Goal | None) -> dict[str, Any] | None:
    if goal is None:
        return None
    return {
        "name": goal.name,
        "value": goal.value,
        "unit": goal.unit,
        "facts": [[one.label, one.value, one.aside] for one in goal.facts],
        "shares": [[one.name, one.count, one.amount] for one in goal.shares],
        "finding": goal.composition_finding,
    }


def _kpi(line: KpiLine, row: KpiRow) -> dict[str, Any]:
    axis = None
    if row.comparison and row.comparison > 0:
        ends = (row.value, row.interval.low, row.interval.high)
        value, low, high = (None if end is None else end / row.comparison for end in ends)
        axis = {"value": value, "low": low, "high": high, "tone": line.tone}
    return {
        "name": line.name,
        "population": line.population,
        "value": line.value,
        "range": line.range,
        "comparison": line.comparison,
        "difference": line.difference,
        "fraction": line.fraction,
        "verdict": line.verdict,
        "tone": line.tone,
        "axis": axis,
    }


def _gap(block: GapBlock | None, view: MeetingView, lang: Language) -> dict[str, Any] | None:
    if block is None or view.gap is None or view.gap.tree is None:
        return None
    parts = [0.0 if one.part is None else one.part.value for one in view.gap.tree.factors]
    largest = max((abs(part) for part in parts), default=0.0) or 1.0
    rest = f"{say('gap_rest', lang)} {block.rest} · " if block.rest else ""
    words = ("gap_before", "actual", "rate_effect", "mix_effect", "contribution")
    return {
        "sentence": block.sentence,
        "base": block.base_word,
        "factors": [
            {name: value for name, value in asdict(one).items() if name != "bar"} | {"share": part / largest}
            for one, part in zip(block.factors, parts, strict=True)
        ],
        "sum": f"{rest}{say('variance', lang)} {block.total} · {say('meeting_gap_note', lang)}",
        "split": block.split_title,
        "heads": [block.by, *(say(word, lang) for word in words)],
        "segments": [[one.name, one.before, one.now, one.rate, one.mix, one.total] for one in block.segments],
        "remedies": [list(pair) for pair in block.remedies],
    }


def _focus(block: FocusBlock | None) -> dict[str, Any] | None:
    if block is None:
        return None
    lines = [[one.name, one.value, one.range, one.fraction, one.verdict] for one in block.lines]
    return {"sentence": block.sentence, "by": block.by, "lines": lines}


def _people(lines: Sequence[PersonLine], lang: Language) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "role": f"{one.role} {say('ramping', lang)}" if one.ramping else one.role,
            "sure": [list(pair) for pair in one.sure] or [["—", "plain"]],
            "question": one.question or "—",
        }
        for one in lines
    ]


def _moves(block: MovesBlock | None, view: MeetingView, lang: Language) -> dict[str, Any] | None:
    moves = view.moves
    if block is None or moves is None:
        return None
    totals = [0.0, *(moves.total(kind) for kind in moves.kinds), 0.0]
    largest = max(abs(total) for total in totals) or 1.0
    return {
        "window": block.window,
        "lines": [
            {
                "name": one.name,
                "amount": one.amount,
                "count": one.count,
                "edge": one.is_edge,
                "share": total / largest,
            }
            for one, total in zip(block.lines, totals, strict=True)
        ],
        "largest": f"{say('meeting_largest', lang)} {block.more}".strip(),
        "deals": [[one.amount, one.kind, one.name, one.owner] for one in block.deals],
    }
