"""Tables of messages: deliveries and replies, conversations, the outbox, reply windows, alarms and limits."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, Table, Text, text

from storage.schema.columns import BigId, UtcDateTime, metadata, partial_index, sealed

_HEARD = text("heard IS NOT NULL")
inbox = Table(
    "inbox",
    metadata,
    Column("key", Text, primary_key=True),
    Column("account", Text, nullable=False),
    Column("claimed_at", UtcDateTime, nullable=False, index=True),
    Column("answered_at", UtcDateTime),
    sealed("reply", by=("key",)),
    sealed("heard", by=("key",)),
    partial_index("ix_inbox_heard", "account", "claimed_at", where=_HEARD),
)

sessions = Table(
    "sessions",
    metadata,
    Column("account", Text, primary_key=True),
    Column("version", BigInteger, nullable=False),
    sealed("body", by=("account",), nullable=False),
    Column("updated_at", UtcDateTime, nullable=False, index=True),
)

IS_DUE = text("ended_at IS NULL AND NOT dead AND waits_since IS NULL")
"""Rows that may be claimed. The claim repeats exactly this text, as a partial index requires."""

IS_ORDERED = text("ended_at IS NULL AND report IS NULL AND waits_since IS NULL")
"""Rows that hold back later ones; neither side of the claim can use the other's index."""

IS_ENDED = text("ended_at IS NOT NULL")
IS_WAITING = text("waits_since IS NOT NULL")
IS_AGAIN = text("ended_at IS NULL AND report IS NOT NULL")
"""Rows that the platform took and failed to deliver, a handful."""

IS_DEAD = text("dead")
"""Rows that were given up; a query of any of these repeats the text, as its partial index requires."""

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("account", Text, nullable=False),
    Column("kind", Text, nullable=False),
    sealed("body", by=("account", "kind", "created_at"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("lease_until", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    Column("last_error", Text, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("dead", Boolean, nullable=False),
    sealed("fallback", by=("account", "kind", "created_at")),
    Column("message_id", Text),
    Column("report", Text),
    Column("waits_since", UtcDateTime),
    Column("request_id", Text, nullable=False, server_default=""),
    partial_index("ix_outbox_due", "kind", "due_at", "id", where=IS_DUE),
    partial_index("ix_outbox_order", "account", "kind", "id", where=IS_ORDERED),
    partial_index("ix_outbox_ended_at", "ended_at", where=IS_ENDED),
    partial_index("ix_outbox_ended_account", "account", where=IS_ENDED),
    Index("ix_outbox_message_id", "message_id"),
    partial_index("ix_outbox_waiting", "account", where=IS_WAITING),
    partial_index("ix_outbox_again", "account", where=IS_AGAIN),
    partial_index("ix_outbox_dead", "created_at", where=IS_DEAD),
)

template_reports = Table(
    "template_reports",
    metadata,
    Column("message_id", Text, primary_key=True),
    Column("status", Text, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
)

template_days = Table(
    "template_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("sent", Integer, nullable=False),
)

windows = Table(
    "windows",
    metadata,
    Column("account", Text, primary_key=True),
    Column("text_at", UtcDateTime),
    Column("text_sent", Integer, nullable=False),
    Column("tap_at", UtcDateTime),
    Column("tap_sent", Integer, nullable=False),
)

access_tokens = Table(
    "access_tokens",
    metadata,
    Column("app_id", Text, primary_key=True),
    sealed("value", by=("app_id",)),
    Column("renew_at", UtcDateTime),
    Column("ends_at", UtcDateTime),
    Column("lease_until", UtcDateTime),
    Column("forced_at", UtcDateTime),
    Column("forced_on", Date),
    Column("forced", Integer, nullable=False, server_default="0"),
)

alarms = Table(
    "alarms",
    metadata,
    Column("name", Text, primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("detail", Text, nullable=False),
    Column("hits", Integer, nullable=False),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
)

rate_counters = Table(
    "tallies",
    metadata,
    Column("account", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Column("count", Integer, nullable=False),
)

funnel_days = Table(
    "funnel_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("step", Text, primary_key=True),
    Column("writer", Text, primary_key=True),
    Column("people", Integer, nullable=False),
)
