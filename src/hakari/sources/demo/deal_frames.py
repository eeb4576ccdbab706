"""Deals as records: every stage, amount and forecast they went through; appointments and proposals."""

from __future__ import annotations

import numpy as np

from hakari.canonical import TABLES
from hakari.sources.demo.block import Block
from hakari.sources.demo.columns import NONE, Column, Ints, Words, choice, listed, take, words
from hakari.sources.demo.deals import CANCELLED, WON, Fates
from hakari.sources.demo.frame import Frame, Version
from hakari.sources.demo.names import COMPANIES, LOSS_REASONS, NEXT_ACTIONS, PRODUCTS, STRIDE
from hakari.sources.demo.openings import EXISTING, Openings, source_names, source_tactics
from hakari.sources.demo.timeline import BUSINESS_DAY
from hakari.sources.demo.world import DORMANT_STAGE, FIRST_STAGE, LOST_STAGE, WON_STAGE

_DEAL = TABLES["deal"]
_APPOINTMENT = TABLES["appointment"]
FLAGS = ("needs_known", "authority_known", "budget_known", "timing_known", "competitor_known")
# Share of deals for which each is known after the first meeting, the proposal and the approval round.
_KNOWN = ((0.95, 0.98, 1.0), (0.55, 0.75, 0.95), (0.50, 0.80, 0.97), (0.55, 0.80, 0.97), (0.35, 0.60, 0.80))
_NO_NEXT = 0.07
_DUE_WITHIN = 12
_SEEN_TO = 0.85


def stages(block: Block) -> list[str]:
    return [FIRST_STAGE, *(step.stage for step in block.world.steps), WON_STAGE, LOST_STAGE, DORMANT_STAGE]


def deal_frame(block: Block, found: Openings, fates: Fates) -> Frame:
    """All of the running quarter's deals; what lies after today is cut off by the caller."""
    timeline = block.timeline
    created = timeline.moment(found.created)
    columns = _beginning(block, found, fates)
    versions = []
    for number in range(len(block.world.steps)):
        versions += [_step(block, fates, number), _seen_to(block, fates, number)]
    versions += [_pushed(block, fates), _end(block, fates)]
    return Frame("deal", block.first_key("deal"), created, columns, tuple(versions))


def _beginning(block: Block, found: Openings, fates: Fates) -> dict[str, Column]:
    timeline, size, draws = block.timeline, found.size, block.draws("deal records")
    tactics = np.asarray([choice(_DEAL.field("tactic"), one) for one in source_tactics(block)])
    units = block.roster.team_keys(block.crew, block.roster.unit[found.owner])
    kinds = np.asarray([choice(_DEAL.field("type"), one) for one in ("new", "existing")])
    with_no_next = draws.happens(_NO_NEXT, size)
    return {
        "name": _deal_names(block, found),
        "account": block.keys("account", found.account),
        "contact": block.keys("contact", found.contact),
        "owner": block.people(found.owner),
        "sourced_by": block.people(found.sourced_by),
        "team": units,
        "lead": block.keys("lead", found.lead),
        "campaign": found.campaign,
        "partner": np.where(found.partner == NONE, NONE, found.partner + 1),
        "product": found.product + 1,
        "source": Words(found.source, source_names(block)),
        "tactic": tactics[found.source],
        "type": kinds[found.kind],
        "amount": fates.amount[0],
        "currency": Words(np.zeros(size, np.int64), ("JPY",)),
        "stage": Words(np.zeros(size, np.int64), stages(block)),
        "status": np.full(size, choice(_DEAL.field("status"), "open")),
        "forecast_category": np.full(size, choice(_DEAL.field("forecast_category"), "C")),
        "probability": np.full(size, 0.10),
        "created_at": timeline.moment(found.created),
        "expected_close_on": fates.expected[0],
        "next_action": Words(np.where(with_no_next, NONE, 5), NEXT_ACTIONS),
        "next_action_due": np.where(with_no_next, NONE, timeline.day(fates.met)),
    }


def _deal_names(block: Block, found: Openings) -> Words:
    """Who buys what, as a rep would write it."""
    number = found.account + block.first_key("account") - 1
    companies = (number * STRIDE % len(COMPANIES)).tolist()
    more = (found.kind == EXISTING).tolist()
    named = [
        f"{COMPANIES[company]} {PRODUCTS[product][0]}{' 追加' if again else ''}"
        for company, product, again in zip(companies, found.product.tolist(), more, strict=True)
    ]
    return listed(named)


def _due(block: Block, places: Ints, number: int) -> Ints:
    """The day by which the next action after a step is promised."""
    later = block.draws(f"due {number}").below(_DUE_WITHIN, len(places))
    return block.timeline.day(places) + 2 + later


def _seen_to(block: Block, fates: Fates, number: int) -> Version:
    """On the day it is due, most reps do what they promised and promise the next thing."""
    timeline, size = block.timeline, len(fates.closed)
    draws = block.draws(f"seen to {number}")
    at = timeline.place(_due(block, fates.reached[number], number)) + draws.below(BUSINESS_DAY, size)
    end = fates.closed
    for other in (*fates.reached[number + 1 :], fates.pushed):
        end = np.where(other == NONE, end, np.minimum(end, other))
    here = (fates.reached[number] != NONE) & (at < end) & draws.happens(_SEEN_TO, size)
    columns: dict[str, Column] = {
        "next_action": Words(draws.below(len(NEXT_ACTIONS), size), NEXT_ACTIONS),
        "next_action_due": timeline.day(at) + 7 + draws.below(18, size),
    }
    return Version(timeline.moment(np.where(here, at, NONE)), here, columns)


def _pushed(block: Block, fates: Fates) -> Version:
    """The expected close day passes: a later one is put in, and with it the next action."""
    draws, size = block.draws("pushed"), len(fates.closed)
    columns: dict[str, Column] = {
        "expected_close_on": fates.expected[2],
        "next_action_due": block.timeline.day(fates.pushed) + 4 + draws.below(20, size),
        "next_action": Words(draws.below(len(NEXT_ACTIONS), size), NEXT_ACTIONS),
    }
    return Version(block.timeline.moment(fates.pushed), fates.pushed != NONE, columns)


def _step(block: Block, fates: Fates, number: int) -> Version:
    step, places, size = block.world.steps[number], fates.reached[number], len(fates.closed)
    draws, timeline = block.draws(f"step {number}"), block.timeline
    at = timeline.moment(places)
    unset = draws.happens(_NO_NEXT, size)
    columns: dict[str, Column] = {
        "stage": Words(np.full(size, number + 1), stages(block)),
        "forecast_category": np.full(size, choice(_DEAL.field("forecast_category"), step.forecast)),
        "probability": np.full(size, step.probability),
        "next_action": Words(np.where(unset, NONE, draws.below(len(NEXT_ACTIONS), size)), NEXT_ACTIONS),
        "next_action_due": np.where(unset, NONE, _due(block, places, number)),
        **_known(block, size, number),
    }
    if number == 0:
        columns |= {"valid": np.ones(size, np.int64), "qualified_at": at}
    if number == 1:
        columns |= {"proposed_at": at, "amount": fates.amount[1], "expected_close_on": fates.expected[1]}
    return Version(at, places != NONE, columns)


def _known(block: Block, size: int, number: int) -> dict[str, Column]:
    """What is known of budget, authority, needs, timing and competitors; once known, it stays so."""
    drawn = [block.draws(f"known {flag}").chance(size) for flag in FLAGS]
    return {
        flag: (chances < shares[min(number, 2)]).astype(np.int64)
        for flag, chances, shares in zip(FLAGS, drawn, _KNOWN, strict=True)
    }


def _end(block: Block, fates: Fates) -> Version:
    timeline, size = block.timeline, len(fates.closed)
    draws = block.draws("ends")
    result, won = fates.result, fates.result == WON
    last = len(block.world.steps) + 1
    statuses = np.asarray([choice(_DEAL.field("status"), one) for one in ("won", "lost", "dormant")])
    columns: dict[str, Column] = {
        "stage": Words(last + result, stages(block)),
        "status": statuses[result],
        "forecast_category": np.where(won, choice(_DEAL.field("forecast_category"), "A"), 3),
        "probability": np.where(won, 1.0, 0.0),
        "closed_on": timeline.day(fates.closed),
        "amount": np.where(fates.reached[1] == NONE, fates.amount[0], fates.amount[1]),
        "margin": np.where(won, fates.margin, np.nan),
        "loss_reason": Words(np.where(won, NONE, draws.below(len(LOSS_REASONS), size)), LOSS_REASONS),
        "next_action": Words(np.full(size, NONE), NEXT_ACTIONS),
        "next_action_due": np.full(size, NONE),
        "valid": (fates.reached[0] != NONE).astype(np.int64),
    }
    return Version(timeline.moment(fates.closed), np.ones(size, np.bool_), columns)


def appointment_frame(block: Block, found: Openings, fates: Fates) -> Frame:
    """A date agreed on the phone, then held or not."""
    rows = np.flatnonzero(found.appointed)
    size, timeline = len(rows), block.timeline
    set_at, met = timeline.moment(found.created[rows]), fates.met[rows]
    status = np.asarray(
        [choice(_APPOINTMENT.field("status"), one) for one in ("held", "cancelled", "no_show")]
    )
    columns: dict[str, Column] = {
        "owner": block.people(found.sourced_by[rows]),
        "host": block.people(found.owner[rows]),
        "account": block.keys("account", found.account[rows]),
        "contact": block.keys("contact", found.contact[rows]),
        "lead": block.keys("lead", found.lead[rows]),
        "deal": block.keys("deal", rows),
        "campaign": found.campaign[rows],
        "source": Words(found.source[rows], source_names(block)),
        "channel": np.full(size, choice(_APPOINTMENT.field("channel"), "call")),
        "set_at": set_at,
        "held_on": timeline.day(met),
        "status": np.full(size, choice(_APPOINTMENT.field("status"), "set")),
        "first": np.ones(size, np.int64),
    }
    fate = fates.appointment[rows]
    # Who calls off a meeting does so half way to it.
    known = np.where(fate == CANCELLED, (found.created[rows] + met) // 2, met)
    version = Version(timeline.moment(known), np.ones(size, np.bool_), {"status": status[fate]})
    return Frame("appointment", block.first_key("appointment"), set_at, columns, (version,))


def proposal_frame(block: Block, found: Openings, fates: Fates, deals: int) -> Frame:
    places = fates.reached[1][:deals]
    rows = np.flatnonzero((places != NONE) & (places < block.timeline.now))
    rows = rows[np.argsort(places[rows], kind="stable")]
    at = block.timeline.moment(places[rows])
    columns: dict[str, Column] = {
        "deal": block.keys("deal", rows),
        "account": block.keys("account", found.account[rows]),
        "owner": block.people(found.owner[rows]),
        "at": at,
        "amount": fates.amount[1][rows],
    }
    return Frame("proposal", block.first_key("proposal"), at, columns)


def stage_change_frame(block: Block, deals: Frame) -> Frame:
    """One record per move of a deal, read off the versions of the deals."""
    state, parts = deals.columns, []
    for version in deals.versions:
        after = deals.changed(state, version)
        before_stage, after_stage = words(state["stage"]), words(after["stage"])
        rows = np.flatnonzero(version.where & (before_stage.codes != after_stage.codes))
        parts.append((rows, version.at[rows], before_stage.codes[rows], after))
        state = after
    at = np.concatenate([part[1] for part in parts])
    order = np.argsort(at, kind="stable")

    def gathered(name: str) -> Column:
        both = [take(after[name], rows) for rows, _, _, after in parts]
        if isinstance(both[0], Words):
            codes = np.concatenate([words(one).codes for one in both])
            return Words(codes[order], both[0].words)
        return np.concatenate([np.asarray(one) for one in both])[order]

    stage = words(gathered("stage"))
    columns: dict[str, Column] = {
        "deal": np.concatenate([deals.keys[part[0]] for part in parts])[order],
        "owner": gathered("owner"),
        "at": at[order],
        "from_stage": Words(np.concatenate([part[2] for part in parts])[order], stage.words),
        "to_stage": stage,
        "amount": gathered("amount"),
        "forecast_category": gathered("forecast_category"),
        "expected_close_on": gathered("expected_close_on"),
    }
    return Frame("stage_change", block.first_key("stage_change"), at[order], columns)


def won_rows(block: Block, fates: Fates, deals: int) -> Ints:
    """Places of the deals won by now, in the order of their closing."""
    closed = fates.closed[:deals]
    rows = np.flatnonzero((fates.result[:deals] == WON) & (closed < block.timeline.now))
    return rows[np.argsort(closed[rows], kind="stable")]


def by_now(block: Block, found: Openings) -> int:
    """How many of the deals have begun."""
    return int(np.searchsorted(found.created, block.timeline.now))
