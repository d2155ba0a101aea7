"""The state of delivery: the other channel, templates' reports, message windows, the shared access token."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("fallback", sa.LargeBinary()))
    op.add_column("outbox", sa.Column("message_id", sa.Text()))
    op.add_column("outbox", sa.Column("report", sa.Text()))
    op.add_column("outbox", _time("waits_since"))
    op.create_index("ix_outbox_message_id", "outbox", ["message_id"])
    waiting = sa.text("waits_since IS NOT NULL")
    op.create_index(
        "ix_outbox_waiting", "outbox", ["account"], sqlite_where=waiting, postgresql_where=waiting
    )
    _make_templates()
    _make_windows()
    _make_tokens()


def _time(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True))


def _count(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def _make_templates() -> None:
    op.create_table(
        "template_reports",
        sa.Column("message_id", sa.Text(), primary_key=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table("template_days", sa.Column("day", sa.Date(), primary_key=True), _count("sent"))


def _make_windows() -> None:
    op.create_table(
        "windows",
        sa.Column("account", sa.Text(), primary_key=True),
        _time("text_at"),
        _count("text_sent"),
        _time("tap_at"),
        _count("tap_sent"),
    )


def _make_tokens() -> None:
    op.create_table(
        "access_tokens",
        sa.Column("app_id", sa.Text(), primary_key=True),
        sa.Column("value", sa.LargeBinary()),
        _time("renew_at"),
        _time("ends_at"),
        _time("lease_until"),
    )
