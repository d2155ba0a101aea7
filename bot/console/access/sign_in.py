"""Signs accounts in: password, then code; the first time with a new password and the app's first code."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from bot.console.access.account_admin import normal_name
from bot.console.access.lockout import wait_after
from bot.console.access.passwords import is_strong
from bot.console.access.permissions import needs_second_factor
from bot.console.access.second_factor import new_secret, step_of
from bot.console.access.session_keeper import OpenSession, SessionKeeper
from bot.console.parts import ConsoleParts
from storage.audit_trail.actions import AuditAction
from storage.console.accounts import ConsoleAccount
from storage.console.sessions import SignInStage, end_session, end_sessions_of
from storage.database import Connection, connect, transaction

_MINUTE = timedelta(minutes=1)


class SignInRefusal(StrEnum):
    """Why nobody was signed in; the values are written to the audit trail."""

    WRONG_PASSWORD = "wrong password"  # noqa: S105 - a word of the audit trail
    WRONG_CODE = "wrong code"
    USED_CODE = "code used before"
    LOCKED = "locked after failures"
    DISABLED = "account disabled"
    SESSION_OVER = "session over"
    WEAK_PASSWORD = "weak password"  # noqa: S105 - as above


@dataclass(frozen=True, slots=True)
class StageReached:
    """The next stage of a sign-in, and the token of its session."""

    stage: SignInStage
    token: str = field(repr=False)


SignInAnswer = StageReached | SignInRefusal


@dataclass(frozen=True, slots=True)
class SignIn:
    """Checks what is typed. Each refusal and each success is an audit entry with the account's name."""

    parts: ConsoleParts
    keeper: SessionKeeper

    async def with_password(self, typed_name: str, password: str, browser: str) -> SignInAnswer:
        """Check name and password; an unknown name costs an equally slow hash and the same refusal."""
        async with transaction(self.parts.engine) as conn:
            account = await self.parts.accounts.by_name(conn, normal_name(typed_name))
            refusal = await self._count(conn, account) if account else None
        stored = account.credentials.password_hash if account else None
        is_right = await self.parts.passwords.fits(stored, password)
        if account is None or refusal or not is_right:
            return await self._refuse(account, refusal or SignInRefusal.WRONG_PASSWORD)
        if account.disabled_at is not None:
            return await self._refuse(account, SignInRefusal.DISABLED)
        async with transaction(self.parts.engine) as conn:
            stage = _stage_after_password(account)
            if stage is SignInStage.SETUP:  # anybody else with this password has seen the last secret
                await end_sessions_of(conn, account.id)
                await self.parts.accounts.renew_secret(conn, account, new_secret())
            return await self._reach(conn, account, stage, browser)

    async def with_code(self, pending: OpenSession, code: str, browser: str) -> SignInAnswer:
        """Check the code of a session that has passed the password."""
        if refusal := await self._check_code(pending.account, code):
            return await self._refuse(pending.account, refusal)
        return await self._finish(pending, browser)

    async def set_up(self, pending: OpenSession, password: str, code: str, browser: str) -> SignInAnswer:
        """Take the account's own password, and the first code of the app if the role needs one."""
        account = pending.account
        was_initial = await self.parts.passwords.fits(account.credentials.password_hash, password)
        if was_initial or not is_strong(password, account.name):
            return await self._refuse(account, SignInRefusal.WEAK_PASSWORD)
        if needs_second_factor(account.role) and (refusal := await self._check_code(account, code)):
            return await self._refuse(account, refusal)
        chosen = await self.parts.passwords.hash(password)
        return await self._finish(pending, browser, chosen)

    async def minutes_locked(self, typed_name: str) -> int:
        """Return the minutes, rounded up, for which an account is still locked; at least one."""
        async with connect(self.parts.engine) as conn:
            account = await self.parts.accounts.by_name(conn, normal_name(typed_name))
        until = account.locked_until if account else None
        left = until - self.parts.clock() if until else timedelta()
        return max(-(-left // _MINUTE), 1)

    async def sign_out(self, signed_in: OpenSession) -> None:
        """End a session for good."""
        async with transaction(self.parts.engine) as conn:
            await end_session(conn, signed_in.session.token_hash)
            await self.parts.note_in(conn, AuditAction.CONSOLE_SIGNED_OUT, signed_in.account.name)

    async def _check_code(self, account: ConsoleAccount, code: str) -> SignInRefusal | None:
        async with transaction(self.parts.engine) as conn:
            if refusal := await self._count(conn, account):
                return refusal
            step = step_of(account.credentials.totp_secret, code, self.parts.clock())
            if step is None:
                return SignInRefusal.WRONG_CODE
            is_unused = await self.parts.accounts.use_step(conn, account.id, step)
            return None if is_unused else SignInRefusal.USED_CODE

    async def _count(self, conn: Connection, account: ConsoleAccount) -> SignInRefusal | None:
        """Count the attempt before it is checked, so that many at once gain nothing."""
        accounts, now = self.parts.accounts, self.parts.clock()
        failures = await accounts.count_attempt(conn, account.id, now)
        if failures is None:
            return SignInRefusal.LOCKED
        if wait := wait_after(failures):
            await accounts.lock(conn, account.id, now + wait)
        return None

    async def _finish(
        self, pending: OpenSession, browser: str, password_hash: str | None = None
    ) -> SignInAnswer:
        """Sign in, under a new token: an earlier token is no longer valid."""
        account = pending.account
        async with transaction(self.parts.engine) as conn:
            if not await end_session(conn, pending.session.token_hash):
                await self.parts.note_refused(conn, account.name, SignInRefusal.SESSION_OVER)
                return SignInRefusal.SESSION_OVER
            if password_hash is not None:
                await self.parts.accounts.set_password(conn, account.id, password_hash)
                await end_sessions_of(conn, account.id)
            return await self._reach(conn, account, SignInStage.SIGNED_IN, browser)

    async def _reach(
        self, conn: Connection, account: ConsoleAccount, stage: SignInStage, browser: str
    ) -> StageReached:
        if stage is SignInStage.SIGNED_IN:
            await self.parts.accounts.reset_failures(conn, account.id)
            await self.parts.note_in(conn, AuditAction.CONSOLE_SIGNED_IN, account.name, account.role)
        return StageReached(stage, await self.keeper.begin(conn, account.id, stage, browser))

    async def _refuse(self, account: ConsoleAccount | None, refusal: SignInRefusal) -> SignInRefusal:
        """Record it; a typed name that is no account may be a password, and is kept nowhere."""
        name = account.name if account else ""
        await self.parts.note(AuditAction.CONSOLE_REFUSED, name, refusal if account else "unknown name")
        return refusal


def _stage_after_password(account: ConsoleAccount) -> SignInStage:
    if account.is_new:
        return SignInStage.SETUP
    return SignInStage.CODE if needs_second_factor(account.role) else SignInStage.SIGNED_IN
