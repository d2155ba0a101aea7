"""When a beneficiary ended what agents may see and do for them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"

_BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "agency_ends",
        sa.Column("id", _BigId, primary_key=True),
        sa.Column("number_blind", sa.LargeBinary(), nullable=False),
        sa.Column("id_type", sa.Text(), nullable=False),
        sa.Column("person", sa.LargeBinary(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_agency_ends_number_blind", "agency_ends", ["number_blind"])
