"""Lists what is held about a person and their account, and deletes what may be deleted at their request.

Certifications, consents and the audit trail are evidence and are kept.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, and_, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.effects import TalkEnd
from dialogs.values import Identity
from storage.records.enrolments import Enrolments
from storage.records.person_rows import is_person
from storage.schema.captures import certifications
from storage.schema.messaging import inbox, outbox
from storage.schema.people import (
    account_bindings,
    pass_notices,
    reminders_sent,
    subscriptions,
    templates,
)
from storage.schema.talks import talk_lines, talks
from storage.sealing.vault import Vault

_IS_OVER = talks.c.ended_at.is_not(None)


@dataclass(frozen=True, slots=True)
class HeldData:
    """The kinds of data held that not everybody has."""

    has_face: bool
    has_passes: bool
    is_bound: bool
    """Whether a face pass has made the account somebody's, now or before."""
    was_subscribed: bool
    """Whether reminders were ever asked for: an ended subscription is held for some time, too."""
    has_talks: bool
    """Whether the account has chatted with a clerk."""


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Lists and deletes; the conversation itself is written by its own transaction."""

    vault: Vault

    async def held(self, conn: AsyncConnection, account: str, person: Identity | None) -> HeldData:
        """Return what is held; about a person only if a face pass has made the account theirs."""
        is_bound, was_subscribed = [
            await _any(conn, table, table.c.account == account) for table in (account_bindings, subscriptions)
        ]
        # One by one: each of the two indexes on accounts holds only open or only ended talks.
        has_talks = await _any(conn, talks, talks.c.account == account, ~_IS_OVER)
        has_talks = has_talks or await _any(conn, talks, talks.c.account == account, _IS_OVER)
        has_face = has_passes = False
        if person is not None:
            has_face, has_passes = [
                await _any(conn, table, is_person(self.vault, table, person.document))
                for table in (templates, certifications)
            ]
        return HeldData(has_face, has_passes, is_bound, was_subscribed, has_talks)

    async def erase(self, conn: AsyncConnection, account: str, person: Identity | None) -> None:
        """Delete an account's reminders, binding, delivered messages and talks, and its person's faces."""
        if person is not None:
            await Enrolments(self.vault).forget(conn, person.id_type, person.number)
        theirs = select(subscriptions.c.id).where(subscriptions.c.account == account)
        for table in (reminders_sent, pass_notices):  # first: SQLite gives a deleted row's number to another
            await conn.execute(delete(table).where(table.c.subscription_id.in_(theirs)))
        await conn.execute(delete(subscriptions).where(subscriptions.c.account == account))
        await conn.execute(delete(account_bindings).where(account_bindings.c.account == account))
        over = talks.c.account == account, _IS_OVER
        talked = select(talks.c.id).where(*over)
        await conn.execute(delete(talk_lines).where(talk_lines.c.talk_id.in_(talked)))
        heard = inbox.c.account == account, inbox.c.heard.is_not(None)
        await conn.execute(update(inbox).where(*heard).values(heard=None))
        missed = update(talks).where(*over, talks.c.end_reason == TalkEnd.UNANSWERED)
        await conn.execute(missed.values(end_reason=TalkEnd.PERSON))
        newest = select(func.max(outbox.alias("every").c.id)).scalar_subquery()
        sent = and_(outbox.c.account == account, outbox.c.ended_at.is_not(None), outbox.c.id != newest)
        await conn.execute(delete(outbox).where(sent))


async def _any(conn: AsyncConnection, table: Table, *which: ColumnElement[bool]) -> bool:
    return bool(await conn.scalar(select(select(table).where(*which).exists())))
