"""Forecasts; and what scoring, conversations, onboarding, ramp and automatic capture leave on rows we had."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from hakari.storage.schema.types import BigKey, Day, Moment

revision = "r0003"
down_revision = "r0002"

_NEW_TABLES = {
    "forecast": """
        amount:money ends_on:date owner:ref starts_on:date submitted_at:instant team:ref
    """,
}
_NEW_FIELDS = {
    "account": "potential:money",
    "activity": """
        auto_captured:flag rep_seconds:integer speech_seconds:integer tech_touch:flag voice_tone:number
    """,
    "contract": "onboarded_on:date onboarding_due_on:date",
    "lead": "behaviour_score:number fit_score:number reactivated_at:instant reapproach_on:date",
    "order": "kind:choice",
    "person": "incentive:flag ramped_on:date",
    "target_member": "checked_on:date",
}
_TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "text": sa.Text(),
    "choice": sa.Text(),
    "integer": sa.BigInteger(),
    "ref": sa.BigInteger(),
    "number": sa.Double(),
    "money": sa.Double(),
    "share": sa.Double(),
    "date": Day(),
    "instant": Moment(),
    "flag": sa.Boolean(),
}


def upgrade() -> None:
    for name, fields in _NEW_TABLES.items():
        _create_record_table(name, fields)
    for name, fields in _NEW_FIELDS.items():
        for column in _columns(fields):
            op.add_column(name, column)


def downgrade() -> None:
    for name, fields in _NEW_FIELDS.items():
        for column in _columns(fields):
            op.drop_column(name, column.name)
    for name in _NEW_TABLES:
        op.drop_table(name)


def _columns(fields: str) -> list[sa.Column[Any]]:
    pairs = [field.split(":") for field in fields.split()]
    return [sa.Column(field, _TYPES[kind]) for field, kind in pairs]


def _create_record_table(name: str, fields: str) -> None:
    op.create_table(
        name,
        sa.Column("version", BigKey, primary_key=True, autoincrement=True),
        sa.Column("key", sa.BigInteger, nullable=False),
        sa.Column("change", sa.BigInteger, nullable=False),
        sa.Column("run", sa.BigInteger, nullable=False),
        sa.Column("until_run", sa.BigInteger),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("source_id", sa.Text, nullable=False),
        sa.Column("happened_at", Moment, nullable=False),
        sa.Column("observed_at", Moment, nullable=False),
        sa.Column("until_at", Moment),
        sa.Column("deleted", sa.Boolean, nullable=False),
        sa.Column("retracted", sa.Boolean, nullable=False),
        sa.Column("mapping", sa.BigInteger),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        *_columns(fields),
    )
    op.create_index(f"{name}__source", name, ["origin", "source_id"])
    for column in ("key", "change"):
        op.create_index(f"{name}__{column}", name, [column])
