"""Sessions of the office console: only a hash of each token is stored."""

import logging
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.columns import context_in, stored_context
from storage.schema.console import console_sessions
from storage.sealing.readable_rows import DAMAGED
from storage.sealing.vault import Vault
from storage.stored_enums import parse_enum

_PROOF = console_sessions.c.proof
_log = logging.getLogger(__name__)


class SignInStage(StrEnum):
    """How far a sign-in has come."""

    SETUP = "setup"  # the initial password was right: a new one is still to be chosen
    CODE = "code"  # the password was right: the code is still to be given
    SIGNED_IN = "signed_in"


@dataclass(frozen=True, slots=True)
class ConsoleSession:
    """One session; hashes are SHA-256 (32 bytes), `browser_hash` of the browser's own name."""

    token_hash: bytes = field(repr=False)
    account_id: int
    stage: SignInStage
    browser_hash: bytes = field(repr=False)
    begun_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class ConsoleSessions:
    """Begins, finds and ends sessions.

    A sealed proof binds a session to its account, stage and browser: somebody who writes to the table without
    the keys cannot make a session or give one to another account.
    """

    vault: Vault

    async def begin(self, conn: AsyncConnection, session: ConsoleSession, oldest: datetime) -> None:
        """Store a session; sessions that began before `oldest` are over and deleted."""
        await conn.execute(delete(console_sessions).where(console_sessions.c.begun_at < oldest))
        row = asdict(session)
        proof = self.vault.seal("", context_in(_PROOF, row))
        await conn.execute(insert(console_sessions).values(row | {"proof": proof}))

    async def find(self, conn: AsyncConnection, token_hash: bytes) -> ConsoleSession | None:
        """Find a session by the hash of its token, over or not; None for one that was altered."""
        of_token = console_sessions.c.token_hash == token_hash
        row = (await conn.execute(select(console_sessions).where(of_token))).one_or_none()
        if row is None:
            return None
        try:
            self.vault.open(row.proof, stored_context(_PROOF, row))
            stage = parse_enum(SignInStage, row.stage)
        except DAMAGED:
            _log.warning("a session of the console is not as it was begun and counts no more")
            return None
        return ConsoleSession(
            row.token_hash, row.account_id, stage, row.browser_hash, row.begun_at, row.seen_at
        )


async def note_seen(conn: AsyncConnection, token_hash: bytes, now: datetime) -> None:
    """Note when a session was last used."""
    of_token = console_sessions.c.token_hash == token_hash
    await conn.execute(update(console_sessions).where(of_token).values(seen_at=now))


async def end_session(conn: AsyncConnection, token_hash: bytes) -> bool:
    """End one session; False if it has ended before."""
    of_token = console_sessions.c.token_hash == token_hash
    return (await conn.execute(delete(console_sessions).where(of_token))).rowcount == 1


async def end_sessions_of(conn: AsyncConnection, account_id: int) -> None:
    """End every session of an account."""
    await conn.execute(delete(console_sessions).where(console_sessions.c.account_id == account_id))
