"""What a company answers about one person, and what two people write down for their 1on1."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from hakari.access import between, readers_of
from hakari.errors import NotAllowedError, ParameterNotUnderstoodError
from hakari.planning.company_side import CompanySide
from hakari.planning.people import Person, read_people
from hakari.planning.rep_view import RepView, person_named, person_of, rep_view
from hakari.planning.talks import (
    WRITTEN,
    Promise,
    Talk,
    checked_text,
    due_promises,
    new_promise,
    promise_of,
    settled,
    talk_of,
)
from hakari.storage.notes import Kind
from hakari.words import Language


class PeopleAnswers(CompanySide):
    """The side of a company that knows its people."""

    # The page of a person

    def rep(self, key: int, params: Mapping[str, str], lang: Language) -> RepView:
        """`key` is of the person's record: it stays, also when a name changes or an import is undone."""
        scope = self.asked(params, lang).scope
        with self._lock:
            return rep_view(self.desk(scope.as_of), scope, key, self.talk(key), self.freshness())

    def people(self) -> tuple[Person, ...]:
        """Everyone on our side whom the viewer may see, by name."""
        with self._lock:
            return tuple(read_people(self.desk(None)))

    def person_named(self, name: str) -> Person:
        return person_named(self.people(), name)

    # The 1on1

    def talk(self, person: int) -> Talk:
        kinds: tuple[Kind, ...] = (*WRITTEN, "promise")
        return talk_of(self.truth.notes.versions(kinds, readers_of(self.viewer), person=person))

    def promises_due(self, today: date) -> tuple[Promise, ...]:
        """Open promises due by `today` that the viewer may read, whoever they are about."""
        found = self.truth.notes.standing({"promise"}, readers_of(self.viewer))
        return due_promises([promise_of(one) for one in found if not one.erased], today)

    def write_note(self, person: int, kind: Kind, text: str) -> int:
        if kind not in WRITTEN:
            raise ParameterNotUnderstoodError(
                f"{kind!r} is nothing to write down", f"use one of {', '.join(WRITTEN)}"
            )
        return self._write(person, kind, {"text": checked_text(text, kind)})

    def promise(self, person: int, what: str, who: str = "", due: date | None = None) -> int:
        """`who` keeps it; where nobody is named, the person the 1on1 is with."""
        about = self._person(person)
        return self._write(person, "promise", new_promise(what, who or about.name, due, self._day()))

    def settle(self, entry: int, outcome: str, remark: str = "") -> None:
        """Says what came of a promise; it may be opened again, and every turn is kept."""
        self._is("promise", entry)
        self._change(entry, lambda body: settled(body, outcome, remark))

    def talked_about(self, entry: int) -> None:
        """Takes a topic off the list of what is to be talked about."""
        self._is("note", entry)
        self._change(entry, lambda body: {**body, "done": True})

    def erase(self, entry: int) -> None:
        """Takes the words out of every version; who did it and when stays."""
        notes, readers = self.truth.notes, readers_of(self.viewer)
        if notes.history(entry, readers)[-1].kind in ("meeting", "decision"):
            raise NotAllowedError(f"entry {entry} belongs to a meeting", "decisions are settled, not erased")
        notes.erase(entry, self.viewer.name, self.clock(), readers)

    def erase_person(self, person: int) -> int:
        """Erases all that was typed about a person, unread; only for who may see the whole company."""
        if self.viewer.owners is not None:
            raise NotAllowedError(
                f"{self.viewer.name} may not erase what others wrote",
                "ask someone who sees the whole company",
            )
        return self.truth.notes.erase_about(person, self.viewer.name, self.clock())

    def _write(self, person: int, kind: Kind, body: Mapping[str, object]) -> int:
        about = self._person(person)
        readers = between(self.viewer, *self._pair(about))
        return self.truth.notes.write(kind, body, self.viewer.name, self.clock(), readers, person=about.key)

    def _pair(self, about: Person) -> tuple[int, ...]:
        """Whom it is about; when they write it themselves, the one who leads them reads it too."""
        if self.viewer.person != about.key:
            return (about.key,)
        leads = [one.key for one in self.people() if about.manager and one.name == about.manager]
        return (about.key, *leads)

    def _person(self, key: int) -> Person:
        return person_of(self.people(), key)

    def _is(self, kind: str, entry: int) -> None:
        found = self.truth.notes.history(entry, readers_of(self.viewer))[-1].kind
        if (found == "promise") != (kind == "promise") or found in ("meeting", "decision"):
            raise ParameterNotUnderstoodError(f"entry {entry} is a {found}, not a {kind}", "see the page")

    def _change(self, entry: int, change: Callable[[Mapping[str, object]], Mapping[str, object]]) -> None:
        self.truth.notes.change(entry, change, self.viewer.name, self.clock(), readers_of(self.viewer))

    def _day(self) -> date:
        return self.calendar.local_date(self.clock())
