"""The tables a store gets from its revisions are the tables the code expects."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from hakari.canonical import TABLES
from hakari.errors import StoreInUseError, StoreVersionError
from hakari.storage import database
from hakari.storage.migrate import HEAD, config_for, revision_of
from hakari.storage.schema.tables import META, METADATA
from hakari.storage.truth import Row, Truth
from tests.storage.conftest import NewUrl
from tests.storage.rows import at, load, row


def test_an_empty_database_gets_every_table_as_the_code_knows_it(truth: Truth) -> None:
    with truth.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
        assert revision_of(connection) == HEAD


def test_the_newest_revision_is_the_one_the_code_asks_for(truth: Truth) -> None:
    with truth.database.engine.connect() as connection:
        assert ScriptDirectory.from_config(config_for(connection)).get_heads() == [HEAD]


def test_a_store_opens_again_with_all_it_holds(new_url: NewUrl) -> None:
    url = new_url()
    first = Truth.open(url)
    load(first, "deal", [row("d1", 0)])
    first.close()
    second = Truth.open(url)
    assert second.counts()["deal"] == 1
    second.close()


def test_targets_from_before_sources_and_reasons_were_known_are_still_there(new_url: NewUrl) -> None:
    url = new_url()
    truth = Truth.open(url)
    with truth.importing("files", "budget.csv", at(0)) as importing:
        importing.write("target", [Row("t1", {"measure": "win_amount", "value": 7.0}, at(0))])
    with truth.database.engine.begin() as connection:
        command.downgrade(config_for(connection), "r0005")
    truth.close()
    again = Truth.open(url)
    (version,) = again.versions("target", {"measure": "win_amount", "source": None})
    assert (version.values["value"], version.values["reason"], version.label) == (7.0, None, "budget.csv")
    again.close()


def test_a_store_of_a_newer_hakari_is_left_alone(new_url: NewUrl) -> None:
    url = new_url()
    truth = Truth.open(url)
    with truth.database.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = 'r9999'"))
    truth.close()
    with pytest.raises(StoreVersionError, match="r9999"):
        Truth.open(url)


def test_no_canonical_field_is_named_like_what_the_store_knows_of_a_row() -> None:
    meta = {*META}
    assert {table: meta & {f.name for f in own.fields} for table, own in TABLES.items()} == {
        table: set() for table in TABLES
    }


def test_sqlite_waits_for_the_disk_and_lets_others_read(tmp_path: object) -> None:
    truth = Truth.open(f"{tmp_path}/truth.db")
    with truth.database.engine.connect() as connection:
        said = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "busy_timeout")
        ]
    truth.close()
    assert said == ["wal", 2, database.LOCK_WAIT_SECONDS * 1000]


def test_a_reader_sees_one_state_while_an_import_runs(new_url: NewUrl) -> None:
    url = new_url()
    writer, reader = Truth.open(url), Truth.open(url)
    with writer.importing("crm", "test", at(0)) as importing:
        importing.write("deal", [row("d1", 0)])
        assert reader.counts()["deal"] == 0
    assert reader.counts()["deal"] == 1
    writer.close()
    reader.close()


def test_a_second_writer_is_told_that_the_first_is_still_at_it(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Truth.open(f"{tmp_path}/truth.db")
    monkeypatch.setattr(database, "PRAGMAS", ("PRAGMA busy_timeout = 1",))
    second = Truth.open(f"{tmp_path}/truth.db")
    with first.importing("crm", "long", at(0)), pytest.raises(StoreInUseError, match="nothing was written"):
        load(second, "deal", [row("d1", 0)])
    first.close()
    second.close()
