"""Notes, topics, promises, meetings and decisions: one table of what people type, a row per version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from hakari.storage.schema.types import BigKey, Moment

revision = "r0005"
down_revision = "r0003"


def upgrade() -> None:
    op.create_table(
        "entry",
        sa.Column("id", BigKey, primary_key=True, autoincrement=True),
        sa.Column("entry", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("person", sa.BigInteger),
        sa.Column("meeting", sa.BigInteger),
        sa.Column("readers", sa.JSON, nullable=False),
        sa.Column("body", sa.JSON),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("erased", sa.Boolean, nullable=False),
    )
    op.create_index("entry__entry", "entry", ["entry", "id"])
    op.create_index("entry__kind", "entry", ["kind", "person"])


def downgrade() -> None:
    op.drop_table("entry")
