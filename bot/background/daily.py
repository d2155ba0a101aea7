"""Tasks that run once a day."""

from abc import abstractmethod
from collections.abc import Callable
from datetime import date, datetime

from bot.background.repeated_task import RepeatedTask, TaskSchedule
from dialogs.local_time import local_date


class DailyTask(RepeatedTask):
    """Does its work once a day in Shanghai; any number of them share one database.

    `clock` gives aware times. The day is remembered in memory: a process that starts does its work again.
    """

    def __init__(self, schedule: TaskSchedule, clock: Callable[[], datetime]) -> None:
        super().__init__(schedule)
        self._clock = clock
        self._done: date | None = None

    async def _run_once(self) -> None:
        today = local_date(self._clock())
        if self._done != today:
            await self._work(today)
            self._done = None if self._stopping.is_set() else today

    @abstractmethod
    async def _work(self, today: date) -> None:
        """Do the day's work; after a StorageError it is done again."""
