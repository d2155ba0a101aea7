"""The registry's count is stored; the index of revoked passes holds only those.

SQLite took the index of all `revoked_at`, which is empty in nearly every pass, for a selective one.
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
oldest_program = "0030"


def upgrade() -> None:
    counts = ("due_soon", "overdue", "suspended", "living")
    op.create_table(
        "standings",
        sa.Column("scheme", sa.Text(), primary_key=True),
        sa.Column("city", sa.Text(), primary_key=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counts),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
    )
    revoked = sa.text("revoked_at IS NOT NULL")
    op.drop_index("ix_certifications_revoked_at", "certifications")
    op.create_index(
        "ix_certifications_revoked_at",
        "certifications",
        ["revoked_at"],
        sqlite_where=revoked,
        postgresql_where=revoked,
    )
