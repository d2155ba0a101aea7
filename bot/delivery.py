"""Delivery: claims what is queued, sends it, and obeys a pure rule for what comes back."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.conversation import CHECK, TEMPLATE, TEXT
from bot.wechat.client import Sent, WeChatClient
from bot.wechat.errcodes import Delivery
from storage.database import transaction
from storage.errors import StorageError
from storage.outbox import Claimed, Outbox

_LEASE = timedelta(seconds=60)
_BATCH = 32
_IDLE = 0.3
_LONGEST_WAIT = timedelta(minutes=30)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ended:
    """Nothing more to do; `dead` keeps the row for the operator to see."""

    dead: bool


@dataclass(frozen=True, slots=True)
class Again:
    """To be tried again after this long."""

    after: timedelta


def judge(outcome: Delivery, attempts: int) -> Ended | Again:
    """Decide what a sending's outcome means: retries wait 1 s, 2 s, 4 s … up to half an hour.

    A closed customer-message window is waited out too: the person's next
    message opens it, and a result must not be lost for having come late.
    """
    if outcome is Delivery.SENT:
        return Ended(dead=False)
    if outcome is Delivery.GIVE_UP:
        return Ended(dead=True)
    return Again(min(timedelta(seconds=2 ** min(attempts - 1, 11)), _LONGEST_WAIT))


class DeliveryWorker:
    """Runs until closed; any number of them share one database."""

    def __init__(
        self,
        engine: AsyncEngine,
        outbox: Outbox,
        client: WeChatClient,
        resume: Callable[[Claimed], Awaitable[None]],
        clock: Callable[[], datetime],
    ) -> None:
        self._engine = engine
        self._outbox = outbox
        self._client = client
        self._resume = resume
        self._clock = clock
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """End `run` after the batch under way: what is sent is also marked sent."""
        self._stopping.set()

    async def run(self) -> None:
        """Deliver until stopped; a database that is away for a while is waited for."""
        while not self._stopping.is_set():
            try:
                claimed = await self.run_once()
            except (SQLAlchemyError, StorageError, OSError) as error:
                _log.warning("delivery paused: %s", type(error).__name__)
                claimed = 0
            if not claimed:
                await self._rest()

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), _IDLE)

    async def run_once(self) -> int:
        """Deliver one batch; return how many rows were claimed."""
        async with transaction(self._engine) as conn:
            rows = await self._outbox.claim(conn, [TEXT, TEMPLATE, CHECK], _BATCH, self._clock(), _LEASE)
        await asyncio.gather(*(self._try(row) for row in rows))
        return len(rows)

    async def _try(self, row: Claimed) -> None:
        """Deliver one row; one that cannot be worked stops no other, and its lease's end brings it again."""
        try:
            await self._deliver(row)
        except Exception as error:  # noqa: BLE001 - whatever is wrong is this row's alone
            _log.warning("row %d not delivered: %s", row.id, type(error).__name__)

    async def _deliver(self, row: Claimed) -> None:
        if row.kind == CHECK:
            await self._resume(row)
            return
        await self._settle(row, await self._send(row))

    async def _send(self, row: Claimed) -> Sent:
        if row.kind == TEXT:
            return await self._client.send_text(row.account, row.body)
        template = json.loads(row.body)
        return await self._client.send_template(
            row.account, template["template_id"], template["url"], template["data"], f"outbox-{row.id}"
        )

    async def _settle(self, row: Claimed, sent: Sent) -> None:
        decision, now = judge(sent.outcome, row.attempts), self._clock()
        async with transaction(self._engine) as conn:
            match decision:
                case Ended(dead=True):
                    _log.warning("message %d given up: errcode %d", row.id, sent.errcode)
                    await self._outbox.dead(conn, row.id, str(sent.errcode), now)
                case Ended():
                    await self._outbox.done(conn, [row.id], now)
                case Again(after):
                    await self._outbox.retry(conn, row.id, now + after, str(sent.errcode))
