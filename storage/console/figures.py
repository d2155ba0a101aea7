"""Figures of the console's first page: counts only, no personal data."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Table, and_, case, extract, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import BenefitStatus, CaptureOutcome, Scheme
from storage.messaging.outbox import OutboxKind
from storage.records.captures import LONGEST_CHECK
from storage.records.certifications import STANDS
from storage.records.tasks import IS_KNOWN, TaskKind
from storage.schema.captures import captures, certifications
from storage.schema.messaging import IS_DEAD, IS_DUE, IS_WAITING, outbox
from storage.schema.office import tasks
from storage.schema.people import beneficiaries
from storage.sealing.readable_rows import read_all
from storage.stored_enums import parse_enum


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """Passes of a scheme in a city (GB/T 2260)."""

    scheme: Scheme
    city: str
    count: int


@dataclass(frozen=True, slots=True)
class MonthCount:
    """Living beneficiaries of a place and status whose last sign of life falls in a month.

    `month` is its first day; None if neither a pass nor the benefit's start is known.
    """

    scheme: Scheme
    city: str
    status: BenefitStatus
    month: date | None
    count: int


class Undelivered(StrEnum):
    """Why a message has not arrived."""

    QUEUED = "queued"
    WAITING = "waiting"  # for its person's next words, which open a window
    REFUSED = "refused"  # given up


class TaskAge(StrEnum):
    """Age of an open task."""

    TODAY = "today"
    DAYS = "days"
    WEEK = "week"
    OLDER = "older"


_MonthKey = tuple[str, str, str, int, int]
"""Scheme, city, status, year and month; 0 and 0 if no month is known."""
_PIECE = 50_000
"""Beneficiaries counted at once, which takes a tenth of a second."""
_MESSAGES = [kind for kind in OutboxKind if kind.is_told]

_AGES = {
    TaskAge.TODAY: (timedelta(days=-36_500), timedelta(days=1)),
    TaskAge.DAYS: (timedelta(days=1), timedelta(days=3)),
    TaskAge.WEEK: (timedelta(days=3), timedelta(days=7)),
    TaskAge.OLDER: (timedelta(days=7), timedelta(days=36_500)),
}
"""At least, and less than. A row dated by a clock that was ahead counts as the newest."""


async def passes_by_place(conn: AsyncConnection, since: datetime) -> list[PlaceCount]:
    """Count the passes in force from `since` on."""
    table = certifications.c
    chosen = select(table.scheme, table.city, func.count())
    of_period = chosen.where(table.certified_at >= since, *STANDS)
    rows = await conn.execute(of_period.group_by(table.scheme, table.city))
    return list(read_all(rows, lambda row: PlaceCount(parse_enum(Scheme, row.scheme), row.city, row[2])))


async def passes_between(conn: AsyncConnection, begin: datetime, end: datetime) -> int:
    """Count the passes in force of a period."""
    table = certifications.c
    is_of_period = table.certified_at >= begin, table.certified_at < end, *STANDS
    return await _count(conn, certifications, *is_of_period)


async def beneficiaries_by_month(conn: AsyncConnection) -> list[MonthCount]:
    """Count the living beneficiaries of the registry by the month that their due date counts from.

    They are counted in batches, so that no statement takes longer the more of them there are.
    """
    found, last = Counter[_MonthKey](), 0
    while (end := await _end_of_piece(conn, last)) is not None:
        found += await _months_between(conn, last, end)
        last = end
    return list(read_all(found.items(), _month_count))


def _month_count(counted: tuple[_MonthKey, int]) -> MonthCount:
    (scheme, city, status, year, month), count = counted
    month_of = date(year, month, 1) if year and month else None
    words = parse_enum(Scheme, scheme), city, parse_enum(BenefitStatus, status)
    return MonthCount(*words, month_of, count)


async def _end_of_piece(conn: AsyncConnection, after: int) -> int | None:
    ids = select(beneficiaries.c.id).where(beneficiaries.c.id > after).order_by(beneficiaries.c.id)
    piece = ids.limit(_PIECE).subquery()
    end: int | None = (await conn.execute(select(func.max(piece.c.id)))).scalar_one()
    return end


async def _months_between(conn: AsyncConnection, after: int, end: int) -> Counter[_MonthKey]:
    table = beneficiaries.c
    newest = case(
        (table.passed_on.is_(None), table.last_certified),
        (table.last_certified > table.passed_on, table.last_certified),
        else_=table.passed_on,
    )
    start = func.coalesce(newest, table.benefit_start)
    keys = (table.scheme, table.city, table.status, extract("year", start), extract("month", start))
    is_living = table.death_reported.is_(None), table.status != BenefitStatus.TERMINATED
    of_piece = select(*keys, func.count()).where(table.id > after, table.id <= end, *is_living)
    rows = await conn.execute(of_piece.group_by(*keys))
    return Counter(
        {
            (scheme, city, status, int(year or 0), int(month or 0)): count
            for scheme, city, status, year, month, count in rows
        }
    )


async def failures_by_reason(conn: AsyncConnection, since: datetime) -> list[tuple[str, int]]:
    """Count failed face checks by reason, the most frequent first."""
    table = captures.c
    failed = table.outcome == CaptureOutcome.FAILED, table.finished_at >= since
    # A check ends soon after its link, if not before: the index on the link's end bounds what is read.
    recent = table.expires_at >= since - LONGEST_CHECK
    counted = select(table.reason, func.count()).where(*failed, recent).group_by(table.reason)
    rows = await conn.execute(counted.order_by(func.count().desc(), table.reason))
    return [(str(reason), count) for reason, count in rows]


async def undelivered(conn: AsyncConnection, since: datetime) -> dict[Undelivered, int]:
    """Count the messages that are still to be sent, and those given up since then."""
    is_message = outbox.c.kind.in_(_MESSAGES)
    conditions = {
        Undelivered.QUEUED: and_(IS_DUE),
        Undelivered.WAITING: and_(IS_WAITING, outbox.c.ended_at.is_(None), ~outbox.c.dead),
        Undelivered.REFUSED: and_(IS_DEAD, outbox.c.created_at >= since),
    }
    return {why: await _count(conn, outbox, is_message, condition) for why, condition in conditions.items()}


async def tasks_by_age(conn: AsyncConnection, now: datetime) -> dict[TaskKind, dict[TaskAge, int]]:
    """Count the open tasks of each kind by age."""
    ages = [func.count().filter(is_of_age(age, now)) for age in TaskAge]
    open_ones = select(tasks.c.kind, *ages).where(tasks.c.done_at.is_(None), IS_KNOWN).group_by(tasks.c.kind)
    rows = await conn.execute(open_ones)
    return {TaskKind(kind): dict(zip(TaskAge, counts, strict=True)) for kind, *counts in rows}


def is_of_age(age: TaskAge, now: datetime) -> ColumnElement[bool]:
    """Select the tasks of an age."""
    least, most = _AGES[age]
    return and_(tasks.c.created_at > now - most, tasks.c.created_at <= now - least)


async def _count(conn: AsyncConnection, table: Table, *which: ColumnElement[bool]) -> int:
    return int((await conn.execute(select(func.count()).select_from(table).where(*which))).scalar_one())
