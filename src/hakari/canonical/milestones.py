"""Facts about a row that only the rows pointing at it know: a lead's first call, an account's last visit.

Projections keep them beside their table, so a KPI can treat them as fields.
"""

from __future__ import annotations

from dataclasses import dataclass

from hakari.canonical.predicate import MILESTONE_FIELDS, Atom, Where
from hakari.canonical.schema import Field, Kind


@dataclass(frozen=True, slots=True)
class Milestone:
    """`name` of a `table` row = `how` over the `field` of the `source` rows whose `via` points at it.

    how: first, last (time or day), count (rows), distinct (values), sum, any (1 when a row exists), next
    (the `field` of the row that follows among those that agree in `among`: until when an observation stood).
    With `after`, the result is the whole seconds from that field of the table to the found moment; with
    `since`, only moments from that field of the table on are looked at.
    """

    table: str
    name: str
    source: str
    via: str
    how: str
    field: str = "key"
    where: Where = ()
    after: str | None = None
    since: str | None = None
    among: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        if self.after is not None or self.how in ("count", "distinct"):
            return Kind.INTEGER
        if self.how == "any":
            return Kind.FLAG
        if self.how == "sum":
            return Kind.MONEY
        return Kind.DATE if self.field.split("_")[-1] == "on" else Kind.INSTANT

    def as_field(self) -> Field:
        return Field(self.name, self.kind)


def _is(name: str, value: str) -> Atom:
    return Atom(tuple(name.split(".")), "=", value)


_OUTBOUND_CALL = (_is("kind", "call"), Atom(("direction",), "!=", "inbound"))
_PERSON_CALL = (_is("kind", "call"), _is("outcome", "person"))
_HELD = (_is("status", "held"),)
_WON = (_is("status", "won"),)
_VISIT = (Atom(("kind",), "in", ("visit", "web_meeting")),)
_EXECUTIVE = (_is("contact.role_level", "executive"), Atom(("outcome",), "!=", "no_answer"))

_OUTBOUND = (Atom(("direction",), "!=", "inbound"),)
_LISTED_NOW = (Atom(("to_on",), "is_null"),)
# What inside sales win by calling and writing; everything else came through marketing or partners.
_BY_MARKETING = (Atom(("tactic",), "not_in", ("call", "telemarketing", "letter", "inquiry_outreach")),)

MILESTONES: tuple[Milestone, ...] = (
    Milestone("lead", "first_touch_at", "activity", "lead", "first", "occurred_at"),
    Milestone("lead", "first_call_at", "activity", "lead", "first", "occurred_at", _OUTBOUND_CALL),
    Milestone(
        "lead",
        "first_call_seconds",
        "activity",
        "lead",
        "first",
        "occurred_at",
        _OUTBOUND_CALL,
        "received_at",
    ),
    Milestone("lead", "connected_at", "activity", "lead", "first", "occurred_at", _PERSON_CALL),
    Milestone("lead", "appointment_at", "appointment", "lead", "first", "set_at"),
    Milestone(
        "lead",
        "nurtured_appointment_at",
        "appointment",
        "lead",
        "first",
        "set_at",
        since="nurture_started_at",
    ),
    Milestone("lead", "meeting_on", "appointment", "lead", "first", "held_on", _HELD),
    Milestone("lead", "deal_at", "deal", "lead", "first", "created_at"),
    Milestone("lead", "won_on", "deal", "lead", "first", "closed_on", _WON),
    Milestone("deal", "contacts_met", "activity", "deal", "distinct", "contact"),
    Milestone("deal", "executive_met", "activity", "deal", "any", "key", _EXECUTIVE),
    Milestone("deal", "last_touch_at", "activity", "deal", "last", "occurred_at"),
    Milestone("deal", "stage_changes", "stage_change", "deal", "count"),
    Milestone("account", "last_visit_at", "activity", "account", "last", "occurred_at", _VISIT),
    Milestone("account", "last_touch_at", "activity", "account", "last", "occurred_at"),
    Milestone("account", "executive_met", "activity", "account", "any", "key", _EXECUTIVE),
    Milestone("account", "listed_on", "target_member", "account", "first", "from_on"),
    Milestone("account", "on_target_list", "target_member", "account", "any", "key", _LISTED_NOW),
    Milestone("account", "marketing_lead_at", "lead", "account", "first", "received_at", _BY_MARKETING),
    Milestone("account", "orders", "order", "account", "count"),
    Milestone("account", "first_order_on", "order", "account", "first", "ordered_on"),
    Milestone("account", "last_order_on", "order", "account", "last", "ordered_on"),
    Milestone("account", "lifetime_amount", "order", "account", "sum", "amount"),
    Milestone("order", "paid_amount", "invoice", "order", "sum", "paid_amount"),
    Milestone(
        "follower_count", "next_on", "follower_count", "key", "next", "on", among=("network", "profile")
    ),
    Milestone("contact", "first_touch_at", "activity", "contact", "first", "occurred_at", _OUTBOUND),
    Milestone("contact", "last_touch_at", "activity", "contact", "last", "occurred_at"),
    Milestone("person", "potential", "account", "owner", "sum", "potential"),
)
for _one in MILESTONES:
    MILESTONE_FIELDS.setdefault(_one.table, {})[_one.name] = _one.as_field()


def milestones_of(table: str) -> dict[str, Field]:
    """The milestones of a table as the fields they may be used as."""
    return dict(MILESTONE_FIELDS.get(table, {}))
