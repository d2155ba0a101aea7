"""Tables of 人工服务: talks between a person and a clerk, and their lines."""

from sqlalchemy import BigInteger, Column, Table, Text, text

from storage.schema.columns import BigId, UtcDateTime, metadata, partial_index, sealed

_OPEN = text("ended_at IS NULL")
_ENDED = text("ended_at IS NOT NULL")
_NOT_TAKEN = text("ended_at IS NOT NULL AND taken_by IS NULL")
talks = Table(
    "talks",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("account", Text, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("moved_at", UtcDateTime, nullable=False),
    Column("taken_by", Text),
    Column("taken_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("end_reason", Text),
    partial_index("ix_talks_open", "account", unique=True, where=_OPEN),
    partial_index("ix_talks_ended_at", "ended_at", where=_ENDED),
    partial_index("ix_talks_not_taken", "ended_at", where=_NOT_TAKEN),
    partial_index("ix_talks_ended_account", "account", where=_ENDED),
)

talk_lines = Table(
    "talk_lines",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("talk_id", BigInteger, nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("said_by", Text, nullable=False),
    sealed("words", by=("talk_id", "at", "said_by"), nullable=False),
    Column("outbox_id", BigInteger),
)
