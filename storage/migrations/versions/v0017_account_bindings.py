"""Accounts are found by the person whom a face pass bound them to; earlier bindings are in the sessions.

`db upgrade` passes the data keys, since the sessions are sealed. A session that does not open, or names
nobody, is skipped. An account was bound at the latest when its session was last touched.
"""

import json
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import context, op

from storage.errors import BadKeys, BrokenSeal
from storage.sealing.vault import Vault

revision = "0017"
down_revision = "0016"

_BATCH = 500
_LIFELONG = {"hk_macau_permit": 9, "taiwan_permit": 8}
_SESSIONS = sa.table(
    "sessions",
    sa.column("account", sa.Text),
    sa.column("body", sa.LargeBinary),
    sa.column("updated_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    bindings = op.create_table(
        "account_bindings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("account", sa.Text(), nullable=False, unique=True),
        sa.Column("number_blind", sa.LargeBinary(), nullable=False),
        sa.Column("id_type", sa.Text(), nullable=False),
        sa.Column("person", sa.LargeBinary(), nullable=False),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_account_bindings_number_blind", "account_bindings", ["number_blind"])
    conn = op.get_bind()
    if conn.execute(sa.select(_SESSIONS.c.account).limit(1)).first() is None:
        return
    open_vault = context.config.attributes.get("open_vault")
    if open_vault is None:
        message = "DATA_KEYS are needed: the accounts that are somebody's are read off the conversations"
        raise BadKeys(message)
    vault = open_vault()
    for rows in _batches(conn):
        found = [row for row in (_binding(vault, one) for one in rows) if row]
        if found:
            conn.execute(sa.insert(bindings), found)


def _batches(conn: sa.Connection) -> Iterator[list[sa.Row]]:
    after = ""
    while True:
        following = sa.select(_SESSIONS).where(_SESSIONS.c.account > after)
        rows = list(conn.execute(following.order_by(_SESSIONS.c.account).limit(_BATCH)))
        if not rows:
            return
        yield rows
        after = rows[-1].account


def _binding(vault: Vault, row: sa.Row) -> dict[str, object] | None:
    person = _person(vault, row.body)
    if person is None:
        return None
    name, id_type, number = person
    lifelong = number[: _LIFELONG.get(id_type, len(number))]
    text = json.dumps([name, id_type, number], ensure_ascii=False, separators=(",", ":"))
    return {
        "account": row.account,
        "number_blind": vault.blind(lifelong, "account_bindings.number"),
        "id_type": id_type,
        "person": vault.seal(text, "account_bindings.person"),
        "bound_at": row.updated_at,
    }


def _person(vault: Vault, body: bytes) -> tuple[str, str, str] | None:
    try:
        stored = json.loads(vault.open(body, "sessions.body"))
        person = stored["person"]
        return str(person["name"]), str(person["id_type"]), str(person["number"])
    except (BrokenSeal, ValueError, KeyError, TypeError):
        return None
