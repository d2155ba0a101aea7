"""New links after a failure, on the same page: a failed link gets one successor, without a second consent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.capture.answers import CaptureAnswer, answer, enough_for_today
from bot.capture.tickets.ticket import ticket_from, ticket_hash
from dialogs.rules.link_life import TICKET_LIFE
from dialogs.values import CaptureOutcome, CaptureReason
from messages.catalogue.lookup import FACE_TERMS_VERSION
from messages.language.codes import Language
from storage.database import Connection, Engine, lock_accounts, transaction
from storage.records.captures import Captures, StoredCapture
from storage.records.consents import Consents
from storage.records.failed_captures import FailedCaptures


@dataclass(frozen=True, slots=True)
class Successors:
    """Opens successors; the page's gate decides who may ask for one, as for the failed link itself."""

    engine: Engine
    captures: Captures
    consents: Consents
    failures: FailedCaptures
    clock: Callable[[], datetime]

    async def open(self, ticket: str, language: Language) -> str | CaptureAnswer:
        """Return the ticket derived from a failed one; it is the same for each call.

        It is for the same account and request. The consent given minutes ago stands, unless it was withdrawn
        since. A person who has failed too often today gets the other ways instead.
        """
        successor, key = ticket_from(f"again {ticket}")
        async with transaction(self.engine) as conn:
            failed = await self.captures.find(conn, ticket_hash(ticket))
            if failed is None:
                return answer(CaptureOutcome.CLOSED, CaptureReason.UNKNOWN)
            await lock_accounts(conn, [failed.account])
            if not await self._stands(conn, failed):
                return answer(CaptureOutcome.CLOSED, CaptureReason.USED)
            if await self.failures.too_many(conn, failed.request.subject, self.clock()):
                return enough_for_today()
            if await self.captures.find(conn, key) is None:
                await self._open(conn, key, failed, language)
        return successor

    async def _stands(self, conn: Connection, failed: StoredCapture) -> bool:
        """Whether the link failed just now, on the account's own phone, and its consent still holds."""
        ended = failed.finished_at
        if ended is None or failed.outcome != CaptureOutcome.FAILED or failed.handed_over:
            return False
        is_new = self.clock() - ended < TICKET_LIFE and failed.consent_version == FACE_TERMS_VERSION
        return is_new and not await self.consents.withdrawn(conn, failed.account, failed.created_at)

    async def _open(self, conn: Connection, key: bytes, failed: StoredCapture, language: Language) -> None:
        now, account, request = self.clock(), failed.account, failed.request
        await self.captures.open(conn, key, account, request, now, now + TICKET_LIFE, language=language)
        await self.captures.consent(conn, key, FACE_TERMS_VERSION, now)
