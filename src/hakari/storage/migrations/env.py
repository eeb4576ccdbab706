"""Runs revisions on the connection it is handed, inside the transaction that connection is in."""

from __future__ import annotations

from alembic import context

from hakari.storage.schema.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
