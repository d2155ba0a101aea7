"""The dialog's step, timed and counted."""

from collections.abc import Callable
from datetime import datetime
from time import perf_counter

from bot.metrics.port import Metrics
from bot.metrics.series import Count, Measure
from dialogs.events import DialogEvent
from dialogs.flow.outcome import Step
from dialogs.flow.step import step
from dialogs.reading.faq import Faq
from dialogs.rules.human_service import NO_HUMAN_SERVICE, HumanService
from dialogs.session import Session

Stepping = Callable[[Session, DialogEvent, datetime], Step]


def measured_step(faq: Faq, metrics: Metrics, human: HumanService = NO_HUMAN_SERVICE) -> Stepping:
    """Return a `step` with the questions of `faq`, which reports how long it took and where it led.

    `human` says when clerks answer.
    """

    def measured(session: Session, event: DialogEvent, now: datetime) -> Step:
        """Take one step, and report its seconds and its new state."""
        began = perf_counter()
        taken = step(session, event, now, faq, human)
        metrics.observe(Measure.STEP, perf_counter() - began)
        metrics.count(Count.STEPS, taken.session.state)
        return taken

    return measured
