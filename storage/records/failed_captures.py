"""Failed captures of one person today, over all accounts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.rules.failure_limit import MOST_CLEARED, MOST_FAILURES, CaptureEnding, day_began, failures_of
from dialogs.values import CaptureOutcome, Identity
from storage.database import lock_names
from storage.records.person_rows import is_person
from storage.records.tasks import TaskKind, Tasks
from storage.schema.captures import captures
from storage.schema.columns import number_context
from storage.sealing.vault import Vault

_NUMBER = number_context(captures)
_ENDED = (CaptureOutcome.PASSED, CaptureOutcome.FAILED)


@dataclass(frozen=True, slots=True)
class FailedCaptures:
    """Counts from the stored captures; a person is found by the keyed hash of the number."""

    vault: Vault

    async def hold(self, conn: AsyncConnection, person: Identity) -> None:
        """Lock the person's captures: no other account's check of them ends before this transaction.

        Everybody who records an end takes it after the account's own lock, so a later count is complete.
        """
        await lock_names(conn, [f"tries:{self.vault.blind(person.lifelong_number, _NUMBER).hex()}"])

    async def too_many(self, conn: AsyncConnection, person: Identity, now: datetime) -> bool:
        """Whether this person has failed too often today."""
        return await self.failures(conn, person, now) >= MOST_FAILURES

    async def failures(self, conn: AsyncConnection, person: Identity, now: datetime) -> int:
        """Count the failures of today that neither a pass nor a clerk has cleared."""
        endings = await self._endings(conn, person, now)
        if not failures_of(endings, None, now):
            return 0
        cleared_at = await Tasks(self.vault).last_done(conn, TaskKind.FAILED_OFTEN, person)
        return failures_of(endings, cleared_at, now)

    async def may_be_cleared(self, conn: AsyncConnection, person: Identity, now: datetime) -> bool:
        """Whether a clerk may let this person try again today."""
        return failures_of(await self._endings(conn, person, now), None, now) < MOST_CLEARED

    async def _endings(self, conn: AsyncConnection, person: Identity, now: datetime) -> list[CaptureEnding]:
        rows = await conn.execute(
            select(captures.c.finished_at, captures.c.outcome).where(
                is_person(self.vault, captures, person.document),
                captures.c.finished_at >= day_began(now),
                captures.c.outcome.in_(_ENDED),
            )
        )
        return [CaptureEnding(row.finished_at, row.outcome == CaptureOutcome.PASSED) for row in rows]
