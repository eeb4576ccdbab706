"""A meeting as it is kept: what was frozen when it began, and what was decided in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hakari.errors import ParameterNotUnderstoodError
from hakari.planning.scorecard import Scope, Scorecard
from hakari.planning.talks import Outcome, checked_text, day_of, outcome_of
from hakari.storage.notes import Body, Entry
from hakari.units.display import MoneyUnit
from hakari.units.period import Period
from hakari.words import Language


@dataclass(frozen=True, slots=True)
class Meeting:
    """`as_of` is the moment whose figures it looks at, `day` the company's day then.

    The goal and KPIs are those of that day too. `figures` are what they showed, so that a figure which
    comes out otherwise later (an import taken back, a definition changed) is noticed.
    """

    id: int
    title: str
    as_of: datetime
    day: date
    period: Period
    team: str | None
    vs: str
    lag: bool
    basis: str | None
    goal: str
    kpis: tuple[str, ...]
    figures: Mapping[str, float | None]
    by: str

    def scope(self, lang: Language, unit: MoneyUnit, masked: bool = False) -> Scope:
        return Scope(
            period=self.period,
            today=self.day,
            team=self.team,
            vs=self.vs,
            basis=self.basis,
            lag=self.lag,
            as_of=self.as_of,
            lang=lang,
            unit=unit,
            masked=masked,
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody will have done by a day, and the KPI that should move by it.

    `change` is in points of a rate (.02 is two), else a share of the figure (.1 is a tenth more). `base` is
    what the KPI was when it was decided; of what adds up, per business day.
    """

    id: int
    meeting: int
    what: str
    owner: str
    due: date | None
    measure: str
    change: float | None
    base: float | None
    outcome: Outcome
    remark: str
    decided_on: date

    def is_overdue(self, today: date) -> bool:
        return self.outcome == "open" and self.due is not None and self.due < today


def meeting_body(scope: Scope, title: str, as_of: datetime, card: Scorecard) -> Body:
    """What is frozen of a scorecard that was composed as of that moment."""
    figures = {row.measure: row.value for row in card.kpis}
    if card.kgi is not None:
        figures[card.kgi.measure] = card.kgi.value
    return {
        "title": title,
        "as_of": as_of.isoformat(),
        "day": card.scope.today.isoformat(),
        "period": [card.scope.period.start.isoformat(), card.scope.period.end.isoformat()],
        "team": scope.team,
        "vs": scope.vs,
        "lag": scope.lag,
        "basis": scope.basis,
        "goal": card.kgi.measure if card.kgi is not None else "",
        "kpis": [row.measure for row in card.kpis],
        "figures": figures,
    }


def meeting_of(entry: Entry) -> Meeting:
    body = entry.body
    start, end = (date.fromisoformat(day) for day in body["period"])
    return Meeting(
        id=entry.id,
        title=body["title"],
        as_of=datetime.fromisoformat(body["as_of"]),
        day=date.fromisoformat(body["day"]),
        period=Period(start, end, Period(start, end).iso),
        team=body["team"],
        vs=body["vs"],
        lag=body["lag"],
        basis=body["basis"],
        goal=body["goal"],
        kpis=tuple(body["kpis"]),
        figures=dict(body["figures"]),
        by=entry.written_by,
    )


def decision_of(entry: Entry) -> Decision:
    body = entry.body
    return Decision(
        id=entry.id,
        meeting=entry.meeting or 0,
        what=body["what"],
        owner=body["owner"],
        due=day_of(body["due"]),
        measure=body["measure"],
        change=body["change"],
        base=body["base"],
        outcome=outcome_of(body["outcome"]),
        remark=body.get("remark", ""),
        decided_on=date.fromisoformat(body["decided_on"]),
    )


def decision_body(
    what: str, owner: str, due: date | None, measure: str, change: float | None, base: float | None, day: date
) -> dict[str, Any]:
    """`day` is the meeting's: nothing decided in it is due before it."""
    if due is not None and due < day:
        raise ParameterNotUnderstoodError(
            f"the decision is due on {due}, before the meeting on {day}", f"choose {day} or later"
        )
    if change is not None and not measure:
        raise ParameterNotUnderstoodError(
            "the decision says by how much, but not which KPI should move", "name the KPI"
        )
    return {
        "what": checked_text(what, "decision"),
        "owner": checked_text(owner, "owner of the decision"),
        "due": None if due is None else due.isoformat(),
        "measure": measure,
        "change": change,
        "base": base,
        "decided_on": day.isoformat(),
        "outcome": "open",
    }
