"""The conversation transaction: all waiting messages, in order for each person, in one commit.

Lock the conversations, *then* look their deliveries up and load the sessions, step, save with a version
check, queue what is said, audit, keep the deliveries with their replies. Each statement serves the entire
batch.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import chain, islice

from bot.background.batching import Cut
from bot.conversation import queries
from bot.conversation.effects.bindings import BindingWriter
from bot.conversation.effects.death_reports import DeathReports
from bot.conversation.effects.notices import Notices
from bot.conversation.effects.planner import EffectPlanner
from bot.conversation.effects.recorder import Recorder
from bot.conversation.measured_step import Stepping
from bot.conversation.progress import note_progress
from bot.conversation.rate_limits import RateLimits
from bot.conversation.session_loading import Loaded, decode_sessions, with_open_talks, without_ended
from bot.conversation.units_of_work import (
    Stepped,
    Work,
    WorkResult,
    account_writes,
    first_of_each_key,
    queued_texts,
    result_of,
    without_ended_delivery,
)
from bot.wechat.api.quotas import opening
from dialogs.effects import CheckEligibility
from dialogs.events import DialogEvent, EligibilityChecked, FailedTooOften, ReminderFollowed
from dialogs.flow.machine import is_in
from dialogs.flow.outcome import limit_reached
from dialogs.flow.states.row import Group
from dialogs.flow.step import step
from dialogs.immutable_record import replace
from dialogs.local_time import local_date
from dialogs.ports import LimitReached
from dialogs.rules.rate_limits import lookup_of
from dialogs.session import Session
from dialogs.values import Identity, LimitedRequest
from messages.language.codes import Language
from storage.database import Connection, Engine, connect, lock_accounts, run_transaction, transaction
from storage.messaging.inbox import Executed
from storage.messaging.outbox import OutboxItem, OutboxKind
from storage.messaging.session_codec import encode
from storage.request_id import working_for
from storage.retention.purging import RETENTION_DAYS, RetentionDays
from storage.store import Stores

CHECK_LEASE = timedelta(seconds=15)
"""Time for which an eligibility check belongs to its process; afterwards a worker takes it over."""


class Conversation:
    """Steps conversations inside transactions."""

    def __init__(  # noqa: PLR0913 - the parts of a conversation, wired in one place
        self,
        engine: Engine,
        stores: Stores,
        planner: EffectPlanner,
        clock: Callable[[], datetime],
        stepping: Stepping = step,
        *,
        days: RetentionDays = RETENTION_DAYS,
    ) -> None:
        self._engine = engine
        self._stores = stores
        notices = Notices(stores, planner)
        self._recorder = Recorder(stores, DeathReports(stores, notices), BindingWriter(stores, notices))
        self._limits = RateLimits(stores.rate_counters)
        self._planner = planner
        self._clock = clock
        self._stepping = stepping
        self._days = dict(days)

    async def execute(self, works: Sequence[Work]) -> list[WorkResult]:
        """Carry a batch through one transaction; return the results in the order of the works."""
        return await self.execute_waiting(lambda: works)

    async def execute_waiting(self, cut: Cut[Work]) -> list[WorkResult]:
        """Carry the waiting works through one transaction; `cut` gives them once no other process writes."""
        return await run_transaction(self._engine, lambda conn: self._execute(conn, cut()))

    async def feed(self, conn: Connection, account: str, event: DialogEvent) -> None:
        """Step one conversation inside the caller's transaction; its messages are queued."""
        await self.tell(conn, account, event)

    async def tell(self, conn: Connection, account: str, event: DialogEvent) -> Sequence[int]:
        """Step one conversation, as `feed` does; return the outbox rows of its messages."""
        await lock_accounts(conn, [account])
        (done,) = await self._apply(conn, [Work(account, event)])
        return done.queued

    async def pending_check(self, account: str, serial: int) -> CheckEligibility | None:
        """Return the check that an account still waits for, if it is the one of this serial."""
        session = await self._session(account)
        request = session.capture_request()
        waits = is_in(session.state, Group.AWAITS_REGISTRY) and session.serial == serial
        return CheckEligibility(serial, request.scheme, request.subject) if waits and request else None

    async def person_of(self, account: str) -> Identity | None:
        """Return the person whom a face pass has bound to this account."""
        return (await self._session(account)).person

    async def language_of(self, account: str) -> Language:
        """Return the account's language."""
        return (await self._session(account)).language

    async def count_lookup(self, account: str) -> LimitReached | None:
        """Count a lookup that precedes its event; return the limit if the account has reached it."""
        async with transaction(self._engine) as conn:
            return await self._limits.count(conn, account, LimitedRequest.LOOKUP, self._clock())

    async def reply_of(self, key: str) -> str | None:
        """Return the stored reply of a delivery, or None while it is under way."""
        async with connect(self._engine) as conn:
            return (await self._stores.inbox.replies(conn, [key])).get(key)

    async def end_delivery(self, account: str, key: str) -> str:
        """End a delivery that has no reply yet, and return ""; return the reply if it is there after all.

        The account's lock keeps the first delivery from being answered meanwhile.
        """

        async def end(conn: Connection) -> str:
            """Look for the reply under the lock, and store an empty one if there is none."""
            await lock_accounts(conn, [account])
            reply = (await self._stores.inbox.replies(conn, [key])).get(key)
            if reply is None:
                await self._stores.inbox.answer(conn, {key: ""}, self._clock())
            return reply or ""

        return await run_transaction(self._engine, end)

    async def _execute(self, conn: Connection, works: Sequence[Work]) -> list[WorkResult]:
        await lock_accounts(conn, {work.account for work in works})
        known = await self._stores.inbox.replies(conn, [work.key for work in works if work.key])
        fresh = first_of_each_key(work for work in works if not (work.claims and work.key in known))
        told = [without_ended_delivery(work, known) for work in fresh]
        done = dict(zip(map(id, fresh), await self._apply(conn, told), strict=True))
        return [done.get(id(work)) or WorkResult(known.get(work.key)) for work in works]

    async def _session(self, account: str) -> Session:
        async with connect(self._engine) as conn:
            return (await self._load(conn, [account]))[account][1]

    async def _load(self, conn: Connection, accounts: list[str]) -> Loaded:
        stored = await self._stores.sessions.load(conn, accounts)
        return await without_ended(self._stores, conn, decode_sessions(stored, accounts))

    async def _apply(self, conn: Connection, works: Sequence[Work]) -> list[WorkResult]:
        accounts = sorted({work.account for work in works})
        if not accounts:
            return []
        now, stored = self._clock(), await self._stores.sessions.load(conn, accounts)
        await self._recorder.note_damaged(conn, stored, now)
        held = await with_open_talks(self._stores, conn, decode_sessions(stored, accounts))
        loaded = await without_ended(self._stores, conn, held)
        states = {account: session.state for account, (_, session) in loaded.items()}
        stepped = [self._step(loaded, work, now) for work in works]
        stepped = [await self._answer_from_records(conn, loaded, one, now) for one in stepped]
        stepped = [await self._apply_limits(conn, loaded, one, now) for one in stepped]
        counts = note_progress(loaded, states, stepped, now)
        rows = [(account, version, encode(session)) for account, (version, session) in loaded.items()]
        await self._stores.sessions.save(conn, rows, now)
        await self._stores.funnel.add(conn, local_date(now), counts)
        await self._open_windows(conn, works, now)
        await self._recorder.write(conn, account_writes(stepped), now)
        return await self._finish(conn, stepped, now)

    async def _open_windows(self, conn: Connection, works: Sequence[Work], now: datetime) -> None:
        """Note which accounts the platform has just heard from: it now accepts customer messages to them."""
        opened = [(work.account, which) for work in works if work.claims and (which := opening(work.event))]
        await self._stores.windows.opened(conn, opened, now)

    def _step(self, loaded: Loaded, work: Work, now: datetime) -> Stepped:
        version, session = loaded[work.account]
        taken = self._stepping(session, work.event, now)
        after = self._planner.session_to_keep(taken.session, work.event)
        loaded[work.account] = (version, after)
        writes = self._planner.writes(work.account, taken.effects, after.language, work.transcript)
        return Stepped(work, after, writes, fallback=self._planner.fallback(work.event, now))

    async def _answer_from_records(
        self, conn: Connection, loaded: Loaded, stepped: Stepped, now: datetime
    ) -> Stepped:
        """Answer a question about records or reminders: read them, and step again."""
        question = stepped.writes.recall
        if question is None:
            return stepped
        event = await queries.read(self._stores, conn, stepped.work.account, question, self._days)
        return self._step_again(loaded, stepped, event, now)

    def _step_again(self, loaded: Loaded, stepped: Stepped, event: DialogEvent, now: datetime) -> Stepped:
        """Step again with another event and use that result; a talk that the first step ended stays ended."""
        read = self._step(loaded, replace(stepped.work, event=event), now)
        return replace(read, writes=stepped.writes.talk_before(read.writes))

    async def _apply_limits(
        self, conn: Connection, loaded: Loaded, stepped: Stepped, now: datetime
    ) -> Stepped:
        """Refuse what an account asks for too often; the conversation and its draft stay where they are."""
        if not (stepped.writes.check or stepped.writes.tickets):
            return stepped
        with working_for(stepped.work.request_id):
            limited = self._limit_lookup if stepped.writes.check else self._limit_link
            return await limited(conn, loaded, stepped, now)

    async def _limit_lookup(
        self, conn: Connection, loaded: Loaded, stepped: Stepped, now: datetime
    ) -> Stepped:
        work, check = stepped.work, stepped.writes.check
        limit = await self._limits.count(
            conn, work.account, lookup_of(stepped.session.capture_request()), now
        )
        if check is None or limit is None:
            return stepped
        return self._step_again(loaded, stepped, EligibilityChecked(check.serial, limit), now)

    async def _limit_link(self, conn: Connection, loaded: Loaded, stepped: Stepped, now: datetime) -> Stepped:
        if await self._is_opened(conn, stepped):
            return replace(stepped, writes=replace(stepped.writes, tickets=(), audit=()))
        if await self._stores.failures.too_many(conn, stepped.writes.tickets[0].request.subject, now):
            return self._step_again(loaded, stepped, FailedTooOften(), now)
        account, session = stepped.work.account, stepped.session
        limit = await self._limits.count(conn, account, LimitedRequest.LINK, now)
        if limit is None:
            return stepped
        refusal = (limit_reached(session, limit),)
        refused = self._planner.writes(account, refusal, session.language)
        return replace(stepped, writes=stepped.writes.talk_before(refused))

    async def _is_opened(self, conn: Connection, stepped: Stepped) -> bool:
        """Whether a reminder's button was pressed before and has opened this very link."""
        if not isinstance(stepped.work.event, ReminderFollowed):
            return False
        return await self._stores.captures.find(conn, stepped.writes.tickets[0].hash) is not None

    async def _finish(self, conn: Connection, stepped: Sequence[Stepped], now: datetime) -> list[WorkResult]:
        jobs = await self._queue_checks(conn, stepped, now)
        texts = [queued_texts(s, now) for s in stepped]
        rows = iter(await self._stores.outbox.put(conn, list(chain.from_iterable(texts)), now))
        ended = [s.work.job for s in stepped if s.work.job is not None]
        if ended:
            await self._stores.outbox.done(conn, ended, now)
        done = [
            result_of(s, jobs.get(id(s)), tuple(islice(rows, len(items))))
            for s, items in zip(stepped, texts, strict=True)
        ]
        await self._keep_replies(conn, [(s, d.reply) for s, d in zip(stepped, done, strict=True)], now)
        return done

    async def _keep_replies(
        self, conn: Connection, replies: Sequence[tuple[Stepped, str | None]], now: datetime
    ) -> None:
        kept_words = self._planner.kept_words
        executed = [
            Executed(s.work.key, s.work.account, reply, kept_words(s.writes, s.work.heard))
            for s, reply in replies
            if s.work.claims
        ]
        await self._stores.inbox.put(conn, executed, now)
        later = {
            s.work.key: reply
            for s, reply in replies
            if s.work.key and not s.work.claims and reply is not None
        }
        await self._stores.inbox.answer(conn, later, now)

    async def _queue_checks(
        self, conn: Connection, stepped: Sequence[Stepped], now: datetime
    ) -> dict[int, int]:
        checks = [(s, s.writes.check) for s in stepped if s.writes.check]
        items = [
            OutboxItem(
                s.work.account,
                OutboxKind.CHECK,
                str(check.serial),
                now,
                now + CHECK_LEASE,
                request_id=s.work.request_id,
            )
            for s, check in checks
        ]
        ids = await self._stores.outbox.put(conn, items, now)
        return {id(s): row for (s, _), row in zip(checks, ids, strict=True)}
