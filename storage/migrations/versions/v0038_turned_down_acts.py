"""Acts that wait for a second person are found by a hash of their person; a turned-down act records why.

A cancelled load records who did it. Earlier programs continue to work: they write none of the columns, and
acts without a hash are inspected one by one.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
oldest_program = "0030"

_SHOWN = sa.text("(decided_at IS NULL OR turned_down IS NOT NULL)")


def upgrade() -> None:
    op.add_column("console_approvals", sa.Column("number_blind", sa.LargeBinary()))
    op.add_column("console_approvals", sa.Column("turned_down", sa.LargeBinary()))
    op.add_column("console_loads", sa.Column("cancelled_by", sa.Text()))
    op.create_index(
        "ix_console_approvals_person",
        "console_approvals",
        ["number_blind"],
        sqlite_where=_SHOWN,
        postgresql_where=_SHOWN,
    )
    op.create_index("ix_console_approvals_decided_at", "console_approvals", ["decided_at"])
