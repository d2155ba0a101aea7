"""Looks at people, and what waits for a second person; a task has an owner and a result."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "console_looks",
        sa.Column("token_hash", sa.LargeBinary(), primary_key=True),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.LargeBinary(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_console_looks_looked_at", "console_looks", ["looked_at"])
    op.create_table(
        "console_approvals",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True
        ),
        sa.Column("act", sa.LargeBinary(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Text()),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
    )
    op.add_column("tasks", sa.Column("taken_by", sa.Text()))
    op.add_column("tasks", sa.Column("taken_at", sa.DateTime(timezone=True)))
    op.add_column("tasks", sa.Column("done_by", sa.Text()))
    op.add_column("tasks", sa.Column("result", sa.Text()))
