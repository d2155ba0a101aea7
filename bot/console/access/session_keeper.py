"""Sessions: a random token in a cookie, its hash in the database, and limits on how long it is valid."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.console.parts import ConsoleParts
from storage.console.accounts import ConsoleAccount
from storage.console.sessions import (
    ConsoleSession,
    ConsoleSessions,
    SignInStage,
    end_session,
    note_seen,
)
from storage.database import Connection, connect, transaction

IDLE_TIMEOUT = timedelta(minutes=30)
"""A session that is not used for this long is over."""

SESSION_LIFETIME = timedelta(hours=10)
"""A working day, after which everybody signs in again."""

_SIGN_IN_TIMEOUT = timedelta(minutes=10)
"""Time to enter the code after the password."""

_SEEN_EVERY = timedelta(minutes=1)
"""Precision of the time of last use; a write for each page would be wasteful."""


class SessionEnd(StrEnum):
    """Why a session is no longer valid; the values are written to the audit trail."""

    EXPIRED = "session expired"
    OTHER_BROWSER = "session in another browser"
    DISABLED = "account disabled"


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A valid session, with its account.

    `left` is in seconds until the session ends; without `prolongs` no use puts that off.
    """

    session: ConsoleSession
    account: ConsoleAccount
    csrf: str = field(repr=False)
    left: int
    prolongs: bool


@dataclass(frozen=True, slots=True)
class EndedSession:
    """A session that is no longer valid."""

    account: str
    end: SessionEnd


@dataclass(frozen=True, slots=True)
class SessionKeeper:
    """Begins, finds and ends sessions."""

    parts: ConsoleParts

    async def begin(self, conn: Connection, account_id: int, stage: SignInStage, browser: str) -> str:
        """Begin a session and return its token, which is only in the answer."""
        token, now = secrets.token_urlsafe(32), self.parts.clock()
        session = ConsoleSession(hash_of(token), account_id, stage, hash_of(browser), now, now)
        await ConsoleSessions(self.parts.vault).begin(conn, session, now - SESSION_LIFETIME)
        return token

    async def find(self, token: str, browser: str) -> OpenSession | EndedSession | None:
        """Return the session of a token, and note that it was used; None for an unknown token."""
        found = await self.peek(token, browser)
        if not isinstance(found, OpenSession):
            return found
        return self._opened(await self._touch(found.session), found.account, token)

    async def peek(self, token: str, browser: str) -> OpenSession | EndedSession | None:
        """Return the session of a token without counting as use by its owner; None for an unknown token."""
        async with connect(self.parts.engine) as conn:
            session = await ConsoleSessions(self.parts.vault).find(conn, hash_of(token))
            account = await self.parts.accounts.by_id(conn, session.account_id) if session else None
        if session is None or account is None:
            return None
        end = _end_of(session, account, browser, self.parts.clock())
        if end is not None:
            await self.end(session)
            return EndedSession(account.name, end)
        return self._opened(session, account, token)

    async def watch(self, token: str, browser: str) -> OpenSession | EndedSession | None:
        """Return what `peek` does, to an open page that asks on its own; None if only time ended the session.

        Nobody has used such a session, so there is nothing to record. Any other end is worth recording.
        """
        found = await self.peek(token, browser)
        is_expired = isinstance(found, EndedSession) and found.end is SessionEnd.EXPIRED
        return None if is_expired else found

    async def end(self, session: ConsoleSession) -> None:
        """End a session."""
        async with transaction(self.parts.engine) as conn:
            await end_session(conn, session.token_hash)

    def _opened(self, session: ConsoleSession, account: ConsoleAccount, token: str) -> OpenSession:
        now = self.parts.clock()
        idle, whole = session.seen_at + IDLE_TIMEOUT - now, session.begun_at + _longest(session) - now
        left = int(min(idle, whole).total_seconds())
        return OpenSession(session, account, csrf_of(token), left, prolongs=idle < whole)

    async def _touch(self, session: ConsoleSession) -> ConsoleSession:
        now = self.parts.clock()
        if now - session.seen_at <= _SEEN_EVERY:
            return session
        async with transaction(self.parts.engine) as conn:
            await note_seen(conn, session.token_hash, now)
        return replace(session, seen_at=now)


def csrf_of(token: str) -> str:
    """Return the value that a session's forms carry: it follows from the token and does not reveal it."""
    return hmac.new(token.encode(), b"csrf", hashlib.sha256).hexdigest()


def _end_of(
    session: ConsoleSession, account: ConsoleAccount, browser: str, now: datetime
) -> SessionEnd | None:
    if account.disabled_at is not None:
        return SessionEnd.DISABLED
    if not hmac.compare_digest(session.browser_hash, hash_of(browser)):
        return SessionEnd.OTHER_BROWSER
    is_over = now - session.begun_at > _longest(session) or now - session.seen_at > IDLE_TIMEOUT
    return SessionEnd.EXPIRED if is_over or _is_ahead(session, now) else None


def _is_ahead(session: ConsoleSession, now: datetime) -> bool:
    """Whether a clock that was ahead wrote it; it would otherwise be valid until that time has come."""
    return max(session.begun_at, session.seen_at) - now > IDLE_TIMEOUT


def _longest(session: ConsoleSession) -> timedelta:
    return SESSION_LIFETIME if session.stage is SignInStage.SIGNED_IN else _SIGN_IN_TIMEOUT


def hash_of(text: str) -> bytes:
    """Return the hash by which the database knows a token or a browser."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
