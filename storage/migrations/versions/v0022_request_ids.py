"""Queued rows record the request that caused them, for the log; older rows have none."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("request_id", sa.Text(), nullable=False, server_default=""))
