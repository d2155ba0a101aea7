"""Talks between people and clerks; people's words are kept next to the reply if clerks answer chats."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0021"
oldest_program = "0023"

_OPEN = sa.text("ended_at IS NULL")
_ENDED = sa.text("ended_at IS NOT NULL")
_HEARD = sa.text("heard IS NOT NULL")


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "talks",
        sa.Column("id", number, primary_key=True, autoincrement=True),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.Text()),
        sa.Column("taken_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("end_reason", sa.Text()),
    )
    op.create_index(
        "ix_talks_open", "talks", ["account"], unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_index("ix_talks_ended_at", "talks", ["ended_at"], sqlite_where=_ENDED, postgresql_where=_ENDED)
    op.create_table(
        "talk_lines",
        sa.Column("id", number, primary_key=True, autoincrement=True),
        sa.Column("talk_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("outbox_id", sa.BigInteger()),
    )
    op.create_index("ix_talk_lines_talk_id", "talk_lines", ["talk_id"])
    op.add_column("inbox", sa.Column("heard", sa.LargeBinary()))
    op.create_index(
        "ix_inbox_heard",
        "inbox",
        ["account", "claimed_at"],
        sqlite_where=_HEARD,
        postgresql_where=_HEARD,
    )
