"""Conditions under which rows may be deleted: `before` is the end of their period, `now` the present.

Rows that a running flow needs stay at any age.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, exists, func, not_, or_, select

from dialogs.local_time import local_date
from storage.messaging.talks import is_missed
from storage.schema.captures import captures, consents
from storage.schema.console import console_approvals
from storage.schema.loading import console_loads
from storage.schema.messaging import outbox, sessions, windows
from storage.schema.office import tasks
from storage.schema.people import account_bindings, reminders_sent, subscriptions
from storage.schema.talks import talk_lines, talks

Condition = ColumnElement[bool]


def delivered(before: datetime, _now: datetime) -> Condition:
    return and_(outbox.c.ended_at < before, is_not_newest(outbox))


def decided(before: datetime, _now: datetime) -> Condition:
    """Select acts that a second person has decided; acts that wait are left out."""
    return and_(console_approvals.c.decided_at < before, is_not_newest(console_approvals))


def ended_load(before: datetime, _now: datetime) -> Condition:
    return and_(console_loads.c.ended_at < before, is_not_newest(console_loads))


def no_longer_in_force(before: datetime, _now: datetime) -> Condition:
    """Select consents that a newer one of the same kind replaces, or whose account is no longer served."""
    newer = consents.alias("newer")
    is_replaced = exists().where(
        newer.c.account == consents.c.account, newer.c.kind == consents.c.kind, newer.c.id > consents.c.id
    )
    is_served = or_(
        exists().where(sessions.c.account == consents.c.account),
        exists().where(subscriptions.c.account == consents.c.account, subscriptions.c.ended_at.is_(None)),
    )
    return and_(consents.c.agreed_at < before, is_not_newest(consents), or_(is_replaced, ~is_served))


def is_not_newest(table: Table) -> Condition:
    """Keep the newest row of all: SQLite would give its number to another one."""
    return table.c.id < select(func.max(table.alias("every").c.id)).scalar_subquery()


def closed(before: datetime, now: datetime) -> Condition:
    """Select captures whose link is over; a reminder's link opens the same capture until its own end."""
    may_be_pressed = exists().where(
        reminders_sent.c.token_hash == captures.c.ticket_hash,
        reminders_sent.c.expires_on >= local_date(now),
    )
    return and_(captures.c.expires_at < before, ~may_be_pressed)


def left(before: datetime, _now: datetime) -> Condition:
    is_to_be_reminded = exists().where(
        subscriptions.c.account == sessions.c.account, subscriptions.c.ended_at.is_(None)
    )
    return and_(sessions.c.updated_at < before, ~is_to_be_reminded)


def of_a_day(table: Table) -> Callable[[datetime, datetime], Condition]:
    """Return the condition of a table of counts by day."""
    return lambda before, _: table.c.day < local_date(before)


def ended_binding(before: datetime, _now: datetime) -> Condition:
    """Select ended bindings, except where the conversation or a link of the account may hold the person.

    The ended row overrules them. Without it the account would be that person's again.
    """
    account = account_bindings.c.account
    is_served = exists().where(sessions.c.account == account)
    has_links = exists().where(captures.c.account == account)
    return and_(account_bindings.c.ended_at < before, ~is_served, ~has_links)


def done_task(before: datetime, _now: datetime) -> Condition:
    return and_(tasks.c.done_at < before, is_not_newest(tasks))


def of_ended_talk(before: datetime, now: datetime) -> Condition:
    return talk_lines.c.talk_id.in_(select(talks.c.id).where(ended_talk(before, now)))


def ended_talk(before: datetime, now: datetime) -> Condition:
    """Select talks that are over; clerks can read a talk that nobody took for as long as it is listed."""
    return and_(talks.c.ended_at < before, not_(is_missed(now)))


def silent(before: datetime, _now: datetime) -> Condition:
    heard = [or_(at.is_(None), at < before) for at in (windows.c.text_at, windows.c.tap_at)]
    return and_(*heard)
