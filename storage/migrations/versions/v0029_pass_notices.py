"""Passes made elsewhere that subscribers are to be notified of, or were: one row per subscription."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0024"
oldest_program = "0029"


def upgrade() -> None:
    op.create_table(
        "pass_notices",
        sa.Column("subscription_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("passed_on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("queued_on", sa.Date()),
        sa.Column("outbox_id", sa.BigInteger()),
    )
    op.create_index("ix_pass_notices_queued_on", "pass_notices", ["queued_on"])
    pending = sa.text("outbox_id IS NULL")
    op.create_index(
        "ix_pass_notices_pending",
        "pass_notices",
        ["subscription_id"],
        sqlite_where=pending,
        postgresql_where=pending,
    )
