"""The lake's tables as views of a Spark session, made when a statement first reads them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hakari.canonical.milestones import MILESTONES
from hakari.storage import projection_milestones as milestones
from hakari.storage.lake.manifest import Manifest, TableFiles
from hakari.storage.lake.place import Place
from hakari.storage.spark.dialect import SparkText, view_of

_TYPES = {"VARCHAR": "STRING", "TIMESTAMP": "TIMESTAMP_NTZ"}
_MILESTONE = "__milestone"


class Views:
    """`moments` says for each schema but main as of when it shows the records."""

    def __init__(self, session: Any, place: Place, manifest: Manifest, text: SparkText) -> None:
        self._session, self._place, self._manifest, self._text = session, place, manifest, text
        self.moments: dict[str, datetime] = {}
        self._seen: set[tuple[str, str]] = set()

    def see(self, schema: str, table: str) -> None:
        if (schema, table) in self._seen:
            return
        if schema == "main":
            self._read(table)
        elif table.endswith(_MILESTONE):
            self._tell(schema, table.removesuffix(_MILESTONE))
        else:
            self._look_back(schema, table)
        self._seen.add((schema, table))

    def _read(self, table: str) -> None:
        files = self._manifest.tables[table]
        name = view_of("main", table)
        if not files.files:
            self._session.sql(f"CREATE OR REPLACE TEMPORARY VIEW {_quoted(name)} AS {_nothing(files)}")
            return
        columns = ", ".join(f"{_quoted(one)} {_type(kind)}" for one, kind in files.columns.items())
        addresses = [self._place.address(file.path) for file in files.files]
        self._session.read.schema(columns).parquet(*addresses).createOrReplaceTempView(name)

    def _look_back(self, schema: str, table: str) -> None:
        """A version is seen from the moment it was observed until just before the next one was."""
        past = f"{table}__past"
        self.see("main", table)
        self.see("main", past)
        moment = f"TIMESTAMP_NTZ '{self.moments[schema].isoformat(sep=' ')}'"
        listed = ", ".join(_quoted(name) for name in self._manifest.tables[table].columns)
        self._session.sql(
            f"CREATE OR REPLACE TEMPORARY VIEW {_quoted(view_of(schema, table))} AS"
            f" SELECT {listed} FROM {_quoted(view_of('main', table))} WHERE observed_at <= {moment}"
            f" UNION ALL SELECT {listed} FROM {_quoted(view_of('main', past))}"
            f" WHERE observed_at <= {moment} AND until_at > {moment}"
        )

    def _tell(self, schema: str, table: str) -> None:
        """Milestones as of a moment are told from the rows that were known by then."""
        select = milestones.selected(table, MILESTONES, schema, self._manifest.zone, None)
        for read_schema, read in self._text.tables_of(select):
            self.see(read_schema, read)
        name = _quoted(view_of(schema, f"{table}{_MILESTONE}"))
        self._session.sql(f"CREATE OR REPLACE TEMPORARY VIEW {name} AS {self._text.of(select)}")


def _nothing(files: TableFiles) -> str:
    columns = ", ".join(
        f"CAST(NULL AS {_type(kind)}) AS {_quoted(one)}" for one, kind in files.columns.items()
    )
    return f"SELECT {columns} WHERE false"


def _type(kind: str) -> str:
    return _TYPES.get(kind, kind)


def _quoted(name: str) -> str:
    return f"`{name.replace('`', '``')}`"
