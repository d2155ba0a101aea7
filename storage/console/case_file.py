"""Reads everything that is held about one person, for a clerk who has opened the case."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import CaptureOutcome, CaptureRequest, Identity, Manner
from storage.any_row import AnyRow
from storage.messaging.account_bindings import AccountBindings, Holder
from storage.messaging.outbox import OutboxKind
from storage.records.agencies import Agencies
from storage.records.captures import GUEST, Captures, StoredCapture
from storage.records.exemptions import Exemption, Exemptions
from storage.records.person_rows import is_person
from storage.records.receipts import Receipts, StoredReceipt
from storage.records.tasks import Task, Tasks
from storage.reminders.subscription import Subscription, read_subscription
from storage.schema.captures import captures, certifications, consents
from storage.schema.messaging import IS_AGAIN, IS_ENDED, IS_ORDERED, IS_WAITING, outbox
from storage.schema.people import reminders_sent, subscriptions, templates
from storage.sealing.readable_rows import read_all, readable
from storage.sealing.vault import Vault
from storage.stored_enums import parse_enum

_MOST = 50
"""Maximum rows of each kind: a page, not an archive."""

_UNTOLD = [kind for kind in OutboxKind if not kind.is_told]


@dataclass(frozen=True, slots=True)
class LinkResult:
    """One link and its result."""

    created_at: datetime
    expires_at: datetime
    agreed: bool
    begun: bool
    finished_at: datetime | None
    outcome: str | None
    reason: str | None
    agent: Identity | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class MessageFate:
    """What became of a message to an account of the person's case; its words are not read."""

    kind: OutboxKind
    created_at: datetime
    ended_at: datetime | None
    waits: bool
    is_dead: bool
    error: str


@dataclass(frozen=True, slots=True)
class ReminderFate:
    """A reminder that was queued: `stage` days before the due date."""

    due_on: date
    stage: int
    queued_for: date


@dataclass(frozen=True, slots=True)
class GivenConsent:
    """A consent of an account of the case, or its withdrawal."""

    kind: str
    version: str
    agreed_at: datetime


@dataclass(frozen=True, slots=True)
class LastLink:
    """The account that a person was last certified from, and for what."""

    account: str = field(repr=False)
    request: CaptureRequest


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Reads a person's records, found by the keyed hash of the number."""

    vault: Vault
    person: Identity = field(repr=False)

    async def passes(self, conn: AsyncConnection) -> list[StoredReceipt]:
        """Return the passes, revoked ones too, the newest first; an altered one is left to the audit."""
        rows = await self._rows(conn, certifications, certifications.c.certified_at)
        found = read_all(rows, Receipts(self.vault).of_row)
        return [one for one in found if isinstance(one, StoredReceipt) and one.is_whole]

    async def link_results(self, conn: AsyncConnection) -> list[LinkResult]:
        """Return the links with their results, the newest first."""
        rows = await self._rows(conn, captures, captures.c.created_at)
        return [_link_result(row, stored) for row, stored in readable(rows, Captures(self.vault).of_row)]

    async def accounts(self, conn: AsyncConnection) -> list[str]:
        """Return the accounts that this person was certified from, or that are reminded of them."""
        found: set[str] = set()
        for table in (certifications, captures, subscriptions):
            rows = await conn.execute(select(table.c.account).where(self._is_person(table)).distinct())
            found |= {row.account for row in rows if row.account}
        return sorted(found)

    async def last_link(self, conn: AsyncConnection) -> LastLink | None:
        """Return which account asked for the newest link, among those that may act for the person now.

        An account that the person unbound may not act; one that became another person's may not act as the
        person themselves. Requests from before the person ended all agencies no longer count.
        """
        found = await self._links(conn)
        standing = await AccountBindings(self.vault).standing(
            conn, self.person, {one.account for one in found}
        )
        ended_at = (await Agencies(self.vault).ended(conn, [self.person])).get(self.person.document)
        for one in found:
            holder = standing.get(one.account)
            is_cut_off = ended_at is not None and one.created_at <= ended_at and holder is not Holder.PERSON
            is_own = one.request.manner is Manner.SELF
            if not (is_cut_off or holder is Holder.NOBODY or (is_own and holder is Holder.ANOTHER)):
                return LastLink(one.account, one.request)
        return None

    async def _links(self, conn: AsyncConnection) -> list[StoredCapture]:
        """Return the links that accounts asked for, the newest first; a browser's secret is not one."""
        rows = await self._rows(conn, captures, captures.c.created_at)
        found = read_all(rows, Captures(self.vault).of_row)
        return [one for one in found if one.account and not one.account.startswith(GUEST)]

    async def messages(self, conn: AsyncConnection, accounts: Sequence[str]) -> list[MessageFate]:
        """Return what became of messages to these accounts, the newest first.

        The query uses the four indexes on accounts, which together hold every row.
        """
        theirs = outbox.c.account.in_(accounts), outbox.c.kind.not_in(_UNTOLD)
        newest = select(outbox).where(*theirs).order_by(outbox.c.id.desc()).limit(_MOST)
        found = {
            row.id: row
            for part in (IS_ENDED, IS_WAITING, IS_ORDERED, IS_AGAIN)
            for row in await conn.execute(newest.where(part))
        }
        newest_first = [found[row_id] for row_id in sorted(found, reverse=True)[:_MOST]]
        return list(read_all(newest_first, _fate))

    async def reminders(self, conn: AsyncConnection) -> list[ReminderFate]:
        """Return the reminders that were queued, the newest first."""
        table = reminders_sent.c
        joined = select(table.due_on, table.stage, table.queued_for).join(
            subscriptions, subscriptions.c.id == table.subscription_id
        )
        theirs = joined.where(self._is_person(subscriptions)).order_by(table.id.desc()).limit(_MOST)
        return [ReminderFate(row.due_on, row.stage, row.queued_for) for row in await conn.execute(theirs)]

    async def subscribed(self, conn: AsyncConnection) -> list[Subscription]:
        """Return who is reminded of this person, including ended subscriptions."""
        rows = await self._rows(conn, subscriptions, subscriptions.c.created_at)
        return list(read_all(rows, lambda row: read_subscription(self.vault, row)))

    async def consents(self, conn: AsyncConnection, accounts: Sequence[str]) -> list[GivenConsent]:
        """Return the consents of these accounts, the newest first."""
        theirs = select(consents).where(consents.c.account.in_(accounts))
        rows = await conn.execute(theirs.order_by(consents.c.id.desc()).limit(_MOST))
        return [GivenConsent(row.kind, row.version, row.agreed_at) for row in rows]

    async def enrolled_at(self, conn: AsyncConnection) -> datetime | None:
        """Return when the newest template was made; None if none is held."""
        newest = select(templates.c.enrolled_at).where(self._is_person(templates))
        found: datetime | None = await conn.scalar(newest.order_by(templates.c.enrolled_at.desc()).limit(1))
        return found

    async def exemption(self, conn: AsyncConnection, today: date) -> Exemption | None:
        """Return the exemption in force."""
        return await Exemptions(self.vault).of_person(conn, self.person, today)

    async def open_tasks(self, conn: AsyncConnection) -> list[Task]:
        """Return the person's open tasks."""
        return await Tasks(self.vault).of_person(conn, self.person)

    async def _rows(
        self, conn: AsyncConnection, table: Table, newest_by: ColumnElement[datetime]
    ) -> Sequence[AnyRow]:
        theirs = select(table).where(self._is_person(table)).order_by(newest_by.desc()).limit(_MOST)
        return (await conn.execute(theirs)).all()

    def _is_person(self, table: Table) -> ColumnElement[bool]:
        return is_person(self.vault, table, self.person.document)


async def fates_of(conn: AsyncConnection, rows: Sequence[int]) -> dict[int, MessageFate]:
    """Return what became of messages, by their outbox row; purged ones are left out."""
    found = await conn.execute(select(outbox).where(outbox.c.id.in_(rows)))
    return {row.id: fate for row, fate in readable(found, _fate)}


def _link_result(row: AnyRow, stored: StoredCapture) -> LinkResult:
    was_shown = stored.outcome in {CaptureOutcome.PASSED, CaptureOutcome.FAILED}
    return LinkResult(
        stored.created_at,
        stored.expires_at,
        stored.consent_version is not None,
        was_shown or stored.retries > 0 or row.starts > 0,
        stored.finished_at,
        stored.outcome,
        row.reason,
        stored.request.agent,
    )


def _fate(row: AnyRow) -> MessageFate:
    return MessageFate(
        parse_enum(OutboxKind, row.kind),
        row.created_at,
        row.ended_at,
        row.waits_since is not None,
        row.dead,
        row.last_error,
    )
