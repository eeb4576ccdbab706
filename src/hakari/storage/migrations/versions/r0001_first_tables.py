"""The first tables: versions of every canonical record, and what is kept about imports.

The columns are written out, because canonical tables go on changing and this revision must not.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from hakari.storage.schema.types import BigKey, Day, Moment

revision = "r0001"
down_revision = None

_RECORDS = {
    "account": """
        annual_revenue:money became_customer_on:date corporate_number:text country:text domain:text
        employees:integer industry:text name:text owner:ref parent:ref segment:text size:text
    """,
    "target_list": """
        ends_on:date name:text owner:ref starts_on:date
    """,
    "target_member": """
        account:ref from_on:date owner:ref target_list:ref to_on:date
    """,
    "contact": """
        account:ref card_received_on:date created_at:instant department:text email:text key_person:flag
        name:text owner:ref phone:text role_level:choice title:text
    """,
    "consent": """
        account:ref at:instant channel:choice contact:ref lead:ref opted_in:flag owner:ref
    """,
    "person": """
        email:text joined_on:date left_on:date manager:text name:text region:text role:choice team:ref
    """,
    "team": """
        name:text parent:ref region:text
    """,
    "product": """
        list_price:money name:text series:text
    """,
    "campaign": """
        cost:money ends_on:date name:text owner:ref starts_on:date tactic:choice theme:text
    """,
    "campaign_member": """
        account:ref answered_at:instant applied_at:instant at:instant attempts:integer
        attended_at:instant campaign:ref channel:text contact:ref lead:ref owner:ref responded:flag
        responded_at:instant segment:text talk_seconds:integer valid_answer:flag
    """,
    "content_asset": """
        kind:choice name:text owner:ref published_on:date theme:text
    """,
    "web_visit": """
        account:ref at:instant campaign:ref contact:ref converted:flag key_page_reached:flag
        landing_page:text lead:ref page_views:integer seconds:integer source:text visitor:text
    """,
    "mail_event": """
        account:ref at:instant campaign:ref contact:ref kind:choice lead:ref owner:ref
    """,
    "ad_spend": """
        amount:money campaign:ref clicks:integer impressions:integer on:date source:text tactic:choice
    """,
    "lead": """
        account:ref campaign:ref contact:ref disqualified_at:instant fits_target:flag name:text
        opted_in_at:instant owner:ref partner:ref qualified_at:instant reason:text received_at:instant
        recycled_at:instant source:text status:choice tactic:choice
    """,
    "activity": """
        account:ref campaign:ref contact:ref deal:ref direction:choice duration_seconds:integer
        follow_up:flag issue_found:flag kind:choice lead:ref occurred_at:instant opted_in:flag
        outcome:choice owner:ref subject:text
    """,
    "appointment": """
        account:ref campaign:ref channel:choice contact:ref deal:ref first:flag held_on:date host:ref
        lead:ref owner:ref partner:ref set_at:instant source:text status:choice
    """,
    "deal": """
        account:ref amount:money authority_known:flag budget_known:flag campaign:ref closed_on:date
        competitor_known:flag contact:ref created_at:instant currency:text expected_close_on:date
        forecast_category:choice lead:ref loss_reason:text margin:money name:text needs_known:flag
        next_action:text next_action_due:date owner:ref partner:ref probability:share product:ref
        proposed_at:instant qualified_at:instant source:text sourced_by:ref stage:text status:choice
        tactic:choice team:ref timing_known:flag type:choice valid:flag
    """,
    "stage_change": """
        amount:money at:instant deal:ref expected_close_on:date forecast_category:choice from_stage:text
        owner:ref to_stage:text
    """,
    "proposal": """
        account:ref amount:money at:instant deal:ref owner:ref
    """,
    "order": """
        account:ref amount:money deal:ref margin:money note:text ordered_on:date owner:ref partner:ref
        product:ref repeat:flag source:text team:ref
    """,
    "invoice": """
        account:ref amount:money billed_on:date due_on:date order:ref owner:ref paid_amount:money
        paid_on:date
    """,
    "contract": """
        account:ref churned_on:date ends_on:date monthly_amount:money owner:ref partner:ref product:ref
        renewed:flag renewed_on:date starts_on:date
    """,
    "usage": """
        account:ref active_users:integer contract:ref events:integer licensed_users:integer on:date
    """,
    "health": """
        account:ref at:instant data_score:number owner:ref subjective:choice
    """,
    "issue": """
        account:ref addressed_at:instant contact:ref found_at:instant owner:ref solved_at:instant
        title:text
    """,
    "referral": """
        account:ref at:instant lead:ref owner:ref partner:ref referrer:ref
    """,
    "partner": """
        kind:choice name:text owner:ref signed_on:date
    """,
    "partner_activity": """
        at:instant deal:ref kind:choice owner:ref partner:ref
    """,
    "target": """
        ends_on:date measure:text owner:ref starts_on:date team:ref value:number
    """,
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
    for name, fields in _RECORDS.items():
        _create_record_table(name, fields)
    _create_run_tables()
    _create_mapping_table()
    _create_lookup_tables()


def downgrade() -> None:
    for name in (*_RECORDS, "run", "stands_on", "reject", "mapping", "setting", "known_as", "counter"):
        op.drop_table(name)
    op.drop_table("change_mark")


def _create_record_table(name: str, fields: str) -> None:
    pairs = [field.split(":") for field in fields.split()]
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
        *(sa.Column(field, _TYPES[kind]) for field, kind in pairs),
    )
    op.create_index(f"{name}__source", name, ["origin", "source_id"])
    for column in ("key", "change"):
        op.create_index(f"{name}__{column}", name, [column])


def _create_run_tables() -> None:
    op.create_table(
        "run",
        sa.Column("id", BigKey, primary_key=True, autoincrement=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("started_at", Moment, nullable=False),
        sa.Column("undone_at", Moment),
        sa.Column("change", sa.BigInteger, nullable=False),
        sa.Column("read", sa.BigInteger),
        *(
            sa.Column(name, sa.BigInteger, nullable=False)
            for name in ("loaded", "updated", "unchanged", "rejected", "noted")
        ),
    )
    op.create_table(
        "stands_on",
        sa.Column("run", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("on_run", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("rows", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "reject",
        sa.Column("id", BigKey, primary_key=True, autoincrement=True),
        sa.Column("run", sa.BigInteger, nullable=False),
        sa.Column("severity", sa.Text, nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("line", sa.BigInteger, nullable=False),
        sa.Column("column", sa.Text),
        sa.Column("value", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("raw", sa.JSON, nullable=False),
    )
    op.create_index("reject__run", "reject", ["run"])


def _create_mapping_table() -> None:
    op.create_table(
        "mapping",
        sa.Column("id", BigKey, primary_key=True, autoincrement=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("table", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("columns", sa.JSON, nullable=False),
        sa.Column("run", sa.BigInteger, nullable=False),
    )
    op.create_index("mapping__name", "mapping", ["name", "table", "version"], unique=True)


def _create_lookup_tables() -> None:
    op.create_table(
        "setting",
        sa.Column("id", BigKey, primary_key=True, autoincrement=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.Column("at", Moment, nullable=False),
    )
    op.create_index("setting__key", "setting", ["key", "id"])
    op.create_table(
        "known_as",
        sa.Column("table", sa.Text, primary_key=True),
        sa.Column("folded", sa.Text, primary_key=True),
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("run", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("stub", sa.Boolean, primary_key=True),
    )
    op.create_index("known_as__run", "known_as", ["run"])
    op.create_table(
        "counter",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "change_mark",
        sa.Column("change", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("token", sa.Text, nullable=False),
    )
