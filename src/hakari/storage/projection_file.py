"""Opens the projection's file: owned by one process, and of no worth if it is broken."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import duckdb

from hakari.errors import StoreInUseError

_log = logging.getLogger(__name__)


def open_file(
    path: Path | None, memory_limit: str | None, *, read_only: bool = False
) -> duckdb.DuckDBPyConnection:
    """A broken file, or one of another DuckDB, is thrown away, unless it is only to be read."""
    if path is None or read_only:
        return _connect(path, memory_limit, read_only=read_only)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connect(path, memory_limit)
    except duckdb.Error as error:
        if "set lock" in str(error):
            raise StoreInUseError(
                f"another process is using {path}",
                "use the Hakari that is running, or end it first; two may not count at the same time",
            ) from error
        if not os.access(path, os.R_OK | os.W_OK):
            raise
        _log.warning("projection %s cannot be read and is made anew: %s", path, error)
    discard(path)
    return _connect(path, memory_limit)


def discard(path: Path) -> None:
    for each in (path, path.with_name(f"{path.name}.wal")):
        each.unlink(missing_ok=True)


def _connect(
    path: Path | None, memory_limit: str | None, *, read_only: bool = False
) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "enable_external_access": False,
    }
    if path is not None:
        config["temp_directory"] = str(path.with_name(f"{path.name}.tmp"))
    if memory_limit is not None:
        config["memory_limit"] = memory_limit
    connection = duckdb.connect(":memory:" if path is None else str(path), read_only=read_only, config=config)
    connection.execute("SET lock_configuration = true")
    return connection
