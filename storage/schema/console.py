"""Tables of the office console: accounts, sessions, looks at people, pending approvals, counts."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, Table, Text, text

from storage.schema.columns import BigId, Holds, UtcDateTime, metadata, partial_index, sealed

_ACCOUNT = ("name", "role", "password_hash", "is_new", "created_at", "disabled_at")
"""An account's secret is sealed again with each of these: editing the row signs nobody in."""

_SESSION = ("token_hash", "account_id", "stage", "browser_hash", "begun_at")

console_accounts = Table(
    "console_accounts",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("is_new", Boolean, nullable=False),
    sealed("totp_secret", by=_ACCOUNT, nullable=False),
    Column("totp_step", BigInteger, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("disabled_at", UtcDateTime),
)

console_sessions = Table(
    "console_sessions",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("account_id", BigInteger, nullable=False, index=True),
    Column("stage", Text, nullable=False),
    Column("browser_hash", LargeBinary, nullable=False),
    Column("begun_at", UtcDateTime, nullable=False, index=True),
    Column("seen_at", UtcDateTime, nullable=False),
    sealed("proof", by=_SESSION, nullable=False),
)

console_looks = Table(
    "console_looks",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("account_id", BigInteger, nullable=False),
    sealed("person", by=("token_hash", "account_id", "looked_at"), nullable=False),
    Column("looked_at", UtcDateTime, nullable=False, index=True),
)

_DECIDED = ("asked_by", "asked_at", "decided_by", "decided_at")

IS_SHOWN = text("(decided_at IS NULL OR turned_down IS NOT NULL)")
"""Acts that wait, or that a second person turned down; a query repeats this text, as the index needs it."""

IS_UNSETTLED = text("(turned_down IS NOT NULL AND settled_at IS NULL)")
"""Acts that were turned down, if the same has not been approved since; repeated likewise."""

console_approvals = Table(
    "console_approvals",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("number_blind", LargeBinary),
    sealed("act", by=_DECIDED, holds=Holds.ACT, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("decided_by", Text),
    Column("decided_at", UtcDateTime, index=True),
    sealed("turned_down", by=("id", *_DECIDED)),
    Column("settled_at", UtcDateTime),
    partial_index("ix_console_approvals_person", "number_blind", where=IS_SHOWN),
    partial_index("ix_console_approvals_told", "asked_by", "decided_at", where=IS_UNSETTLED),
)

standings = Table(
    "standings",
    metadata,
    Column("scheme", Text, primary_key=True),
    Column("city", Text, primary_key=True),
    Column("due_soon", Integer, nullable=False),
    Column("overdue", Integer, nullable=False),
    Column("suspended", Integer, nullable=False),
    Column("living", Integer, nullable=False),
    Column("counted_at", UtcDateTime, nullable=False),
)
