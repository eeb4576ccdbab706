"""Writes the projection as a lake: the parts that changed since the last time, then the manifest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hakari.errors import NothingToPublishError
from hakari.storage.lake.layout import Layout, layouts
from hakari.storage.lake.manifest import DataFile, Manifest, Retired, TableFiles
from hakari.storage.lake.place import Place
from hakari.storage.lake.writing import PartWriter
from hakari.storage.projection import Projection
from hakari.storage.projection_tables import META_TABLE, quoted

_TOUCHED = "touched_keys"


class Changes(Protocol):
    """What the truth tells of its changes; `Feed` does."""

    def mark(self, change: int) -> str | None: ...

    def touched(self, table: str, since: int) -> list[int]: ...


@dataclass(frozen=True, slots=True)
class Published:
    """What a publishing did: `full` when every part was written, whatever changed."""

    full: bool
    change: int
    rows: int
    written: int
    kept: int
    removed: int
    bytes: int


class Publisher:
    """One publishing into one place. Who reads meanwhile finds the lake as it was."""

    def __init__(self, projection: Projection, place: Place, zone: str, changes: Changes | None) -> None:
        """Without `changes`, nothing is known of what happened since, and every part is compared."""
        self._projection, self._place, self._zone, self._changes = projection, place, zone, changes
        self._written: list[DataFile] = []
        self._change = 0

    def publish(self, now: datetime, keep: timedelta) -> Published:
        """`keep` is how long files that are listed no more stay for those who read the manifest before."""
        before = self._place.manifest_or_none()
        with _snapshot(self._projection) as (cursor, said):
            change = int(said["change"])
            self._change = change
            known = before if before is not None and self._follows(before, said["shape"]) else None
            if known is not None and known.change == change:
                removed = self._sweep(known, now, keep)
                return Published(False, change, known.rows, 0, len(known.paths), removed, 0)
            tables = {one.table: self._table(cursor, one, before, known) for one in layouts(cursor)}
        manifest = Manifest(said["shape"], self._zone, change, said["mark"], now, tables)
        manifest = _retire(before, manifest, now, keep)
        self._place.publish(manifest)
        removed = self._sweep(manifest, now, keep)
        size = sum(file.bytes for file in self._written)
        kept = len(manifest.paths) - len(self._written)
        return Published(known is None, change, manifest.rows, len(self._written), kept, removed, size)

    def _follows(self, before: Manifest, shape: str) -> bool:
        """Whether what changed since then can be told."""
        if before.shape != shape or before.zone != self._zone or self._changes is None:
            return False
        return before.mark == self._changes.mark(before.change)

    def _table(
        self,
        cursor: duckdb.DuckDBPyConnection,
        layout: Layout,
        before: Manifest | None,
        known: Manifest | None,
    ) -> TableFiles:
        """`before` lends files that turn out the same; only `known` tells which parts need no look."""
        listed = before.tables.get(layout.table) if before is not None else None
        old = listed.files if listed is not None else ()
        dirty = self._dirty(cursor, layout, old, known.change) if known is not None else None
        files = [] if dirty is None else [file for file in old if file.part not in dirty]
        writer = PartWriter(self._place, layout, self._change)
        for part in _parts(cursor, layout) if dirty is None else sorted(dirty):
            same = {file.digest: file for file in old if file.part == part}
            for file, is_new in writer.write(cursor, part, same):
                files.append(file)
                self._written += [file] if is_new else []
        return TableFiles(layout.columns, layout.parted_by, tuple(sorted(files, key=lambda one: one.path)))

    def _dirty(
        self, cursor: duckdb.DuckDBPyConnection, layout: Layout, old: tuple[DataFile, ...], since: int
    ) -> set[str]:
        """The parts in which touched rows stood, and those in which they stand now.

        Nobody notes which milestones a change moves: their parts are written anew, and kept where the
        bytes are the same.
        """
        if layout.table.endswith("__milestone"):
            return set(_parts(cursor, layout)) | {file.part for file in old}
        if self._changes is None:
            return {file.part for file in old}
        keys = np.array(self._changes.touched(layout.table.removesuffix("__past"), since), dtype=np.int64)
        if keys.size == 0:
            return set()
        cursor.register(_TOUCHED, pa.table({"key": pa.array(keys)}))
        found = cursor.execute(
            f"SELECT DISTINCT {layout.part_sql()} FROM main.{quoted(layout.table)}"
            f" WHERE {quoted('key')} IN (SELECT {quoted('key')} FROM {_TOUCHED})"
        ).fetchall()
        cursor.unregister(_TOUCHED)
        return {part for (part,) in found} | {file.part for file in old if self._holds(file, keys)}

    def _holds(self, file: DataFile, keys: np.ndarray[tuple[int], np.dtype[np.int64]]) -> bool:
        among = keys[(keys >= file.key_min) & (keys <= file.key_max)]
        if among.size == 0:
            return False
        with self._place.source(file.path) as source:
            held = pq.read_table(source, columns=["key"]).column("key").to_numpy()
        return bool(np.isin(held, among).any())

    def _sweep(self, manifest: Manifest, now: datetime, keep: timedelta) -> int:
        """Remove what no reader wants: files retired long ago, and what a broken publishing left."""
        wanted = manifest.paths | {one.path for one in manifest.retired if now - one.at < keep}
        gone = [
            path
            for path, written_at in self._place.data_files().items()
            if path not in wanted and (written_at is None or now - written_at >= keep)
        ]
        for path in gone:
            self._place.remove(path)
        return len(gone)


@contextmanager
def _snapshot(projection: Projection) -> Iterator[tuple[duckdb.DuckDBPyConnection, dict[str, str]]]:
    """The projection at one change, whatever is refreshed meanwhile, and what it says of itself."""
    with projection.cursor() as cursor:
        cursor.execute("BEGIN")
        try:
            try:
                said = dict(cursor.execute(f"SELECT name, value FROM main.{META_TABLE}").fetchall())
            except duckdb.CatalogException as error:
                raise NothingToPublishError(
                    "there are no records to publish", "import some first: hakari import FILE"
                ) from error
            yield cursor, said
        finally:
            cursor.execute("ROLLBACK")


def _parts(cursor: duckdb.DuckDBPyConnection, layout: Layout) -> list[str]:
    found = cursor.execute(f"SELECT DISTINCT {layout.part_sql()} FROM main.{quoted(layout.table)}").fetchall()
    return sorted(part for (part,) in found)


def _retire(before: Manifest | None, manifest: Manifest, now: datetime, keep: timedelta) -> Manifest:
    """Remember the files that were listed until now, and forget those retired long enough ago."""
    if before is None:
        return manifest
    paths = manifest.paths
    retired = [one for one in before.retired if now - one.at < keep and one.path not in paths]
    retired += [Retired(path, now) for path in sorted(before.paths - paths)]
    return Manifest(
        manifest.shape, manifest.zone, manifest.change, manifest.mark, now, manifest.tables, tuple(retired)
    )
