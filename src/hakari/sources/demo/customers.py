"""After the signature: orders, bills and payments, contracts that are renewed or lost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hakari.sources.demo.block import Block
from hakari.sources.demo.columns import DAY, NONE, SECOND, Bools, Column, Floats, Ints, Words, day_number
from hakari.sources.demo.deals import Fates
from hakari.sources.demo.frame import Frame, Version
from hakari.sources.demo.market import Market
from hakari.sources.demo.openings import Openings, source_names
from hakari.sources.demo.timeline import BUSINESS_DAY

_MONTHS = 12
_RENEWED_BEFORE = 20  # days before the end
_EVENING = BUSINESS_DAY * SECOND


@dataclass(frozen=True, slots=True)
class Contracts:
    """One row per term of a contract. Days are days since 1970."""

    known: Ints  # moment
    account: Ints
    product: Ints
    partner: Ints
    starts: Ints
    ends: Ints
    monthly: Floats
    renews: Bools
    adoption: Floats  # how much of what they pay for they use
    licensed: Ints

    @property
    def size(self) -> int:
        return len(self.account)


def order_frame(block: Block, market: Market, found: Openings, fates: Fates, won: Ints) -> Frame:
    account = found.account[won]
    _, first = np.unique(account, return_index=True)
    again = np.ones(len(won), np.bool_)
    again[first] = False
    again |= np.isin(account, market.customers)
    at = block.timeline.moment(fates.closed[won])
    columns: dict[str, Column] = {
        "deal": block.keys("deal", won),
        "account": block.keys("account", account),
        "owner": block.people(found.owner[won]),
        "team": block.roster.team_keys(block.crew, block.roster.unit[found.owner[won]]),
        "product": found.product[won] + 1,
        "partner": np.where(found.partner[won] == NONE, NONE, found.partner[won] + 1),
        "source": Words(found.source[won], source_names(block)),
        "ordered_on": block.timeline.day(fates.closed[won]),
        "amount": fates.amount[1][won],
        "margin": fates.margin[won],
        "repeat": again.astype(np.int64),
    }
    return Frame("order", block.first_key("order"), at, columns)


def customer_since(block: Block, market: Market, found: Openings, fates: Fates, won: Ints) -> Ints:
    """The day each account became a customer, by now."""
    since = np.full(market.size, NONE)
    closed = block.timeline.day(fates.closed[won])[::-1]
    since[found.account[won][::-1]] = closed
    before = block.draws("customers of before")
    first = day_number(block.timeline.start)
    since[market.customers] = first - 60 - before.below(1_200, len(market.customers))
    return since


def invoice_frame(block: Block, orders: Frame) -> Frame:
    """One bill per order, due at the end of the month after; most pay on time, some late, a few not yet."""
    world, timeline, draws = block.world, block.timeline, block.draws("invoices")
    today = day_number(timeline.today)
    billed = _business(block, np.asarray(orders.columns["ordered_on"]) + 3 + draws.below(9, orders.size))
    rows = np.argsort(billed, kind="stable")
    rows = rows[billed[rows] <= today]
    billed, size = billed[rows], len(rows)
    due = _month_end(billed, 1)
    drawn = draws.chance(size)
    late = drawn >= world.pays_on_time
    paid = np.where(late, due + 4 + draws.below(40, size), due - 3 - draws.below(5, size))
    paid = _business(block, np.maximum(paid, billed + 1))
    happens = (drawn < world.pays_on_time + world.pays_late) & (paid <= today)
    amount = np.asarray(orders.columns["amount"], np.float64)[rows] * 1.1  # with consumption tax
    columns: dict[str, Column] = {
        "order": orders.keys[rows],
        "account": np.asarray(orders.columns["account"])[rows],
        "owner": np.asarray(orders.columns["owner"])[rows],
        "billed_on": billed,
        "due_on": due,
        "amount": np.round(amount),
    }
    version = Version(paid * DAY + _EVENING, happens, {"paid_on": paid, "paid_amount": np.round(amount)})
    frame = Frame("invoice", block.first_key("invoice"), billed * DAY, columns, (version,))
    return frame.known_at(timeline.now_moment)


def contracts(block: Block, market: Market, found: Openings, fates: Fates, won: Ints) -> Contracts:
    """The terms of all contracts that have been signed by now, renewals included."""
    draws, world = block.draws("contracts"), block.world
    won = won[draws.happens(world.subscribes, len(won))]
    base = market.customers
    size, old = len(won) + len(base), len(base)
    first = day_number(block.timeline.start)
    signed = np.concatenate([np.full(old, (first - 30) * DAY), block.timeline.moment(fates.closed[won])])
    began = first - 30 - draws.below(330, old)
    starts = _month_start(np.concatenate([began, block.timeline.day(fates.closed[won])]), 1)
    amount = np.concatenate([draws.amounts(world.price, old), fates.amount[1][won]])
    renews = draws.happens(world.renews, size)
    use = np.clip(0.35 + 0.6 * draws.chance(size).astype(np.float64), 0, 1)
    terms = Contracts(
        signed,
        np.concatenate([base, found.account[won]]),
        np.concatenate([draws.below(6, old), found.product[won]]),
        np.concatenate([np.full(old, NONE), found.partner[won]]),
        starts,
        _month_start(starts, _MONTHS) - 1,
        np.round(amount / _MONTHS, -3),
        renews,
        np.where(renews, use, use * 0.6),
        8 + (amount / 40_000).astype(np.int64),
    )
    return _with_renewals(block, terms)


def _with_renewals(block: Block, first: Contracts) -> Contracts:
    parts, here = [first], first
    draws = block.draws("renewals")
    while here.size:
        renewed = _business(block, here.ends - _RENEWED_BEFORE)
        rows = np.flatnonzero(here.renews & (renewed * DAY + _EVENING <= block.timeline.now_moment))
        here = Contracts(
            renewed[rows] * DAY + _EVENING,
            here.account[rows],
            here.product[rows],
            here.partner[rows],
            here.ends[rows] + 1,
            _month_start(here.ends[rows] + 1, _MONTHS) - 1,
            np.round(here.monthly[rows] * draws.around(0.06, len(rows)), -3),
            draws.happens(block.world.renews, len(rows)),
            here.adoption[rows],
            here.licensed[rows],
        )
        parts.append(here)
    names = Contracts.__slots__
    joined = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    order = np.argsort(joined["known"], kind="stable")
    return Contracts(**{name: values[order] for name, values in joined.items()})


def carers(block: Block, market: Market, found: Contracts) -> Ints:
    """Who looks after each contract, as places in the roster."""
    days = np.zeros(found.size, np.int64)
    return block.roster.pick(block.draws("carers"), "cs", market.unit[found.account], days)


def contract_frame(block: Block, found: Contracts, owners: Ints) -> Frame:
    columns: dict[str, Column] = {
        "account": block.keys("account", found.account),
        "owner": block.people(owners),
        "product": found.product + 1,
        "partner": np.where(found.partner == NONE, NONE, found.partner + 1),
        "starts_on": found.starts,
        "ends_on": found.ends,
        "monthly_amount": found.monthly,
    }
    renewed = _business(block, found.ends - _RENEWED_BEFORE)
    yes, no = np.ones(found.size, np.int64), np.zeros(found.size, np.int64)
    versions = (
        Version(renewed * DAY + _EVENING, found.renews, {"renewed": yes, "renewed_on": renewed}),
        Version(found.ends * DAY + _EVENING, ~found.renews, {"renewed": no, "churned_on": found.ends}),
    )
    frame = Frame("contract", block.first_key("contract"), found.known, columns, versions)
    return frame.known_at(block.timeline.now_moment)


def _business(block: Block, days: Ints) -> Ints:
    """The same day, or the next business day. Days before history begins are left as they are."""
    moved = block.timeline.day(block.timeline.place(days))
    return np.where(days < day_number(block.timeline.start), days, moved)


def _months(days: Ints, later: int) -> npt.NDArray[np.datetime64]:
    return days.astype("datetime64[D]").astype("datetime64[M]") + later


def _month_start(days: Ints, later: int) -> Ints:
    """The first day of the month so many months later."""
    return _months(days, later).astype("datetime64[D]").astype(np.int64)


def _month_end(days: Ints, later: int) -> Ints:
    return _month_start(days, later + 1) - 1
