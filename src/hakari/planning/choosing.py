"""Which of contradictory definitions the company has chosen, who signed it, and from when it holds.

Every choice and signature is an event that is kept; what holds is told from all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from hakari.errors import ChoiceRefusedError
from hakari.metrics.conflicts import Conflict, department_named
from hakari.storage.truth import SettingVersion
from hakari.units.calendar import FiscalCalendar

PREFIX = "choice:"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed for a department, and when."""

    department: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """One figure proposed for a word. It is in force once every department it binds has signed."""

    measure: str
    reason: str
    proposed_at: datetime
    binds: tuple[str, ...]
    signatures: tuple[Signature, ...] = ()
    asked_from: date | None = None
    holds_from: date | None = None  # None while signatures are missing

    @property
    def missing(self) -> tuple[str, ...]:
        """The departments it binds that have not signed."""
        signed = {one.department for one in self.signatures}
        return tuple(one for one in self.binds if one not in signed)


@dataclass(frozen=True, slots=True)
class Standing:
    """All choices ever in force, oldest first, and the one that waits for signatures."""

    conflict: Conflict
    past: tuple[Choice, ...] = ()
    proposed: Choice | None = None

    def on(self, day: date) -> Choice | None:
        """The choice in force on a day."""
        held = [one for one in self.past if one.holds_from is not None and one.holds_from <= day]
        return held[-1] if held else None

    @property
    def newest(self) -> Choice | None:
        return self.past[-1] if self.past else None


def standing_of(conflict: Conflict, log: Sequence[SettingVersion], calendar: FiscalCalendar) -> Standing:
    """What all events together have come to."""
    state = Standing(conflict)
    for event in log:
        state = _after(state, event, calendar)
    return state


def _after(state: Standing, event: SettingVersion, calendar: FiscalCalendar) -> Standing:
    said = event.value
    if "withdraws" in said:
        return replace(state, proposed=_without(state.proposed, said["withdraws"]))
    given = tuple(Signature(name, by, event.at) for name, by in said["signatures"].items())
    begun = state.proposed
    if begun is None or begun.measure != said["measure"]:
        begun = Choice(said["measure"], "", event.at, tuple(said["binds"]))
    asked = date.fromisoformat(said["from"]) if said["from"] else begun.asked_from
    choice = replace(
        begun,
        reason=said["reason"] or begun.reason,
        signatures=(*begun.signatures, *given),
        asked_from=asked,
    )
    if choice.missing:
        return replace(state, proposed=choice)
    holds_from = asked or calendar.local_date(event.at)
    # A later choice that reaches further back takes the place of what it reaches over.
    kept = [one for one in state.past if one.holds_from is not None and one.holds_from < holds_from]
    return replace(state, past=(*kept, replace(choice, holds_from=holds_from)), proposed=None)


def _without(choice: Choice | None, department: str) -> Choice | None:
    if choice is None:
        return None
    left = tuple(one for one in choice.signatures if one.department != department)
    return replace(choice, signatures=left) if left else None


def choice_event(
    state: Standing, measure: str, reason: str, signatures: Mapping[str, str], holds_from: date | None
) -> dict[str, object]:
    """The event to keep, or a ChoiceRefusedError that names both sides of the contradiction."""
    conflict = state.conflict
    option = conflict.option(measure)
    named = _departments(signatures)
    for department, by in named.items():
        if department not in option.binds:
            raise ChoiceRefusedError(
                f"{conflict.id}: {department} ({by}) signs {measure}, which binds "
                f"{' and '.join(option.binds)} only",
                f"leave out --sign {department}=…, or choose a definition that binds {department}",
            )
    _refuse_contradiction(state, measure, named)
    newest = state.newest
    if newest is not None and newest.measure == measure and state.proposed is None:
        raise ChoiceRefusedError(
            f"{conflict.id}: {measure} has been in force since {newest.holds_from}",
            "nothing is to be signed; `hakari definitions conflicts` shows who signed it",
        )
    if not reason and (state.proposed is None or state.proposed.measure != measure):
        raise ChoiceRefusedError(f"{conflict.id}: why {measure}?", 'say it with --reason "…"; it is kept')
    return {
        "measure": measure,
        "reason": reason,
        "from": holds_from.isoformat() if holds_from else None,
        "signatures": named,
        "binds": list(option.binds),
    }


def _departments(signatures: Mapping[str, str]) -> dict[str, str]:
    named: dict[str, str] = {}
    for written, by in signatures.items():
        department = department_named(written)
        if not by.strip():
            raise ChoiceRefusedError(
                f"--sign {written}= names nobody", f"say who signs: --sign {department}=山田"
            )
        if department in named and named[department] != by:
            raise ChoiceRefusedError(
                f"{department} is signed for by {named[department]} and by {by}", "one person signs for it"
            )
        named[department] = by.strip()
    return named


def _refuse_contradiction(state: Standing, measure: str, named: Mapping[str, str]) -> None:
    """While a proposal waits, nobody signs another choice of the same conflict."""
    waiting = state.proposed
    if waiting is None or not waiting.signatures:
        return
    if waiting.measure == measure:
        for one in waiting.signatures:
            if one.department in named:
                raise ChoiceRefusedError(
                    f"{state.conflict.id}: {one.department} has signed {measure} already "
                    f"({one.by}, {one.at:%Y-%m-%d})",
                    f"still to sign: {', '.join(waiting.missing)}",
                )
        return
    signed = ", ".join(f"{one.department} ({one.by}, {one.at:%Y-%m-%d})" for one in waiting.signatures)
    now = ", ".join(f"{name} ({by})" for name, by in named.items()) or "nobody"
    first = waiting.signatures[0].department
    raise ChoiceRefusedError(
        f"{state.conflict.id}: contradictory signatures: {signed} signed {waiting.measure}, "
        f"{now} would sign {measure}",
        f"agree on one: sign {waiting.measure} too, or take the other back first with "
        f"`hakari definitions withdraw {state.conflict.id} {first}`",
    )


def withdrawal_event(state: Standing, department: str, reason: str) -> dict[str, object]:
    """Taking a signature back, as long as the choice is not in force."""
    name = department_named(department)
    waiting = state.proposed
    signed = waiting is not None and name in {one.department for one in waiting.signatures}
    if not signed:
        raise ChoiceRefusedError(
            f"{state.conflict.id}: {name} has signed nothing that still waits for others",
            "a choice in force is changed by choosing another one, signed by all it binds",
        )
    return {"withdraws": name, "reason": reason}
