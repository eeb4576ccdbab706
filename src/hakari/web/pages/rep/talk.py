"""The 1on1 on a person's page: what was typed, and the forms that add to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from hakari.access import EVERYONE
from hakari.errors import HakariError
from hakari.planning.talks import Note, Promise, Talk, Turn
from hakari.storage.notes import Kind
from hakari.web.figures import Figures
from hakari.web.forms import Form
from hakari.web.site import Site
from hakari.words import Language, say

WRITTEN: Mapping[str, Kind] = {"unseen": "unseen", "topic": "topic", "note": "note"}
_WITH_ENTRY = ("kept", "not_kept", "open", "done", "erase")


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came back: which part it was about, what was typed and what is wrong."""

    part: str
    typed: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""


@dataclass(frozen=True, slots=True)
class NoteLine:
    id: int
    text: str
    small: str
    erased: bool
    done: bool


@dataclass(frozen=True, slots=True)
class PromiseLine:
    id: int
    what: str
    small: str
    state: str  # open, overdue, kept, not_kept or erased
    state_words: str
    turns: tuple[str, ...] = ()  # what was said of it before


@dataclass(frozen=True, slots=True)
class TalkBlock:
    unseen: tuple[NoteLine, ...]
    topics: tuple[NoteLine, ...]
    promises: tuple[PromiseLine, ...]
    notes: tuple[NoteLine, ...]
    today: str
    sent: Sent


def talk_block(talk: Talk, today: date, zone: str, figures: Figures, sent: Sent) -> TalkBlock:
    def lines(notes: tuple[Note, ...]) -> tuple[NoteLine, ...]:
        return tuple(_note(one, zone, figures) for one in notes)

    promises = tuple(_promise(one, today, zone, figures) for one in talk.promises)
    return TalkBlock(
        lines(talk.unseen), lines(talk.topics), promises, lines(talk.notes), today.isoformat(), sent
    )


def _note(one: Note, zone: str, figures: Figures) -> NoteLine:
    day = figures.day(one.at.astimezone(ZoneInfo(zone)).date())
    changed = None if one.changed is None else figures.day(one.changed.astimezone(ZoneInfo(zone)).date())
    if one.erased:
        return NoteLine(
            one.id,
            "",
            say("talk_erased", figures.lang, day=changed, by=_who(one.by, figures.lang)),
            True,
            done=False,
        )
    parts = [day, _who(one.by, figures.lang)]
    if changed is not None:
        parts.append(say("talk_done" if one.done else "talk_changed", figures.lang, day=changed))
    return NoteLine(one.id, one.text, " · ".join(parts), False, one.done)


def _promise(one: Promise, today: date, zone: str, figures: Figures) -> PromiseLine:
    lang = figures.lang
    made = figures.day(one.at.astimezone(ZoneInfo(zone)).date())
    if one.erased:
        return PromiseLine(
            one.id, "", say("talk_erased", lang, day=made, by=_who(one.by, lang)), "erased", ""
        )
    state = "overdue" if one.is_overdue(today) else one.outcome
    parts = [one.who, f"{say('talk_due', lang)} {figures.day(one.due)}" if one.due else "", made, one.remark]
    words = say(f"talk_{state}", lang)
    if one.settled_at is not None:
        settled = figures.day(one.settled_at.astimezone(ZoneInfo(zone)).date())
        words = say("talk_settled_on", lang, day=settled, outcome=words)
    small = " · ".join(part for part in parts if part)
    turns = tuple(_turn_words(turn, zone, figures) for turn in one.turns)
    return PromiseLine(one.id, one.what, small, state, words, turns if len(turns) > 1 else ())


def _turn_words(turn: Turn, zone: str, figures: Figures) -> str:
    day = figures.day(turn.at.astimezone(ZoneInfo(zone)).date())
    parts = (day, say(f"talk_{turn.outcome}", figures.lang), _who(turn.by, figures.lang), turn.remark)
    return " · ".join(part for part in parts if part)


def _erased(day: str, by: str, figures: Figures) -> str:
    return say("talk_erased", figures.lang, day=day, by=_who(by, figures.lang))


def _who(name: str, lang: Language) -> str:
    """Without a login, whoever sits before Hakari is its owner."""
    return say("talk_owner", lang) if name == EVERYONE.name else name


def sending(site: Site, person: int, form: Form, lang: Language) -> Sent:
    """Does what the form asks; the answer has a fault where it could not, and keeps what was typed."""
    what = form["do"]
    part = form["part"] or what
    fault = _fault(form, what, lang)
    if fault:
        return Sent(part, form.fields, fault)
    try:
        _act(site, person, form, what)
    except HakariError as error:
        return Sent(part, form.fields, f"{error.what} → {error.way_out}")
    return Sent(part)


def _fault(form: Form, what: str, lang: Language) -> str:
    """What can be seen to be wrong before anything is asked, in the reader's words."""
    if not form.is_fresh:
        return say("talk_form_expired", lang)
    if (what in WRITTEN and not form["text"].strip()) or (what == "promise" and not form["what"].strip()):
        return say("talk_needs_text", lang)
    if form["due"] and _day(form["due"]) is None:
        return say("day_not_understood", lang)
    return ""


def _act(site: Site, person: int, form: Form, what: str) -> None:
    company = site.company
    if what in WRITTEN:
        company.write_note(person, WRITTEN[what], form["text"])
    elif what == "promise":
        company.promise(person, form["what"], form["who"], _day(form["due"]))
    elif what in _WITH_ENTRY and form["entry"].isdecimal():
        _turn(site, int(form["entry"]), what, form["remark"])


def _turn(site: Site, entry: int, what: str, remark: str) -> None:
    if what == "done":
        site.company.talked_about(entry)
    elif what == "erase":
        site.company.erase(entry)
    else:
        site.company.settle(entry, what, remark)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
