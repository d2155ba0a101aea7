"""A declined request no longer shows once the same was approved later.

Earlier programs continue to work: they leave the column empty, and their notices stay for ten days.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
oldest_program = "0030"

_TOLD = sa.text("(turned_down IS NOT NULL AND settled_at IS NULL)")


def upgrade() -> None:
    op.add_column("console_approvals", sa.Column("settled_at", sa.DateTime(timezone=True)))
    op.create_index(
        "ix_console_approvals_told",
        "console_approvals",
        ["asked_by", "decided_at"],
        sqlite_where=_TOLD,
        postgresql_where=_TOLD,
    )
