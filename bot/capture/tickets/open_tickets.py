"""Checks whether a ticket is still open for an upload, and by which method."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from bot.capture.answers import CaptureAnswer, answer, enough_for_today, retake
from bot.capture.liveness_policy import LivenessPolicy
from bot.capture.media import Medium, UploadKind
from bot.capture.tickets.ticket import ticket_hash
from dialogs.values import CaptureOutcome, CaptureReason
from face import Reason
from storage.database import Engine, connect, transaction
from storage.records.captures import Captures, StoredCapture
from storage.records.failed_captures import FailedCaptures
from storage.records.open_captures import still_open

MOST_RETRIES = 20
"""Retries that one ticket accepts: far more than a person needs, too few to probe the checker.

After them the link is used up: waiting would not help, but a new link by 换一个链接 does.
"""


@dataclass(frozen=True, slots=True)
class OpenTickets:
    """Finds tickets and counts their retries; a `CaptureAnswer` says why one is closed."""

    engine: Engine
    captures: Captures
    failures: FailedCaptures
    policy: LivenessPolicy
    clock: Callable[[], datetime]

    async def find(self, ticket: str) -> StoredCapture | CaptureAnswer:
        """Find a ticket that is neither used nor past its time, of a person who may still fail today."""
        now = self.clock()
        async with connect(self.engine) as conn:
            capture = await self.captures.find(conn, ticket_hash(ticket))
            if capture is None:
                return answer(CaptureOutcome.CLOSED, CaptureReason.UNKNOWN)
            if capture.finished_at is not None:
                return answer(CaptureOutcome.CLOSED, CaptureReason.USED)
            if now >= capture.expires_at:
                return answer(CaptureOutcome.CLOSED, CaptureReason.EXPIRED)
            if await self.failures.too_many(conn, capture.request.subject, now):
                return enough_for_today()
        return capture

    async def still_open(self, keys: Collection[bytes]) -> Collection[bytes]:
        """Return those that are certainly open, by one query; `admitted` says why the others may not be."""
        async with connect(self.engine) as conn:
            return await still_open(conn, keys, MOST_RETRIES, self.clock())

    async def retry(self, key: bytes, reason: Reason, medium: Medium) -> CaptureAnswer:
        """Ask for another picture after a check that decided nothing, and count the retry."""
        await self.count_retry(key)
        return retake(medium, CaptureReason(reason.value))

    async def count_retry(self, key: bytes) -> None:
        """Count a retry that is no failure, only against the ticket's ceiling."""
        async with transaction(self.engine) as conn:
            await self.captures.count_retry(conn, key)

    async def agreed(self, ticket: str) -> StoredCapture | CaptureAnswer:
        """Find an open ticket with a consent, and with retries left."""
        found = await self.find(ticket)
        if isinstance(found, CaptureAnswer):
            return found
        if found.consent_version is None:
            return answer(CaptureOutcome.CLOSED, CaptureReason.NO_CONSENT)
        if found.retries >= MOST_RETRIES:
            return answer(CaptureOutcome.CLOSED, CaptureReason.USED)
        return found

    async def admitted(self, ticket: str, kind: UploadKind | None = None) -> StoredCapture | CaptureAnswer:
        """Find such a ticket for our own check; `kind` is what is sent, None for a live capture."""
        found = await self.agreed(ticket)
        if isinstance(found, CaptureAnswer):
            return found
        if await self.policy.refuses(found.request, kind):
            return answer(CaptureOutcome.RETRY, CaptureReason.NOT_LIVE)
        return found
