"""Indexes of the outbox's claim: each fits one side of it, so its plan does not depend on statistics."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_DUE = "ended_at IS NULL AND NOT dead"
_ORDERED = "ended_at IS NULL AND report IS NULL AND waits_since IS NULL"


def upgrade() -> None:
    for name in ("ix_outbox_due", "ix_outbox_order", "ix_outbox_ended_at"):
        op.drop_index(name, "outbox")
    _make("ix_outbox_due", ["kind", "due_at", "id"], _DUE)
    _make("ix_outbox_order", ["account", "kind", "id"], _ORDERED)
    _make("ix_outbox_ended_at", ["ended_at"], "ended_at IS NOT NULL")


def _make(name: str, columns: list[str], where: str) -> None:
    rows = sa.text(where)
    op.create_index(name, "outbox", columns, sqlite_where=rows, postgresql_where=rows)
