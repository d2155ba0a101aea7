"""A database records the oldest program that may use it."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
oldest_program = "0021"


def upgrade() -> None:
    op.create_table("schema_window", sa.Column("oldest_program", sa.Text(), primary_key=True))
