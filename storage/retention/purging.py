"""Deletes expired rows by class, some hundred rows per transaction, while the database serves.

Rows that are still needed stay at any age: undelivered messages, keys by which a repeated delivery is known,
tickets that may still be used, conversations of people who are to be reminded, acts that wait for a second
person, consents in force. Certifications and people are in no class. Two classes go in another way:
exemptions, which the audit trail knows (`storage.retention.exemptions`), and the trail itself, whose entries
are chained (`storage.audit_trail.cutting`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Select, Table, delete, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.retention import expired_rows
from storage.retention.expired_rows import Condition
from storage.schema.captures import captures, consents
from storage.schema.console import console_approvals
from storage.schema.loading import console_loads, waiting_photos
from storage.schema.messaging import (
    funnel_days,
    inbox,
    outbox,
    rate_counters,
    sessions,
    template_days,
    template_reports,
    windows,
)
from storage.schema.office import tasks
from storage.schema.people import account_bindings, pass_notices, reminders_sent, subscriptions
from storage.schema.talks import talk_lines, talks


class RetentionClass(StrEnum):
    """Data that is kept for the same time; the values are those of `RETENTION_DAYS`."""

    INBOX = "inbox"
    OUTBOX = "outbox"
    CAPTURES = "captures"
    CONVERSATIONS = "conversations"
    WINDOWS = "windows"
    TALKS = "talks"
    APPROVALS = "approvals"
    TALLIES = "tallies"
    """Counts by day; not the table `tallies`, whose rows are hourly counters and go with `WINDOWS`."""
    LOADING = "loading"
    FINISHED = "finished"
    """Subscriptions and bindings that were ended, tasks that are done."""
    EXEMPTIONS = "exemptions"
    """Those that were revoked, or whose last day is over; deleted by `storage.retention.exemptions`."""
    CONSENTS = "consents"
    """Kept for years, by a setting of their own, or permanently."""
    AUDIT = "audit"
    """The same; cut by `storage.audit_trail.cutting`, not row by row."""


RetentionDays = tuple[tuple[RetentionClass, int], ...]
RETENTION_DAYS: RetentionDays = (
    (RetentionClass.INBOX, 3),
    (RetentionClass.OUTBOX, 30),
    (RetentionClass.CAPTURES, 90),
    (RetentionClass.CONVERSATIONS, 800),  # two yearly cycles: the account then shows its face again
    (RetentionClass.WINDOWS, 7),
    (RetentionClass.TALKS, 30),
    (RetentionClass.APPROVALS, 400),  # a cycle and a month: who asked and who approved stays in the audit
    (RetentionClass.TALLIES, 800),  # two yearly cycles, to compare this one with the last
    (RetentionClass.LOADING, 800),
    (RetentionClass.FINISHED, 1100),  # three years, as for a consent: fraud may be found out late
    (RetentionClass.EXEMPTIONS, 1100),
)
"""Days for which each class is kept by default."""

LEAST_DAYS, MOST_DAYS = 3, 36_500
"""No class is kept for less: the platform's longest window is 48 hours, and clocks differ."""

LEAST_DAYS_OF_FINISHED = 400
"""A cycle and a month: what somebody ended is still there when the person has to certify again."""

LEAST_CONSENT_YEARS = 3
"""No consent is kept for less: a claim may be brought for that long (民法典 art. 188)."""

LEAST_AUDIT_YEARS = 10
"""No audit entry is kept for less: the shortest period of 社会保险业务档案管理规定 for any record."""

MOST_YEARS = 100
DAYS_OF_A_YEAR = 366


def least_days(of: RetentionClass) -> int:
    """Return the least number of days for which a class may be kept."""
    are_long = {RetentionClass.FINISHED, RetentionClass.EXEMPTIONS}
    return LEAST_DAYS_OF_FINISHED if of in are_long else LEAST_DAYS


def with_consents(days: RetentionDays, years: int) -> dict[RetentionClass, int]:
    """Return the days of every class that is deleted from; consents only if their years are not 0."""
    consents_too = {RetentionClass.CONSENTS: years * DAYS_OF_A_YEAR} if years else {}
    return dict(days) | consents_too


_ROWS_PER_DELETION = 10
"""Rows inspected for each row that a batch may delete, where most stay."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """One table of a class: which of its rows may go at `now`, older than `before`.

    `age` is the column of that age if it has an index: the oldest rows are taken first. Without an order
    PostgreSQL's generic plan reads the table from its start, past everything that was deleted before.
    """

    of: RetentionClass
    table: Table
    may_go: Callable[[datetime, datetime], Condition]
    age: "Column[datetime] | None" = None
    most_stay: bool = False
    """Whether old rows mostly stay: the table is then walked in pieces by its numbers."""
    parts: Sequence["Column[int]"] = ()
    """Columns of other tables that name the row they belong to: those rows go with it."""

    def order(self) -> Sequence["Column[datetime]"]:
        """Return what the rows are ordered by."""
        return () if self.age is None else (self.age,)

    def key(self) -> Sequence["Column[object]"]:
        """Return the columns that name a row."""
        return list(self.table.primary_key)


async def count(conn: AsyncConnection, of: RetentionClass, before: datetime, now: datetime) -> int:
    """Count the rows of a class that may go: those that were over before `before`."""
    total = 0
    for rule in _rules(of):
        statement = select(func.count()).select_from(rule.table).where(rule.may_go(before, now))
        total += (await conn.execute(statement)).scalar_one()
    return total


@dataclass(frozen=True, slots=True)
class PurgeBatch:
    """How many rows a transaction may delete, and the row number after which it starts."""

    limit: int
    after: int = 0


@dataclass(frozen=True, slots=True)
class PurgedRows:
    """How many rows were deleted, and the row number after which the next batch starts; None at the end."""

    gone: int
    after: int | None = None


async def purge(
    conn: AsyncConnection, of: RetentionClass, before: datetime, now: datetime, batch: PurgeBatch
) -> PurgedRows:
    """Delete a batch of a class, but no row that is in use."""
    for rule in _rules(of):
        if rule.most_stay:
            return await _purge_piece(conn, rule, rule.may_go(before, now), batch)
        # In a CTE, as the outbox's claim: PostgreSQL then evaluates the locking part exactly once.
        free = select(*rule.key()).where(rule.may_go(before, now)).order_by(*rule.order()).limit(batch.limit)
        if gone := await _delete(conn, rule, free):
            return PurgedRows(gone, 0)
    return PurgedRows(0)


async def _purge_piece(
    conn: AsyncConnection, rule: _Rule, may_go: Condition, batch: PurgeBatch
) -> PurgedRows:
    """Inspect the next rows by number: going past all rows that stay again and again would take seconds."""
    number = rule.table.c.id
    ids = select(number).where(number > batch.after).order_by(number)
    piece = ids.limit(batch.limit * _ROWS_PER_DELETION).subquery()
    end = (await conn.execute(select(func.max(piece.c.id)))).scalar_one()
    if end is None:
        return PurgedRows(0)
    free = select(number).where(number > batch.after, number <= end, may_go)
    return PurgedRows(await _delete(conn, rule, free), end)


async def _delete(conn: AsyncConnection, rule: _Rule, free: Select[*tuple[Any, ...]]) -> int:
    chosen = free.with_for_update(skip_locked=True, of=rule.table)
    if rule.parts:
        return await _delete_whole(conn, rule, chosen)
    deleted = delete(rule.table).where(tuple_(*rule.key()).in_(select(chosen.cte("chosen"))))
    # Counted by the rows returned: SQLite's driver does not count a statement that begins with WITH.
    return len((await conn.execute(deleted.returning(*rule.key()))).all())


async def _delete_whole(conn: AsyncConnection, rule: _Rule, chosen: Select[*tuple[Any, ...]]) -> int:
    """Delete rows with their parts: SQLite gives a deleted row's number to another one."""
    numbers = list((await conn.scalars(chosen)).all())
    for column in (*rule.parts, rule.table.c.id):
        await conn.execute(delete(column.table).where(column.in_(numbers)))
    return len(numbers)


def _rules(of: RetentionClass) -> list[_Rule]:
    return [rule for rule in _RULES if rule.of is of]


_RULES = (
    _Rule(RetentionClass.INBOX, inbox, lambda before, _: inbox.c.claimed_at < before, inbox.c.claimed_at),
    _Rule(RetentionClass.OUTBOX, outbox, expired_rows.delivered, outbox.c.ended_at),
    _Rule(RetentionClass.CAPTURES, captures, expired_rows.closed, captures.c.expires_at),
    _Rule(RetentionClass.CONVERSATIONS, sessions, expired_rows.left, sessions.c.updated_at),
    _Rule(RetentionClass.WINDOWS, windows, expired_rows.silent),
    _Rule(RetentionClass.WINDOWS, rate_counters, lambda before, _: rate_counters.c.since < before),
    _Rule(
        RetentionClass.WINDOWS, template_reports, lambda before, _: template_reports.c.received_at < before
    ),
    # Before the talks, whose end decides about them.
    _Rule(RetentionClass.TALKS, talk_lines, expired_rows.of_ended_talk),
    _Rule(RetentionClass.TALKS, talks, expired_rows.ended_talk, talks.c.ended_at),
    _Rule(RetentionClass.APPROVALS, console_approvals, expired_rows.decided, console_approvals.c.decided_at),
    _Rule(RetentionClass.APPROVALS, waiting_photos, lambda before, _: waiting_photos.c.taken_at < before),
    _Rule(RetentionClass.TALLIES, funnel_days, expired_rows.of_a_day(funnel_days)),
    _Rule(RetentionClass.TALLIES, template_days, expired_rows.of_a_day(template_days)),
    _Rule(RetentionClass.LOADING, console_loads, expired_rows.ended_load),
    _Rule(
        RetentionClass.FINISHED,
        subscriptions,
        lambda before, _: subscriptions.c.ended_at < before,
        subscriptions.c.ended_at,
        parts=(reminders_sent.c.subscription_id, pass_notices.c.subscription_id),
    ),
    _Rule(RetentionClass.FINISHED, tasks, expired_rows.done_task, tasks.c.done_at),
    # Last: each batch passes over the old ones that stay, about 100 ms for 150 000.
    _Rule(RetentionClass.FINISHED, account_bindings, expired_rows.ended_binding, account_bindings.c.ended_at),
    _Rule(RetentionClass.CONSENTS, consents, expired_rows.no_longer_in_force, most_stay=True),
)
