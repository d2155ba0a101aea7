"""A reported death pauses reminders: since when, and the question to the account, which may be unsent."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("subscriptions", sa.Column("death_reported_at", sa.DateTime(timezone=True)))
    op.add_column("subscriptions", sa.Column("question_id", sa.BigInteger()))
