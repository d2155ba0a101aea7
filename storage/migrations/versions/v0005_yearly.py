"""Subscriptions to the yearly reminder, the reminders sent, and the office's tasks."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _make_subscriptions()
    _make_reminders()
    _make_tasks()


def _id() -> sa.Column:
    return sa.Column("id", _ID, primary_key=True)


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def _bytes(name: str) -> sa.Column:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def _time(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _make_subscriptions() -> None:
    op.create_table(
        "subscriptions",
        _id(),
        _text("account"),
        _text("scheme"),
        _text("id_type"),
        _bytes("number_blind"),
        _bytes("identity"),
        _text("city"),
        sa.Column("due_on", sa.Date()),
        _time("created_at"),
        _time("ended_at", nullable=True),
    )
    alive = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_subscriptions_due", "subscriptions", ["due_on", "id"], sqlite_where=alive, postgresql_where=alive
    )
    op.create_index("ix_subscriptions_account", "subscriptions", ["account"])
    op.create_index("ix_subscriptions_person", "subscriptions", ["number_blind", "id_type"])


def _make_reminders() -> None:
    op.create_table(
        "reminders_sent",
        _id(),
        sa.Column("subscription_id", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("queued_for", sa.Date(), nullable=False),
        sa.Column("outbox_id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.UniqueConstraint("subscription_id", "due_on", "stage", name="uq_reminders_sent_stage"),
    )
    op.create_index("ix_reminders_sent_queued_for", "reminders_sent", ["queued_for"])


def _make_tasks() -> None:
    op.create_table(
        "tasks", _id(), _text("kind"), _bytes("person"), _time("created_at"), _time("done_at", nullable=True)
    )
    op.create_index("ix_tasks_created_at", "tasks", ["created_at"])
