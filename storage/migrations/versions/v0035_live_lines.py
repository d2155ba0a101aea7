"""Live captures under way and waiting, counted separately by each process."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
oldest_program = "0030"


def upgrade() -> None:
    op.create_table(
        "live_lines",
        sa.Column("writer", sa.Text(), primary_key=True),
        sa.Column("inside", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
    )
