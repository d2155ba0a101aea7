"""Every delivery's way to its reply: once, in time, whatever the registry does."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.background.batching import Batcher
from bot.conversation.transaction import Conversation, Work, WorkResult
from bot.delivery.template_reports import TemplateReportIntake
from dialogs.effects import CheckEligibility
from dialogs.events import EligibilityChecked, EligibilityPending
from dialogs.ports import Found, Unavailable
from messages.inbound import Inbound, TemplateJobFinished, Text
from storage.messaging.outbox import ClaimedItem

REPLY_DEADLINE = 3.5
"""Seconds for a check before the person hears "正在核验"; the platform gives up at 5."""

DUPLICATE_WAIT = 4.5
"""Seconds that a duplicate waits for the first delivery's reply."""

_POLL = 0.1
_log = logging.getLogger(__name__)

LookUp = Callable[[CheckEligibility], Awaitable[Found | Unavailable]]


class Reception:
    """Takes deliveries in, runs their checks within the deadline, and answers."""

    def __init__(
        self,
        conversation: Conversation,
        look_up: LookUp,
        deadline: float = REPLY_DEADLINE,
        templates: TemplateReportIntake | None = None,
    ) -> None:
        self._conversation = conversation
        self._templates = templates
        self._batcher = Batcher[Work, WorkResult](conversation.execute)
        self._look_up = look_up
        self._deadline = deadline
        self._late: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin to serve."""
        self._batcher.start()
        if self._templates:
            self._templates.start()

    async def close(self) -> None:
        """Stop; a check under way is taken over by a worker when its lease ends."""
        for task in self._late:
            task.cancel()
        await asyncio.gather(*self._late, return_exceptions=True)
        await self._batcher.close()
        if self._templates:
            await self._templates.close()

    async def receive(self, inbound: Inbound) -> str:
        """Return the reply to a delivery; "" asks the platform for no message."""
        if self._templates and isinstance(inbound.event, TemplateJobFinished):
            await self._templates.take(inbound.event)
            return ""
        work = Work(inbound.account, inbound.event, inbound.key, claims=True, heard=_heard(inbound))
        done = await self._batcher.submit(work)
        if done.check and done.job is not None:
            return await self._reply_after_check(inbound, done.check, done.job)
        return done.reply if done.reply is not None else await self._await_first(inbound.key)

    async def resume(self, claimed: ClaimedItem) -> None:
        """Finish a check that its process did not; the answer goes out as a customer message."""
        check = await self._conversation.pending_check(claimed.account, int(claimed.body))
        answer = await self._look_up(check) if check else Unavailable()
        event = EligibilityChecked(int(claimed.body), answer)
        await self._batcher.submit(Work(claimed.account, event, job=claimed.id))

    async def _reply_after_check(self, inbound: Inbound, check: CheckEligibility, job: int) -> str:
        task = asyncio.ensure_future(self._look_up(check))
        finished, _ = await asyncio.wait([task], timeout=self._deadline)
        if not finished:
            return await self._reply_still_checking(inbound, check, job, task)
        return await self._reply(inbound, check, job, task.result())

    async def _reply(
        self, inbound: Inbound, check: CheckEligibility, job: int, answer: Found | Unavailable
    ) -> str:
        event = EligibilityChecked(check.serial, answer)
        work = Work(inbound.account, event, inbound.key, job=job, heard=_heard(inbound))
        return (await self._batcher.submit(work)).reply or ""

    async def _reply_still_checking(
        self, inbound: Inbound, check: CheckEligibility, job: int, task: asyncio.Future[Found | Unavailable]
    ) -> str:
        late = asyncio.create_task(self._answer_late(inbound.account, check, job, task))
        self._late.add(late)
        late.add_done_callback(self._late.discard)
        event = EligibilityPending(check.serial)
        work = Work(inbound.account, event, inbound.key, heard=_heard(inbound))
        return (await self._batcher.submit(work)).reply or ""

    async def _answer_late(
        self, account: str, check: CheckEligibility, job: int, task: asyncio.Future[Found | Unavailable]
    ) -> None:
        await self._batcher.submit(Work(account, EligibilityChecked(check.serial, await task), job=job))

    async def _await_first(self, key: str) -> str:
        """Wait for the reply of the first delivery of a duplicate."""

        async def poll() -> str:
            while (reply := await self._conversation.reply_of(key)) is None:  # noqa: ASYNC110 - shares only the database
                await asyncio.sleep(_POLL)
            return reply

        try:
            return await asyncio.wait_for(poll(), DUPLICATE_WAIT)
        except TimeoutError:
            return ""


def _heard(inbound: Inbound) -> str:
    """Return the words that the platform recognised in a voice message; the reply repeats them."""
    event = inbound.event
    return event.content if isinstance(event, Text) and event.spoken else ""
