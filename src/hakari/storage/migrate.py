"""Brings a database of truth to the tables this version of Hakari knows."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from hakari.errors import StoreVersionError
from hakari.storage.schema.tables import COUNTER, MARK

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "r0006"
_ONE_AT_A_TIME = 0x68616B617269  # "hakari"
_SCRIPTS = Path(__file__).parent / "migrations"


def migrate(connection: sa.Connection) -> None:
    """Apply what is missing. Does nothing, quickly, when nothing is."""
    found = revision_of(connection)
    if found == HEAD:
        return
    if connection.dialect.name == "postgresql":
        # Two servers may be started at once on one empty database.
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
        found = revision_of(connection)
        if found == HEAD:
            return
    upgrade(connection, HEAD, found)
    if connection.execute(sa.select(sa.func.count()).select_from(COUNTER)).scalar_one() == 0:
        connection.execute(COUNTER.insert(), {"name": "change", "value": 0})
        connection.execute(MARK.insert(), {"change": 0, "token": new_token()})


def revision_of(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def upgrade(connection: sa.Connection, target: str, found: str | None) -> None:
    # Alembic takes a quarter of a second to import; a store that is up to date does not need it.
    from alembic import command
    from alembic.script import ScriptDirectory

    config = config_for(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise StoreVersionError(
            f"this store was written by a newer Hakari (its tables are of revision {found})",
            "install the newer Hakari, or open another store",
        )
    command.upgrade(config, target)


def config_for(connection: sa.Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def new_token() -> str:
    return secrets.token_hex(8)
