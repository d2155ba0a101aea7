"""Passes made elsewhere that a subscription's account is to be notified of, or was: once a period."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.local_time import local_date
from dialogs.rules.due import due_of
from dialogs.rules.pass_notices import COVERED_PERIOD, OFFICE_CHANNELS, PassSource, is_news
from dialogs.values import Beneficiary, BenefitStatus, Certification
from storage.any_row import AnyRow
from storage.reminders.due_dates import Person
from storage.reminders.queued_reminders import end_messages
from storage.schema.messaging import outbox
from storage.schema.people import pass_notices, subscriptions


@dataclass(frozen=True, slots=True)
class NotedPass:
    """One pass and a subscription to its person's reminders."""

    subscription_id: int
    passed_on: date
    source: PassSource


def noted_at_office(made: Certification, subscription_ids: Sequence[int]) -> list[NotedPass]:
    """Note a clerk's pass for the subscriptions whose date it moves; note nothing for another channel."""
    if made.channel not in OFFICE_CHANNELS:
        return []
    return [NotedPass(one, made.passed_on, PassSource.OFFICE) for one in subscription_ids]


def noted_in_import(
    alive: Mapping[int, tuple[Person, AnyRow]],
    records: Mapping[Person, Beneficiary],
    passes: Mapping[Person, date],
    now: datetime,
) -> list[NotedPass]:
    """Find the imported passes that spare a subscription's person this period's face check.

    `alive` holds the subscriptions by id, with the due date that they had before the import; `passes` holds
    the days of our own newest passes.
    """
    found, today = [], local_date(now)
    for row_id, (person, row) in alive.items():
        record = records.get(person)
        day = record and _new_pass(record, passes.get(person), row.due_on, today)
        if day and row.refused_at is None:
            found.append(NotedPass(row_id, day, PassSource.MATCHED))
    return found


def _new_pass(record: Beneficiary, own: date | None, held_due: date | None, today: date) -> date | None:
    day, due_on = record.last_certified, due_of(record, own)
    if day is None or due_on is None or record.status is not BenefitStatus.ACTIVE or record.death_reported:
        return None
    is_moved = held_due is None or due_on > held_due
    return day if is_moved and is_news(day, own, due_on, today) else None


async def note(conn: AsyncConnection, passes: Sequence[NotedPass], now: datetime) -> None:
    """Note passes to report, replacing earlier ones, unless one was reported in the period."""
    if not passes:
        return
    ids = [one.subscription_id for one in passes]
    are_theirs = pass_notices.c.subscription_id.in_(ids)
    sent = select(pass_notices).where(are_theirs, pass_notices.c.outbox_id.is_not(None))
    last = {row.subscription_id: row.passed_on for row in await conn.execute(sent)}
    new = [
        one
        for one in passes
        if (day := last.get(one.subscription_id)) is None or one.passed_on - day >= COVERED_PERIOD
    ]
    await drop(conn, [one.subscription_id for one in new])
    if new:
        await conn.execute(insert(pass_notices), [asdict(one) | {"noted_at": now} for one in new])


async def next_noted(conn: AsyncConnection, after: int, limit: int) -> Sequence[AnyRow]:
    """Return the next subscriptions with a pass to report, beyond the id `after`; locked.

    A subscription that another transaction is changing is left for the next run.
    """
    statement = (
        select(subscriptions, pass_notices.c.passed_on, pass_notices.c.source)
        .join(pass_notices, pass_notices.c.subscription_id == subscriptions.c.id)
        .where(pass_notices.c.outbox_id.is_(None), pass_notices.c.subscription_id > after)
        .order_by(pass_notices.c.subscription_id)  # by the index of pending notices, not through all people
        .limit(limit)
    )
    return (await conn.execute(statement.with_for_update(of=subscriptions, skip_locked=True))).all()


async def note_queued(conn: AsyncConnection, rows: Mapping[int, int], day: date) -> None:
    """Store which message notifies which subscription (outbox row by subscription), and for which day."""
    if rows:
        values = [{"of_id": one, "row_id": row, "day": day} for one, row in sorted(rows.items())]
        await conn.execute(_QUEUED, values)


async def note_again(conn: AsyncConnection, outbox_ids: Sequence[int], now: datetime) -> None:
    """Take queued notices back: they are noted as before, and queued again in other words if still true."""
    if outbox_ids:
        theirs = select(subscriptions.c.id).join(outbox, outbox.c.account == subscriptions.c.account)
        of_accounts = pass_notices.c.subscription_id.in_(theirs.where(outbox.c.id.in_(outbox_ids)))
        are_these = of_accounts & pass_notices.c.outbox_id.in_(outbox_ids)
        await conn.execute(update(pass_notices).where(are_these).values(outbox_id=None, queued_on=None))
        await end_messages(conn, outbox.c.id.in_(outbox_ids), now)


async def drop_noted(conn: AsyncConnection, subscription_ids: Sequence[int], passed_on: date) -> None:
    """Delete the notes of a clerk's passes of that day that are not queued yet."""
    await conn.execute(
        delete(pass_notices).where(
            pass_notices.c.subscription_id.in_(subscription_ids),
            pass_notices.c.outbox_id.is_(None),
            pass_notices.c.source == PassSource.OFFICE,
            pass_notices.c.passed_on == passed_on,
        )
    )


async def drop(conn: AsyncConnection, subscription_ids: Sequence[int]) -> None:
    """Delete noted passes that are not to be reported."""
    if subscription_ids:
        are_these = pass_notices.c.subscription_id.in_(subscription_ids)
        await conn.execute(delete(pass_notices).where(are_these))


async def count_queued_on(conn: AsyncConnection, day: date) -> int:
    """Count the notices of a day, sent or not."""
    statement = select(func.count()).select_from(pass_notices).where(pass_notices.c.queued_on == day)
    return (await conn.execute(statement)).scalar_one()


_QUEUED = (
    update(pass_notices)
    .where(pass_notices.c.subscription_id == bindparam("of_id"))
    .values(outbox_id=bindparam("row_id"), queued_on=bindparam("day"))
)
