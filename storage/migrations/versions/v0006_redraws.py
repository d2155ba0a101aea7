"""A second draw of the live challenge, counted; a check's measurements, kept with its verdict."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("captures", sa.Column("redraws", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("captures", sa.Column("scores", sa.JSON()))
