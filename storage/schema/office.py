"""Tables of the office: its tasks, its exemptions and the audit trail."""

from sqlalchemy import BigInteger, Column, Date, LargeBinary, Table, Text, UniqueConstraint

from storage.schema.columns import BigId, Holds, UtcDateTime, metadata, sealed

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
