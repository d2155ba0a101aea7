"""Since when each key seals or signs; the trail finds a revoked receipt by its number."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0021"
oldest_program = "0021"


def upgrade() -> None:
    op.create_table(
        "key_uses",
        sa.Column("role", sa.Text(), primary_key=True),
        sa.Column("key_id", sa.Text(), primary_key=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )
    revocations = sa.text("action = 'receipt.revoked'")
    op.create_index(
        "ix_audit_revocations", "audit", ["subject"], sqlite_where=revocations, postgresql_where=revocations
    )
