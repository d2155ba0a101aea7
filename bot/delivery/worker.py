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
from bot.delivery.late_reminders import reword_for_today
from bot.delivery.leases import LEASE, LeaseKeeper
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
    Again,
    Decision,
    Ended,
    OtherChannel,
    RefusedReminder,
    Sending,
    WhenHeard,
    judge,
)
from bot.delivery.template_message import from_json
from bot.metrics.port import NO_METRICS, Metrics
from bot.metrics.series import Count
from bot.wechat.api import quotas
from bot.wechat.api.client import SendResult, WeChatClient
from bot.wechat.api.errcodes import POLICIES, meaning
from bot.wechat.api.quotas import Channel
from dialogs.rules.reminder_days import is_waking
from dialogs.values import SHANGHAI
from storage.database import Connection, Engine, transaction
from storage.errors import StorageError
from storage.messaging.mended_times import mend_times
from storage.messaging.outbox import ClaimedItem, Outbox
from storage.messaging.reply_windows import ReplyWindows, WindowKind
from storage.request_id import working_for
from storage.way_out import WayOut

CONCURRENCY = 32
"""Calls under way at once: most take tens of milliseconds, and a slow one must not stop the rest."""

_FEWEST = 8
"""Free places for which a claim is worth its transaction."""

_LANDING = 4.0
"""Seconds that calls under way have at the end; what is cut off is sent again by the next to claim it."""

_IDLE = 0.3
_WAKE_EVERY = 1.0
"""Seconds between looks for messages whose person was heard again."""

_MEND_EVERY = 60.0
"""Seconds between looks for rows that a clock which was ahead has put off."""

_JITTER = 0.25
"""Share of a wait that is added at random, so that what failed together does not come back together."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Planned:
    """A claimed row and its way out; `channel` may be the errcode that spares the call."""

    row: ClaimedItem
    at: datetime
    channel: Channel | str
    payer: WindowKind | None = None

    def sending(self, *, has_template: bool = False) -> Sending:
        """Return what the outcome of this sending is judged by."""
        return Sending(self.row.kind, self.row.attempts, has_template)


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
        dice: Callable[[], float] = random.random,
        metrics: Metrics = NO_METRICS,
    ) -> None:
        self._engine = engine
        self._outbox = outbox
        self._client = client
        self._resume = resume
        self._refused = refused
        self._clock = clock
        self._dice = dice
        self._metrics = metrics
        self._windows = ReplyWindows()
        self._marks = DeliveryLog(engine, outbox, clock, refused)
        self._leases = LeaseKeeper(engine, outbox, clock, self._ours)
        self._flying: dict[int, asyncio.Task[None]] = {}
        self._mended, self._woken = -_MEND_EVERY, -_WAKE_EVERY
        self.rounds = Rounds()
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """End `run` after what is under way: what is sent is also marked sent."""
        self._stopping.set()

    async def run(self) -> None:
        """Deliver until stopped; a database that is away for a while is waited for."""
        async with background_task(self._leases.run()):
            while not self._stopping.is_set():
                self.rounds.begin()
                if not await self._launch_safely():
                    await self._rest()
                await self._await_places()
            await self._land(_LANDING)

    async def run_once(self) -> int:
        """Deliver one batch; return how many rows were claimed."""
        claimed = await self._launch()
        await self._land()
        return claimed

    async def _land(self, longest: float | None = None) -> None:
        if not self._flying:
            return
        _, late = await asyncio.wait(self._flying.values(), timeout=longest)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), _IDLE)

    async def _await_places(self) -> None:
        while CONCURRENCY - len(self._flying) < _FEWEST and not self._stopping.is_set():
            await asyncio.wait(self._flying.values(), timeout=_IDLE, return_when=asyncio.FIRST_COMPLETED)

    async def _launch_safely(self) -> int:
        try:
            return await self._launch()
        except StorageError as error:
            _log.warning("delivery paused: %s", type(error).__name__)
            return 0

    async def _launch(self) -> int:
        """Claim as many rows as there are places, and start each on its way."""
        await self._marks.flush()
        planned = await self._claim()
        for plan in planned:
            task = asyncio.create_task(self._try(plan))
            self._flying[plan.row.id] = task
            task.add_done_callback(lambda _, row=plan.row.id: self._flying.pop(row))  # type: ignore[misc]
        return len(planned)

    async def _claim(self) -> list[_Planned]:
        now = self._clock()
        async with transaction(self._engine) as conn:
            await self._mend(conn, now)
            limit = CONCURRENCY - len(self._flying)
            # A reminder delayed past the day's hours waits for the morning.
            kinds = BY_DAY if is_waking(now) else BY_NIGHT
            rows = await self._outbox.claim(conn, kinds, limit, now, LEASE)
            # A clock that jumps ahead ends our own leases; what is under way is ours all the same.
            ours = self._ours()
            claimed = await without_outdated(conn, [row for row in rows if row.id not in ours], now)
            claimed = await reword_for_today(conn, claimed, now)
            planned = await self._plan(conn, claimed, now)
        _tell_of_orphans(claimed)
        return planned

    def _ours(self) -> set[int]:
        return self._flying.keys() | self._marks.pending

    async def _mend(self, conn: Connection, now: datetime) -> None:
        if time.monotonic() - self._woken >= _WAKE_EVERY:
            await self._outbox.wake(conn, now)
            self._woken = time.monotonic()
        if time.monotonic() - self._mended >= _MEND_EVERY:
            await mend_times(conn, now)
            self._mended = time.monotonic()

    async def _plan(self, conn: Connection, rows: Sequence[ClaimedItem], now: datetime) -> list[_Planned]:
        texts = {row.account for row in rows if _is_text(row)}
        windows = await self._windows.of(conn, texts, now) if texts else {}
        needed = any(row.kind.way is WayOut.TEMPLATE or row.fallback for row in rows)
        day = now.astimezone(SHANGHAI).date()
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

    async def _try(self, plan: _Planned) -> None:
        """Deliver one row; one that cannot be worked stops no other, and its lease's end brings it again."""
        with working_for(plan.row.request_id):
            try:
                await self._deliver(plan)
                _log.debug("row %d tried: %s", plan.row.id, plan.row.kind)
            except Exception as error:  # noqa: BLE001 - whatever is wrong is this row's alone
                _log.warning("row %d not delivered: %s", plan.row.id, type(error).__name__)

    async def _deliver(self, plan: _Planned) -> None:
        row = plan.row
        if row.kind.way is WayOut.CHECK:
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
        if isinstance(decision, OtherChannel):
            await self._send_template(plan, row.fallback or "")
        else:
            await self._settle(plan, sent, decision)

    async def _send_template(self, plan: _Planned, body: str) -> None:
        row, message = plan.row, from_json(body)
        if message is None:
            await self._marks.add(Undeliverable(row.id, "malformed"))
            return
        sent = await self._client.send_template(
            row.account, message.template_id, message.url, message.data, client_msg_id(row)
        )
        decision = judge(sent.outcome, sent.errcode, plan.sending())
        await self._settle(replace(plan, payer=None), sent, decision)

    async def _settle(self, plan: _Planned, sent: SendResult, decision: Decision) -> None:
        row = plan.row
        self._metrics.count(Count.DELIVERIES, row.kind, sent.outcome)
        match decision:
            case Ended(dead=True):
                await self._give_up(plan, sent)
            case RefusedReminder():
                await self._give_up(plan, sent)
                await self._refused(row.id)
            case Again(after):
                due = self._clock() + after * (1 + _JITTER * self._dice())
                await self._marks.add(Postponed(row.id, due, str(sent.errcode)))
            case WhenHeard():
                # Since the time of the claim: a message heard meanwhile may have opened the window already.
                await self._marks.add(Postponed(row.id, self._clock(), str(sent.errcode), plan.at))
            case _:
                await self._marks.add(Accepted(row.id, row.account, sent.message_id, plan.payer))

    async def _give_up(self, plan: _Planned, sent: SendResult) -> None:
        # Codes that alarm the operator once are no line a row.
        level = logging.DEBUG if POLICIES[sent.outcome].alarm_after else logging.WARNING
        _log.log(level, "message %d given up: errcode %d", plan.row.id, sent.errcode)
        await self._marks.add(Undeliverable(plan.row.id, str(sent.errcode)))


def _is_text(row: ClaimedItem) -> bool:
    return row.kind.way is WayOut.MESSAGE


def _tell_of_orphans(rows: Sequence[ClaimedItem]) -> None:
    """Name what a killed worker may have sent; of templates the platform drops a second one by its id."""
    orphans = sum(row.is_orphan and _is_text(row) for row in rows)
    if orphans:
        _log.warning("%d messages of a worker that is gone are sent, perhaps for the second time", orphans)


def client_msg_id(row: ClaimedItem) -> str:
    """Name a template message to the platform, the same at every retry, so that it drops a repeated one.

    Only after its own failure does a second try need another name.
    """
    return f"pb-{row.id}-{int(row.created_at.timestamp())}-{int(row.again)}"
