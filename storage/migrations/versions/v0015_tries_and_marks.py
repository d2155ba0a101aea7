"""Captures are counted by person, by the keyed hash of the number; a pass carries a mark.

A capture stores the platform's verification that it began, and a result the ticket that brought it.

An earlier capture has no hash: it counts for nobody, which matters for one day.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("captures", sa.Column("id_type", sa.Text()))
    op.add_column("captures", sa.Column("number_blind", sa.LargeBinary()))
    op.create_index("ix_captures_person", "captures", ["number_blind", "id_type", "finished_at"])
    op.add_column("captures", sa.Column("platform_key", sa.LargeBinary()))
    op.add_column("captures", sa.Column("platform_begun_at", sa.DateTime(timezone=True)))
    op.create_table(
        "platform_proofs",
        sa.Column("proof_hash", sa.LargeBinary(), primary_key=True),
        sa.Column("ticket_hash", sa.LargeBinary(), nullable=False),
        sa.Column("brought_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.add_column("certifications", sa.Column("mark", sa.Text(), nullable=False, server_default="sure"))
