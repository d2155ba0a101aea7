"""The chain of one writer: each entry's keyed hash covers the one before.

The key is random, one per chain, and sealed: somebody who writes to the database without its keys cannot
compute an entry. It is not derived from a data key, so old entries stay verifiable after the data keys are
exchanged.
"""

import hashlib
import hmac
import json
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

from storage.any_row import AnyRow
from storage.schema.columns import context_in, stored_context
from storage.schema.office import audit_chains
from storage.sealing.vault import Vault

NO_ENTRY = b""
"""Stands for the hash before the first entry."""

Facts = tuple[str, str, str, str]
"""Actor, action, subject and detail."""


@dataclass(frozen=True, slots=True)
class Chain:
    """One writer's key; entries up to `plain_until`, with `plain_head`, predate keyed chains."""

    writer: str
    secret: bytes = field(repr=False)
    plain_until: int = 0
    plain_head: bytes = NO_ENTRY

    @classmethod
    def new(cls, writer: str) -> Self:
        """Begin a chain."""
        return cls(writer, os.urandom(32))

    @classmethod
    def of_row(cls, row: AnyRow, vault: Vault) -> Self:
        """Read a chain; raises BrokenSeal if its row was changed."""
        secret = vault.open_bytes(row.secret, stored_context(audit_chains.c.secret, row))
        return cls(row.writer, secret, row.plain_until, row.plain_head)

    def to_row(self, vault: Vault) -> dict[str, object]:
        """Write the row."""
        row: dict[str, object] = {
            "writer": self.writer,
            "plain_until": self.plain_until,
            "plain_head": self.plain_head,
        }
        return row | {"secret": vault.seal_bytes(self.secret, context_in(audit_chains.c.secret, row))}

    def hash_of(self, previous: bytes, serial: int, at: datetime, facts: Facts) -> bytes:
        """Return an entry's hash (32 bytes): HMAC-SHA256, or SHA-256 for an entry older than the key."""
        stamp = at.astimezone(UTC).isoformat(timespec="microseconds")
        text = json.dumps([self.writer, serial, stamp, *facts], ensure_ascii=False).encode()
        if serial <= self.plain_until:
            return hashlib.sha256(previous + text).digest()
        return hmac.digest(self.secret, previous + text, "sha256")

    def fits(self, previous: bytes, row: AnyRow) -> bool:
        """Whether an entry is the one that was written after the one with this hash."""
        facts = (row.actor, row.action, row.subject, row.detail)
        is_whole = hmac.compare_digest(row.hash, self.hash_of(previous, row.serial, row.at, facts))
        return is_whole and (row.serial != self.plain_until or row.hash == self.plain_head)
