"""Open face checks, by the hash of their one-time ticket; the ticket itself is not stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import CaptureOutcome, CaptureReason, CaptureRequest, Document, Identity, Scheme
from messages.language.codes import DEFAULT, Language
from storage.any_row import AnyRow
from storage.errors import StorageError
from storage.records.people_codec import read_request, write_request
from storage.schema.captures import captures, certifications
from storage.schema.columns import UtcDateTime, context_in, number_context, stored_context
from storage.sealing.vault import Vault

GUEST = "guest:"
"""Prefix of a bearer that is a browser's secret, not an account."""
LONGEST_CHECK = timedelta(hours=1)
"""A live check that began before its link's end is over within this time after that end."""
_NUMBER = number_context(captures)


@dataclass(frozen=True, slots=True)
class StoredCapture:
    """A face check as it stands; `finished_at` and `outcome` are set together, once.

    `handed_over` (转给家人): the link is for another phone, and `bound_to` is the first one that agrees.
    """

    account: str = field(repr=False)
    request: CaptureRequest
    created_at: datetime
    expires_at: datetime
    consent_version: str | None
    finished_at: datetime | None
    outcome: str | None
    retries: int
    handed_over: bool = False
    bound_to: str | None = field(default=None, repr=False)
    starts: int = 0


@dataclass(frozen=True, slots=True)
class Captures:
    """Tickets are given as their SHA-256 (32 bytes)."""

    vault: Vault

    async def open(  # noqa: PLR0913, PLR0917 (each is a fact of the ticket)
        self,
        conn: AsyncConnection,
        ticket_hash: bytes,
        account: str,
        request: CaptureRequest,
        now: datetime,
        expires_at: datetime,
        *,
        handed_over: bool = False,
        language: Language = DEFAULT,
    ) -> None:
        """Record a new ticket; the account's earlier ones for the same person and benefit end."""
        await self._end_earlier(conn, account, request, now)
        key = {"ticket_hash": ticket_hash, "account": account}
        row = key | {
            "request": self.vault.seal(write_request(request), context_in(captures.c.request, key)),
            "created_at": now,
            "expires_at": expires_at,
            "attempts": 0,
            "handed_over": handed_over,
            "language": language,
            "id_type": request.subject.id_type,
            "number_blind": self.vault.blind(request.subject.lifelong_number, _NUMBER),
        }
        await conn.execute(insert(captures).values(row))

    async def _end_earlier(
        self, conn: AsyncConnection, account: str, request: CaptureRequest, now: datetime
    ) -> None:
        """Compare by opening: an account has a handful of open links, and a hash would be one more trace.

        If somebody has agreed, a check that began before the link's end may still run, and ends too: the
        dialog would take its failure for one of the new link.
        """
        may_run = (
            *_open_at(now - LONGEST_CHECK),
            or_(captures.c.expires_at > now, captures.c.consent_version.is_not(None)),
        )
        of_account = select(captures).where(captures.c.account == account, *may_run)
        rows = await conn.execute(of_account)
        earlier = [row.ticket_hash for row in rows if self._is_alike(row, request)]
        if earlier:
            await conn.execute(
                update(captures)
                .where(captures.c.ticket_hash.in_(earlier), captures.c.finished_at.is_(None))
                .values(finished_at=now, outcome=CaptureOutcome.CLOSED, reason=CaptureReason.USED)
            )

    async def end_of(
        self, conn: AsyncConnection, accounts: Sequence[str], people: Sequence[Identity], now: datetime
    ) -> None:
        """End the links at which these accounts or people would consent: their own, or those for their face.

        An account's own links are those at which no other account has agreed, and those handed to it. A check
        that began before its link's end may still run, and ends too.
        """
        if not accounts:
            return
        unbound = captures.c.bound_to.is_(None) | captures.c.bound_to.startswith(GUEST, autoescape=True)
        own = captures.c.account.in_(accounts) & unbound
        theirs = captures.c.ticket_hash.in_(await self._open_for(conn, people, now))
        await conn.execute(
            update(captures)
            .where(or_(own, captures.c.bound_to.in_(accounts), theirs), *_open_at(now - LONGEST_CHECK))
            .values(finished_at=now, outcome=CaptureOutcome.CLOSED, reason=CaptureReason.USED)
        )

    async def _open_for(
        self, conn: AsyncConnection, people: Sequence[Identity], now: datetime
    ) -> list[bytes]:
        """Find the links for these people's faces, of any account, on which a check may still run."""
        if not people:
            return []
        rows = await conn.execute(select(captures).where(*_open_at(now - LONGEST_CHECK)))
        documents = {person.document for person in people}
        return [row.ticket_hash for row in rows if self._is_for(row, documents)]

    def _is_for(self, row: AnyRow, documents: set[Document]) -> bool:
        try:
            subject = self._request(row).subject
        except StorageError:
            return False  # no key opens it: it is unusable
        return subject.document in documents

    def _is_alike(self, row: AnyRow, request: CaptureRequest) -> bool:
        """Whether a link is for the same person and benefit, or opens under no key and so leads nowhere."""
        try:
            other = self._request(row)
        except StorageError:
            return True
        return _natural(other) == _natural(request)

    async def find(self, conn: AsyncConnection, ticket_hash: bytes) -> StoredCapture | None:
        """Look a ticket up; None for one that never existed."""
        row = (
            await conn.execute(select(captures).where(captures.c.ticket_hash == ticket_hash))
        ).one_or_none()
        return None if row is None else self.of_row(row)

    def of_row(self, row: AnyRow) -> StoredCapture:
        """Read a face check from a row of the table."""
        request = self._request(row)
        return StoredCapture(
            row.account,
            request,
            row.created_at,
            row.expires_at,
            row.consent_version,
            row.finished_at,
            row.outcome,
            row.attempts,
            row.handed_over,
            row.bound_to,
            row.starts,
        )

    def _request(self, row: AnyRow) -> CaptureRequest:
        return read_request(self.vault.open(row.request, stored_context(captures.c.request, row)))

    async def language(self, conn: AsyncConnection, ticket_hash: bytes) -> Language | None:
        """Return the account's language when it asked for this ticket; None for an unknown ticket."""
        spoken = await conn.scalar(select(captures.c.language).where(captures.c.ticket_hash == ticket_hash))
        return None if spoken is None else Language(spoken)

    async def language_of_receipt(self, conn: AsyncConnection, receipt: str) -> Language | None:
        """Return the account's language when it asked for the ticket that led to a receipt."""
        of_receipt = select(certifications.c.ticket_hash).where(certifications.c.receipt == receipt)
        ticket_hash: bytes | None = await conn.scalar(of_receipt)
        return None if ticket_hash is None else await self.language(conn, ticket_hash)

    async def consent(self, conn: AsyncConnection, ticket_hash: bytes, version: str, now: datetime) -> bool:
        """Record the consent to face processing, given on the page; the first one counts.

        False for a link that has ended: nothing is recorded.
        """
        result = await conn.execute(
            update(captures)
            .where(captures.c.ticket_hash == ticket_hash, captures.c.finished_at.is_(None))
            .values(
                consent_version=func.coalesce(captures.c.consent_version, version),
                consented_at=func.coalesce(captures.c.consented_at, literal(now, UtcDateTime)),
            )
        )
        return result.rowcount == 1

    async def bind(self, conn: AsyncConnection, ticket_hash: bytes, bearer: str) -> bool:
        """Bind a handed-over ticket to its first bearer; True for that bearer until the link has ended."""
        result = await conn.execute(
            update(captures)
            .where(
                captures.c.ticket_hash == ticket_hash,
                captures.c.finished_at.is_(None),
                or_(captures.c.bound_to.is_(None), captures.c.bound_to == bearer),
            )
            .values(bound_to=bearer)
        )
        return result.rowcount == 1

    async def count_retry(self, conn: AsyncConnection, ticket_hash: bytes) -> int:
        """Count a retry, which is not a failure; returns the retries so far."""
        counted = await conn.execute(
            update(captures)
            .where(captures.c.ticket_hash == ticket_hash)
            .values(attempts=captures.c.attempts + 1)
            .returning(captures.c.attempts)
        )
        retries: int | None = counted.scalar_one_or_none()
        if retries is None:
            message = "a retry was counted for an unknown ticket"
            raise StorageError(message)
        return retries

    async def set_challenge(self, conn: AsyncConnection, ticket_hash: bytes, challenge: str) -> None:
        """Keep the challenge drawn for a ticket; the first one counts."""
        await conn.execute(
            update(captures)
            .where(captures.c.ticket_hash == ticket_hash, captures.c.challenge.is_(None))
            .values(challenge=challenge)
        )

    async def challenge(self, conn: AsyncConnection, ticket_hash: bytes) -> str | None:
        """Return the ticket's challenge as it was stored; None before it is drawn."""
        kept: str | None = await conn.scalar(
            select(captures.c.challenge).where(captures.c.ticket_hash == ticket_hash)
        )
        return kept

    async def redraw(self, conn: AsyncConnection, ticket_hash: bytes, challenge: str, most: int) -> bool:
        """Replace the first challenge by another one, at most `most` times per ticket; True if allowed."""
        result = await conn.execute(
            update(captures)
            .where(
                captures.c.ticket_hash == ticket_hash,
                captures.c.finished_at.is_(None),
                captures.c.redraws < most,
            )
            .values(challenge=challenge, redraws=captures.c.redraws + 1)
        )
        return result.rowcount == 1

    async def count_start(self, conn: AsyncConnection, ticket_hash: bytes, most: int) -> bool:
        """Count a start of the live check, at most `most` per ticket; False beyond that."""
        result = await conn.execute(
            update(captures)
            .where(captures.c.ticket_hash == ticket_hash, captures.c.starts < most)
            .values(starts=captures.c.starts + 1)
        )
        return result.rowcount == 1

    async def give_back_start(self, conn: AsyncConnection, ticket_hash: bytes) -> None:
        """Forget one start of the live check: it ended through no fault of the person."""
        await conn.execute(
            update(captures)
            .where(captures.c.ticket_hash == ticket_hash, captures.c.starts > 0)
            .values(starts=captures.c.starts - 1)
        )

    async def finish(  # noqa: PLR0913, PLR0917 (each is a fact of the verdict)
        self,
        conn: AsyncConnection,
        ticket_hash: bytes,
        outcome: CaptureOutcome,
        reason: CaptureReason,
        now: datetime,
        scores: Mapping[str, float] | None = None,
    ) -> bool:
        """Use the ticket up; True for exactly one of several callers."""
        result = await conn.execute(
            update(captures)
            .where(captures.c.ticket_hash == ticket_hash, captures.c.finished_at.is_(None))
            .values(
                finished_at=now,
                outcome=outcome,
                reason=reason,
                scores=None if scores is None else dict(scores),
            )
        )
        return result.rowcount == 1


def _open_at(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Select links that may still be used, found among all by the index on their end."""
    return captures.c.finished_at.is_(None), captures.c.expires_at > now


def _natural(request: CaptureRequest) -> tuple[Scheme, Document]:
    return request.scheme, request.subject.document
