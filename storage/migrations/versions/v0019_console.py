"""The console has accounts and sessions; a registry row knows the day of the person's newest pass with us.

The day is read out of the stored passes, whose people are sealed, so `db upgrade` hands the data keys over;
a database without passes needs none.
"""

import json
from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import context, op

from storage.errors import BadKeys, BrokenSeal
from storage.schema.columns import UtcDateTime, bound_context
from storage.sealing.vault import Vault

revision = "0019"
down_revision = "0022"

_BATCH = 500
_OTHERS = 3
"""Values of the statement for a batch that are no keyed hash."""
_BOUND_BY = ("receipt", "ticket_hash", "account", "scheme", "id_type", "number_blind")
_SHANGHAI = ZoneInfo("Asia/Shanghai")
_BENEFICIARIES = sa.table(
    "beneficiaries",
    sa.column("scheme"),
    sa.column("id_type"),
    sa.column("number_blind", sa.LargeBinary),
    sa.column("passed_on", sa.Date),
)
_PASSES = sa.table(
    "certifications",
    sa.column("id"),
    sa.column("scheme"),
    sa.column("id_type"),
    sa.column("people", sa.LargeBinary),
    sa.column("receipt"),
    sa.column("ticket_hash", sa.LargeBinary),
    sa.column("account"),
    sa.column("number_blind", sa.LargeBinary),
    sa.column("certified_at", UtcDateTime),
    sa.column("revoked_at"),
)


def upgrade() -> None:
    op.create_table(
        "console_accounts",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True
        ),
        sa.Column("name", sa.Text(), nullable=False, unique=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.Column("totp_secret", sa.LargeBinary(), nullable=False),
        sa.Column("totp_step", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "console_sessions",
        sa.Column("token_hash", sa.LargeBinary(), primary_key=True),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("browser_hash", sa.LargeBinary(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_console_sessions_account_id", "console_sessions", ["account_id"])
    op.create_index("ix_console_sessions_begun_at", "console_sessions", ["begun_at"])
    op.add_column("beneficiaries", sa.Column("passed_on", sa.Date()))
    _keep_passes()


def _keep_passes() -> None:
    vault: Vault | None = None
    for batch in _passes():
        vault = vault or _open_vault()
        kept = [places for one in batch if (places := _places(vault, one))]
        if kept:
            op.get_bind().execute(_statement(len(kept[0]) - _OTHERS), kept)


def _passes() -> Iterator[list[sa.Row]]:
    """Yield the passes in force, the oldest first, so that the newest one is kept last."""
    conn, last = op.get_bind(), 0
    while True:
        chosen = sa.select(_PASSES).where(_PASSES.c.id > last, _PASSES.c.revoked_at.is_(None))
        rows = list(conn.execute(chosen.order_by(_PASSES.c.id).limit(_BATCH)).all())
        if not rows:
            return
        yield rows
        last = rows[-1].id


def _places(vault: Vault, one: sa.Row) -> dict[str, object] | None:
    """Return the values of `_statement` for a pass; None for one that is not as it was written."""
    number = _number(vault, one)
    if number is None:
        return None
    blinds = vault.blinds(_lifelong(one.id_type, number), "beneficiaries.number")
    places = {"of_type": one.id_type, "of_scheme": one.scheme, "day": _day(one)}
    return places | {f"blind_{place}": blind for place, blind in enumerate(blinds)}


def _statement(keys: int) -> sa.Update:
    """Keep a newer day, of a person whose number is hashed by one of so many keys; for a whole batch."""
    table, day = _BENEFICIARIES, sa.bindparam("day", type_=sa.Date())
    blinds = [sa.bindparam(f"blind_{place}", type_=sa.LargeBinary()) for place in range(keys)]
    is_person = table.c.number_blind.in_(blinds), table.c.id_type == sa.bindparam("of_type")
    is_newer = sa.or_(table.c.passed_on.is_(None), table.c.passed_on < day)
    row = sa.update(table).where(*is_person, table.c.scheme == sa.bindparam("of_scheme"), is_newer)
    return row.values(passed_on=day)


def _number(vault: Vault, one: sa.Row) -> str | None:
    """Return the person's number; None for a pass that is not as it was written."""
    place = bound_context("certifications.people", *(getattr(one, name) for name in _BOUND_BY))
    try:
        return str(json.loads(vault.open(one.people, place))[0][2])
    except BrokenSeal:
        return None


def _day(one: sa.Row) -> date:
    return one.certified_at.astimezone(_SHANGHAI).date()


def _lifelong(id_type: str, number: str) -> str:
    return number[: {"hk_macau_permit": 9, "taiwan_permit": 8}.get(id_type)]


def _open_vault() -> Vault:
    open_vault = context.config.attributes.get("open_vault")
    if open_vault is None:
        message = "DATA_KEYS are needed: the day of each person's newest pass is kept with the registry"
        raise BadKeys(message)
    return open_vault()
