"""What people type, kept with every version: notes, topics, promises, meetings and decisions.

Nothing of it is counted. An entry is read only by those it was written for: every reading names its readers,
which `hakari.access` gives. An erased entry leaves who erased it and when, and no word of its text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from hakari.errors import NotAllowedError, UnknownEntryError
from hakari.storage.database import Database
from hakari.storage.schema.tables import ENTRY

Kind = Literal["unseen", "note", "topic", "promise", "meeting", "decision"]
Body = Mapping[str, Any]
# Given the body as it stands: the body as it shall be.
Change = Callable[[Body], Body]


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of one entry. `person` is the key of whom it is about, `meeting` the entry it belongs to.

    `written_by` and `written_at` are of the first version, `by` and `at` of this one. An erased one has an
    empty body.
    """

    id: int
    kind: Kind
    person: int | None
    meeting: int | None
    readers: frozenset[str]
    body: Body
    by: str
    at: datetime
    written_by: str
    written_at: datetime
    erased: bool


class Notebook:
    """`readers` are the names the asker reads under; what has other readers is not there for them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(
        self,
        kind: Kind,
        body: Body,
        by: str,
        at: datetime,
        readers: Collection[str],
        *,
        person: int | None = None,
        meeting: int | None = None,
    ) -> int:
        """A new entry for these readers; gives its number."""
        with self._database.writing() as connection:
            last = connection.execute(sa.select(sa.func.max(ENTRY.c.entry))).scalar_one()
            entry = int(last or 0) + 1
            values = {
                "entry": entry,
                "kind": kind,
                "person": person,
                "meeting": meeting,
                "readers": sorted(readers),
                "body": dict(body),
                "by": by,
                "at": at,
                "erased": False,
            }
            connection.execute(ENTRY.insert(), values)
            return entry

    def change(self, entry: int, change: Change, by: str, at: datetime, readers: Collection[str]) -> Entry:
        """A new version made from the one that stands; nobody else writes in between."""
        with self._database.writing() as connection:
            standing = _history(connection, entry, readers)[-1]
            if standing.erased:
                raise UnknownEntryError(f"entry {entry} was erased", "write it anew")
            connection.execute(ENTRY.insert(), _next(standing, change(standing.body), by, at, erased=False))
            return _history(connection, entry, readers)[-1]

    def erase(self, entry: int, by: str, at: datetime, readers: Collection[str]) -> None:
        """Takes the text out of every version; that it was erased, by whom and when, is a version too."""
        with self._database.writing() as connection:
            standing = _history(connection, entry, readers)[-1]
            if not standing.erased:
                _wipe(connection, ENTRY.c.entry == entry)
                connection.execute(ENTRY.insert(), _next(standing, None, by, at, erased=True))

    def erase_about(self, person: int, by: str, at: datetime) -> int:
        """Erases all entries about one person, unread; gives how many still had a text."""
        with self._database.writing() as connection:
            newest = {one.id: one for one in _read(connection, ENTRY.c.person == person)}
            standing = [one for one in newest.values() if not one.erased]
            _wipe(connection, ENTRY.c.person == person)
            for one in standing:
                connection.execute(ENTRY.insert(), _next(one, None, by, at, erased=True))
            return len(standing)

    def standing(
        self,
        kinds: Collection[Kind],
        readers: Collection[str],
        *,
        person: int | None = None,
        meeting: int | None = None,
        until: datetime | None = None,
    ) -> list[Entry]:
        """The newest version of each entry, oldest entries first; with `until`, as they stood then."""
        wanted: list[sa.ColumnElement[bool]] = [ENTRY.c.kind.in_(sorted(kinds))]
        if person is not None:
            wanted.append(ENTRY.c.person == person)
        if meeting is not None:
            wanted.append(ENTRY.c.meeting == meeting)
        if until is not None:
            wanted.append(ENTRY.c.at <= until)
        with self._database.reading() as connection:
            newest = {one.id: one for one in _read(connection, *wanted)}
        return [one for one in newest.values() if _may_read(one, readers)]

    def versions(
        self, kinds: Collection[Kind], readers: Collection[str], *, person: int
    ) -> dict[int, list[Entry]]:
        """Every version of the entries about one person, oldest first, by entry."""
        found: dict[int, list[Entry]] = {}
        with self._database.reading() as connection:
            for one in _read(connection, ENTRY.c.kind.in_(sorted(kinds)), ENTRY.c.person == person):
                if _may_read(one, readers):
                    found.setdefault(one.id, []).append(one)
        return found

    def history(self, entry: int, readers: Collection[str]) -> list[Entry]:
        """Every version, oldest first."""
        with self._database.reading() as connection:
            return _history(connection, entry, readers)


def _history(connection: sa.Connection, entry: int, readers: Collection[str]) -> list[Entry]:
    found = [one for one in _read(connection, ENTRY.c.entry == entry) if _may_read(one, readers)]
    if not found:
        # One that is not theirs is to the asker as one that was never written.
        raise UnknownEntryError(f"there is no entry {entry} you could read", "look it up in the list")
    return found


def _read(connection: sa.Connection, *wanted: sa.ColumnElement[bool]) -> list[Entry]:
    rows = connection.execute(sa.select(ENTRY).where(*wanted).order_by(ENTRY.c.entry, ENTRY.c.id)).all()
    firsts: dict[int, tuple[str, datetime]] = {}
    return [
        Entry(
            id=row.entry,
            kind=row.kind,
            person=row.person,
            meeting=row.meeting,
            readers=frozenset(row.readers),
            body=row.body or {},
            by=row.by,
            at=row.at,
            written_by=first[0],
            written_at=first[1],
            erased=row.erased,
        )
        for row in rows
        for first in [firsts.setdefault(row.entry, (row.by, row.at))]
    ]


def _may_read(entry: Entry, readers: Collection[str]) -> bool:
    return not entry.readers.isdisjoint(readers)


def _next(standing: Entry, body: Body | None, by: str, at: datetime, *, erased: bool) -> dict[str, Any]:
    if at < standing.at:
        raise NotAllowedError(
            f"entry {standing.id} was changed at {standing.at.isoformat()}, after {at.isoformat()}",
            "set this machine's clock right and try again",
        )
    return {
        "entry": standing.id,
        "kind": standing.kind,
        "person": standing.person,
        "meeting": standing.meeting,
        "readers": sorted(standing.readers),
        "body": None if body is None else dict(body),
        "by": by,
        "at": at,
        "erased": erased,
    }


def _wipe(connection: sa.Connection, which: sa.ColumnElement[bool]) -> None:
    connection.execute(sa.update(ENTRY).where(which).values(body=sa.null()))
