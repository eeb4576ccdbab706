"""The companies of a block and the people in them, a part of them on the target list."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hakari.canonical import TABLES
from hakari.sources.demo.block import Block
from hakari.sources.demo.columns import (
    DAY,
    NONE,
    SECOND,
    Column,
    Ints,
    Serial,
    Words,
    choice,
    day_number,
    ints,
)
from hakari.sources.demo.draws import Draws
from hakari.sources.demo.frame import Frame, Version
from hakari.sources.demo.names import (
    COMPANIES,
    COMPANY_INDUSTRY,
    DEPARTMENTS,
    INDUSTRIES,
    PEOPLE,
    SEGMENTS,
    SIZES,
    STRIDE,
    TITLE_LEVELS,
    TITLES,
)
from hakari.sources.demo.roster import UNITS
from hakari.sources.demo.timeline import BUSINESS_DAY

_LEVEL = TABLES["contact"].field("role_level")
# Of the key persons of one account: two executives, four managers, the rest staff.
LIST = "重点攻略120社"
_KEY_TITLES = (0, 1, 2, 2, 3, 4, 5, 6, 5, 6, 6)


@dataclass(frozen=True, slots=True)
class Market:
    """Targets come first. `first_contact` and `contacts` say where an account's people stand."""

    targets: int
    unit: Ints
    first_contact: Ints
    contacts: Ints
    key_persons: int
    by_unit: tuple[Ints, ...]
    customers: Ints  # accounts that were customers before history begins
    owner: Ints

    @property
    def size(self) -> int:
        return len(self.unit)

    def contact_account(self) -> Ints:
        return np.repeat(np.arange(self.size), self.contacts)

    def someone(self, draws: Draws, accounts: Ints) -> Ints:
        """A person at each of the accounts."""
        return self.first_contact[accounts] + draws.below(self.contacts[accounts], len(accounts))

    def company(self, draws: Draws, units: Ints) -> Ints:
        """An account of each of the units; the targets a little more often than others."""
        found = np.zeros(len(units), np.int64)
        for unit in range(1, UNITS + 1):
            here = np.flatnonzero(units == unit)
            own = self.by_unit[unit - 1]
            found[here] = own[(draws.chance(len(here)) ** 1.25 * len(own)).astype(np.int64)]
        return found


def market(block: Block) -> Market:
    world, draws = block.world, block.draws("market")
    size = max(2 * UNITS, round(world.accounts * block.volume))
    targets = min(size, max(UNITS, round(world.targets * block.volume)))
    unit = 1 + draws.chosen(world.unit_shares, size)
    unit[:targets] = np.arange(targets) % UNITS + 1
    unit[targets : targets + UNITS] = np.arange(1, UNITS + 1)[: size - targets]
    contacts = np.where(
        np.arange(size) < targets, world.key_persons + world.other_contacts, world.other_contacts
    )
    start = np.zeros(size, np.int64)
    customers = np.flatnonzero(draws.happens(world.customers_before / world.accounts, size))
    return Market(
        targets,
        unit,
        np.cumsum(contacts) - contacts,
        contacts,
        world.key_persons,
        tuple(np.flatnonzero(unit == each) for each in range(1, UNITS + 1)),
        customers if len(customers) else ints([targets]),
        block.roster.pick(draws, "fs", unit, start),
    )


def account_frame(block: Block, found: Market, customer_since: Ints) -> Frame:
    """`customer_since`: the day of each account's first order or contract, if it has one by now."""
    size, draws = found.size, block.draws("accounts")
    number = np.arange(size) + block.first_key("account") - 1
    name = number * STRIDE % len(COMPANIES)
    spread = np.where(np.arange(size) < found.targets, 0.5, 0.9)
    middle = np.where(np.arange(size) < found.targets, 3_200, 480)
    employees = (middle * np.exp((draws.chance(size) - 0.5) * 3.4 * spread)).astype(np.int64)
    band = np.where(employees >= 1_000, 0, np.where(employees >= 300, 1, 2))
    start = (day_number(block.timeline.start) - 30) * DAY
    columns: dict[str, Column] = {
        "name": _account_names(number, name),
        "corporate_number": Serial("7010001", 100_000 + number),
        "domain": Serial("c", number + 1, ".example"),
        "industry": Words(ints(COMPANY_INDUSTRY)[name], INDUSTRIES),
        "employees": employees,
        "annual_revenue": np.round(employees * 31e6 * draws.around(0.3, size), -6),
        "size": Words(band, SIZES),
        "segment": Words(np.where(np.arange(size) < found.targets, 0, np.maximum(band, 1)), SEGMENTS),
        "country": Words(np.zeros(size, np.int64), ("日本",)),
        "owner": block.people(found.owner),
        "became_customer_on": np.where(customer_since * DAY <= start, customer_since, NONE),
    }
    won = customer_since * DAY > start
    version = Version(
        customer_since * DAY + BUSINESS_DAY * SECOND, won, {"became_customer_on": customer_since}
    )
    return Frame("account", block.first_key("account"), np.full(size, start), columns, (version,))


def _account_names(number: Ints, name: Ints) -> Words:
    """Past the last of the invented names they begin again, numbered."""
    again = (number // len(COMPANIES)).tolist()
    words = [
        COMPANIES[place] if not times else f"{COMPANIES[place]} {times + 1}"
        for place, times in zip(name.tolist(), again, strict=True)
    ]
    return Words(np.arange(len(words)), words)


def contact_frame(block: Block, found: Market, first_seen: Ints) -> Frame:
    """`first_seen`: the moment each person first turned up as a lead or was called, if they did by now."""
    account = found.contact_account()
    size, draws = len(account), block.draws("contacts")
    number = np.arange(size) + block.first_key("contact") - 1
    place = np.arange(size) - found.first_contact[account]
    key_person = (account < found.targets) & (place < found.key_persons)
    titles = ints(_KEY_TITLES)[np.minimum(place, len(_KEY_TITLES) - 1)]
    title = np.where(key_person, titles, 3 + draws.below(4, size))
    start = (day_number(block.timeline.start) - 30) * DAY
    known = np.where(draws.happens(0.3, size) | (first_seen == NONE), start, first_seen)
    levels = ints([choice(_LEVEL, name) for name in ("executive", "manager", "staff")])
    created = np.where(first_seen == NONE, start, np.minimum(known, first_seen))
    carded = draws.happens(0.25, size) & (created > start)
    columns: dict[str, Column] = {
        "name": Words(number * 7 % len(PEOPLE), PEOPLE),
        "account": block.keys("account", account),
        "department": Words(draws.below(len(DEPARTMENTS), size), DEPARTMENTS),
        "title": Words(title, TITLES),
        "role_level": levels[ints(TITLE_LEVELS)[title]],
        "key_person": key_person.astype(np.int64),
        "email": Serial("p", number + 1, "@mail.example"),
        "phone": Serial("03-0000-", 1_000 + number),
        "owner": block.people(found.owner[account]),
        "card_received_on": np.where(carded, created // DAY, NONE),
        "created_at": created,
    }
    return Frame("contact", block.first_key("contact"), created, columns)


def list_frame(block: Block) -> Frame:
    """The first block's list holds for all."""
    start = day_number(block.timeline.start) - 30
    size = 1 if block.number == 0 else 0
    manager = block.people(ints(block.roster.members("manager", 1)[:1]))
    columns: dict[str, Column] = {
        "name": Words(np.zeros(size, np.int64), (LIST,)),
        "owner": manager[:size],
        "starts_on": np.full(size, start),
    }
    return Frame("target_list", 1, np.full(size, start * DAY), columns)


def member_frame(block: Block, found: Market) -> Frame:
    """Most targets were on the list before history; one in twelve joined a year ago."""
    timeline, targets = block.timeline, found.targets
    start = day_number(timeline.start) - 30
    later = day_number(timeline.quarters[max(0, len(timeline.quarters) - 5)].start)
    joined = np.where(np.arange(targets) % 12 == 11, later, start)
    bdr = block.roster.pick(block.draws("lists"), "bdr", found.unit[:targets], np.zeros(targets, np.int64))
    columns: dict[str, Column] = {
        "target_list": np.ones(targets, np.int64),
        "account": block.keys("account", np.arange(targets)),
        "owner": block.people(bdr),
        "from_on": joined,
    }
    return Frame("target_member", block.first_key("target_member"), joined * DAY, columns)
