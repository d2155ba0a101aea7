"""Heads of the chains, signed once a day: the last ones reveal a chain that is gone or whose end was cut off.

A statement names each chain that grew since the previous statement, with the number of its entries and the
hash of the last; it covers the previous statement by its hash. If statements are kept outside
(`audit export`), they also reveal what somebody cut off together with the newest ones.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, ScalarSelect, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.audit_trail.verification import Head
from storage.database import lock_names
from storage.schema.office import audit, audit_chains, audit_heads
from storage.sealing.public_keys import publish_key, trusted_keys
from storage.sealing.signing import is_signed_by
from storage.sealing.statements import canonical
from storage.sealing.vault import Vault

_VERSION = 1
_V = TypeVar("_V")


@dataclass(frozen=True, slots=True)
class SignedHeads:
    """One day's statement; `signature` as `Signature.to_text` writes it."""

    number: int
    statement: str
    signature: str

    @property
    def digest(self) -> str:
        """The hash by which the next statement covers this one."""
        return hashlib.sha256(self.statement.encode()).hexdigest()

    def fields(self) -> Mapping[str, object]:
        """Return what is stated; empty for anything that is not a statement."""
        try:
            found = json.loads(self.statement)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def is_ours(self, keys: Mapping[str, bytes]) -> bool:
        """Whether one of these public keys signed it."""
        return is_signed_by(keys, self.statement, self.signature)

    def heads(self) -> dict[Head, bytes]:
        """Return the stated heads and their hashes; none if they are not stated in a format of ours."""
        chains = self.fields().get("chains")
        found = chains if isinstance(chains, dict) else {}
        try:
            return {(writer, int(serial)): bytes.fromhex(text) for writer, (serial, text) in found.items()}
        except (TypeError, ValueError, OverflowError):
            return {}


async def sign_heads(conn: AsyncConnection, vault: Vault, day: date) -> bool:
    """Sign the heads of a day; False if they are signed already, or nothing was written since the last.

    After a clock that was ahead, statements repeat the day of the last one until it has come, and say when
    they were signed: the trail is cut by these days, and an earlier day would let newer entries go with it.
    """
    await lock_names(conn, ["audit heads"])
    signed = await signed_heads(conn)
    last = signed[-1].fields() if signed else {}
    if day.isoformat() in {last.get("day"), last.get("signed_on")}:
        return False
    statement = _statement(day.isoformat(), await _heads(conn), signed)
    if statement is None:
        return False
    await publish_key(conn, vault)
    row = {"number": len(signed) + 1, "statement": statement, "signature": vault.sign(statement).to_text()}
    await conn.execute(insert(audit_heads).values(row))
    return True


def _statement(day: str, heads: Mapping[Head, bytes], signed: Sequence[SignedHeads]) -> str | None:
    """State the chains that grew since the signed statements; None if none did."""
    known = {head for one in signed for head in one.heads()}
    grown = {head[0]: [head[1], digest.hex()] for head, digest in heads.items() if head not in known}
    last = str(signed[-1].fields().get("day", "")) if signed else ""
    facts = {
        "version": _VERSION,
        "number": len(signed) + 1,
        "day": max(day, last),
        "previous": signed[-1].digest if signed else "",
        "entries": sum(serial for _, serial in heads),
        "chains": grown,
    } | ({"signed_on": day} if day < last else {})
    return canonical(facts) if grown else None


async def signed_heads(conn: AsyncConnection) -> list[SignedHeads]:
    """Return every statement, the oldest first."""
    rows = await conn.execute(select(audit_heads).order_by(audit_heads.c.number))
    return [SignedHeads(row.number, str(row.statement), str(row.signature)) for row in rows]


async def faults_of(
    conn: AsyncConnection, vault: Vault, stored: Sequence[SignedHeads], exported: Sequence[SignedHeads]
) -> list[str]:
    """Return the statements that are missing or not as they were signed; `exported` were kept outside."""
    keys = await trusted_keys(conn, vault)
    previous, faults = "", []
    for number, one in enumerate(stored, start=1):
        fields = one.fields()
        if (fields.get("number"), fields.get("previous")) != (number, previous) or not one.is_ours(keys):
            faults.append(f"heads {one.number}: not as they were signed")
        previous = one.digest
    held = {one.statement for one in stored}
    for one in exported:
        if not one.is_ours(keys):
            faults.append(f"exported heads {one.number}: not signed here")
        elif one.statement not in held:
            faults.append(f"heads {one.number}: exported, and gone or changed since")
    return faults


async def _heads(conn: AsyncConnection) -> dict[Head, bytes]:
    """Read the end of each chain, which its index finds however long the trail is."""
    rows = await conn.execute(select(audit_chains.c.writer, _last(audit.c.serial), _last(audit.c.hash)))
    return {(writer, serial): digest for writer, serial, digest in rows if serial is not None}


def _last(column: ColumnElement[_V]) -> ScalarSelect[_V]:
    """Select a column of a chain's last entry."""
    of_chain = select(column).where(audit.c.writer == audit_chains.c.writer).correlate(audit_chains)
    return of_chain.order_by(audit.c.serial.desc()).limit(1).scalar_subquery()
