"""Frees messages that were put off by a clock that was ahead for a while; each run reads few rows."""

from datetime import datetime, timedelta

from sqlalchemy import Select, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.messaging.outbox import OutboxKind
from storage.schema.messaging import IS_DUE, IS_WAITING, outbox

_LONGEST_WAIT = timedelta(hours=1)
"""No retry waits longer: a row that seems to was written by a clock that was ahead."""

_LONGEST_LEASE = timedelta(minutes=5)
"""No lease is longer; the longest is an export's minute."""

_MOST_CLAIMED = 1_000
"""Rows of a kind that are searched for leases that are too long, however many wait behind them."""

_SKEW = timedelta(minutes=1)
"""Clocks of machines differ by less: a row from further ahead was made before the clock was set back."""


async def release_misdated(conn: AsyncConnection, now: datetime) -> None:
    """Free rows that were put off by a clock that was ahead; rows that were due at once are due now.

    A row that waits for its person is due too: the person may have been heard since the clock was set back.
    """
    late, at_once = now + _LONGEST_WAIT, outbox.c.due_at <= outbox.c.created_at
    put_off = or_(
        and_(outbox.c.due_at > late, or_(outbox.c.last_error != "", outbox.c.created_at > late)),
        and_(outbox.c.created_at > now + _SKEW, at_once),
    )
    later = IS_DUE, outbox.c.kind.in_(OutboxKind), outbox.c.due_at > now
    await conn.execute(update(outbox).where(*later, put_off).values(due_at=now))
    waits = update(outbox).where(IS_WAITING, outbox.c.waits_since > now + _SKEW)
    await conn.execute(waits.values(due_at=now, waits_since=None))
    for kind in OutboxKind:
        held = list((await conn.execute(_held(kind, now + _LONGEST_LEASE))).scalars())
        if held:
            await conn.execute(update(outbox).where(outbox.c.id.in_(held)).values(lease_until=None))


def _held(kind: OutboxKind, until: datetime) -> Select[tuple[int]]:
    """Select rows with longer leases among the first rows of a kind, where all claimed ones are."""
    first = select(outbox.c.id, outbox.c.lease_until).where(IS_DUE, outbox.c.kind == kind)
    looked_at = first.order_by(outbox.c.due_at, outbox.c.id).limit(_MOST_CLAIMED).subquery()
    return select(looked_at.c.id).where(looked_at.c.lease_until > until)
