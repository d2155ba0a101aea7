"""Tells by one query which of some links are certainly open, for live captures under way."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.rules.failure_limit import MOST_FAILURES, day_began
from dialogs.values import CaptureOutcome
from storage.schema.captures import captures


async def still_open(
    conn: AsyncConnection, ticket_hashes: Collection[bytes], most_retries: int, now: datetime
) -> set[bytes]:
    """Return the links that may still be used, of people without too many failures today.

    Failures that a pass or a clerk has cleared also count here: check each link that is left out separately.
    """
    others = captures.alias()
    failures = select(func.count()).where(
        others.c.number_blind == captures.c.number_blind,
        others.c.id_type == captures.c.id_type,
        others.c.finished_at >= day_began(now),
        others.c.outcome == CaptureOutcome.FAILED,
    )
    found = select(captures.c.ticket_hash).where(
        captures.c.ticket_hash.in_(ticket_hashes),
        captures.c.finished_at.is_(None),
        captures.c.expires_at > now,
        captures.c.attempts < most_retries,
        failures.scalar_subquery() < MOST_FAILURES,
    )
    return set((await conn.execute(found)).scalars())
