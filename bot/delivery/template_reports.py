"""Writes the platform's reports on template messages (TEMPLATESENDJOBFINISH) to their rows, in batches."""

from collections.abc import Callable
from datetime import datetime

from bot.background.batching import Batcher, Cut
from bot.delivery.outcomes import PauseReminder, pause_nothing, take_note
from messages.inbound import TemplateJobFinished
from storage.database import Engine, transaction
from storage.messaging.delivery_reports import DeliveryReports


class TemplateReportIntake:
    """Takes reports in, separately from conversations: 100 000 a day must not touch their sessions."""

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime],
        refused: PauseReminder = pause_nothing,
    ) -> None:
        self._engine = engine
        self._refused = refused
        self._clock = clock
        self._batcher = Batcher[TemplateJobFinished, None](self._take)

    def start(self) -> None:
        """Begin to serve."""
        self._batcher.start()

    async def close(self) -> None:
        """Finish what has come in."""
        await self._batcher.close()

    async def take(self, event: TemplateJobFinished) -> None:
        """Return when the report is in the database; one without a message id is ignored."""
        if event.message_id:
            await self._batcher.submit(event)

    async def _take(self, cut: Cut[TemplateJobFinished]) -> list[None]:
        async with transaction(self._engine) as conn:
            events = cut()
            statuses = {event.message_id: event.status for event in events}
            reported = await DeliveryReports().take(conn, statuses, self._clock())
        await take_note(reported, self._refused)
        return [None for _ in events]
