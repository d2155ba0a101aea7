"""A lighter check that the office grants a person; tasks are found by person, so that one is enough."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("tasks", sa.Column("id_type", sa.Text()))
    op.add_column("tasks", sa.Column("number_blind", sa.LargeBinary()))
    op.create_index("ix_tasks_number_blind", "tasks", ["number_blind"])
    op.create_table(
        "grants",
        sa.Column("id", _BigId, primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id_type", sa.Text(), nullable=False),
        sa.Column("number_blind", sa.LargeBinary(), nullable=False),
        sa.Column("person", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_grants_number_blind", "grants", ["number_blind"])
