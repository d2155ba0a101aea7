"""Messages that were given up or are sent again, and audit entries of a person, are found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
oldest_program = "0030"


def upgrade() -> None:
    dead, again = sa.text("dead"), sa.text("ended_at IS NULL AND report IS NOT NULL")
    op.create_index("ix_outbox_dead", "outbox", ["created_at"], sqlite_where=dead, postgresql_where=dead)
    op.create_index("ix_outbox_again", "outbox", ["account"], sqlite_where=again, postgresql_where=again)
    op.create_index("ix_audit_subject", "audit", ["subject", "id"])
