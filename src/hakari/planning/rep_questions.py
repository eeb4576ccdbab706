"""Three questions for a 1on1, each with what the records show: chosen by rules with names, never a grade.

The rules are tried in the order of RULES, and the first three questions stand. Nobody is compared with
anybody, and on few cases the question is what the figures do not show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hakari.maths.display_rules import Verdict, favourable
from hakari.planning.desk import Desk
from hakari.planning.open_deals import DECISIVE, OpenDeals
from hakari.planning.people import Person
from hakari.planning.scorecard import KpiRow, Scope
from hakari.planning.talks import Talk
from hakari.planning.wording import amount, figure
from hakari.words import say

RULES = ("below", "promise_overdue", *DECISIVE, "above", "ramping", "few", "steady")
QUESTIONS = 3
_MOST_BELOW = 2
_SPLITS = ("source", "channel", "segment", "industry", "product")
_FEWEST, _CLUSTER = 10, 0.4
_NAMED = 2


@dataclass(frozen=True, slots=True)
class Question:
    """`measure` is the KPI it is about, empty where it is about deals or promises."""

    rule: str
    text: str
    evidence: str
    measure: str = ""


def questions(
    desk: Desk,
    scope: Scope,
    person: Person,
    rows: Sequence[KpiRow],
    deals: OpenDeals,
    talk: Talk,
    *,
    ramping: bool,
) -> tuple[Question, ...]:
    found = [
        *list(_below(desk, scope, person, rows))[:_MOST_BELOW],
        *_promises(talk, scope),
        *_deals(deals, scope),
        *(() if ramping else _above(rows, scope)),
        *([_ramping(scope)] if ramping else ()),
        *_few(rows, scope),
        *_steady(rows, scope),
    ]
    return tuple(found[:QUESTIONS])


def _below(desk: Desk, scope: Scope, person: Person, rows: Sequence[KpiRow]) -> Iterator[Question]:
    """What is surely worse than its target, the largest share of it first."""
    bad = [one for one in rows if favourable(one.verdict, one.better) is False and one.comparison]
    for one in sorted(bad, key=lambda row: -abs((row.difference or 0) / (row.comparison or 1))):
        where = _cluster(desk, scope, person, one)
        evidence = _figures(one, scope) + (f" · {where}" if where else "")
        value = figure(one.value, one.unit, one.denominator, scope)
        target = figure(one.comparison, one.unit, one.denominator, scope)
        text = say("question_below", scope.lang, kpi=one.name, value=value, target=target)
        yield Question("below", text, evidence, one.measure)


def _figures(one: KpiRow, scope: Scope) -> str:
    low, high = (figure(end, one.unit, one.n, scope) for end in (one.interval.low, one.interval.high))
    if one.denominator is None:
        return say("rep_evidence_count", scope.lang, n=f"{one.n:,}", low=low, high=high)
    top, base = f"{one.numerator or 0:,.0f}", f"{one.denominator:,.0f}"
    return say("rep_evidence_rate", scope.lang, k=top, n=base, low=low, high=high)


def _cluster(desk: Desk, scope: Scope, person: Person, one: KpiRow) -> str:
    """Where the misses lie, if four in ten or more of them lie together and another part has cases too."""
    if one.unit != "percent" or one.better != "higher":
        return ""
    own = replace(scope, team=None, filters={"owner": (person.name,)})
    for name in _SPLITS:
        if not desk.knows(replace(own, filters={**own.filters, name: ("",)}), one.measure):
            continue
        parts = [
            part
            for part in desk.ask(own, [one.measure], desk.so_far(own), (name,))
            if part.slice[name] is not None and part.denominator
        ]
        missed = [(part.denominator or 0) - (part.numerator or 0) for part in parts]
        if len(parts) < 2 or sum(missed) < _FEWEST:
            continue
        most, part = max(zip(missed, parts, strict=True), key=lambda pair: pair[0])
        if most / sum(missed) >= _CLUSTER:
            base = f"{part.numerator or 0:,.0f} / {part.denominator or 0:,.0f}"
            share, word = f"{most / sum(missed):.0%}", desk.catalogue.dimensions[name]
            by = word.ja if scope.lang == "ja" else word.en
            return say(
                "rep_evidence_cluster", scope.lang, share=share, by=by, name=part.slice[name], base=base
            )
    return ""


def _promises(talk: Talk, scope: Scope) -> Iterator[Question]:
    late = [one for one in talk.open_promises if one.is_overdue(scope.today)]
    if late:
        first = min(late, key=lambda one: one.due or date.max)
        evidence = say("rep_evidence_promise", scope.lang, what=first.what, day=first.due)
        yield Question(
            "promise_overdue", say("rep_question_promise_overdue", scope.lang, n=len(late)), evidence
        )


def _deals(deals: OpenDeals, scope: Scope) -> Iterator[Question]:
    for rule in DECISIVE:
        found = sorted(deals.under(rule), key=lambda one: -(one.amount or 0))
        if not found:
            continue
        sums = amount(sum(one.amount or 0 for one in found), scope)
        names = "、" if scope.lang == "ja" else ", "
        named = names.join(one.name or one.account for one in found[:_NAMED])
        text = say(f"rep_question_{rule}", scope.lang, n=len(found))
        yield Question(rule, text, say("rep_evidence_deals", scope.lang, amount=sums, names=named))


def _above(rows: Sequence[KpiRow], scope: Scope) -> Iterator[Question]:
    for one in rows:
        if favourable(one.verdict, one.better) is True:
            value = figure(one.value, one.unit, one.denominator, scope)
            text = say("question_above", scope.lang, kpi=one.name, value=value)
            yield Question("above", text, _figures(one, scope), one.measure)


def _ramping(scope: Scope) -> Question:
    return Question("ramping", say("question_ramping", scope.lang), say("rep_evidence_ramping", scope.lang))


def _few(rows: Sequence[KpiRow], scope: Scope) -> Iterator[Question]:
    held = [one for one in rows if one.verdict is Verdict.ON_HOLD]
    if held or not rows:
        named = ", ".join(f"{one.name} n={one.n}" for one in held) or say("rep_evidence_nothing", scope.lang)
        yield Question("few", say("question_few", scope.lang), named)


def _steady(rows: Sequence[KpiRow], scope: Scope) -> Iterator[Question]:
    same = [one for one in rows if one.verdict is Verdict.WITHIN_NOISE]
    if same:
        named = ("、" if scope.lang == "ja" else ", ").join(one.name for one in same)
        text = say("rep_question_steady", scope.lang, names=named)
        yield Question("steady", text, say("rep_evidence_noise", scope.lang, n=len(same)))
