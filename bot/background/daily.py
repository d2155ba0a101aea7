"""Tasks that run once a day."""

from datetime import date

from bot.background.repeated_task import RepeatedTask, Rhythm


class DailyTask(RepeatedTask):
    """Looks at the clock, does the work if it is due, and notes the day in `_done`."""

    def __init__(self, rhythm: Rhythm) -> None:
        super().__init__(rhythm)
        self._done: date | None = None
