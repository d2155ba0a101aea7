"""Since when each key seals or signs; indexes find revocations and exemptions in the trail."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0026"
oldest_program = "0026"


def upgrade() -> None:
    op.create_table(
        "key_uses",
        sa.Column("role", sa.Text(), primary_key=True),
        sa.Column("key_id", sa.Text(), primary_key=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )
    revoked, granted = (
        sa.text("action = 'receipt.revoked'"),
        sa.text("action IN ('grant.given', 'grant.revoked')"),
    )
    op.create_index(
        "ix_audit_revocations", "audit", ["subject"], sqlite_where=revoked, postgresql_where=revoked
    )
    op.create_index("ix_audit_grants", "audit", ["at"], sqlite_where=granted, postgresql_where=granted)
