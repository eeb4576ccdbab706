"""Lays the flat tables down for the peers: as Parquet files and as tables of a DuckDB file of their own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb

from benchmarks.spec import Spec
from hakari.storage.sql_text import duckdb_sql


def laid_down(folder: Path, store: Path, spec: Spec, limit: str) -> Path:
    """The folder with spec.json, parquet/ and flat.duckdb; made if it is not there yet."""
    text = json.dumps(spec.as_data())
    said = folder / "spec.json"
    if said.exists() and said.read_text(encoding="utf-8") == text:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "parquet").mkdir(parents=True)
    with duckdb.connect(str(folder / "flat.duckdb"), config={"memory_limit": limit}) as connection:
        connection.execute(f"ATTACH '{store}' AS store (READ_ONLY)")
        for table, flat in spec.flats.items():
            select = duckdb_sql(flat.select()).replace('"main".', "store.main.")
            connection.execute(f'CREATE TABLE "{table}" AS {select}')
            target = folder / "parquet" / f"{table}.parquet"
            connection.execute(f"COPY \"{table}\" TO '{target}' (FORMAT parquet)")
        connection.execute("DETACH store")
    said.write_text(text, encoding="utf-8")
    return folder
