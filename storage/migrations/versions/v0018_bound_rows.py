"""Every sealed value is bound to its row; public keys of receipts are attested; audit chains are keyed.

Earlier values are opened by their column alone, once, and sealed for their row: afterwards no program opens
one that was sealed for its column. A value that does not open stays as it is, and is read as damaged. `db
upgrade` passes the data keys. It is one transaction: a run that breaks off leaves nothing half done.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from alembic import context, op

from storage.errors import BadKeys, BrokenSeal
from storage.schema.columns import UtcDateTime, bound_context
from storage.sealing.key_check import FOREIGN_KEYS
from storage.sealing.vault import Vault

revision = "0018"
down_revision = "0017"

_BATCH = 500
_SAMPLE = 3
_LOCK_TRIES = 60
_ALL = sa.true()
_TIMES = frozenset({"created_at", "granted_at", "revoked_at", "ended_at", "bound_at", "certified_at"})
_DAYS = frozenset({"due_on", "until"})
_BYTES = frozenset({"ticket_hash", "number_blind"})
_PERSON = ("id_type", "number_blind")
_TEMPLATE = ("number_blind", "id_type", "pack")
_OUTBOX = ("account", "kind", "created_at")
_GRANT = ("kind", *_PERSON, "until", "granted_at", "revoked_at")
_PASS = ("receipt", "ticket_hash", "account", "scheme", *_PERSON)
_STANDS = (*_PASS, "city", "certified_at", "due_on", "channel", "mark", "signature", "revoked_at")

_Bound = Mapping[str, tuple[str, ...]]
"""The columns that each sealed column of a table is bound by."""


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A table with sealed columns, found by its primary key."""

    name: str
    key: tuple[str, ...]
    bound: _Bound

    def table(self) -> sa.TableClause:
        facts = {name for names in self.bound.values() for name in names} | set(self.key)
        columns = [sa.column(name, _type_of(name)) for name in sorted(facts)]
        return sa.table(self.name, *columns, *(sa.column(name, sa.LargeBinary) for name in self.bound))


_SEALED = (
    _Sealed("sessions", ("account",), {"body": ("account",)}),
    _Sealed("inbox", ("key",), {"reply": ("key",)}),
    _Sealed("outbox", ("id",), {"body": _OUTBOX, "fallback": _OUTBOX}),
    _Sealed("access_tokens", ("app_id",), {"value": ("app_id",)}),
    _Sealed("captures", ("ticket_hash",), {"request": ("ticket_hash", "account")}),
    _Sealed("certifications", ("id",), {"people": _PASS, "revocation": _STANDS}),
    _Sealed("tasks", ("id",), {"person": ("kind", *_PERSON, "created_at")}),
    _Sealed("grants", ("id",), {"person": _GRANT, "reason": _GRANT}),
    _Sealed("beneficiaries", ("id",), {"identity": ("scheme", *_PERSON)}),
    _Sealed("agency_ends", ("id",), {"person": (*_PERSON, "ended_at")}),
    _Sealed("account_bindings", ("id",), {"person": ("account", *_PERSON, "bound_at")}),
    _Sealed("templates", _TEMPLATE, {"template": _TEMPLATE, "photo": _TEMPLATE}),
    _Sealed("subscriptions", ("id",), {"identity": ("account", "scheme", *_PERSON)}),
)
_AUDIT = sa.table(
    "audit", sa.column("writer"), sa.column("serial", sa.BigInteger), sa.column("hash", sa.LargeBinary)
)
_KEYS = sa.table(
    "receipt_keys", sa.column("key_id"), sa.column("public_key"), sa.column("proof", sa.LargeBinary)
)


def _type_of(name: str) -> sa.types.TypeEngine[object]:
    if name in _TIMES:
        return UtcDateTime()
    if name in _DAYS:
        return sa.Date()
    if name in _BYTES:
        return sa.LargeBinary()
    return sa.BigInteger() if name == "id" else sa.Text()


def upgrade() -> None:
    """Bind the rows first, which takes long; then keep writers out, and bind what they wrote meanwhile.

    Until then the database answers a serving program: only rows that are bound already wait for the end.
    """
    held = _held()
    vault = _open_vault() if held else None
    if vault:
        _require_own_keys(vault, held)
        _bind(vault, held)
    _keep_writers_out()
    held, keys = _held(), op.get_bind().execute(sa.select(_KEYS.c.key_id, _KEYS.c.public_key)).all()
    audited = op.get_bind().execute(_last_entries()).all()
    if held or keys or audited:
        vault = vault or _open_vault()
        _bind(vault, held, _written_meanwhile())
    op.add_column("receipt_keys", sa.Column("proof", sa.LargeBinary()))
    chains = _add_audit_tables()
    if vault:
        _attest(vault, keys)
    if vault and audited:
        op.get_bind().execute(sa.insert(chains), [_chain(vault, row) for row in audited])


def _held() -> list[_Sealed]:
    """Return the tables that hold a row."""
    return [one for one in _SEALED if op.get_bind().execute(sa.select(one.table()).limit(1)).first()]


def _open_vault() -> Vault:
    open_vault = context.config.attributes.get("open_vault")
    if open_vault is None:
        message = "DATA_KEYS are needed: every sealed value is bound to its row"
        raise BadKeys(message)
    return open_vault()


def _bind(vault: Vault, held: Sequence[_Sealed], which: sa.ColumnElement[bool] = _ALL) -> None:
    for one in held:
        for rows in _batches(one, which):
            _write(one, rows, [_bound(vault, one, row) for row in rows])


def _written_meanwhile() -> sa.ColumnElement[bool]:
    """Select the rows that this migration has not written; on SQLite, whose writers wait, there are none."""
    is_shared = op.get_bind().dialect.name == "postgresql"
    return sa.text("xmin <> pg_current_xact_id()::xid") if is_shared else sa.false()


def _keep_writers_out() -> None:
    """Lock the tables against writers, not readers.

    Each try gives up before PostgreSQL looks for deadlocks: a program that waits for a row of ours gives up
    first, and these minutes of work are not thrown away for it.
    """
    conn = op.get_bind()
    if conn.dialect.name != "postgresql":
        return
    tables = ", ".join([*(one.name for one in _SEALED), _KEYS.name, _AUDIT.name])
    set_limit = sa.text("SELECT set_config('lock_timeout', :limit, true)")
    before = conn.execute(sa.text("SELECT current_setting('lock_timeout')")).scalar_one()
    for left in reversed(range(_LOCK_TRIES)):
        try:
            with conn.begin_nested():
                conn.execute(set_limit, {"limit": "500ms"})
                conn.execute(sa.text(f"LOCK TABLE {tables} IN EXCLUSIVE MODE"))
                conn.execute(set_limit, {"limit": before})
        except sa.exc.DBAPIError:
            if not left:
                raise
        else:
            return


def _require_own_keys(vault: Vault, held: Sequence[_Sealed]) -> None:
    """Raise BadKeys if the keys open none of the first rows, which nothing could bind later."""
    tried = [
        _plain(vault, getattr(row, column), _old_context(one, column, row)) is not None
        for one in held
        for row in op.get_bind().execute(sa.select(one.table()).limit(_SAMPLE))
        for column in one.bound
        if getattr(row, column) is not None
    ]
    if tried and not any(tried):
        raise BadKeys(FOREIGN_KEYS)


def _add_audit_tables() -> sa.Table:
    op.create_table(
        "audit_heads",
        sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
    )
    return op.create_table(
        "audit_chains",
        sa.Column("writer", sa.Text(), primary_key=True),
        sa.Column("plain_until", sa.BigInteger(), nullable=False),
        sa.Column("plain_head", sa.LargeBinary(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
    )


def _last_entries() -> sa.Select[tuple[object, ...]]:
    """Select the last entry of each chain: up to there its hashes have no key."""
    last = sa.select(_AUDIT.c.writer, sa.func.max(_AUDIT.c.serial)).group_by(_AUDIT.c.writer)
    return sa.select(_AUDIT).where(sa.tuple_(_AUDIT.c.writer, _AUDIT.c.serial).in_(last))


def _chain(vault: Vault, row: sa.Row) -> dict[str, object]:
    place = bound_context("audit_chains.secret", row.writer, row.serial, row.hash)
    facts = {"writer": row.writer, "plain_until": row.serial, "plain_head": row.hash}
    return facts | {"secret": vault.seal_bytes(os.urandom(32), place)}


def _attest(vault: Vault, keys: Sequence[sa.Row]) -> None:
    for row in keys:
        proof = vault.seal("", bound_context("receipt_keys.proof", row.key_id, row.public_key))
        op.get_bind().execute(sa.update(_KEYS).where(_KEYS.c.key_id == row.key_id).values(proof=proof))


def _batches(one: _Sealed, which: sa.ColumnElement[bool]) -> Iterator[list[sa.Row]]:
    table = one.table()
    keys = [table.c[name] for name in one.key]
    following = sa.select(table).where(which).order_by(*keys).limit(_BATCH)
    rows = list(op.get_bind().execute(following))
    while rows:
        yield rows
        last = [sa.literal(getattr(rows[-1], key.name), key.type) for key in keys]
        rows = list(op.get_bind().execute(following.where(sa.tuple_(*keys) > sa.tuple_(*last))))


def _bound(vault: Vault, one: _Sealed, row: sa.Row) -> dict[str, bytes | None]:
    return {column: _resealed(vault, one, column, row) for column in one.bound}


def _resealed(vault: Vault, one: _Sealed, column: str, row: sa.Row) -> bytes | None:
    sealed, place = getattr(row, column), f"{one.name}.{column}"
    plain = _plain(vault, sealed, _old_context(one, column, row))
    if plain is None and place == "certifications.revocation" and row.revoked_at is None:
        plain = b""  # in force
    if plain is None:
        return sealed
    return vault.seal_bytes(plain, bound_context(place, *(getattr(row, name) for name in one.bound[column])))


def _plain(vault: Vault, sealed: bytes | None, place: str) -> bytes | None:
    try:
        return None if sealed is None else vault.open_bytes(sealed, place)
    except BrokenSeal:
        return None


def _old_context(one: _Sealed, column: str, row: sa.Row) -> str:
    place = f"{one.name}.{column}"
    return f"{place}@{row.number_blind.hex()}" if one.name == "templates" else place


def _write(one: _Sealed, rows: Sequence[sa.Row], values: Sequence[dict[str, bytes | None]]) -> None:
    table = one.table()
    of_row = (table.c[name] == sa.bindparam(f"of_{name}", type_=table.c[name].type) for name in one.key)
    new = {name: sa.bindparam(f"new_{name}") for name in one.bound}
    changed = sa.update(table).where(*of_row).values(new)
    places = [{f"of_{name}": getattr(row, name) for name in one.key} for row in rows]
    news = [{f"new_{name}": value for name, value in one.items()} for one in values]
    op.get_bind().execute(changed, [place | new for place, new in zip(places, news, strict=True)])
