"""What two people write down for their 1on1: what the figures do not show, topics, promises, notes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from hakari.errors import ParameterNotUnderstoodError
from hakari.storage.notes import Body, Entry, Kind

Outcome = Literal["open", "kept", "not_kept"]
OUTCOMES: tuple[Outcome, ...] = ("open", "kept", "not_kept")
WRITTEN: tuple[Kind, ...] = ("unseen", "note", "topic")
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Note:
    """A text with who wrote it and when; `changed` is None where it stands as first written.

    Of an erased one the text is empty and `by`, `changed` tell who erased it and when. A topic is `done`
    once it was talked about.
    """

    id: int
    kind: Kind
    text: str
    by: str
    at: datetime
    changed: datetime | None
    erased: bool
    done: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """What was said at one time to have come of a promise."""

    outcome: Outcome
    remark: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Promise:
    """Who will have done what until which day, and what came of it. `settled_at` is None while open.

    `turns` tell how that was said in the course of time, the latest last; there are none before the first.
    """

    id: int
    what: str
    who: str
    due: date | None
    outcome: Outcome
    remark: str
    by: str
    at: datetime
    settled_at: datetime | None
    erased: bool
    turns: tuple[Turn, ...] = ()

    def is_overdue(self, today: date) -> bool:
        return self.outcome == "open" and self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class Talk:
    """The newest first; open promises before settled ones, the earliest due first."""

    unseen: tuple[Note, ...] = ()
    topics: tuple[Note, ...] = ()
    promises: tuple[Promise, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def open_promises(self) -> tuple[Promise, ...]:
        return tuple(one for one in self.promises if one.outcome == "open" and not one.erased)


def talk_of(versions: Mapping[int, Sequence[Entry]]) -> Talk:
    """Of every version of each entry, the oldest first."""
    entries = [each[-1] for each in versions.values()]
    notes = sorted(
        (note_of(one) for one in entries if one.kind in WRITTEN), key=lambda one: one.at, reverse=True
    )
    promises = sorted(
        (promise_of(each[-1], each) for each in versions.values() if each[-1].kind == "promise"),
        key=lambda one: (one.outcome != "open", one.due or date.max, one.id),
    )
    return Talk(
        tuple(one for one in notes if one.kind == "unseen"),
        tuple(one for one in notes if one.kind == "topic"),
        tuple(promises),
        tuple(one for one in notes if one.kind == "note"),
    )


def note_of(entry: Entry) -> Note:
    changed = None if entry.at == entry.written_at else entry.at
    by = entry.by if entry.erased else entry.written_by
    text, done = str(entry.body.get("text", "")), bool(entry.body.get("done"))
    return Note(entry.id, entry.kind, text, by, entry.written_at, changed, entry.erased, done)


def promise_of(entry: Entry, versions: Sequence[Entry] = ()) -> Promise:
    body = entry.body
    outcome = outcome_of(str(body.get("outcome", "open")))
    return Promise(
        id=entry.id,
        what=str(body.get("what", "")),
        who=str(body.get("who", "")),
        due=day_of(body.get("due")),
        outcome=outcome,
        remark=str(body.get("remark", "")),
        by=entry.by if entry.erased else entry.written_by,
        at=entry.written_at,
        settled_at=entry.at if outcome != "open" else None,
        erased=entry.erased,
        turns=() if entry.erased else tuple(_turn(one) for one in versions[1:]),
    )


def _turn(one: Entry) -> Turn:
    outcome = outcome_of(str(one.body.get("outcome", "open")))
    return Turn(outcome, str(one.body.get("remark", "")), one.by, one.at)


def outcome_of(text: str) -> Outcome:
    for known in OUTCOMES:
        if known == text:
            return known
    raise ParameterNotUnderstoodError(
        f"{text!r} is no outcome of a promise", f"use one of {', '.join(OUTCOMES)}"
    )


def day_of(text: object) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) and text else None


def checked_text(text: str, what: str) -> str:
    """The text without its edges; refused when nothing is left or it is too long to be read again."""
    plain = text.strip()
    if not plain:
        raise ParameterNotUnderstoodError(f"the {what} has no text", "write at least one word")
    if len(plain) > LONGEST:
        raise ParameterNotUnderstoodError(
            f"the {what} has {len(plain):,} characters", f"keep it to {LONGEST:,}, or write two"
        )
    return plain


def new_promise(what: str, who: str, due: date | None, today: date) -> Body:
    """A promise whose day has gone by before it is made is a slip of the pen."""
    if due is not None and due < today:
        raise ParameterNotUnderstoodError(
            f"the promise is due on {due}, before today", f"choose {today} or later"
        )
    day = None if due is None else due.isoformat()
    return {"what": checked_text(what, "promise"), "who": who.strip(), "due": day, "outcome": "open"}


def settled(body: Body, outcome: str, remark: str = "") -> Mapping[str, Any]:
    return {**body, "outcome": outcome_of(outcome), "remark": remark.strip()[:LONGEST]}


def due_promises(promises: Collection[Promise], today: date) -> tuple[Promise, ...]:
    """Open ones due today or earlier, for the list of the day."""
    found = [one for one in promises if one.outcome == "open" and one.due is not None and one.due <= today]
    return tuple(sorted(found, key=lambda one: (one.due or today, one.id)))
