"""Targets of a source, a segment or a target list; who set a target, and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0006"
down_revision = "r0005"

_TEXTS = ("author", "reason", "segment", "source")
_KEYS = ("target_list",)


def upgrade() -> None:
    for name in _TEXTS:
        op.add_column("target", sa.Column(name, sa.Text))
    for name in _KEYS:
        op.add_column("target", sa.Column(name, sa.BigInteger))


def downgrade() -> None:
    for name in (*_TEXTS, *_KEYS):
        op.drop_column("target", name)
