"""Queued reminders, one per stage by a unique key, and the links in them.

The due list is read in the index's order, one batch at a time, so that a million subscriptions take no more
memory than five hundred.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Table,
    case,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.rules.reminder_days import Stage
from storage.any_row import AnyRow
from storage.database import lock_names
from storage.schema.messaging import outbox
from storage.schema.people import pass_notices, reminders_sent, subscriptions

_KEY = ("account", "scheme", "id_type", "number_blind")
_COLUMNS = ("id", *_KEY, "identity", "city", "due_on", "ended_at", "death_reported_at")
_NEEDED = [subscriptions.c[name] for name in _COLUMNS]
CANCELLED = "cancelled"
"""The outbox's word for a reminder that was overtaken: by a pass, a death, 退订提醒, or the next stage."""


class ReminderState(StrEnum):
    """What became of a reminder's message."""

    SENT = "sent"
    ON_THE_WAY = "on the way"
    REFUSED = "refused"
    CANCELLED = "cancelled"


_STATE = case(
    (outbox.c.dead, literal_column(f"'{ReminderState.REFUSED}'")),
    (outbox.c.ended_at.is_(None), literal_column(f"'{ReminderState.ON_THE_WAY}'")),
    (outbox.c.last_error == CANCELLED, literal_column(f"'{ReminderState.CANCELLED}'")),
    else_=literal_column(f"'{ReminderState.SENT}'"),
)


@dataclass(frozen=True, slots=True)
class QueuedReminder:
    """A reminder that was queued as an outbox row; its link is stored as a hash."""

    subscription_id: int
    due_on: date
    stage: int
    queued_for: date
    outbox_id: int
    token_hash: bytes = field(repr=False)
    expires_on: date


@dataclass(frozen=True, slots=True)
class ReminderLink:
    """Target of a reminder's link: valid until the end of `expires_on`."""

    subscription_id: int
    due_on: date
    expires_on: date


async def hold(conn: AsyncConnection) -> None:
    """Lock the queueing of reminders for one writer on any machine, until its batch ends."""
    await lock_names(conn, ["reminders"])


async def count_waiting(conn: AsyncConnection, stage: Stage) -> dict[date, int]:
    """Count the stage's due list, by due date, the earliest first."""
    in_stage = subscriptions.c.due_on.between(stage.first, stage.last)
    statement = (
        select(subscriptions.c.due_on, func.count())
        .where(in_stage, *_unsent(stage))
        .group_by(subscriptions.c.due_on)
        .order_by(subscriptions.c.due_on)
    )
    return {row.due_on: row[1] for row in await conn.execute(statement)}


async def next_waiting(
    conn: AsyncConnection, stage: Stage, due_on: date, after: int, limit: int
) -> Sequence[AnyRow]:
    """Return the next subscriptions of one due date with an id beyond `after`, locked until the batch ends.

    For one date at a time, an index on (date, id) can continue from any place. A subscription that a pass or
    an import is moving is left out: the next run finds those who still have to be reminded, and nobody waits
    for anybody.
    """
    statement = (
        select(*_NEEDED)
        .where(subscriptions.c.due_on == due_on, subscriptions.c.id > after, *_unsent(stage))
        .order_by(subscriptions.c.id)
        .limit(limit)
    )
    return (await conn.execute(statement.with_for_update(of=subscriptions, skip_locked=True))).all()


async def record(conn: AsyncConnection, sent: Sequence[QueuedReminder]) -> None:
    """Store what was queued; a second reminder of the same stage fails the batch."""
    if sent:
        await conn.execute(insert(reminders_sent), [asdict(one) for one in sent])


async def count_queued_for(conn: AsyncConnection, day: date) -> int:
    """Count the reminders for a day, sent or not, as the quota counts them."""
    statement = select(func.count()).select_from(reminders_sent).where(reminders_sent.c.queued_for == day)
    return (await conn.execute(statement)).scalar_one()


async def count_by_state(conn: AsyncConnection, day: date) -> dict[ReminderState, int]:
    """Count the reminders of a day by what became of them; one whose message was deleted is not counted."""
    of_day = outbox.c.id.in_(select(reminders_sent.c.outbox_id).where(reminders_sent.c.queued_for == day))
    rows = await conn.execute(select(_STATE, func.count()).where(of_day).group_by(_STATE))
    counted = {ReminderState(row[0]): row[1] for row in rows}
    return {state: counted.get(state, 0) for state in ReminderState}


class QueuedDates(NamedTuple):
    """The due date that a queued reminder names, and the day on which it was to be sent."""

    due_on: date
    queued_for: date


async def read_queued_dates(conn: AsyncConnection, accounts: Mapping[int, str]) -> dict[int, QueuedDates]:
    """Return the due dates of queued reminders and the days for which they were queued, by outbox row.

    `accounts` holds the rows' accounts, by which an index finds what was queued.
    """
    if not accounts:
        return {}
    columns = reminders_sent.c.outbox_id, reminders_sent.c.due_on, reminders_sent.c.queued_for
    statement = (
        select(*columns)
        .join(subscriptions, subscriptions.c.id == reminders_sent.c.subscription_id)
        .where(
            subscriptions.c.account.in_(set(accounts.values())),
            reminders_sent.c.outbox_id.in_(accounts),
        )
    )
    rows = await conn.execute(statement)
    return {row.outbox_id: QueuedDates(row.due_on, row.queued_for) for row in rows}


async def cancel_queued(conn: AsyncConnection, accounts: Mapping[int, str], now: datetime) -> None:
    """Forget reminders that nobody has sent, by outbox row and account: their stages come again."""
    if not accounts:
        return
    theirs = select(subscriptions.c.id).where(subscriptions.c.account.in_(set(accounts.values())))
    are_these = reminders_sent.c.subscription_id.in_(theirs), reminders_sent.c.outbox_id.in_(accounts)
    await conn.execute(delete(reminders_sent).where(*are_these))
    await end_messages(conn, outbox.c.id.in_(accounts), now)


async def end_settled(conn: AsyncConnection, accounts: Mapping[int, str], now: datetime) -> set[int]:
    """End reminders, by outbox row and account, whose subscription ended, pauses or moved; return them."""
    if not accounts:
        return set()
    wanted = (
        select(reminders_sent.c.outbox_id)
        .join(subscriptions, subscriptions.c.id == reminders_sent.c.subscription_id)
        .where(
            subscriptions.c.account.in_(set(accounts.values())),
            reminders_sent.c.outbox_id.in_(accounts),
            reminders_sent.c.due_on == subscriptions.c.due_on,
            *_is_on(),
        )
    )
    settled = accounts.keys() - set((await conn.execute(wanted)).scalars())
    await end_messages(conn, outbox.c.id.in_(settled), now)
    return settled


async def find_link(conn: AsyncConnection, token_hash: bytes) -> ReminderLink | None:
    """Look a link up by the SHA-256 of its token."""
    statement = select(reminders_sent).where(reminders_sent.c.token_hash == token_hash)
    row = (await conn.execute(statement)).one_or_none()
    return None if row is None else ReminderLink(row.subscription_id, row.due_on, row.expires_on)


async def overtake(conn: AsyncConnection, subscription_ids: Sequence[int], now: datetime) -> set[int]:
    """End what is queued for these before their next stage; return those whose message may be under way.

    Such a message cannot be recalled, so the next stage waits for the next run: nobody gets both at once.
    """
    if not subscription_ids:
        return set()
    undone = (
        select(reminders_sent.c.subscription_id, outbox.c.lease_until)
        .join(outbox, outbox.c.id == reminders_sent.c.outbox_id)
        .where(reminders_sent.c.subscription_id.in_(subscription_ids), outbox.c.ended_at.is_(None))
        .with_for_update(of=outbox)
    )
    rows = (await conn.execute(undone)).all()
    leased = {row.subscription_id for row in rows if _is_leased(row.lease_until, now)}
    await cancel(conn, [one for one in subscription_ids if one not in leased], now)
    return leased


async def cancel(conn: AsyncConnection, subscription_ids: Sequence[int], now: datetime) -> None:
    """End the reminders and notices that are queued for these subscriptions and not sent yet.

    A reminder that nobody has tried to send is forgotten, so that 订阅提醒 after a 退订提醒 brings the stage
    back; one that was tried, whose link may be out, remains the reminder of its stage. A notice has no link:
    it counts as sent only if it may be under way.
    """
    if not subscription_ids:
        return
    reminded = await _end_queued(conn, reminders_sent, subscription_ids, now)
    untried = [row.id for row in reminded if not row.attempts]
    await _forget(conn, reminders_sent, subscription_ids, untried)
    notices = await _end_queued(conn, pass_notices, subscription_ids, now)
    unsent = [row.id for row in notices if not _is_leased(row.lease_until, now)]
    await _forget(conn, pass_notices, subscription_ids, unsent)


async def _end_queued(
    conn: AsyncConnection, queued: Table, subscription_ids: Sequence[int], now: datetime
) -> Sequence[AnyRow]:
    """Cancel undelivered rows; return their ids, attempts and leases, which they keep."""
    theirs = select(queued.c.outbox_id).where(queued.c.subscription_id.in_(subscription_ids))
    ended = await conn.execute(
        update(outbox)
        .where(outbox.c.id.in_(theirs), outbox.c.ended_at.is_(None))
        .values(ended_at=now, last_error=CANCELLED)
        .returning(outbox.c.id, outbox.c.attempts, outbox.c.lease_until)
    )
    return ended.all()


def _is_leased(lease_until: datetime | None, now: datetime) -> bool:
    return lease_until is not None and lease_until > now


async def _forget(
    conn: AsyncConnection, queued: Table, subscription_ids: Sequence[int], outbox_ids: Sequence[int]
) -> None:
    """Delete what these messages were queued for, which an index finds by the subscriptions."""
    if outbox_ids:
        theirs = queued.c.subscription_id.in_(subscription_ids), queued.c.outbox_id.in_(outbox_ids)
        await conn.execute(delete(queued).where(*theirs))


async def withdraw_messages(conn: AsyncConnection, which: ColumnElement[bool], now: datetime) -> None:
    """End what these subscriptions' accounts were to be told about a pause and have not received yet."""
    messages = select(subscriptions.c.question_id).where(which, subscriptions.c.question_id.is_not(None))
    await end_messages(conn, outbox.c.id.in_(messages) & outbox.c.ended_at.is_(None), now)


async def end_messages(conn: AsyncConnection, which: ColumnElement[bool], now: datetime) -> None:
    """End messages of the outbox that were overtaken."""
    ended = update(outbox).where(which)
    await conn.execute(ended.values(ended_at=now, lease_until=None, last_error=CANCELLED))


def _unsent(stage: Stage) -> tuple[ColumnElement[bool], ...]:
    sent = exists().where(
        reminders_sent.c.subscription_id == subscriptions.c.id,
        reminders_sent.c.due_on == subscriptions.c.due_on,
        reminders_sent.c.stage == stage.days,
    )
    return (*_is_on(), ~sent)


def _is_on() -> tuple[ColumnElement[bool], ...]:
    columns = (subscriptions.c.ended_at, subscriptions.c.refused_at, subscriptions.c.death_reported_at)
    return tuple(column.is_(None) for column in columns)
