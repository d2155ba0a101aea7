"""What the platform refuses: alarms of the operator, paused subscriptions, bounded forced refreshes."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "alarms",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("scope", sa.Text(), primary_key=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.add_column("subscriptions", sa.Column("refused_at", sa.DateTime(timezone=True)))
    op.add_column("access_tokens", sa.Column("forced_at", sa.DateTime(timezone=True)))
    op.add_column("access_tokens", sa.Column("forced_on", sa.Date()))
    op.add_column("access_tokens", sa.Column("forced", sa.Integer(), nullable=False, server_default="0"))
    op.drop_index("ix_outbox_due", "outbox")
    due = sa.text("ended_at IS NULL AND NOT dead AND waits_since IS NULL")
    op.create_index(
        "ix_outbox_due", "outbox", ["kind", "due_at", "id"], sqlite_where=due, postgresql_where=due
    )
