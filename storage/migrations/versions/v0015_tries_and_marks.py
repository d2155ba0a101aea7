"""Captures are counted by person, by the keyed hash of the number; a pass carries a mark.

A capture from before has no hash: it counts for nobody, which matters for one day.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("captures", sa.Column("id_type", sa.Text()))
    op.add_column("captures", sa.Column("number_blind", sa.LargeBinary()))
    op.create_index("ix_captures_person", "captures", ["number_blind", "id_type", "finished_at"])
    op.add_column("certifications", sa.Column("mark", sa.Text(), nullable=False, server_default="sure"))
