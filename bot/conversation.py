"""The conversation transaction: all waiting messages, each in its person's order, in one commit.

Claim the inbox keys, lock the conversations, *then* load the sessions, step,
save with a version check, queue what is said, audit, store the replies. A
statement serves the whole batch.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.decisions import Clerk, Writes
from bot.tickets import TICKET_LIFE
from dialogs.effects import Check
from dialogs.events import DialogEvent
from dialogs.session import Session, State
from dialogs.step import step
from dialogs.values import Identity, Subject
from storage.audit import Audit, AuditEntry
from storage.captures import Captures
from storage.consents import Consents
from storage.database import lock_accounts, transaction
from storage.inbox import Inbox
from storage.outbox import Outbox, OutboxItem
from storage.session_codec import decode, encode
from storage.sessions import Sessions
from storage.subscriptions import Subscriptions
from storage.tasks import TaskKind, Tasks

CHECK_LEASE = timedelta(seconds=15)
"""How long an eligibility check belongs to the process that began it; then a worker takes it over."""

TEXT, CHECK, TEMPLATE = "text", "check", "template"
"""Kinds of outbox rows: a customer message; an eligibility check to be finished; a template message."""


@dataclass(frozen=True, slots=True)
class Stores:
    """The repositories that a conversation writes."""

    inbox: Inbox
    sessions: Sessions
    outbox: Outbox
    captures: Captures
    consents: Consents
    audit: Audit
    subscriptions: Subscriptions
    tasks: Tasks


@dataclass(frozen=True, slots=True)
class Work:
    """One event for one account.

    `key` is the delivery that it answers, `claims` whether that key is still
    to be claimed; `job` the outbox row that it ends. Without a key what is
    said goes out as customer messages; `on_page` keeps what a page shows
    instead (the notice, the link) out of the chat.
    """

    account: str = field(repr=False)
    event: DialogEvent = field(repr=False)
    key: str = field(default="", repr=False)
    claims: bool = False
    job: int | None = None
    on_page: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a work: its reply, or the check that must run before there is one.

    `reply` None with no check: a duplicate whose first delivery is under way.
    `state` is where the conversation stands after it, `link` the capture that it opened.
    """

    reply: str | None = field(default=None, repr=False)
    check: Check | None = None
    job: int | None = None
    state: State | None = None
    link: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class _Stepped:
    work: Work
    writes: Writes
    state: State


class Conversation:
    """Steps conversations inside transactions."""

    def __init__(
        self, engine: AsyncEngine, stores: Stores, clerk: Clerk, clock: Callable[[], datetime]
    ) -> None:
        self._engine = engine
        self._stores = stores
        self._clerk = clerk
        self._clock = clock

    async def execute(self, works: Sequence[Work]) -> list[Done]:
        """Carry a batch through one transaction; the results in the works' order."""
        async with transaction(self._engine) as conn:
            known = await self._known_replies(conn, works)
            fresh = _first_of_each_key(work for work in works if not (work.claims and work.key in known))
            done = dict(zip(map(id, fresh), await self._apply(conn, fresh), strict=True))
        return [done.get(id(work)) or Done(known.get(work.key)) for work in works]

    async def feed(self, conn: AsyncConnection, account: str, event: DialogEvent) -> None:
        """Step one conversation inside the caller's transaction; what is said is queued."""
        await self._apply(conn, [Work(account, event)])

    async def pending_check(self, account: str, serial: int) -> Check | None:
        """Return the check that an account still waits for, if it is the one of this serial."""
        async with self._engine.connect() as conn:
            session = (await self._load(conn, [account]))[account][1]
        request = session.capture_request()
        waits = session.state is State.CHECKING and session.serial == serial
        return Check(serial, request.scheme, request.subject) if waits and request else None

    async def person_of(self, account: str) -> Identity | None:
        """Return whom a face pass made this account's."""
        async with self._engine.connect() as conn:
            return (await self._load(conn, [account]))[account][1].person

    async def reply_of(self, key: str) -> str | None:
        """Return the stored reply of a delivery, or None while it is under way."""
        async with self._engine.connect() as conn:
            return (await self._stores.inbox.replies(conn, [key])).get(key)

    async def _known_replies(self, conn: AsyncConnection, works: Sequence[Work]) -> dict[str, str | None]:
        keys = {work.key: work.account for work in works if work.claims}
        claimed = await self._stores.inbox.claim(conn, list(keys.items()), self._clock())
        return await self._stores.inbox.replies(conn, [key for key in keys if key not in claimed])

    async def _load(self, conn: AsyncConnection, accounts: list[str]) -> dict[str, tuple[int, Session]]:
        stored = await self._stores.sessions.load(conn, accounts)
        found = {account: (row.version, decode(row.body)) for account, row in stored.items()}
        return {account: found.get(account, (0, Session())) for account in accounts}

    async def _apply(self, conn: AsyncConnection, works: Sequence[Work]) -> list[Done]:
        accounts = sorted({work.account for work in works})
        if not accounts:
            return []
        await lock_accounts(conn, accounts)
        loaded = await self._load(conn, accounts)
        stepped = [self._step(loaded, work) for work in works]
        now = self._clock()
        rows = [(account, version, encode(session)) for account, (version, session) in loaded.items()]
        await self._stores.sessions.save(conn, rows, now)
        await self._write(conn, stepped, now)
        return await self._finish(conn, stepped, now)

    def _step(self, loaded: dict[str, tuple[int, Session]], work: Work) -> _Stepped:
        version, session = loaded[work.account]
        taken = step(session, work.event)
        loaded[work.account] = (version, taken.session)
        return _Stepped(work, self._clerk.writes(work.account, taken.effects), taken.session.state)

    async def _write(self, conn: AsyncConnection, stepped: Sequence[_Stepped], now: datetime) -> None:
        consents = [(s.work.account, *consent) for s in stepped for consent in s.writes.consents]
        audit = [entry for s in stepped for entry in s.writes.audit]
        tickets = [(s.work.account, ticket) for s in stepped for ticket in s.writes.tickets]
        if consents:
            await self._stores.consents.add(conn, consents, now)
        for account, ticket in tickets:
            await self._stores.captures.open(
                conn, ticket.hash, account, ticket.request, now, now + TICKET_LIFE
            )
        await self._write_reminders(conn, stepped, now)
        await self._write_audit(conn, audit, now)

    async def _write_reminders(
        self, conn: AsyncConnection, stepped: Sequence[_Stepped], now: datetime
    ) -> None:
        begun = _begun(stepped)
        ended = [s.work.account for s in stepped if s.writes.unsubscribes]
        dead = [subject for s in stepped for subject in s.writes.deaths]
        await self._stores.subscriptions.end_accounts(conn, ended, now)
        await self._stores.subscriptions.begin(conn, begun, now)
        await self._stores.subscriptions.end_people(conn, [subject.identity for subject in dead], now)
        await self._stores.tasks.add(conn, [(TaskKind.DEATH, subject) for subject in dead], now)

    async def _write_audit(self, conn: AsyncConnection, entries: list[AuditEntry], now: datetime) -> None:
        if entries:
            await self._stores.audit.append(conn, entries, now)

    async def _finish(self, conn: AsyncConnection, stepped: Sequence[_Stepped], now: datetime) -> list[Done]:
        jobs = await self._queue_checks(conn, stepped, now)
        texts = [item for s in stepped for item in _queued_texts(s, now)]
        await self._stores.outbox.put(conn, texts, now)
        ended = [s.work.job for s in stepped if s.work.job is not None]
        if ended:
            await self._stores.outbox.done(conn, ended, now)
        done = [Done(_reply(s), s.writes.check, jobs.get(id(s)), s.state, s.writes.link) for s in stepped]
        replies = {
            s.work.key: d.reply
            for s, d in zip(stepped, done, strict=True)
            if s.work.key and d.reply is not None
        }
        await self._stores.inbox.answer(conn, replies, now)
        return done

    async def _queue_checks(
        self, conn: AsyncConnection, stepped: Sequence[_Stepped], now: datetime
    ) -> dict[int, int]:
        checks = [(s, s.writes.check) for s in stepped if s.writes.check]
        items = [
            OutboxItem(s.work.account, CHECK, str(check.serial), now, now + CHECK_LEASE)
            for s, check in checks
        ]
        ids = await self._stores.outbox.put(conn, items, now)
        return {id(s): row for (s, _), row in zip(checks, ids, strict=True)}


def _begun(stepped: Sequence[_Stepped]) -> list[tuple[str, Subject]]:
    """Return what is subscribed to after the batch: a later 退订提醒 in it takes the earlier wishes back."""
    begun: dict[str, list[Subject]] = {}
    for one in stepped:
        wishes = begun.setdefault(one.work.account, [])
        if one.writes.unsubscribes:
            wishes.clear()
        wishes.extend(one.writes.subscribed)
    return [(account, subject) for account, wishes in begun.items() for subject in wishes]


def _first_of_each_key(works: Iterable[Work]) -> list[Work]:
    """Leave out duplicates that came in one batch; they wait for the first one's reply like any other."""
    first: dict[str, Work] = {}
    return [work for work in works if not work.claims or first.setdefault(work.key, work) is work]


def _reply(stepped: _Stepped) -> str | None:
    """Return the passive reply: the first text; None while a check must run first."""
    if stepped.writes.check:
        return None
    return stepped.writes.texts[0] if stepped.work.key and stepped.writes.texts else ""


def _queued_texts(stepped: _Stepped, now: datetime) -> list[OutboxItem]:
    """Return what the passive reply cannot carry, and no page shows."""
    if stepped.work.on_page and stepped.state in {State.NOTICE, State.CAPTURE}:
        return []
    texts = stepped.writes.texts[1:] if stepped.work.key else stepped.writes.texts
    return [OutboxItem(stepped.work.account, TEXT, text, now) for text in texts]
