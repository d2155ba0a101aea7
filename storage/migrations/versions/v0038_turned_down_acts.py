"""What waits for a second person is found by a hash of its person, and a turned-down act tells why.

A cancelled load tells who did it. Earlier programs go on: they write none of the columns, and an act
without a hash is looked at one by one.
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
