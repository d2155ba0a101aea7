"""The language that an account had chosen when it asked for a capture, which its pages use."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("captures", sa.Column("language", sa.Text(), nullable=False, server_default="zh"))
