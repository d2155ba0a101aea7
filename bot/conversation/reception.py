"""Answers every delivery once and in time, even if the registry or the database is slow or unreachable."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from itertools import count
from typing import TypeVar

from bot.background.batching import Batcher, Cut
from bot.background.preparation import nothing_to_prepare
from bot.background.shared_timeout import SharedTimeout
from bot.conversation.transaction import Conversation
from bot.conversation.units_of_work import Work, WorkResult
from bot.delivery.template_reports import TemplateReportIntake
from bot.metrics.port import NO_METRICS, Metrics
from bot.metrics.series import Measure
from dialogs.effects import CheckEligibility, LookUp
from dialogs.events import EligibilityChecked, EligibilityPending
from dialogs.flow.handlers.clerk_talk import line_of
from dialogs.ports import Found, Unavailable
from messages.inbound import Inbound, TemplateJobFinished, Text
from storage.errors import StaleSession, StorageUnavailable
from storage.messaging.outbox import ClaimedItem

REPLY_DEADLINE = 3.5
"""Seconds for a check before the person hears "正在核验", and for attempts to write; WeChat gives up at 5."""

DUPLICATE_WAIT = 4.5
"""Seconds that a duplicate waits for the first delivery's reply."""

_END_DELIVERY_SECONDS = 0.4
"""Seconds for noting that a duplicate was answered without a reply."""

ANSWER_TIMEOUT = 4.5
"""Seconds after which a delivery ends without an answer, whatever hangs."""

_POLL_SECONDS = 0.1
"""Seconds between two checks for the first delivery's reply."""
_RETRY_PAUSE_SECONDS = 0.1
"""Seconds between two attempts to write."""

_T = TypeVar("_T")


class Reception:
    """Takes deliveries in, runs their checks within the deadline, and answers.

    Typed words wait for `prepared`: the rules that read them take half a second to build.
    """

    def __init__(  # noqa: PLR0913 - the parts of a reception, wired in one place
        self,
        conversation: Conversation,
        look_up: LookUp,
        deadline: float = REPLY_DEADLINE,
        templates: TemplateReportIntake | None = None,
        metrics: Metrics = NO_METRICS,
        *,
        prepared: Callable[[], Awaitable[None]] = nothing_to_prepare,
    ) -> None:
        self._prepared = prepared
        self._conversation = conversation
        self._templates = templates
        self._metrics = metrics
        self._batcher = Batcher[Work, WorkResult](self._execute_batch)
        self._look_up = look_up
        self._deadline = deadline
        self._answer_timeout = SharedTimeout(ANSWER_TIMEOUT)
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
        """Return the reply to a delivery; with "" the platform sends no message.

        Waits during an outage, and raises StorageUnavailable if it lasts: the platform may then deliver the
        message again, and that delivery finds whatever was committed.
        """
        arrived = asyncio.get_running_loop().time()
        try:
            with self._answer_timeout.block():
                reply = await self._execute(inbound)
        except TimeoutError:
            raise StorageUnavailable(TimeoutError.__name__) from None
        return await self._await_first(inbound, arrived + DUPLICATE_WAIT) if reply is None else reply

    async def _execute_batch(self, cut: Cut[Work]) -> Sequence[WorkResult]:
        with self._metrics.timed(Measure.BATCH):
            results = await self._conversation.execute_waiting(cut)
        self._metrics.observe(Measure.BATCH_SIZE, len(results))
        return results

    async def _execute(self, inbound: Inbound) -> str | None:
        """Return the reply; None for a duplicate whose first delivery is under way."""
        if self._templates and isinstance(inbound.event, TemplateJobFinished):
            taking, event = self._templates, inbound.event
            await self._persist(lambda: taking.take(event))
            return ""
        if isinstance(inbound.event, Text):
            await self._prepared()  # here, where no transaction waits for it
        work = Work(
            inbound.account,
            inbound.event,
            inbound.key,
            claims=True,
            transcript=_transcript(inbound),
            heard=line_of(inbound.event),
        )
        done = await self._persist(lambda: self._batcher.submit(work))
        if done.check and done.job is not None:
            return await self._reply_after_check(inbound, done.check, done.job)
        return done.reply

    async def _persist(self, write: Callable[[], Awaitable[_T]]) -> _T:
        """Write; retry while there is time if the database is unreachable or another writer came first."""
        clock = asyncio.get_running_loop().time
        until = clock() + self._deadline
        while True:
            try:
                return await write()
            except (StorageUnavailable, StaleSession):
                if clock() + _RETRY_PAUSE_SECONDS >= until:
                    raise
            await asyncio.sleep(_RETRY_PAUSE_SECONDS)

    async def _conclude(self, work: Work) -> str:
        """Write what follows a check; a write whose outcome got lost may have been committed."""
        attempts = count()

        async def write() -> str:
            """Write once; on a retry, a stored reply shows that the first write was committed."""
            if next(attempts) and (reply := await self._conversation.reply_of(work.key)) is not None:
                return reply
            return (await self._batcher.submit(work)).reply or ""

        return await self._persist(write)

    async def resume(self, claimed: ClaimedItem) -> None:
        """Finish a check that its process left unfinished; the answer goes out as a customer message."""
        check = await self._conversation.pending_check(claimed.account, int(claimed.body))
        answer = await self._look_up(check) if check else Unavailable()
        event = EligibilityChecked(int(claimed.body), answer)
        await self._batcher.submit(Work(claimed.account, event, job=claimed.id))

    async def _reply_after_check(self, inbound: Inbound, check: CheckEligibility, job: int) -> str:
        task = asyncio.ensure_future(self._look_up(check))
        finished, _ = await asyncio.wait([task], timeout=self._deadline)
        if not finished:
            return await self._reply_still_checking(inbound, check, job, task)
        event = EligibilityChecked(check.serial, task.result())
        return await self._conclude(
            Work(inbound.account, event, inbound.key, job=job, transcript=_transcript(inbound))
        )

    async def _reply_still_checking(
        self, inbound: Inbound, check: CheckEligibility, job: int, task: asyncio.Future[Found | Unavailable]
    ) -> str:
        late = asyncio.create_task(self._answer_late(inbound.account, check, job, task))
        self._late.add(late)
        late.add_done_callback(self._late.discard)
        event = EligibilityPending(check.serial)
        return await self._conclude(
            Work(inbound.account, event, inbound.key, transcript=_transcript(inbound))
        )

    async def _answer_late(
        self, account: str, check: CheckEligibility, job: int, task: asyncio.Future[Found | Unavailable]
    ) -> None:
        work = Work(account, EligibilityChecked(check.serial, await task), job=job)
        with suppress(StorageUnavailable):  # a worker takes the check over when its lease ends
            await self._persist(lambda: self._batcher.submit(work))

    async def _await_first(self, inbound: Inbound, until: float) -> str:
        """Wait for the reply to a duplicate's first delivery.

        An answer without a reply ends the platform's attempts; what the first delivery still says goes out as
        a customer message.
        """

        async def poll() -> str:
            """Look for the stored reply every tenth of a second."""
            asked = self._conversation.reply_of
            while (reply := await self._persist(lambda: asked(inbound.key))) is None:  # noqa: ASYNC110 - shares only the database
                await asyncio.sleep(_POLL_SECONDS)
            return reply

        with suppress(TimeoutError):
            async with asyncio.timeout_at(until):
                return await poll()
        try:
            async with asyncio.timeout(_END_DELIVERY_SECONDS):
                return await self._conversation.end_delivery(inbound.account, inbound.key)
        except TimeoutError:
            raise StorageUnavailable(TimeoutError.__name__) from None


def _transcript(inbound: Inbound) -> str:
    """Return the words that the platform recognised in a voice message; the reply repeats them."""
    event = inbound.event
    return event.content if isinstance(event, Text) and event.spoken else ""
