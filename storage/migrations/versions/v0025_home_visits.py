"""A home visit has a day."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0023"
oldest_program = "0025"


def upgrade() -> None:
    op.add_column("tasks", sa.Column("visit_on", sa.Date()))
