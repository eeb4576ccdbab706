"""The tables of a person's page, written out: deals and why they wait, weeks of activity, latest acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hakari.planning.open_deals import OpenDeal, OpenDeals
from hakari.planning.rep_activity import Activity
from hakari.units.display import number
from hakari.web.figures import Figures
from hakari.words import knows, say


@dataclass(frozen=True, slots=True)
class DealLine:
    name: str
    account: str
    amount: str
    stage: str
    category: str
    close: str
    next_action: str
    days: str
    touched: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DealBlock:
    lines: tuple[DealLine, ...]
    total: str
    unanswerable: str


@dataclass(frozen=True, slots=True)
class KindLine:
    kind: str
    counts: tuple[str, ...]
    total: str


@dataclass(frozen=True, slots=True)
class ActLine:
    when: str
    kind: str
    account: str
    contact: str
    outcome: str
    subject: str


@dataclass(frozen=True, slots=True)
class ActivityBlock:
    weeks: tuple[str, ...]
    kinds: tuple[KindLine, ...]
    totals: tuple[str, ...]
    note: str
    acts: tuple[ActLine, ...]


def deal_block(deals: Sequence[OpenDeal], unanswerable: Sequence[str], figures: Figures) -> DealBlock:
    lang = figures.lang
    sums = sum(one.amount or 0 for one in deals)
    largest = max((one.amount or 0 for one in deals), default=0.0)
    joint = "、" if lang == "ja" else ", "
    rules = joint.join(say(f"rep_rule_{rule}", lang) for rule in unanswerable)
    return DealBlock(
        lines=tuple(_deal(one, largest, figures) for one in deals),
        total=say("rep_open_deals_total", lang, n=len(deals), amount=figures.amount(sums)) if deals else "",
        unanswerable=say("rep_unanswerable", lang, rules=rules) if rules else "",
    )


def waiting_block(deals: OpenDeals, figures: Figures) -> DealBlock:
    return deal_block(deals.waiting, deals.unanswerable, figures)


def _deal(one: OpenDeal, largest: float, figures: Figures) -> DealLine:
    lang = figures.lang
    action = one.next_action
    if one.next_action_due is not None:
        action = f"{action} {figures.day(one.next_action_due)}".strip()
    days = ""
    if one.days is not None:
        key = "rep_days_alone" if one.limit is None else "rep_days_of_limit"
        limit = 0 if one.limit is None else one.limit.days
        days = say(key, lang, days=number(one.days), limit=number(limit))
    category = f"yomi_{one.category.lower()}"
    return DealLine(
        name=one.name or one.account,
        account=one.account,
        amount=figures.value(one.amount, "jpy", like=largest),
        stage=one.stage,
        category=say(category, lang) if knows(category) else one.category,
        close=figures.day(one.expected_close),
        next_action=action or say("no_next_action", lang),
        days=days,
        touched=figures.day(one.last_touch),
        why=tuple(say(f"rep_rule_{rule}", lang) for rule in one.waits),
    )


def activity_block(activity: Activity, figures: Figures) -> ActivityBlock:
    lang = figures.lang
    totals = [sum(one.counts[place] for one in activity.kinds) for place in range(len(activity.weeks))]
    return ActivityBlock(
        weeks=tuple(figures.short_day(week) for week in activity.weeks),
        kinds=tuple(
            KindLine(
                kind_name(one.kind, figures),
                tuple(number(count) if count else "" for count in one.counts),
                number(sum(one.counts)),
            )
            for one in activity.kinds
        ),
        totals=(*(number(total) for total in totals), number(sum(totals))),
        note=say("rep_partial_week", lang) if activity.is_partial else "",
        acts=tuple(
            ActLine(
                f"{figures.day(one.at.date())} {one.at:%H:%M}",
                kind_name(one.kind, figures),
                one.account,
                one.contact,
                _outcome(one.outcome, figures),
                one.subject,
            )
            for one in activity.latest
        ),
    )


def kind_name(kind: str, figures: Figures) -> str:
    key = f"rep_kind_{kind}"
    return say(key, figures.lang) if knows(key) else kind


def _outcome(outcome: str, figures: Figures) -> str:
    key = f"rep_outcome_{outcome}"
    return say(key, figures.lang) if knows(key) else outcome
