"""Writes the decisions of a batch of steps in its transaction: consents, links, reminders, audit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.effects.bindings import BindingWriter
from bot.conversation.effects.death_reports import DeathReports
from bot.conversation.effects.planner import Writes
from dialogs.effects import AskForClerk, EndTalk, TellClerk
from dialogs.immutable_record import ImmutableRecord
from dialogs.rules.link_life import ticket_life
from dialogs.values import Subject
from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.audit import AuditEntry
from storage.database import Connection
from storage.messaging.sessions import StoredSession
from storage.store import Stores


class AccountWrites(ImmutableRecord, frozen=True):
    """The writes of one step; `left` is set if the account stopped following."""

    account: str
    writes: Writes
    left: bool = False

    @property
    def ends_reminders(self) -> bool:
        """Whether all of the account's reminders end: by its own request, or because none would arrive."""
        return self.left or self.writes.unsubscribes


@dataclass(frozen=True, slots=True)
class Recorder:
    """Writes decisions, with one statement for the entire batch wherever possible."""

    stores: Stores
    deaths: DeathReports
    bindings: BindingWriter

    async def write(self, conn: Connection, decided: Sequence[AccountWrites], now: datetime) -> None:
        """Write a batch, in the order in which it was decided."""
        if not decided:
            return
        consents = [(one.account, *consent) for one in decided for consent in one.writes.consents]
        audit = [entry for one in decided for entry in one.writes.audit]
        for one in decided:
            audit += await self.bindings.write(conn, one.account, one.writes, now)
        await self._end_captures(conn, decided, now)
        if consents:
            await self.stores.consents.add(conn, consents, now)
        await self._open_captures(conn, decided, now)
        await self._write_reminders(conn, decided, now)
        await self._write_talks(conn, decided, now)
        if audit:
            await self.stores.audit.append(conn, audit, now)
        for one in decided:
            if one.writes.erasure:
                await self.stores.personal.erase(conn, one.account, one.writes.erasure.person)

    async def note_damaged(
        self, conn: Connection, stored: Mapping[str, StoredSession], now: datetime
    ) -> None:
        """Record conversations that did not open and start again: `doctor` reports them."""
        who = self.bindings.notices.planner.subject_hash
        damaged = sorted(account for account, session in stored.items() if session.is_damaged)
        entries = [AuditEntry(Actor.DIALOG, AuditAction.SESSION_DAMAGED, who(one)) for one in damaged]
        await self.stores.audit.append(conn, entries, now)

    async def _end_captures(self, conn: Connection, decided: Sequence[AccountWrites], now: datetime) -> None:
        """End links before the withdrawal is written: a consent being given at one of them comes first."""
        taken = {one.account: one.writes.withdrawal for one in decided if one.writes.withdrawal}
        people = [withdrawal.person for withdrawal in taken.values() if withdrawal.person]
        await self.stores.captures.end_of(conn, list(taken), people, now)

    async def _open_captures(self, conn: Connection, decided: Sequence[AccountWrites], now: datetime) -> None:
        tickets = [(one.account, ticket) for one in decided for ticket in one.writes.tickets]
        for account, ticket in tickets:
            handed, language = ticket.handed_over, ticket.language
            ends = now + ticket_life(handed_over=handed)
            await self.stores.captures.open(
                conn, ticket.hash, account, ticket.request, now, ends, handed_over=handed, language=language
            )

    async def _write_talks(self, conn: Connection, decided: Sequence[AccountWrites], now: datetime) -> None:
        talks = self.stores.talks
        for account, effect in [(one.account, effect) for one in decided for effect in one.writes.talk]:
            match effect:
                case AskForClerk():
                    await talks.open(conn, account, now)
                case TellClerk(words):
                    await talks.hear(conn, account, words, now)
                case EndTalk(end):
                    await talks.end(conn, account, end, now)

    async def _write_reminders(
        self, conn: Connection, decided: Sequence[AccountWrites], now: datetime
    ) -> None:
        stores = self.stores
        reports = [(one.account, person) for one in decided for person in one.writes.deaths]
        ended = [one.account for one in decided if one.ends_reminders]
        await stores.subscriptions.end_accounts(conn, ended, now)
        await stores.subscriptions.begin(conn, _new_subscriptions(decided), now)
        await self.deaths.write(conn, reports, now)
        await stores.tasks.add(conn, [task for one in decided for task in one.writes.tasks], now)
        for account, person in [(one.account, person) for one in decided for person in one.writes.ended]:
            await stores.agencies.end(conn, person, now)
            await stores.subscriptions.end_agents(conn, person, account, now)


def _new_subscriptions(decided: Sequence[AccountWrites]) -> list[tuple[str, Subject]]:
    """Return the subscriptions after the batch; ending the reminders takes back earlier wishes."""
    begun: dict[str, list[Subject]] = {}
    for one in decided:
        wishes = begun.setdefault(one.account, [])
        if one.ends_reminders:
            wishes.clear()
        wishes.extend(one.writes.subscribed)
    return [(account, subject) for account, wishes in begun.items() for subject in wishes]
