"""Ages of the keys: since when a key seals or signs here, by an id that reveals nothing about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.schema.keys import key_uses
from storage.sealing.readable_rows import read_all
from storage.sealing.vault import Vault
from storage.stored_enums import parse_enum


class KeyRole(StrEnum):
    """What a key does."""

    DATA = "data"
    SIGNING = "signing"


@dataclass(frozen=True, slots=True)
class KeyUse:
    """A current key, and when a process of the service first started with it."""

    role: KeyRole
    key_id: str
    since: datetime


async def note_keys(conn: AsyncConnection, vault: Vault, now: datetime) -> None:
    """Store when the current keys were first seen in use."""
    rows = [{"role": role, "key_id": key_id, "since": now} for role, key_id in _ids(vault).items()]
    await conn.execute(insert_new(conn, key_uses).values(rows).on_conflict_do_nothing())


async def uses_of(conn: AsyncConnection, vault: Vault) -> list[KeyUse]:
    """Return since when the sealing key and the signing key have been in use, as far as noted."""
    rows = await conn.execute(select(key_uses).order_by(key_uses.c.role))
    found = read_all(rows, lambda row: KeyUse(parse_enum(KeyRole, row.role), row.key_id, row.since))
    return [use for use in found if use.key_id == _ids(vault)[use.role]]


def _ids(vault: Vault) -> dict[KeyRole, str]:
    return {KeyRole.DATA: vault.data_key_id(), KeyRole.SIGNING: next(iter(vault.signing_keys()))}
