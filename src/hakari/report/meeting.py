"""A meeting as data: its figures, what moved, and what was decided with what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hakari.planning.meeting_moves import KINDS
from hakari.planning.meeting_view import MeetingView, Progress
from hakari.planning.meetings import Decision, Meeting
from hakari.report.json_text import Link, scorecard_object
from hakari.report.rows import Row, scorecard_rows


def meeting_object(view: MeetingView, link: Link) -> dict[str, Any]:
    one = view.meeting
    return {
        "meeting": {
            "id": one.id,
            "title": one.title,
            "as_of": one.as_of,
            "day": one.day,
            "period": one.period.iso,
            "team": one.team,
            "before": view.before.id if view.before is not None else None,
            "after": view.after.id if view.after is not None else None,
        },
        "last_decisions": [decision_row(each) for each in view.last],
        "figures": scorecard_object(view.card, link),
        "focus": None
        if view.focus is None
        else {
            "measure": view.focus.row.measure,
            "by": view.focus.by,
            "parts": [
                {"name": part.name, "value": part.value, "n": part.n, "verdict": part.verdict.value}
                for part in view.focus.parts
            ],
        },
        "moves": _moves(view),
        "decisions": [decision_row(each) for each in view.decisions],
    }


def meetings_rows(meetings: Sequence[Meeting], decisions: Sequence[Decision]) -> list[Row]:
    """One row a meeting, with how much it decided."""
    decided = [one.meeting for one in decisions]
    return [
        {
            "id": one.id,
            "title": one.title,
            "day": one.day,
            "period": one.period.iso,
            "team": one.team,
            "decisions": decided.count(one.id),
        }
        for one in meetings
    ]


def meeting_rows(view: MeetingView) -> list[Row]:
    """Decisions, then every figure, then the balance of what moved."""
    rows: list[Row] = [{"block": "last_decision", **decision_row(one)} for one in view.last]
    rows += scorecard_rows(view.card)
    rows += [{"block": "moves", **row} for row in moves_rows(view)]
    rows += [{"block": "decision", **decision_row(one)} for one in view.decisions]
    keys = dict.fromkeys(key for row in rows for key in row)
    return [{key: row.get(key) for key in keys} for row in rows]


def decision_row(one: Progress) -> Row:
    decision = one.decision
    return {
        "id": decision.id,
        "meeting": decision.meeting,
        "what": decision.what,
        "owner": decision.owner,
        "due": decision.due,
        "outcome": decision.outcome,
        "measure": decision.measure or None,
        "per_business_day": one.per_day,
        "base": one.base,
        "change": decision.change,
        "wanted": one.wanted,
        "since": one.value,
        "since_low": one.interval.low,
        "since_high": one.interval.high,
        "since_n": one.n,
        "moved": one.moved.value,
    }


def moves_rows(view: MeetingView) -> list[Row]:
    moves = view.moves
    if moves is None:
        return []
    rows: list[Row] = [{"move": "opening", "count": moves.opening_count, "amount": moves.opening}]
    rows += [
        {"move": kind, "count": len(moves.of(kind)), "amount": moves.total(kind)}
        for kind in KINDS
        if moves.of(kind)
    ]
    return [*rows, {"move": "closing", "count": moves.closing_count, "amount": moves.closing}]


def _moves(view: MeetingView) -> dict[str, Any] | None:
    moves = view.moves
    if moves is None:
        return None
    deals = [
        {"move": one.kind, "deal": one.name, "owner": one.owner, "amount": one.amount} for one in moves.moves
    ]
    return {"since": moves.since, "until": moves.until, "balance": moves_rows(view), "deals": deals}
