"""The drawn challenge of a capture, and how often its live check was started."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("captures", sa.Column("challenge", sa.Text()))
    op.add_column("captures", sa.Column("starts", sa.Integer(), nullable=False, server_default="0"))
