"""Everything the page of one person shows: their figures, their deals, what they did, and the 1on1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hakari.errors import UnknownPersonError
from hakari.maths.ramp import Ramp, linear_ramp
from hakari.planning.compose import period_label, sources
from hakari.planning.desk import Desk
from hakari.planning.open_deals import OpenDeals, open_deals
from hakari.planning.people import (
    RAMP_MONTHS,
    Person,
    measures_for,
    months_since,
    read_people,
    role_name,
)
from hakari.planning.rep_activity import Activity, activity_of
from hakari.planning.rep_questions import Question, questions
from hakari.planning.rep_rows import rep_rows
from hakari.planning.scorecard import Freshness, KpiRow, Scope
from hakari.planning.sellers import SELLING, productive_measure, read_force
from hakari.planning.talks import Talk
from hakari.planning.targets import read_targets
from hakari.words import say


@dataclass(frozen=True, slots=True)
class RepHead:
    """`share` is how much of a settled rep somebody is who joined so many `months` ago; None once settled.

    It is learnt from `hires` of the company's own; of none, it is an even rise.
    `before` and `after` are the keys of the neighbours by name among those of the same table of roles.
    """

    key: int
    name: str
    role: str
    team: str
    manager: str
    months: int | None
    share: float | None
    hires: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class RepView:
    company: str
    demo: bool
    scope: Scope
    period_label: str
    teams: tuple[str, ...]
    sources: tuple[str, ...]
    person: RepHead
    kpis: tuple[KpiRow, ...]
    questions: tuple[Question, ...]
    deals: OpenDeals
    activity: Activity
    talk: Talk
    freshness: Freshness
    notices: tuple[str, ...]


def person_of(people: Sequence[Person], key: int) -> Person:
    found = next((one for one in people if one.key == key), None)
    if found is None:
        raise UnknownPersonError(
            f"there is nobody with the key {key} whom you may see", "choose somebody in the tables of people"
        )
    return found


def person_named(people: Sequence[Person], name: str) -> Person:
    """By full name, by a part of it that only one person has, or by key."""
    wanted = "".join(name.split())
    plain = {one.key: "".join(one.name.split()) for one in people}
    exact = [one for one in people if plain[one.key] == wanted or str(one.key) == name.strip()]
    found = exact or [one for one in people if wanted and wanted in plain[one.key]]
    if len(found) == 1:
        return found[0]
    named = ", ".join(f"{one.name} ({one.key})" for one in (found or people)[:12])
    raise UnknownPersonError(
        f"{name!r} is {len(found)} people" if found else f"there is nobody called {name!r}",
        f"use one of these names or keys: {named}" if named else "import people first",
    )


def rep_view(desk: Desk, scope: Scope, key: int, talk: Talk, freshness: Freshness) -> RepView:
    people = read_people(desk)
    person = person_of(people, key)
    notices = []
    if scope.filters or scope.team is not None:
        notices = [say("rep_no_filters", scope.lang)] if scope.filters else []
        scope = replace(scope, filters={}, team=None)
    book = read_targets(desk.store, desk.schema, desk.catalogue)
    head = head_of(desk, people, person, scope)
    rows = rep_rows(desk, book, scope, person)
    deals = open_deals(desk, key, scope.today)
    asked = questions(desk, scope, person, rows, deals, talk, ramping=head.share is not None)
    return RepView(
        company=desk.profile.name,
        demo=desk.profile.demo,
        scope=scope,
        period_label=period_label(desk, scope),
        teams=tuple(sorted(desk.store.names("team", desk.schema).values())),
        sources=sources(desk),
        person=head,
        kpis=rows,
        questions=asked,
        deals=deals,
        activity=activity_of(desk, scope, key),
        talk=talk,
        freshness=freshness,
        notices=tuple(notices),
    )


def head_of(desk: Desk, people: Sequence[Person], person: Person, scope: Scope) -> RepHead:
    months = months_since(person.joined, scope.today)
    ramping = months is not None and 0 <= months < RAMP_MONTHS
    ramp = _ramp(desk, scope, person) if ramping else None
    table = measures_for(person.role)[0]
    row = [one.key for one in people if measures_for(one.role)[0] == table]
    place = row.index(person.key)
    return RepHead(
        key=person.key,
        name=person.name,
        role=role_name(person.role, scope.lang),
        team=person.team or "",
        manager=person.manager,
        months=months,
        share=ramp.ramp_share(months or 0) if ramp is not None else None,
        hires=ramp.hires if ramp is not None else 0,
        before=row[place - 1] if place else None,
        after=row[place + 1] if place + 1 < len(row) else None,
    )


def _ramp(desk: Desk, scope: Scope, person: Person) -> Ramp:
    """How the company's own sellers came along; of other roles no month's output is known."""
    measure = productive_measure(desk, scope) if person.role in SELLING else None
    return linear_ramp(RAMP_MONTHS) if measure is None else read_force(desk, scope, measure).ramp
