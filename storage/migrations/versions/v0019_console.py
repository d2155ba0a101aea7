"""The console has accounts and sessions; a registry row knows the day of the person's newest pass with us.

The day is read from the stored passes, whose people are sealed, so `db upgrade` passes the data keys; a
database without passes needs none. They are opened before the column is added, since a table that gets a
column admits no reader until the end.
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
_BOUND_BY = ("receipt", "ticket_hash", "account", "scheme", "id_type", "number_blind")
_SHANGHAI = ZoneInfo("Asia/Shanghai")
_BENEFICIARIES = sa.table(
    "beneficiaries",
    sa.column("scheme"),
    sa.column("id_type"),
    sa.column("number_blind", sa.LargeBinary),
    sa.column("passed_on", sa.Date),
)
_DAYS = sa.Table(
    "pass_days",
    sa.MetaData(),
    sa.Column("scheme", sa.Text()),
    sa.Column("id_type", sa.Text()),
    sa.Column("number_blind", sa.LargeBinary()),
    sa.Column("day", sa.Date()),
    prefixes=["TEMPORARY"],
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
    _DAYS.create(op.get_bind())
    last = _keep_days(after=0)
    op.add_column(
        "beneficiaries", sa.Column("passed_on", sa.Date())
    )  # from here on nobody reads the registry
    _keep_days(after=last)
    op.get_bind().execute(_newest_days())
    _DAYS.drop(op.get_bind())


def _keep_days(after: int) -> int:
    """Note the days of the passes after a row, which takes long; return the last row."""
    vault: Vault | None = None
    for batch in _passes(after):
        vault, after = vault or _open_vault(), batch[-1].id
        if days := [day for one in batch for day in _days(vault, one)]:
            op.get_bind().execute(sa.insert(_DAYS), days)
    return after


def _passes(last: int) -> Iterator[list[sa.Row]]:
    """Yield the passes in force after a row."""
    conn = op.get_bind()
    while True:
        chosen = sa.select(_PASSES).where(_PASSES.c.id > last, _PASSES.c.revoked_at.is_(None))
        rows = list(conn.execute(chosen.order_by(_PASSES.c.id).limit(_BATCH)).all())
        if not rows:
            return
        yield rows
        last = rows[-1].id


def _days(vault: Vault, one: sa.Row) -> list[dict[str, object]]:
    """Return a pass's day by each keyed hash of its person; none for an altered pass."""
    number = _number(vault, one)
    if number is None:
        return []
    facts = {"scheme": one.scheme, "id_type": one.id_type, "day": _day(one)}
    blinds = vault.blinds(_lifelong(one.id_type, number), "beneficiaries.number")
    return [facts | {"number_blind": blind} for blind in blinds]


def _newest_days() -> sa.Update:
    """Store each person's newest day, for all at once."""
    keys = (_DAYS.c.scheme, _DAYS.c.id_type, _DAYS.c.number_blind)
    newest = sa.select(*keys, sa.func.max(_DAYS.c.day).label("day")).group_by(*keys).subquery("newest")
    is_person = (_BENEFICIARIES.c[key.name] == newest.c[key.name] for key in keys)
    return sa.update(_BENEFICIARIES).where(*is_person).values(passed_on=newest.c.day)


def _number(vault: Vault, one: sa.Row) -> str | None:
    """Return the person's number; None for an altered pass."""
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
