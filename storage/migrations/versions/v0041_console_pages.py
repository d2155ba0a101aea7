"""What an account did, rare acts, and talks that nobody took are found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
oldest_program = "0030"

_OF_CONSOLE = sa.text("substr(actor, 1, 8) = 'console:'")
_RARE = sa.text(
    "action NOT IN ('account.bound', 'capture.closed', 'capture.failed', 'capture.handed_over',"
    " 'capture.opened', 'capture.passed', 'consent.face', 'consent.reminders', 'consent.terms')"
)
_NOT_TAKEN = sa.text("ended_at IS NOT NULL AND taken_by IS NULL")


def upgrade() -> None:
    for name, table, columns, where in (
        ("ix_audit_accounts", "audit", ["actor", "id"], _OF_CONSOLE),
        ("ix_audit_rare", "audit", ["action", "id"], _RARE),
        ("ix_talks_not_taken", "talks", ["ended_at"], _NOT_TAKEN),
    ):
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
