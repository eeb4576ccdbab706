"""A lake as the engine sees it: the same tables, asked through Spark."""

from __future__ import annotations

from collections import OrderedDict
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import sqlglot
import sqlglot.expressions as exp

from hakari.canonical import TABLES
from hakari.storage.conditions import column, table_source
from hakari.storage.filled import ROWS, filled_of, filled_select
from hakari.storage.lake.manifest import Manifest
from hakari.storage.lake.place import Place
from hakari.storage.names import display_fields
from hakari.storage.schema.types import micros
from hakari.storage.spark.dialect import SparkText
from hakari.storage.spark.views import Views

_ANSWERS_KEPT = 512
_ROWS_KEPT = 20_000


class SparkStore:
    """Stands at one manifest until `refresh`; answers are kept, since files are never changed."""

    def __init__(self, place: Place, session: Any) -> None:
        self._place, self._session = place, session
        self._answers: OrderedDict[str, pa.Table] = OrderedDict()
        self._stand_at(place.manifest())

    @property
    def change(self) -> int:
        """The change number of the records the lake holds."""
        return self._manifest.change

    @property
    def manifest(self) -> Manifest:
        return self._manifest

    def refresh(self) -> bool:
        """Go on to what was published since; True when there was anything."""
        found = self._place.manifest()
        if found == self._manifest:
            return False
        self._stand_at(found)
        return True

    def at(self, as_of: datetime | None) -> str:
        """The schema to query for what was known at a moment; `main` for now."""
        if as_of is None:
            return "main"
        schema = f"at_{micros(as_of)}_{self.change}"
        self._views.moments[schema] = as_of.astimezone(UTC).replace(tzinfo=None)
        return schema

    def text(self, select: exp.Select) -> str:
        """A select as Spark is asked it, for people."""
        return self._text.of(select, pretty=True)

    def rows(self, select: exp.Select) -> list[tuple[Any, ...]]:
        table = self.arrow(select)
        return list(zip(*(one.to_pylist() for one in table.columns), strict=True))

    def arrow(self, select: exp.Select) -> pa.Table:
        said = self._text.of(select)
        if said in self._answers:
            self._answers.move_to_end(said)
            return self._answers[said]
        for schema, table in self._text.tables_of(select):
            self._views.see(schema, table)
        found: pa.Table = self._session.sql(said).toArrow()
        if found.num_rows <= _ROWS_KEPT:
            self._answers[said] = found
            while len(self._answers) > _ANSWERS_KEPT:
                self._answers.popitem(last=False)
        return found

    def filled(self, table: str, schema: str = "main") -> frozenset[str]:
        """The fields any row knows; of the present the manifest says so, and no row has to be read."""
        if schema != "main":
            return filled_of(table, self.rows(filled_select(table, schema))[0])
        files = self._manifest.tables[table]
        return files.known | ({ROWS} if files.rows else set())

    def names(self, table: str, schema: str = "main") -> dict[int, str]:
        """Key → the name a row is shown by, else its id in its source."""
        fields = [column(name, "t") for name in (*display_fields(TABLES[table]), "source_id")]
        shown = exp.Coalesce(this=fields[0], expressions=fields[1:])
        select = sqlglot.select(column("key", "t"), shown).from_(table_source(table, schema, "t"))
        return dict(self.rows(select))

    def close(self) -> None:
        self._answers.clear()

    def _stand_at(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._answers.clear()
        self._text = SparkText({name: table.columns for name, table in manifest.tables.items()})
        self._views = Views(self._session, self._place, manifest, self._text)
