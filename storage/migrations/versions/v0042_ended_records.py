"""Retention finds the oldest ended bindings, subscriptions and tasks by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
oldest_program = "0030"


def upgrade() -> None:
    for table, column in (
        ("account_bindings", "ended_at"),
        ("subscriptions", "ended_at"),
        ("tasks", "done_at"),
    ):
        where = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=where, postgresql_where=where)
