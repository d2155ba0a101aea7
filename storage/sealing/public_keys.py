"""Public keys that signed here: kept in the database, since what they signed outlives the data keys.

Each is attested by a sealed value: a key that somebody else puts into the table is not trusted.
"""

import base64

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.any_row import AnyRow
from storage.database import insert_new
from storage.schema.captures import receipt_keys
from storage.schema.columns import context_in, stored_context
from storage.sealing.readable_rows import DAMAGED
from storage.sealing.vault import Vault

_ATTESTED = ""
"""The plain text of a key's proof: only the fact that it opens counts."""


async def publish_key(conn: AsyncConnection, vault: Vault) -> None:
    """Store the public key that signs today."""
    key_id, public_key = next(iter(vault.signing_keys().items()))
    row: dict[str, object] = {"key_id": key_id, "public_key": base64.b64encode(public_key).decode()}
    row |= {"proof": vault.seal(_ATTESTED, context_in(receipt_keys.c.proof, row))}
    await conn.execute(insert_new(conn, receipt_keys).values(row).on_conflict_do_nothing())


async def public_keys(conn: AsyncConnection, vault: Vault) -> dict[str, bytes]:
    """Return every public key (32 bytes) that ever signed here, including those of removed data keys."""
    rows = await conn.execute(select(receipt_keys).order_by(receipt_keys.c.key_id))
    return {row.key_id: base64.b64decode(row.public_key) for row in rows if _is_ours(row, vault)}


async def trusted_keys(conn: AsyncConnection, vault: Vault) -> dict[str, bytes]:
    """Return the keys whose signatures count: all that ever signed here, and those of the settings."""
    return vault.signing_keys() | await public_keys(conn, vault)


def _is_ours(row: AnyRow, vault: Vault) -> bool:
    place = stored_context(receipt_keys.c.proof, row)
    try:
        return row.proof is not None and vault.open(row.proof, place) == _ATTESTED
    except DAMAGED:
        return False
