"""Reminder subscriptions: an account and one benefit of one person, with its due date kept up to date.

The date has its own column, updated at every pass and every import, so that the day's reminders are read from
an index and no date is computed on the way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlalchemy import ColumnElement, and_, bindparam, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.rules.due import due_of
from dialogs.rules.identity import is_same_name
from dialogs.values import (
    Beneficiary,
    BenefitStatus,
    Certification,
    Identity,
    Subject,
)
from storage.any_row import AnyRow
from storage.records.person_rows import is_person
from storage.reminders.due_dates import DueDates, Person, person_of, stored_person
from storage.reminders.followed_people import FollowedPeople
from storage.reminders.pass_notices import drop_noted, note, noted_at_office, noted_in_import
from storage.reminders.queued_reminders import cancel, withdraw_messages
from storage.reminders.registered_deaths import ENDED_BY_DEATH, keep_ended, return_corrected
from storage.reminders.registered_names import as_registered, take_names
from storage.reminders.subscription import Subscription, read_subscription, subscription_row
from storage.schema.messaging import outbox
from storage.schema.people import reminders_sent, subscriptions
from storage.sealing.readable_rows import read_all, readable
from storage.sealing.vault import Vault

_ALIVE = subscriptions.c.ended_at.is_(None)
_NOT_REFUSED = subscriptions.c.refused_at.is_(None)
_MOVE = (
    update(subscriptions)
    .where(subscriptions.c.id == bindparam("of_id"))
    .values(due_on=bindparam("new_due_on"), city=bindparam("new_city"))
)
_REVIVE = _MOVE.values(ended_at=None, refused_at=None, death_reported_at=None)
_PAUSED = subscriptions.c.death_reported_at.is_not(None)


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """Begins, moves and ends subscriptions; ending or moving one cancels its queued reminders."""

    vault: Vault

    async def begin(
        self, conn: AsyncConnection, wishes: Sequence[tuple[str, Subject]], now: datetime
    ) -> None:
        """Begin (account, subject) pairs, or begin them again; asking twice changes nothing."""
        if not wishes:
            return
        subjects = await as_registered(conn, self.vault, [subject for _, subject in wishes])
        people = [(account, person_of(subject)) for account, subject in wishes]
        wanted = {(account, person): subjects[person] for account, person in people}
        due = await DueDates(self.vault).of(conn, list(wanted.values()))
        known = await self._known(conn, [account for account, _ in wanted])
        new = [
            subscription_row(self.vault, key[0], subject, due[key[1]], now)
            for key, subject in wanted.items()
            if key not in known
        ]
        again = {known[key]: key for key in wanted if key in known}
        if new:
            await conn.execute(insert(subscriptions), new)
        if again:
            await withdraw_messages(conn, subscriptions.c.id.in_(again) & _PAUSED, now)
            moves = [_move(of_id, due[key[1]], wanted[key].city) for of_id, key in again.items()]
            await conn.execute(_REVIVE, moves)
            await take_names(conn, self.vault, {of_id: wanted[key].identity for of_id, key in again.items()})

    async def end_accounts(self, conn: AsyncConnection, accounts: Sequence[str], now: datetime) -> None:
        """End all of these accounts' reminders, at once."""
        if accounts:
            theirs = subscriptions.c.account.in_(accounts)
            await self._end(conn, theirs, now)
            await keep_ended(conn, theirs)

    async def end_person(self, conn: AsyncConnection, person: Identity, now: datetime) -> None:
        """End every reminder of a person, of any account and scheme.

        The name must match, or have matched in the report that paused it: a number alone ends no reminder.
        """
        meant = [one.id for one in await self._of_person(conn, person)]
        is_paused = self._is_person(person) & _PAUSED
        await self._end(conn, or_(subscriptions.c.id.in_(meant), is_paused), now)

    async def end_dead(self, conn: AsyncConnection, people: Sequence[Identity], now: datetime) -> None:
        """End every reminder of people whom the registry lists as dead, under whatever name it was set up.

        They return if the registry corrects it (`storage.reminders.registered_deaths`).
        """
        for person in people:
            await self._end(conn, self._is_person(person), now, death_reported_at=now)

    async def report_death(
        self, conn: AsyncConnection, person: Identity, account: str, now: datetime
    ) -> list[Subscription]:
        """End the reporting account's reminders of this person, and pause those of all other accounts.

        Return what was paused by this report. The name must match, as in `end_person`.
        """
        meant = await self._of_person(conn, person)
        own = [one.id for one in meant if one.account == account]
        await self._end(conn, subscriptions.c.id.in_(own), now)
        others = [one for one in meant if one.account != account and not one.is_paused]
        if others:
            ids = [one.id for one in others]
            await withdraw_messages(conn, subscriptions.c.id.in_(ids), now)
            paused = update(subscriptions).where(subscriptions.c.id.in_(ids))
            await conn.execute(paused.values(death_reported_at=now, question_id=None))
            await cancel(conn, ids, now)
        return others

    async def note_message(
        self, conn: AsyncConnection, subscription_ids: Sequence[int], outbox_id: int
    ) -> None:
        """Note the queued message about a pause: it asks whether a death is true, or says what is refused."""
        are_these = subscriptions.c.id.in_(subscription_ids)
        await conn.execute(update(subscriptions).where(are_these).values(question_id=outbox_id))

    async def resume_person(self, conn: AsyncConnection, person: Identity, now: datetime) -> None:
        """Resume all reminders of a person that a death report has paused."""
        await self._resume(conn, self._is_person(person), now)

    async def alive_of(self, conn: AsyncConnection, account: str) -> list[Subscription]:
        """Return what an account is reminded of, or would be without a death report."""
        statement = select(subscriptions).where(_ALIVE, _NOT_REFUSED, subscriptions.c.account == account)
        rows = await conn.execute(statement.order_by(subscriptions.c.id))
        return self._opened(rows)

    async def end_agents(self, conn: AsyncConnection, person: Identity, account: str, now: datetime) -> None:
        """End the reminders of a person that accounts different from the person's own get."""
        others = and_(subscriptions.c.account != account, self._is_person(person))
        await self._end(conn, others, now)
        await keep_ended(conn, others)

    async def reminded_by(self, conn: AsyncConnection, outbox_id: int) -> Subscription | None:
        """Return the subscription of a queued reminder; None if it ended, is paused or damaged.

        It is searched for among the subscriptions of the message's account, which an index finds.
        """
        statement = (
            select(subscriptions)
            .join(outbox, outbox.c.account == subscriptions.c.account)
            .join(reminders_sent, reminders_sent.c.subscription_id == subscriptions.c.id)
            .where(outbox.c.id == outbox_id, reminders_sent.c.outbox_id == outbox_id, _ALIVE, _NOT_REFUSED)
        )
        return next(iter(self._opened(await conn.execute(statement))), None)

    async def pause(self, conn: AsyncConnection, paused: Subscription, now: datetime) -> bool:
        """Pause one whose reminders are refused, until 订阅提醒; return whether the account has others."""
        this = subscriptions.c.id == paused.id
        await conn.execute(update(subscriptions).where(this).values(refused_at=now))
        await cancel(conn, [paused.id], now)
        others = exists().where(subscriptions.c.account == paused.account, _ALIVE, _NOT_REFUSED)
        return bool((await conn.execute(select(others))).scalar())

    async def passed(self, conn: AsyncConnection, certification: Certification, now: datetime) -> None:
        """Move the person's date in this scheme, for every subscribed account.

        A person who passes is alive: reminders that a death report has paused resume, in every scheme.
        """
        subject = Subject(certification.scheme, certification.identity, certification.city)
        due_on = await DueDates(self.vault).after(conn, certification, now)
        moved = await self._set(conn, subject, due_on, now)
        await note(conn, noted_at_office(certification, moved), now)
        await self.resume_person(conn, certification.identity, now)

    async def revoked(self, conn: AsyncConnection, taken_back: Certification, now: datetime) -> None:
        """Move the person's date to what still counts; nobody is notified of the revoked pass any more."""
        subject = Subject(taken_back.scheme, taken_back.identity, taken_back.city)
        due = await DueDates(self.vault).of(conn, [subject])
        moved = await self._set(conn, subject, due[person_of(subject)], now)
        await drop_noted(conn, moved, taken_back.passed_on)

    async def reminded(self, conn: AsyncConnection, rows: Sequence[Beneficiary]) -> list[Beneficiary]:
        """Return the imported rows of whose people somebody is reminded, or would be."""
        blinds = FollowedPeople.of(self.vault, rows).blinds
        among = select(subscriptions.c.number_blind).where(_ALIVE, subscriptions.c.number_blind.in_(blinds))
        found = (await conn.execute(among)).scalars() if blinds else ()
        numbers = {blinds[one] for one in found}
        return [row for row in rows if row.identity.lifelong_number in numbers]

    async def follow(self, conn: AsyncConnection, people: FollowedPeople, now: datetime) -> None:
        """Update the dates from imported rows: another channel's pass moves one, a death ends reminders.

        Reminders that a death has ended return when the rows correct it.
        """
        blinds = people.blinds
        if not blinds:
            return
        theirs = select(subscriptions).where(subscriptions.c.number_blind.in_(blinds))
        ended = await conn.execute(theirs.where(ENDED_BY_DEATH))
        await return_corrected(conn, self.vault, ended.all(), people.records)
        found = await conn.execute(theirs.where(_ALIVE).order_by(subscriptions.c.id))
        opened = readable(found, partial(stored_person, blinds))
        alive = {row.id: (person, row) for row, person in opened}
        if alive:
            records, renamed = people.records, people.records.keys() & people.named
            names = {of_id: records[one].identity for of_id, (one, _) in alive.items() if one in renamed}
            await take_names(conn, self.vault, names)
            await self._follow(conn, alive, records, now)

    async def find(self, conn: AsyncConnection, subscription_id: int) -> Subscription | None:
        """Look one up, ended or not; None for a damaged one."""
        statement = select(subscriptions).where(subscriptions.c.id == subscription_id)
        return next(iter(self._opened(await conn.execute(statement))), None)

    async def _follow(
        self,
        conn: AsyncConnection,
        alive: dict[int, tuple[Person, AnyRow]],
        records: Mapping[Person, Beneficiary],
        now: datetime,
    ) -> None:
        dead = [row.identity for row in records.values() if row.death_reported is not None]
        await self.end_dead(conn, dead, now)
        living = {person for person, record in records.items() if record.is_living}
        paused = [
            of_id for of_id, (person, row) in alive.items() if row.death_reported_at and person in living
        ]
        if paused:
            await self._resume(conn, subscriptions.c.id.in_(paused), now)
        passes = await DueDates(self.vault).passes(conn, {person for person, _ in alive.values()})
        moves = {
            row_id: _move(row_id, due, record.city)
            for row_id, (person, row) in alive.items()
            if (record := records.get(person)) and not record.death_reported
            if (due := _due(record, passes.get(person))) != row.due_on
        }
        if moves:
            await conn.execute(_MOVE, list(moves.values()))
            await cancel(conn, list(moves), now)
        await note(conn, noted_in_import(alive, records, passes, now), now)

    async def _set(self, conn: AsyncConnection, of: Subject, due_on: date | None, now: datetime) -> list[int]:
        is_benefit = subscriptions.c.scheme == of.scheme
        rows = await conn.execute(
            update(subscriptions)
            .where(_ALIVE, is_benefit, self._is_person(of.identity))
            .values(due_on=due_on)
            .returning(subscriptions.c.id)
        )
        moved = list(rows.scalars())
        await cancel(conn, moved, now)
        return moved

    async def _known(self, conn: AsyncConnection, accounts: Sequence[str]) -> dict[tuple[str, Person], int]:
        theirs = subscriptions.c.account.in_(accounts)
        ended = select(subscriptions.c.id).where(theirs, ~_ALIVE).order_by(subscriptions.c.id)
        await conn.execute(ended.with_for_update(read=True, key_share=True))  # retention skips them meanwhile
        rows = await conn.execute(select(subscriptions).where(theirs))
        return {(one.account, person_of(one.subject)): one.id for one in self._opened(rows)}

    async def _of_person(self, conn: AsyncConnection, person: Identity) -> list[Subscription]:
        """Return the reminders of a person by number and name."""
        which = self._is_person(person)
        rows = await conn.execute(select(subscriptions).where(_ALIVE, which))
        return [one for one in self._opened(rows) if is_same_name(one.subject.identity.name, person.name)]

    def _opened(self, rows: Iterable[AnyRow]) -> list[Subscription]:
        """Open rows, without damaged ones."""
        return list(read_all(rows, partial(read_subscription, self.vault)))

    async def _resume(self, conn: AsyncConnection, which: ColumnElement[bool], now: datetime) -> None:
        await withdraw_messages(conn, and_(which, _PAUSED), now)
        paused = update(subscriptions).where(which, _ALIVE, _PAUSED)
        await conn.execute(paused.values(death_reported_at=None))

    async def _end(
        self, conn: AsyncConnection, which: ColumnElement[bool], now: datetime, **besides: datetime
    ) -> None:
        await withdraw_messages(conn, and_(_ALIVE, which), now)
        ended = await conn.execute(
            update(subscriptions)
            .where(_ALIVE, which)
            .values(ended_at=now, **besides)
            .returning(subscriptions.c.id)
        )
        await cancel(conn, list(ended.scalars()), now)

    def _is_person(self, person: Identity) -> ColumnElement[bool]:
        return is_person(self.vault, subscriptions, person.document)


def _move(row_id: int, due_on: date | None, city: str) -> dict[str, object]:
    return {"of_id": row_id, "new_due_on": due_on, "new_city": city}


def _due(record: Beneficiary, passed: date | None) -> date | None:
    return None if record.status is BenefitStatus.TERMINATED else due_of(record, passed)
