"""Dependencies of the console's routes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.capture.face_pool import FacePool
from bot.capture.live_counts import SharedLiveCounts
from bot.console.access.browser_accounts import BrowserAccounts
from bot.console.access.passwords import Passwords
from bot.conversation.talk_service import TalkService
from bot.office.case_work import CaseWork, OfficeActor
from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.audit import Audit, AuditEntry, process_writer
from storage.console.accounts import ConsoleAccounts
from storage.database import Connection, Engine, transaction
from storage.sealing.vault import Vault

_WRITER = process_writer("console")


@dataclass(frozen=True, slots=True)
class ConsoleParts:
    """Database, keys and clock of a console.

    `is_secure`: cookies go over HTTPS only, or to this very machine; off only in the demo.
    """

    engine: Engine
    vault: Vault
    clock: Callable[[], datetime]
    passwords: Passwords = field(default_factory=Passwords)
    is_secure: bool = True
    live: SharedLiveCounts | None = None
    """The live captures of all processes; None if nobody serves them."""
    public_url: str = ""
    uploads: Path = Path("pension-bot-uploads")
    """The folder of uploaded files."""
    pool: FacePool | None = None
    """The face checks of this process; None if it has none, and enrols nobody."""
    by_two: bool = False
    """Whether a second person approves what makes, takes or ends something (双人复核)."""
    talks: TalkService | None = None
    """The chats that clerks answer (人工服务); None if the office does not offer it."""

    figures_kept: timedelta = timedelta(seconds=30)
    """How old the first page's figures may be: a large registry is not counted at each visit."""
    exports: bool = False
    """Whether passes and revocations are reported to the core system (`EXPORT_URL`)."""

    @property
    def chain(self) -> Audit:
        """The chain of everything that this process's console records."""
        return Audit(_WRITER, self.vault)

    @property
    def browser_accounts(self) -> BrowserAccounts:
        """What browsers remember of their sign-ins."""
        return BrowserAccounts(self.vault)

    @property
    def accounts(self) -> ConsoleAccounts:
        """The accounts."""
        return ConsoleAccounts(self.vault)

    def work_of(self, account: str) -> CaseWork:
        """Return the office's work on people's records, in an account's name."""
        return CaseWork(self.vault, self.clock, OfficeActor(self.chain, Actor.CONSOLE, account), self.exports)

    async def note(self, action: AuditAction, account: str, detail: str = "") -> None:
        """Record what an account did, or was refused, in a transaction of its own."""
        async with transaction(self.engine) as conn:
            await self.note_in(conn, action, account, detail)

    async def note_refused(self, conn: Connection, account: str, detail: str) -> None:
        """Record in the transaction of a request that it was refused."""
        await self.note_in(conn, AuditAction.CONSOLE_REFUSED, account, detail)

    async def note_in(self, conn: Connection, action: AuditAction, account: str, detail: str = "") -> None:
        """Record what an account did, in the transaction that does it."""
        entry = AuditEntry(Actor.CONSOLE, action, "-", detail, account)
        await self.chain.append(conn, [entry], self.clock())
