"""The steps from an approach to an order's amount, and which step a KPI counts or leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hakari.metrics.definitions import Measure

# In the order of a sale. Longer words stand before the words they contain: 有効商談 is no 商談.
STEPS = (
    "approach", "connect", "lead", "appointment", "meeting", "opportunity", "qualified", "proposal", "order",
    "amount",
)  # fmt: skip
_WORDS: tuple[tuple[str, str], ...] = (
    ("amount", r"金額|受注額|売上|粗利|revenue|amount|sales value"),
    ("qualified", r"有効商談|有効な商談|qualified (meeting|opportunit)|valid opportunit|\bsql\b"),
    ("proposal", r"提案|proposal|quote"),
    (
        "order",
        r"受注|成約|新規顧客|新規契約|契約数|契約件数|new customer|orders?\b|deals? won|\bwins?\b|\bwon\b",
    ),
    ("appointment", r"アポ|appointment"),
    ("connect", r"コネクト|接続|対話|つながった|connect|reached"),
    ("meeting", r"商談|meeting"),
    ("opportunity", r"案件|opportunit|\bdeals?\b"),
    ("lead", r"リード|opt-?in|名刺|見込み客|\bleads?\b"),
    (
        "approach",
        r"アプローチ|架電|コール|発信|フォロー|訪問|dm|メール配信|approach|\bcalls?\b|dials?|touch|follow-?up|visit",
    ),
)
_NAMED = tuple((step, re.compile(words, re.IGNORECASE)) for step, words in _WORDS)
# The catalogue's populations, as far as they are one step of a sale.
_POPULATIONS: dict[str, str] = {
    "calls": "approach",
    "calls_without_lead": "approach",
    "calls_to_leads": "approach",
    "lead_follow_ups": "approach",
    "bdr_touches": "approach",
    "bdr_calls": "approach",
    "visits": "approach",
    "walk_in_visits": "approach",
    "connects": "connect",
    "bdr_connects": "connect",
    "bdr_person_calls": "connect",
    "leads": "lead",
    "usable_leads": "lead",
    "appointments": "appointment",
    "phone_appointments": "appointment",
    "leads_with_appointment": "appointment",
    "meetings": "meeting",
    "bdr_meetings": "meeting",
    "appointments_held": "meeting",
    "deals": "opportunity",
    "qualified_deals": "qualified",
    "qualified_meetings": "qualified",
    "proposed_deals": "proposal",
    "won_deals": "order",
    "won_deals_of_new_customers": "order",
    "won_qualified_deals": "order",
    "won_proposed_deals": "order",
    "inside_sales_won_deals": "order",
}
PHASES: dict[str, tuple[str, ...]] = {
    "acquire": ("approach", "connect", "lead"),
    "nurture_qualify": ("appointment", "meeting", "opportunity", "qualified"),
    "win": ("proposal", "order", "amount"),
}


def step_of_words(words: str) -> str:
    """The step a name or a part of a formula counts; "" where it names none."""
    return next((step for step, pattern in _NAMED if pattern.search(words)), "")


def steps_of_measure(one: Measure) -> tuple[str, str]:
    """(from, to): of a volume both are what it counts; "" where a population is no step of a sale."""
    steps = [_POPULATIONS.get(part.population.name, "") for part in one.parts()]
    if not steps:
        return "", ""
    if one.unit == "jpy" and one.of is not None and steps[0] == "order":
        return ("order", "amount") if one.kind == "mean" else ("amount", "amount")
    return (steps[1], steps[0]) if len(steps) > 1 else (steps[0], steps[0])


def phase_of_step(step: str) -> str:
    return next((phase for phase, steps in PHASES.items() if step in steps), "")


def earlier(steps: Iterable[str]) -> list[str]:
    """The steps in the order of a sale."""
    return sorted(set(steps), key=STEPS.index)
