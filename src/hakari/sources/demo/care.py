"""What happens under a contract: use, health, the customer's challenges, and our looking after them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hakari.canonical import TABLES
from hakari.sources.demo.activities import FIRST_MAIL, FIRST_MEETING, MAIL, VISIT, WEB, Acts, acts
from hakari.sources.demo.block import Block
from hakari.sources.demo.calls import PERSON
from hakari.sources.demo.columns import DAY, NONE, SECOND, Bools, Column, Ints, Words, choice, day_number
from hakari.sources.demo.customers import Contracts
from hakari.sources.demo.deals import Fates
from hakari.sources.demo.frame import Frame, Version
from hakari.sources.demo.market import Market
from hakari.sources.demo.names import ISSUES
from hakari.sources.demo.openings import Openings
from hakari.sources.demo.timeline import BUSINESS_DAY
from hakari.sources.demo.world import Lag

_SUBJECTIVE = TABLES["health"].field("subjective")
_TOUCHES_A_MONTH = 0.7
_ISSUES_A_MONTH = 0.10
_ADDRESSED, _SOLVED = Lag(4, 0.6), Lag(14, 0.6)
_SOLVES = 0.85
_ISSUE_OF_DEAL = 0.25
# Share of months in which nobody used it.
_IDLE, _IDLE_LEAVING = 0.02, 0.20
_HOUR = 3600 * SECOND


@dataclass(frozen=True, slots=True)
class ContractMonths:
    """One row per month in which a contract ran; only months that are over."""

    contract: Ints
    month: Ints
    active: Ints


def contract_months(block: Block, found: Contracts) -> ContractMonths:
    timeline, draws = block.timeline, block.draws("usage")
    edges = np.asarray([day_number(month.start) for month in timeline.months])
    over = int(np.searchsorted(edges, day_number(timeline.today), side="right")) - 1
    first = np.maximum(np.searchsorted(edges, found.starts), 0)
    last = np.minimum(np.searchsorted(edges, found.ends), over)
    count = np.maximum(last - first, 0)
    contract = np.repeat(np.arange(found.size), count)
    month = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + first[contract]
    # Who will leave uses it less and less.
    into = (month - first[contract]) / 12
    use = found.adoption[contract] * np.where(found.renews[contract], 1, 1 - 0.6 * into)
    use = np.clip(use * draws.around(0.10, len(contract)), 0, 1)
    idle = draws.happens(np.where(found.renews[contract], _IDLE, _IDLE_LEAVING), len(contract))
    use = np.where(idle, 0, use)
    order = np.argsort(month, kind="stable")
    active = np.round(found.licensed[contract] * use).astype(np.int64)
    return ContractMonths(contract[order], month[order], active[order])


def _ends(block: Block) -> Ints:
    """The last day of each month."""
    return np.asarray([day_number(month.last_day) for month in block.timeline.months])


def usage_frame(block: Block, found: Contracts, months: ContractMonths) -> Frame:
    on = _ends(block)[months.month]
    draws = block.draws("events")
    columns: dict[str, Column] = {
        "account": block.keys("account", found.account[months.contract]),
        "contract": block.keys("contract", months.contract),
        "on": on,
        "active_users": months.active,
        "licensed_users": found.licensed[months.contract],
        "events": draws.counts(months.active * 38.0),
    }
    return Frame("usage", block.first_key("usage"), on * DAY, columns)


def health_frame(block: Block, found: Contracts, months: ContractMonths, owners: Ints) -> Frame:
    """Each month's grade: by data, and by the rep's own feeling, which goes astray now and then."""
    draws, size = block.draws("health"), len(months.month)
    share = months.active / found.licensed[months.contract]
    feeling = share + 0.18 * (draws.chance(size).astype(np.float64) - 0.5)
    codes = np.asarray([choice(_SUBJECTIVE, one) for one in ("poor", "fair", "good")])
    at = block.timeline.moment(block.timeline.place(_ends(block)[months.month] + 1)) + _HOUR
    known = np.flatnonzero(at <= block.timeline.now_moment)
    columns: dict[str, Column] = {
        "account": block.keys("account", found.account[months.contract])[known],
        "owner": block.people(owners[months.contract][known]),
        "at": at[known],
        "data_score": np.round(share * 100)[known],
        "subjective": codes[np.digitize(feeling, (0.40, 0.62))][known],
    }
    return Frame("health", block.first_key("health"), at[known], columns)


def issue_frame(
    block: Block,
    market: Market,
    found: Contracts,
    months: ContractMonths,
    owners: Ints,
    deals: tuple[Openings, Fates],
) -> Frame:
    """Challenges of customers, solved more often than not, and of prospects, only found."""
    draws = block.draws("issues")
    start = block.timeline.place(_ends(block)[months.month] + 1) - 20 * BUSINESS_DAY
    picked = np.repeat(
        np.arange(len(months.month)), draws.counts(np.full(len(months.month), _ISSUES_A_MONTH))
    )
    account = found.account[months.contract[picked]]
    opened, fates = deals
    asked = np.flatnonzero(
        fates.qualified() & draws.happens(_ISSUE_OF_DEAL, opened.size) & (fates.met < block.timeline.now)
    )
    place = np.maximum(start[picked], 0) + draws.below(18 * BUSINESS_DAY, len(picked))
    place = np.concatenate([place, fates.met[asked]])
    order = np.argsort(place, kind="stable")
    order = order[place[order] < block.timeline.now]
    contact = np.concatenate([market.someone(draws, account), opened.contact[asked]])[order]
    owner = np.concatenate([owners[months.contract[picked]], opened.owner[asked]])[order]
    solvable = np.concatenate([draws.happens(_SOLVES, len(picked)), np.zeros(len(asked), np.bool_)])[order]
    return _issues(
        block, place[order], np.concatenate([account, opened.account[asked]])[order], contact, owner, solvable
    )


def _issues(block: Block, place: Ints, account: Ints, contact: Ints, owner: Ints, solvable: Bools) -> Frame:
    timeline, draws, size = block.timeline, block.draws("issue course"), len(place)
    at = timeline.moment(place)
    addressed = place + draws.seconds(_ADDRESSED, size)
    solved = addressed + draws.seconds(_SOLVED, size)
    columns: dict[str, Column] = {
        "account": block.keys("account", account),
        "contact": block.keys("contact", contact),
        "owner": block.people(owner),
        "title": Words(draws.below(len(ISSUES), size), ISSUES),
        "found_at": at,
    }
    versions = (
        Version(timeline.moment(addressed), solvable, {"addressed_at": timeline.moment(addressed)}),
        Version(timeline.moment(solved), solvable, {"solved_at": timeline.moment(solved)}),
    )
    frame = Frame("issue", block.first_key("issue"), at, columns, versions)
    return frame.known_at(timeline.now_moment)


def care_acts(block: Block, market: Market, found: Contracts, months: ContractMonths, hires: Ints) -> Acts:
    """Mails, meetings and visits to customers; `hires` is who looks after each contract."""
    draws = block.draws("care")
    picked = np.repeat(
        np.arange(len(months.month)), draws.counts(np.full(len(months.month), _TOUCHES_A_MONTH))
    )
    size = len(picked)
    first = np.asarray([block.timeline.index(month.start) for month in block.timeline.months])
    place = (first[months.month[picked]] + draws.below(17, size)) * BUSINESS_DAY + draws.below(
        BUSINESS_DAY, size
    )
    account = found.account[months.contract[picked]]
    kind = np.asarray([MAIL, WEB, VISIT])[draws.chosen((0.5, 0.3, 0.2), size)]
    return acts(
        place,
        hires[months.contract[picked]],
        account,
        market.someone(draws, account),
        kind=kind,
        outcome=np.where(kind == MAIL, NONE, PERSON),
        follow_up=np.ones(size, np.int64),
        subject=np.where(kind == MAIL, FIRST_MAIL, FIRST_MEETING + 4),
    )
