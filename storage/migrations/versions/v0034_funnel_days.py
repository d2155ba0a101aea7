"""People by day and step of the funnel, counted separately by each process."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0031"
oldest_program = "0030"


def upgrade() -> None:
    op.create_table(
        "funnel_days",
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("step", sa.Text(), primary_key=True),
        sa.Column("writer", sa.Text(), primary_key=True),
        sa.Column("people", sa.Integer(), nullable=False),
    )
