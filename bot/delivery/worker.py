"""Delivers the outbox: claims rows, sends them within the quotas, and follows what `retry` decides."""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from bot.background.background_task import background_task
from bot.background.rounds import Rounds
from bot.delivery.claimed_kinds import BY_DAY, BY_NIGHT
from bot.delivery.late_reminders import reword_for_today, without_settled
from bot.delivery.leases import LEASE, LeaseRenewer
from bot.delivery.outcomes import (
    Accepted,
    DeliveryLog,
    PauseReminder,
    Postponed,
    Undeliverable,
    pause_nothing,
)
from bot.delivery.outdated_notices import without_outdated
from bot.delivery.retry import (
    Decision,
    Ended,
    RefusedReminder,
    RetryAfter,
    RetryWhenHeard,
    Sending,
    UseOtherChannel,
    judge,
)
from bot.delivery.template_message import from_json
from bot.metrics.port import NO_METRICS, Metrics
from bot.metrics.series import Count
from bot.wechat.api import quotas
from bot.wechat.api.client import SendResult, WeChatClient
from bot.wechat.api.errcodes import POLICIES, meaning
from bot.wechat.api.quotas import Channel
from dialogs.local_time import local_date
from dialogs.rules.reminder_days import is_waking
from storage.database import Connection, Engine, transaction
from storage.delivery_route import DeliveryRoute
from storage.errors import StorageError
from storage.messaging.misdated_rows import release_misdated
from storage.messaging.outbox import ClaimedItem, Outbox
from storage.messaging.reply_windows import ReplyWindows, WindowKind
from storage.request_id import working_for

CONCURRENCY = 32
"""Calls under way at once: most take tens of milliseconds, and a slow one must not stop the rest."""

_SMALLEST_CLAIM = 8
"""Free places for which a claim is worth its transaction."""

_STOP_SECONDS = 4.0
"""Seconds that calls under way have at the end; the next worker to claim a cut-off row sends it again."""

_POLL_SECONDS = 0.3
_WAKE_EVERY = 1.0
"""Seconds between checks for messages whose person was heard from again."""

_RELEASE_EVERY = 60.0
"""Seconds between checks for rows that a clock running ahead has put off."""

_JITTER = 0.25
"""Share of a wait that is added at random, so that rows which failed together are not retried together."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Planned:
    """A claimed row and how it goes out; `channel` may instead be the errcode that saves the call."""

    row: ClaimedItem
    at: datetime
    channel: Channel | str
    payer: WindowKind | None = None

    def sending(self, *, has_template: bool = False) -> Sending:
        """Return what the outcome of this sending is judged by."""
        return Sending(self.row.kind, self.row.attempts, has_template, self.row.last_error)


class DeliveryWorker:
    """Runs until closed; any number of them share one database."""

    def __init__(  # noqa: PLR0913 - the parts of a worker, wired in one place
        self,
        engine: Engine,
        outbox: Outbox,
        client: WeChatClient,
        resume: Callable[[ClaimedItem], Awaitable[None]],
        clock: Callable[[], datetime],
        *,
        refused: PauseReminder = pause_nothing,
        random_fraction: Callable[[], float] = random.random,
        metrics: Metrics = NO_METRICS,
    ) -> None:
        self._engine = engine
        self._outbox = outbox
        self._client = client
        self._resume = resume
        self._refused = refused
        self._clock = clock
        self._random_fraction = random_fraction
        self._metrics = metrics
        self._windows = ReplyWindows()
        self._delivery_log = DeliveryLog(engine, outbox, clock, refused)
        self._leases = LeaseRenewer(engine, outbox, clock, self._own_rows)
        self._in_progress: dict[int, asyncio.Task[None]] = {}
        self._released, self._woken = -_RELEASE_EVERY, -_WAKE_EVERY
        self.rounds = Rounds()
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """End `run` after what is under way: what is sent is also marked sent."""
        self._stopping.set()

    async def run(self) -> None:
        """Deliver until stopped; an unreachable database is waited for."""
        async with background_task(self._leases.run()):
            while not self._stopping.is_set():
                self.rounds.begin()
                if not await self._start_batch_safely():
                    await self._wait_for_work()
                await self._wait_for_places()
            await self._wait_for_sends(_STOP_SECONDS)

    async def run_once(self) -> int:
        """Deliver one batch; return how many rows were claimed."""
        claimed = await self._start_batch()
        await self._wait_for_sends()
        return claimed

    async def _wait_for_sends(self, longest: float | None = None) -> None:
        if not self._in_progress:
            return
        _, late = await asyncio.wait(self._in_progress.values(), timeout=longest)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _wait_for_work(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), _POLL_SECONDS)

    async def _wait_for_places(self) -> None:
        while CONCURRENCY - len(self._in_progress) < _SMALLEST_CLAIM and not self._stopping.is_set():
            sends = self._in_progress.values()
            await asyncio.wait(sends, timeout=_POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED)

    async def _start_batch_safely(self) -> int:
        try:
            return await self._start_batch()
        except StorageError as error:
            _log.warning("delivery paused: %s", type(error).__name__)
            return 0

    async def _start_batch(self) -> int:
        """Claim as many rows as there are places, and start each on its way."""
        await self._delivery_log.flush()
        planned = await self._claim()
        for plan in planned:
            task = asyncio.create_task(self._attempt(plan))
            self._in_progress[plan.row.id] = task
            task.add_done_callback(lambda _, row=plan.row.id: self._in_progress.pop(row))  # type: ignore[misc]
        return len(planned)

    async def _claim(self) -> list[_Planned]:
        now = self._clock()
        async with transaction(self._engine) as conn:
            await self._wake_and_release(conn, now)
            limit = CONCURRENCY - len(self._in_progress)
            # A reminder delayed past the day's hours waits for the morning.
            kinds = BY_DAY if is_waking(now) else BY_NIGHT
            rows = await self._outbox.claim(conn, kinds, limit, now, LEASE)
            # A clock that jumps ahead ends our own leases; what is under way is still ours.
            ours = self._own_rows()
            claimed = await without_outdated(conn, [row for row in rows if row.id not in ours], now)
            claimed = await reword_for_today(conn, await without_settled(conn, claimed, now), now)
            planned = await self._plan(conn, claimed, now)
        _tell_of_orphans(claimed)
        return planned

    def _own_rows(self) -> set[int]:
        return self._in_progress.keys() | self._delivery_log.pending

    async def _wake_and_release(self, conn: Connection, now: datetime) -> None:
        if time.monotonic() - self._woken >= _WAKE_EVERY:
            await self._outbox.wake(conn, now)
            self._woken = time.monotonic()
        if time.monotonic() - self._released >= _RELEASE_EVERY:
            await release_misdated(conn, now)
            self._released = time.monotonic()

    async def _plan(self, conn: Connection, rows: Sequence[ClaimedItem], now: datetime) -> list[_Planned]:
        texts = {row.account for row in rows if _is_text(row)}
        windows = await self._windows.of(conn, texts, now) if texts else {}
        needed = any(row.kind.route is DeliveryRoute.TEMPLATE or row.fallback for row in rows)
        day = local_date(now)
        templates = await self._windows.templates_sent(conn, day) if needed else 0
        planned = []
        for row in rows:
            window = windows.get(row.account)
            if _is_text(row):
                channel = quotas.choose(window, templates, now, has_template=row.fallback is not None)
            else:
                channel = quotas.template(templates)
            payer = quotas.payer(window, now) if window and channel is Channel.CUSTOM else None
            planned.append(_Planned(row, now, channel, payer))
        return planned

    async def _attempt(self, plan: _Planned) -> None:
        """Deliver one row; one that cannot be processed stops no other, and returns when its lease ends."""
        with working_for(plan.row.request_id):
            try:
                await self._deliver(plan)
                _log.debug("row %d tried: %s", plan.row.id, plan.row.kind)
            except Exception as error:  # noqa: BLE001 - whatever is wrong concerns this row alone
                _log.warning("row %d not delivered: %s", plan.row.id, type(error).__name__)

    async def _deliver(self, plan: _Planned) -> None:
        row = plan.row
        if row.kind.route is DeliveryRoute.CHECK:
            await self._resume(row)
        elif plan.channel is Channel.CUSTOM:
            await self._say(plan)
        elif plan.channel is Channel.TEMPLATE:
            await self._send_template(plan, row.fallback or "" if _is_text(row) else row.body)
        else:
            spared = SendResult(meaning(int(plan.channel)), int(plan.channel))
            await self._settle(plan, spared, judge(spared.outcome, spared.errcode, plan.sending()))

    async def _say(self, plan: _Planned) -> None:
        row = plan.row
        sent = await self._client.send_text(row.account, row.body)
        decision = judge(sent.outcome, sent.errcode, plan.sending(has_template=row.fallback is not None))
        if isinstance(decision, UseOtherChannel):
            await self._send_template(plan, row.fallback or "")
        else:
            await self._settle(plan, sent, decision)

    async def _send_template(self, plan: _Planned, body: str) -> None:
        row, message = plan.row, from_json(body)
        if message is None:
            await self._delivery_log.add(Undeliverable(row.id, "malformed"))
            return
        sent = await self._client.send_template(
            row.account, message.template_id, message.url, message.data, client_msg_id(row)
        )
        decision = judge(sent.outcome, sent.errcode, plan.sending())
        await self._settle(replace(plan, payer=None), sent, decision)

    async def _settle(self, plan: _Planned, sent: SendResult, decision: Decision) -> None:
        row, code, tried = plan.row, str(sent.errcode), plan.sending().attempts_for(sent.outcome)
        self._metrics.count(Count.DELIVERIES, row.kind, sent.outcome)
        match decision:
            case Ended(dead=True):
                await self._give_up(plan, sent)
            case RefusedReminder():
                await self._give_up(plan, sent)
                await self._refused(row.id)
            case RetryAfter(after):
                due = self._clock() + after * (1 + _JITTER * self._random_fraction())
                await self._delivery_log.add(Postponed(row.id, due, code, tried))
            case RetryWhenHeard():
                # Since the time of the claim: a message heard meanwhile may have opened the window already.
                await self._delivery_log.add(Postponed(row.id, self._clock(), code, tried, plan.at))
            case _:
                await self._delivery_log.add(Accepted(row.id, row.account, sent.message_id, plan.payer))

    async def _give_up(self, plan: _Planned, sent: SendResult) -> None:
        # Codes that alarm the operator once get no line per row.
        level = logging.DEBUG if POLICIES[sent.outcome].alarm_after else logging.WARNING
        _log.log(level, "message %d given up: errcode %d", plan.row.id, sent.errcode)
        await self._delivery_log.add(Undeliverable(plan.row.id, str(sent.errcode)))


def _is_text(row: ClaimedItem) -> bool:
    return row.kind.route is DeliveryRoute.MESSAGE


def _tell_of_orphans(rows: Sequence[ClaimedItem]) -> None:
    """Log how many texts a killed worker may have sent; a repeated template is dropped by its id."""
    orphans = sum(row.is_orphan and _is_text(row) for row in rows)
    if orphans:
        _log.warning("%d messages of a worker that is gone are sent, perhaps for the second time", orphans)


def client_msg_id(row: ClaimedItem) -> str:
    """Name a template message to the platform, the same at every retry, so that it drops a repeated one.

    A second attempt needs another name only after the message's own failure.
    """
    return f"pb-{row.id}-{int(row.created_at.timestamp())}-{int(row.again)}"
