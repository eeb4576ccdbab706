"""Search words, followers, video views and selling points; and what nurturing leaves on rows we had."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from hakari.storage.schema.types import BigKey, Day, Moment

revision = "r0002"
down_revision = "r0001"

_NEW_TABLES = {
    "keyword": """
        aim:choice brand:flag from_on:date goal_rank:integer owner:ref product:ref to_on:date word:text
    """,
    "keyword_result": """
        campaign:ref keyword:ref on:date rank:number searches:integer
    """,
    "follower_count": """
        followers:integer network:text on:date profile:text
    """,
    "video_view": """
        account:ref at:instant campaign:ref contact:ref lead:ref owner:ref seconds:integer video:ref
        visitor:text watched:share
    """,
    "selling_point": """
        account:ref explainable:flag from_on:date kind:choice owner:ref product:ref title:text to_on:date
    """,
}
_NEW_FIELDS = {
    "activity": "card_received:flag details_obtained:flag",
    "campaign": "aim:choice scenario:text",
    "content_asset": "designed_on:date made_from:ref withdrawn_on:date",
    "lead": "nurture_started_at:instant",
    "web_visit": "form_reached:flag",
}
_TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "text": sa.Text(),
    "choice": sa.Text(),
    "integer": sa.BigInteger(),
    "ref": sa.BigInteger(),
    "number": sa.Double(),
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
