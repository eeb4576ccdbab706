"""Writes the rows of one source into one table: new, changed, unchanged, or known already for longer."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import sqlalchemy as sa

from hakari.storage.bulk import among, chunks, insert_rows
from hakari.storage.chains import rank, rechain
from hakari.storage.encoding import Encoder
from hakari.storage.names import Claim, adoptable, claim
from hakari.storage.rows import STUB_ORIGIN, Outcome, Row
from hakari.storage.schema.tables import CANONICAL, META
from hakari.storage.schema.types import micros, moment_of, whole

_COLUMNS = META[1:]  # a version's number is the database's to give
_UNTIL_RUN, _UNTIL_AT = _COLUMNS.index("until_run"), _COLUMNS.index("until_at")
_MOMENTS = tuple(_COLUMNS.index(name) for name in ("happened_at", "observed_at", "until_at"))


@dataclass(slots=True)
class _Tip:
    """The newest version of a record: in the database (`version`) or about to go there (`pending`)."""

    key: int
    digest: bytes = b""
    observed: int = 0
    run: int = 0
    version: int | None = None
    pending: list[Any] | None = None
    retracted: bool = False


class _Said(NamedTuple):
    """What some run had observed a record to be."""

    observed: int
    digest: bytes
    run: int


@dataclass(slots=True)
class _Batch:
    """What one batch will write."""

    tips: dict[str, _Tip]
    stubs: dict[str, int]
    pending: list[list[Any]] = field(default_factory=list)
    late: list[tuple[int, Row]] = field(default_factory=list)
    superseded: dict[int, list[int]] = field(default_factory=dict)  # when → versions
    joined: set[int] = field(default_factory=set)  # keys that had versions under another id
    claims: list[Claim] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    loaded: int = 0
    updated: int = 0
    unchanged: int = 0


class TableWriter:
    """One table of one import."""

    def __init__(
        self,
        connection: sa.Connection,
        table: str,
        origin: str,
        run: int,
        change: int,
        new_key: Callable[[str], int],
    ) -> None:
        self._connection, self._name, self._origin = connection, table, origin
        self._run, self._change, self._new_key = run, change, new_key
        self._table = CANONICAL[table]
        self._encoder = Encoder(table)
        self._is_sqlite = connection.dialect.name == "sqlite"
        self.mapping: int | None = None
        self.stands_on: Counter[int] = Counter()
        self.wrote = False

    def write(self, rows: Sequence[Row], *, fresh: bool) -> Outcome:
        """`fresh` rows are of records that the table cannot hold yet."""
        loaded = updated = unchanged = 0
        keys: list[int] = []
        # Versions of a fresh record are only in this call, so they must not be parted.
        for some in [rows] if fresh else chunks(rows):
            batch = self._batch(some, {} if fresh else self._tips(some))
            loaded, updated = loaded + batch.loaded, updated + batch.updated
            unchanged += batch.unchanged
            keys += batch.keys
        return Outcome(loaded, updated, unchanged, keys)

    def write_stubs(self, rows: Mapping[int, Row], again: Collection[int]) -> None:
        """Key → stub; `again` are the keys that had versions before."""
        pending = []
        for key, row in rows.items():
            stored = self._encoder.stored(row.values)
            digest = self._encoder.digest(stored, row)
            pending.append(self._version(key, row, stored, digest, micros(row.observed_at)))
        self._insert(pending)
        if again:
            self._rechain(again)

    def _batch(self, rows: Sequence[Row], tips: dict[str, _Tip]) -> _Batch:
        batch = _Batch(tips, self._stubs_for(rows, tips))
        for row in rows:
            batch.keys.append(self._take(row, batch))
        self._insert(batch.pending)
        self._close(batch.superseded)
        if batch.joined:
            self._rechain(batch.joined)
        if batch.late:
            self._write_late(batch)
        claim(self._connection, self._name, batch.claims, self._run, stub=False)
        return batch

    def _take(self, row: Row, batch: _Batch) -> int:
        """Decide what one row is, and note what has to be written for it."""
        stored = self._encoder.stored(row.values)
        digest = self._encoder.digest(stored, row)
        observed = micros(row.observed_at)
        tip = batch.tips.get(row.source_id)
        if tip is None or tip.retracted:
            key = self._key_for(row, tip, batch)
            batch.loaded += 1
        else:
            key = tip.key
            known_later = observed < tip.observed
            # A file that says two things of one record says them again when it is read again.
            said_at_once = observed == tip.observed and digest != tip.digest and tip.pending is None
            if known_later or said_at_once:
                batch.late.append((key, row))
                return key
            if digest == tip.digest:
                batch.unchanged += 1
                self._stand_on(tip.run)
                return key
            self._supersede(tip, observed, batch)
            batch.updated += 1
        pending = self._version(key, row, stored, digest, observed)
        batch.pending.append(pending)
        batch.tips[row.source_id] = _Tip(key, digest, observed, self._run, None, pending)
        if row.known_as:
            batch.claims.extend((name, key) for name in row.known_as)
        return key

    def _stand_on(self, run: int) -> None:
        if run != self._run:
            self.stands_on[run] += 1

    def _supersede(self, tip: _Tip, observed: int, batch: _Batch) -> None:
        if tip.pending is not None:
            tip.pending[_UNTIL_RUN], tip.pending[_UNTIL_AT] = self._run, observed
        elif tip.version is not None:
            batch.superseded.setdefault(observed, []).append(tip.version)

    def _key_for(self, row: Row, tip: _Tip | None, batch: _Batch) -> int:
        """The key of a record without a version: its own from before an undo, a stub's, or a new one."""
        if tip is not None:
            batch.joined.add(tip.key)
            return tip.key
        for name in row.known_as:
            key = batch.stubs.pop(name, None)
            if key is not None:
                batch.joined.add(key)
                return key
        return self._new_key(self._name)

    def _version(self, key: int, row: Row, stored: list[Any], digest: bytes, observed: int) -> list[Any]:
        return [
            key,
            self._change,
            self._run,
            None,
            self._origin,
            row.source_id,
            self._encoder.happened_at(stored, row, observed),
            observed,
            None,
            row.deleted,
            False,
            self.mapping,
            digest,
            *stored,
        ]

    def _insert(self, pending: list[list[Any]]) -> None:
        if not pending:
            return
        self.wrote = True
        if not self._is_sqlite:
            for version in pending:
                for place in _MOMENTS:
                    if version[place] is not None:
                        version[place] = moment_of(version[place])
                version[len(_COLUMNS) :] = self._encoder.for_postgres(version[len(_COLUMNS) :])
        insert_rows(self._connection, self._table, pending)

    def _close(self, superseded: dict[int, list[int]]) -> None:
        """A file is observed at one moment, so this is nearly always one statement."""
        for observed, versions in superseded.items():
            self._connection.execute(
                sa.update(self._table)
                .where(among(self._connection, self._table.c.version, versions))
                .values(until_at=moment_of(observed), until_run=self._run, change=self._change)
            )

    def _rechain(self, keys: Collection[int]) -> None:
        for some in chunks(sorted(keys)):
            where = among(self._connection, self._table.c.key, some)
            rechain(self._connection, self._table, where, self._change)

    def _tips(self, rows: Sequence[Row]) -> dict[str, _Tip]:
        """The newest version of each record, or a retracted one where nothing else is left of it."""
        columns = self._table.c
        found: dict[str, _Tip] = {}
        result = self._connection.execute(
            sa.select(
                columns.source_id,
                columns.key,
                columns.version,
                columns.digest,
                whole(self._connection, columns.observed_at),
                columns.run,
                columns.retracted,
            ).where(
                columns.origin == self._origin,
                among(self._connection, columns.source_id, [row.source_id for row in rows]),
                columns.until_at.is_(None),
            )
        )
        for source_id, key, version, digest, observed, run, retracted in result:
            if not retracted or source_id not in found:
                found[source_id] = _Tip(key, bytes(digest), observed, run, version, retracted=retracted)
        self._forget_taken_keys(found)
        return found

    def _forget_taken_keys(self, tips: dict[str, _Tip]) -> None:
        """A key left behind by an undo may meanwhile belong to another record that adopted the stub."""
        columns = self._table.c
        left = {tip.key: source_id for source_id, tip in tips.items() if tip.retracted}
        for some in chunks(list(left)):
            taken = self._connection.scalars(
                sa.select(columns.key).where(
                    among(self._connection, columns.key, some),
                    sa.not_(columns.retracted),
                    columns.origin != STUB_ORIGIN,
                )
            )
            for key in set(taken):
                del tips[left[key]]

    def _stubs_for(self, rows: Sequence[Row], tips: dict[str, _Tip]) -> dict[str, int]:
        names = [name for row in rows if row.known_as and row.source_id not in tips for name in row.known_as]
        return adoptable(self._connection, self._name, names) if names else {}

    def _write_late(self, batch: _Batch) -> None:
        """Put rows that were observed before what we hold, or with it, into their place."""
        lines = self._lines(sorted({key for key, _ in batch.late}))
        pending: list[list[Any]] = []
        for key, row in batch.late:
            stored = self._encoder.stored(row.values)
            digest = self._encoder.digest(stored, row)
            observed = micros(row.observed_at)
            line = lines[key]
            place = bisect_right(line, observed, key=lambda version: version.observed)
            known = _known(line, place, observed, digest)
            if known is not None:
                batch.unchanged += 1
                self._stand_on(known.run)
                continue
            line.insert(place, _Said(observed, digest, self._run))
            pending.append(self._version(key, row, stored, digest, observed))
            batch.claims.extend((name, key) for name in row.known_as)
            batch.updated += 1
        self._insert(pending)
        self._rechain({version[0] for version in pending})

    def _lines(self, keys: Sequence[int]) -> dict[int, list[_Said]]:
        """Key → its full versions, in order."""
        columns = self._table.c
        lines: dict[int, list[_Said]] = {key: [] for key in keys}
        for some in chunks(keys):
            result = self._connection.execute(
                sa.select(
                    columns.key, whole(self._connection, columns.observed_at), columns.digest, columns.run
                )
                .where(
                    among(self._connection, columns.key, some),
                    sa.not_(columns.retracted),
                    columns.origin != STUB_ORIGIN,
                )
                .order_by(columns.key, *rank(self._table))
            )
            for key, observed, digest, run in result:
                lines[key].append(_Said(observed, bytes(digest), run))
        return lines


def _known(line: list[_Said], place: int, observed: int, digest: bytes) -> _Said | None:
    """The version that says so already: one of the same moment, or the one that held until then."""
    for said in reversed(line[:place]):
        if said.digest == digest:
            return said
        if said.observed != observed:
            return None
    return None
