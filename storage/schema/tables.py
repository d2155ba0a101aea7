"""Every table, once. The migrations make them; a test holds the two equal.

In clear are only what the service itself must select by: account ids, times,
kinds, cities. Names, ID numbers, message texts, conversations and templates
are `sealed`, and found by keyed hashes (`…_blind`).
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage.schema.columns import BigId, Holds, UtcDateTime, metadata, sealed

inbox = Table(
    "inbox",
    metadata,
    Column("key", Text, primary_key=True),
    Column("account", Text, nullable=False),
    Column("claimed_at", UtcDateTime, nullable=False, index=True),
    Column("answered_at", UtcDateTime),
    sealed("reply"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("account", Text, primary_key=True),
    Column("version", BigInteger, nullable=False),
    sealed("body", nullable=False),
    Column("updated_at", UtcDateTime, nullable=False, index=True),
)

IS_DUE = text("ended_at IS NULL AND NOT dead AND waits_since IS NULL")
"""Rows that may be claimed. The claim uses this very text, which a partial index needs repeated."""

_ORDERED = text("ended_at IS NULL AND report IS NULL AND waits_since IS NULL")
"""Rows that hold back later ones; neither side of the claim can use the index of the other."""

_ENDED = text("ended_at IS NOT NULL")
_WAITING = text("waits_since IS NOT NULL")
outbox = Table(
    "outbox",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("account", Text, nullable=False),
    Column("kind", Text, nullable=False),
    sealed("body", nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("lease_until", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    Column("last_error", Text, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("dead", Boolean, nullable=False),
    sealed("fallback"),
    Column("message_id", Text),
    Column("report", Text),
    Column("waits_since", UtcDateTime),
    Index("ix_outbox_due", "kind", "due_at", "id", sqlite_where=IS_DUE, postgresql_where=IS_DUE),
    Index("ix_outbox_order", "account", "kind", "id", sqlite_where=_ORDERED, postgresql_where=_ORDERED),
    Index("ix_outbox_ended_at", "ended_at", sqlite_where=_ENDED, postgresql_where=_ENDED),
    Index("ix_outbox_message_id", "message_id"),
    Index("ix_outbox_waiting", "account", sqlite_where=_WAITING, postgresql_where=_WAITING),
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
    sealed("value"),
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

captures = Table(
    "captures",
    metadata,
    Column("ticket_hash", LargeBinary, primary_key=True),
    Column("account", Text, nullable=False, index=True),
    sealed("request", holds=Holds.REQUEST, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
    Column("consent_version", Text),
    Column("consented_at", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("outcome", Text),
    Column("reason", Text),
    Column("challenge", Text),
    Column("starts", Integer, nullable=False, server_default="0"),
    Column("handed_over", Boolean, nullable=False, server_default=false()),
    Column("bound_to", Text),
    Column("redraws", Integer, nullable=False, server_default="0"),
    Column("scores", JSON),
    Column("language", Text, nullable=False, server_default="zh"),
    Column("id_type", Text),
    Column("number_blind", LargeBinary),
    Column("platform_key", LargeBinary),
    Column("platform_begun_at", UtcDateTime),
    Index("ix_captures_person", "number_blind", "id_type", "finished_at"),
)

platform_proofs = Table(
    "platform_proofs",
    metadata,
    Column("proof_hash", LargeBinary, primary_key=True),
    Column("ticket_hash", LargeBinary, nullable=False),
    Column("brought_at", UtcDateTime, nullable=False),
)

certifications = Table(
    "certifications",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("receipt", Text, nullable=False, unique=True),
    Column("ticket_hash", LargeBinary, nullable=False, unique=True),
    Column("account", Text, nullable=False, index=True),
    Column("scheme", Text, nullable=False),
    Column("id_type", Text, nullable=False),
    Column("number_blind", LargeBinary, nullable=False),
    sealed("people", holds=Holds.PEOPLE, nullable=False),
    Column("city", Text, nullable=False),
    Column("certified_at", UtcDateTime, nullable=False, index=True),
    Column("due_on", Date, nullable=False),
    Column("channel", Text, nullable=False),
    Column("scores", JSON, nullable=False),
    Column("signature", Text),
    Column("revoked_at", UtcDateTime, index=True),
    sealed("revocation"),
    Column("mark", Text, nullable=False, server_default="sure"),
    Index("ix_certifications_person", "number_blind", "id_type", "scheme", "certified_at"),
)

receipt_keys = Table(
    "receipt_keys",
    metadata,
    Column("key_id", Text, primary_key=True),
    Column("public_key", Text, nullable=False),
)

tallies = Table(
    "tallies",
    metadata,
    Column("account", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Column("count", Integer, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("account", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("agreed_at", UtcDateTime, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("writer", Text, nullable=False),
    Column("serial", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    UniqueConstraint("writer", "serial", name="uq_audit_writer_serial"),
)

beneficiaries = Table(
    "beneficiaries",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("scheme", Text, nullable=False),
    Column("id_type", Text, nullable=False),
    Column("number_blind", LargeBinary, nullable=False),
    sealed("identity", holds=Holds.IDENTITY, nullable=False),
    Column("city", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("benefit_start", Date),
    Column("last_certified", Date),
    Column("death_reported", Date),
    Column("updated_at", UtcDateTime, nullable=False),
    UniqueConstraint("number_blind", "id_type", "scheme", name="uq_beneficiaries_person"),
)

agency_ends = Table(
    "agency_ends",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("number_blind", LargeBinary, nullable=False, index=True),
    Column("id_type", Text, nullable=False),
    sealed("person", holds=Holds.IDENTITY, nullable=False),
    Column("ended_at", UtcDateTime, nullable=False),
)

templates = Table(
    "templates",
    metadata,
    Column("number_blind", LargeBinary, primary_key=True),
    Column("id_type", Text, primary_key=True),
    Column("pack", Text, primary_key=True),
    sealed("template", nullable=False),
    Column("source", Text, nullable=False),
    Column("enrolled_at", UtcDateTime, nullable=False),
    sealed("photo"),
)

_ALIVE = text("ended_at IS NULL")
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("account", Text, nullable=False, index=True),
    Column("scheme", Text, nullable=False),
    Column("id_type", Text, nullable=False),
    Column("number_blind", LargeBinary, nullable=False),
    sealed("identity", holds=Holds.IDENTITY, nullable=False),
    Column("city", Text, nullable=False),
    Column("due_on", Date),
    Column("created_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("refused_at", UtcDateTime),
    Column("death_reported_at", UtcDateTime),
    Column("question_id", BigInteger),
    Index("ix_subscriptions_due", "due_on", "id", sqlite_where=_ALIVE, postgresql_where=_ALIVE),
    Index("ix_subscriptions_person", "number_blind", "id_type"),
)

reminders_sent = Table(
    "reminders_sent",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("subscription_id", BigInteger, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("stage", Integer, nullable=False),
    Column("queued_for", Date, nullable=False, index=True),
    Column("outbox_id", BigInteger, nullable=False),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("expires_on", Date, nullable=False),
    UniqueConstraint("subscription_id", "due_on", "stage", name="uq_reminders_sent_stage"),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("id_type", Text),
    Column("number_blind", LargeBinary, index=True),
    sealed("person", holds=Holds.IDENTITY, nullable=False),
    Column("created_at", UtcDateTime, nullable=False, index=True),
    Column("done_at", UtcDateTime),
)

grants = Table(
    "grants",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("id_type", Text, nullable=False),
    Column("number_blind", LargeBinary, nullable=False, index=True),
    sealed("person", holds=Holds.IDENTITY, nullable=False),
    Column("until", Date, nullable=False),
    sealed("reason", nullable=False),
    Column("granted_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
)
