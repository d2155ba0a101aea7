"""Every table of the first release."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_UNDONE = sa.text("ended_at IS NULL")


def upgrade() -> None:
    _make_conversation()
    _make_outbox()
    _make_captures()
    _make_certifications()
    _make_records()
    _make_registry()


def _id() -> sa.Column:
    return sa.Column("id", _ID, primary_key=True)


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def _sealed(name: str) -> sa.Column:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def _time(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _make_conversation() -> None:
    op.create_table(
        "inbox",
        sa.Column("key", sa.Text(), primary_key=True),
        _text("account"),
        _time("claimed_at"),
        _time("answered_at", nullable=True),
        sa.Column("reply", sa.LargeBinary()),
    )
    op.create_index("ix_inbox_claimed_at", "inbox", ["claimed_at"])
    op.create_table(
        "sessions",
        sa.Column("account", sa.Text(), primary_key=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        _sealed("body"),
        _time("updated_at"),
    )
    op.create_index("ix_sessions_updated_at", "sessions", ["updated_at"])


def _make_outbox() -> None:
    op.create_table(
        "outbox",
        _id(),
        _text("account"),
        _text("kind"),
        _sealed("body"),
        _time("created_at"),
        _time("due_at"),
        _time("lease_until", nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _text("last_error"),
        _time("ended_at", nullable=True),
        sa.Column("dead", sa.Boolean(), nullable=False),
    )
    undone = {"sqlite_where": _UNDONE, "postgresql_where": _UNDONE}
    op.create_index("ix_outbox_due", "outbox", ["due_at", "id"], **undone)
    op.create_index("ix_outbox_order", "outbox", ["account", "kind", "id"], **undone)
    op.create_index("ix_outbox_ended_at", "outbox", ["ended_at"])


def _make_captures() -> None:
    op.create_table(
        "captures",
        sa.Column("ticket_hash", sa.LargeBinary(), primary_key=True),
        _text("account"),
        _sealed("request"),
        _time("created_at"),
        _time("expires_at"),
        sa.Column("consent_version", sa.Text()),
        _time("consented_at", nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _time("finished_at", nullable=True),
        sa.Column("outcome", sa.Text()),
        sa.Column("reason", sa.Text()),
    )
    op.create_index("ix_captures_account", "captures", ["account"])
    op.create_index("ix_captures_expires_at", "captures", ["expires_at"])


def _make_certifications() -> None:
    op.create_table(
        "certifications",
        _id(),
        sa.Column("receipt", sa.Text(), nullable=False, unique=True),
        sa.Column("ticket_hash", sa.LargeBinary(), nullable=False, unique=True),
        _text("account"),
        _text("scheme"),
        _text("id_type"),
        _sealed("number_blind"),
        _sealed("people"),
        _text("city"),
        _time("certified_at"),
        sa.Column("due_on", sa.Date(), nullable=False),
        _text("channel"),
        sa.Column("scores", sa.JSON(), nullable=False),
    )
    op.create_index("ix_certifications_account", "certifications", ["account"])
    op.create_index("ix_certifications_certified_at", "certifications", ["certified_at"])
    person = ["number_blind", "id_type", "scheme", "certified_at"]
    op.create_index("ix_certifications_person", "certifications", person)


def _make_records() -> None:
    op.create_table("consents", _id(), _text("account"), _text("kind"), _text("version"), _time("agreed_at"))
    op.create_index("ix_consents_account", "consents", ["account"])
    op.create_table(
        "audit",
        _id(),
        _text("writer"),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        _time("at"),
        _text("actor"),
        _text("action"),
        _text("subject"),
        _text("detail"),
        _sealed("hash"),
        sa.UniqueConstraint("writer", "serial", name="uq_audit_writer_serial"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])


def _make_registry() -> None:
    op.create_table(
        "beneficiaries",
        _id(),
        _text("scheme"),
        _text("id_type"),
        _sealed("number_blind"),
        _sealed("identity"),
        _text("city"),
        _text("status"),
        sa.Column("benefit_start", sa.Date()),
        sa.Column("last_certified", sa.Date()),
        sa.Column("death_reported", sa.Date()),
        _time("updated_at"),
        sa.UniqueConstraint("number_blind", "id_type", "scheme", name="uq_beneficiaries_person"),
    )
    op.create_table(
        "templates",
        sa.Column("number_blind", sa.LargeBinary(), primary_key=True),
        sa.Column("id_type", sa.Text(), primary_key=True),
        sa.Column("pack", sa.Text(), primary_key=True),
        _sealed("template"),
        _text("source"),
        _time("enrolled_at"),
    )
