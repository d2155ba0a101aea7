"""Tables of the office: its tasks, its exemptions and the audit trail."""

from sqlalchemy import BigInteger, Column, Date, Index, LargeBinary, Table, Text, UniqueConstraint, text

from storage.schema.columns import BigId, Holds, UtcDateTime, metadata, partial_index, sealed

IS_REVOCATION = text("action = 'receipt.revoked'")
"""Entries that name a revoked receipt. A query repeats exactly this text, as the partial index requires."""

IS_GRANT = text("action IN ('grant.given', 'grant.revoked')")
"""Entries that give or end an exemption; a query repeats this text as well."""

IS_OF_CONSOLE = text("substr(actor, 1, 8) = 'console:'")
"""Entries of console accounts; a query repeats this text as well."""

FREQUENT = (
    "account.bound",
    "capture.closed",
    "capture.failed",
    "capture.handed_over",
    "capture.opened",
    "capture.passed",
    "consent.face",
    "consent.reminders",
    "consent.terms",
)
"""Actions that a certification writes: the newest entries of each are found at the end of the trail."""

IS_RARE = text(f"action NOT IN {FREQUENT}")
"""Entries of all other actions: certifications do not write this index; a query repeats this text as well."""

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
    Index("ix_audit_subject", "subject", "id"),
    partial_index("ix_audit_revocations", "subject", where=IS_REVOCATION),
    partial_index("ix_audit_accounts", "actor", "id", where=IS_OF_CONSOLE),
    partial_index("ix_audit_rare", "action", "id", where=IS_RARE),
    partial_index("ix_audit_grants", "at", where=IS_GRANT),
)

audit_chains = Table(
    "audit_chains",
    metadata,
    Column("writer", Text, primary_key=True),
    Column("plain_until", BigInteger, nullable=False),
    Column("plain_head", LargeBinary, nullable=False),
    sealed("secret", by=("writer", "plain_until", "plain_head"), nullable=False),
)

audit_heads = Table(
    "audit_heads",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("statement", Text, nullable=False),
    Column("signature", Text, nullable=False),
)

audit_cuts = Table(
    "audit_cuts",
    metadata,
    Column("writer", Text, primary_key=True),
    Column("statement", Text, nullable=False),
    Column("signature", Text, nullable=False),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("id_type", Text),
    Column("number_blind", LargeBinary, index=True),
    sealed(
        "person", by=("kind", "id_type", "number_blind", "created_at"), holds=Holds.IDENTITY, nullable=False
    ),
    Column("created_at", UtcDateTime, nullable=False, index=True),
    Column("done_at", UtcDateTime),
    Column("taken_by", Text),
    Column("taken_at", UtcDateTime),
    Column("visit_on", Date),
    Column("done_by", Text),
    Column("result", Text),
    partial_index("ix_tasks_done_at", "done_at", where=text("done_at IS NOT NULL")),
)

_GRANTED = ("kind", "id_type", "number_blind", "until", "granted_at", "revoked_at")
"""An exemption is sealed again when it is revoked: editing the row does not bring it back."""

grants = Table(
    "grants",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("id_type", Text, nullable=False),
    Column("number_blind", LargeBinary, nullable=False, index=True),
    sealed("person", by=_GRANTED, holds=Holds.IDENTITY, nullable=False),
    Column("until", Date, nullable=False),
    sealed("reason", by=_GRANTED, nullable=False),
    Column("granted_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
)
