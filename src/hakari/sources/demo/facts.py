"""Says more about the records of the story: scores, conversations, capture, onboarding, ramp, potential.

Each fact is drawn under a topic of its own, after the records are made, so that it changes none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from hakari.sources.demo.block import Block, Company
from hakari.sources.demo.fact_truth import FACTS, Facts
from hakari.sources.demo.facts_of_customers import contract_facts, order_facts
from hakari.sources.demo.facts_of_leads import lead_facts
from hakari.sources.demo.facts_of_people import account_facts, entry_facts, person_facts
from hakari.sources.demo.facts_of_work import activity_facts
from hakari.sources.demo.frame import Frame

_OF_BLOCK: Mapping[str, Callable[[Block, Frame, Facts], Frame]] = {
    "account": account_facts,
    "activity": activity_facts,
    "contract": contract_facts,
    "lead": lead_facts,
    "order": order_facts,
    "target_member": entry_facts,
}


def told_more(block: Block, frames: Iterable[Frame]) -> Iterator[Frame]:
    """A block's records with all that is known of them."""
    for frame in frames:
        more = _OF_BLOCK.get(frame.table)
        yield frame if more is None else more(block, frame, FACTS)


def shared_more(company: Company, frames: Iterable[Frame]) -> Iterator[Frame]:
    """The same for what all blocks share."""
    for frame in frames:
        yield person_facts(company, frame, FACTS) if frame.table == "person" else frame
