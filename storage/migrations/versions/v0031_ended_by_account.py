"""Ended messages and talks are found by their account, which deletion at a person's request needs."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
oldest_program = "0030"

_ENDED = sa.text("ended_at IS NOT NULL")


def upgrade() -> None:
    for table in ("outbox", "talks"):
        name = f"ix_{table}_ended_account"
        op.create_index(name, table, ["account"], sqlite_where=_ENDED, postgresql_where=_ENDED)
