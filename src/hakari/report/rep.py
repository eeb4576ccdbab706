"""One person's page as data: the same figures, deals, activities and texts, for programs and spreadsheets."""

from __future__ import annotations

from typing import Any

from hakari.planning.rep_view import RepView
from hakari.planning.talks import Note
from hakari.report.json_text import Link, figure_object
from hakari.report.rows import Row, kpi_row


def rep_object(view: RepView, link: Link) -> dict[str, Any]:
    person = view.person
    return {
        "company": view.company,
        "demo": view.demo,
        "period": {
            "label": view.period_label,
            "from": view.scope.period.start,
            "to": view.scope.period.last_day,
        },
        "person": {
            "key": person.key,
            "name": person.name,
            "role": person.role,
            "team": person.team or None,
            "manager": person.manager or None,
            "months_since_joining": person.months,
            "ramp_share": person.share,
            "ramp_hires": person.hires,
        },
        "kpis": [figure_object(one, view.scope, link) for one in view.kpis],
        "questions": [
            {"rule": one.rule, "question": one.text, "evidence": one.evidence, "measure": one.measure or None}
            for one in view.questions
        ],
        "deals": _deals(view),
        "rules_without_data": list(view.deals.unanswerable),
        "activities": _weeks(view),
        "talk": {
            "unseen": [_note(one) for one in view.talk.unseen],
            "topics": [_note(one) for one in view.talk.topics],
            "notes": [_note(one) for one in view.talk.notes],
            "promises": _promises(view),
        },
        "notices": list(view.notices),
    }


def rep_rows(view: RepView, side: str) -> list[Row]:
    """The rows of one view: KPIs, open deals, weeks of activity, or the 1on1's questions and promises."""
    if side == "deals":
        return _deals(view)
    if side == "activity":
        return _weeks(view)
    if side == "1on1":
        asked: list[Row] = [
            {"part": "question", "rule": one.rule, "text": one.text, "evidence": one.evidence}
            for one in view.questions
        ]
        return [*asked, *({"part": "promise", **one} for one in _promises(view))]
    return [kpi_row(one, view.scope) | {"person": view.person.name} for one in view.kpis]


def _deals(view: RepView) -> list[Row]:
    return [
        {
            "deal": one.name,
            "account": one.account,
            "amount": one.amount,
            "stage": one.stage,
            "forecast_category": one.category or None,
            "expected_close_on": one.expected_close,
            "next_action": one.next_action or None,
            "next_action_due": one.next_action_due,
            "days_in_stage": one.days,
            "stalled_after_days": None if one.limit is None else one.limit.days,
            "last_touch_on": one.last_touch,
            "waits_for": ", ".join(one.waits) or None,
        }
        for one in view.deals.deals
    ]


def _weeks(view: RepView) -> list[Row]:
    return [
        {"week": week, "kind": one.kind, "count": count}
        for one in view.activity.kinds
        for week, count in zip(view.activity.weeks, one.counts, strict=True)
    ]


def _promises(view: RepView) -> list[Row]:
    return [
        {
            "id": one.id,
            "what": one.what,
            "who": one.who,
            "due": one.due,
            "outcome": one.outcome,
            "remark": one.remark or None,
            "by": one.by,
            "at": one.at,
        }
        for one in view.talk.promises
        if not one.erased
    ]


def _note(one: Note) -> dict[str, Any]:
    return {"id": one.id, "text": one.text or None, "by": one.by, "at": one.at, "erased": one.erased}
