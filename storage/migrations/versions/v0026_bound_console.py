"""Accounts, sessions, looks and approvals of the console are bound to all that they allow.

Secrets and acts are opened as they were bound before, and sealed again. A value that does not open stays as
it is, and is read as damaged. Sessions and looks last for hours: they end, and everybody signs in again.
"""

from dataclasses import dataclass

import sqlalchemy as sa
from alembic import context, op

from storage.errors import BadKeys, BrokenSeal
from storage.schema.columns import UtcDateTime, bound_context
from storage.sealing.vault import Vault

revision = "0026"
down_revision = "0025"
oldest_program = "0026"


@dataclass(frozen=True, slots=True)
class _Bound:
    """A sealed column, and the columns of its row that it was and is bound by."""

    table: sa.TableClause
    column: str
    before: tuple[str, ...]
    now: tuple[str, ...]


_ACCOUNTS = sa.table(
    "console_accounts",
    sa.column("id", sa.BigInteger),
    sa.column("name", sa.Text),
    sa.column("role", sa.Text),
    sa.column("password_hash", sa.Text),
    sa.column("is_new", sa.Boolean),
    sa.column("created_at", UtcDateTime()),
    sa.column("disabled_at", UtcDateTime()),
    sa.column("totp_secret", sa.LargeBinary),
)
_APPROVALS = sa.table(
    "console_approvals",
    sa.column("id", sa.BigInteger),
    sa.column("asked_by", sa.Text),
    sa.column("asked_at", UtcDateTime()),
    sa.column("decided_by", sa.Text),
    sa.column("decided_at", UtcDateTime()),
    sa.column("act", sa.LargeBinary),
)
_ASKED = ("asked_by", "asked_at")
_REBOUND = (
    _Bound(
        _ACCOUNTS,
        "totp_secret",
        ("name", "role"),
        ("name", "role", "password_hash", "is_new", "created_at", "disabled_at"),
    ),
    _Bound(_APPROVALS, "act", _ASKED, (*_ASKED, "decided_by", "decided_at")),
)


def upgrade() -> None:
    for name in ("console_sessions", "console_looks"):
        op.execute(sa.delete(sa.table(name)))
    op.add_column("console_sessions", sa.Column("proof", sa.LargeBinary(), nullable=False, server_default=""))
    held = {one: op.get_bind().execute(sa.select(one.table)).all() for one in _REBOUND}
    if not any(held.values()):
        return
    open_vault = context.config.attributes.get("open_vault")
    if open_vault is None:
        message = "DATA_KEYS are needed: accounts and approvals of the console are bound to their rows"
        raise BadKeys(message)
    vault = open_vault()
    for one, rows in held.items():
        for row in rows:
            _rebind(vault, one, row)


def _rebind(vault: Vault, one: _Bound, row: sa.Row[tuple[object, ...]]) -> None:
    place = f"{one.table.name}.{one.column}"
    before, now = ([getattr(row, name) for name in names] for names in (one.before, one.now))
    try:
        plain = vault.open(getattr(row, one.column), bound_context(place, *before))
    except BrokenSeal:
        return
    anew = vault.seal(plain, bound_context(place, *now))
    changed = sa.update(one.table).where(one.table.c.id == row.id)
    op.get_bind().execute(changed.values({one.column: anew}))
