"""Signed and revocable receipts, links handed to another phone, and an account's recent requests."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column(
        "captures", sa.Column("handed_over", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("captures", sa.Column("bound_to", sa.Text()))
    op.add_column("certifications", sa.Column("signature", sa.Text()))
    op.add_column("certifications", sa.Column("revoked_at", sa.DateTime(timezone=True)))
    op.add_column("certifications", sa.Column("revocation", sa.LargeBinary()))
    op.create_index("ix_certifications_revoked_at", "certifications", ["revoked_at"])
    op.create_table(
        "receipt_keys",
        sa.Column("key_id", sa.Text(), primary_key=True),
        sa.Column("public_key", sa.Text(), nullable=False),
    )
    op.create_table(
        "tallies",
        sa.Column("account", sa.Text(), primary_key=True),
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
    )
