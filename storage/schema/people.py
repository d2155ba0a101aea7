"""Tables of people: the imported registry, accounts, enrolment templates, subscriptions and reminders."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.schema.columns import BigId, Holds, UtcDateTime, metadata, partial_index, sealed

beneficiaries = Table(
    "beneficiaries",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("scheme", Text, nullable=False),
    Column("id_type", Text, nullable=False),
    Column("number_blind", LargeBinary, nullable=False),
    sealed("identity", by=("scheme", "id_type", "number_blind"), holds=Holds.IDENTITY, nullable=False),
    Column("city", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("benefit_start", Date),
    Column("last_certified", Date),
    Column("death_reported", Date),
    Column("passed_on", Date),
    Column("updated_at", UtcDateTime, nullable=False),
    UniqueConstraint("number_blind", "id_type", "scheme", name="uq_beneficiaries_person"),
)

agency_ends = Table(
    "agency_ends",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("number_blind", LargeBinary, nullable=False, index=True),
    Column("id_type", Text, nullable=False),
    sealed("person", by=("id_type", "number_blind", "ended_at"), holds=Holds.IDENTITY, nullable=False),
    Column("ended_at", UtcDateTime, nullable=False),
)

_ENDED = text("ended_at IS NOT NULL")
account_bindings = Table(
    "account_bindings",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("account", Text, nullable=False, unique=True),
    Column("number_blind", LargeBinary, nullable=False, index=True),
    Column("id_type", Text, nullable=False),
    sealed(
        "person", by=("account", "id_type", "number_blind", "bound_at"), holds=Holds.IDENTITY, nullable=False
    ),
    Column("bound_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    partial_index("ix_account_bindings_ended_at", "ended_at", where=_ENDED),
)

templates = Table(
    "templates",
    metadata,
    Column("number_blind", LargeBinary, primary_key=True),
    Column("id_type", Text, primary_key=True),
    Column("pack", Text, primary_key=True),
    sealed("template", by=("number_blind", "id_type", "pack"), nullable=False),
    Column("source", Text, nullable=False),
    Column("enrolled_at", UtcDateTime, nullable=False),
    sealed("photo", by=("number_blind", "id_type", "pack")),
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
    sealed(
        "identity", by=("account", "scheme", "id_type", "number_blind"), holds=Holds.IDENTITY, nullable=False
    ),
    Column("city", Text, nullable=False),
    Column("due_on", Date),
    Column("created_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("refused_at", UtcDateTime),
    Column("death_reported_at", UtcDateTime),
    Column("question_id", BigInteger),  # the outbox row of the newest message about a pause
    partial_index("ix_subscriptions_due", "due_on", "id", where=_ALIVE),
    partial_index("ix_subscriptions_ended_at", "ended_at", where=_ENDED),
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

_PENDING = text("outbox_id IS NULL")
pass_notices = Table(
    "pass_notices",
    metadata,
    Column("subscription_id", BigInteger, primary_key=True, autoincrement=False),
    Column("passed_on", Date, nullable=False),
    Column("source", Text, nullable=False),
    Column("noted_at", UtcDateTime, nullable=False),
    Column("queued_on", Date, index=True),
    Column("outbox_id", BigInteger),
    partial_index("ix_pass_notices_pending", "subscription_id", where=_PENDING),
)
