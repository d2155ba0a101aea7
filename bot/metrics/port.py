"""The port by which the rooms report what they do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from time import perf_counter

from bot.metrics.series import Count, Level, Measure

MetricLabel = Enum | int
"""A member of a closed set; an `int` only of one that the program or its settings close."""


class Metrics:
    """Takes reports and keeps none, for a process that is not monitored."""

    def count(self, what: Count, *labels: MetricLabel, by: int = 1) -> None:
        """Add to a counter."""

    def observe(self, what: Measure, value: float, *labels: MetricLabel) -> None:
        """Add one value, in seconds unless the series says otherwise, to a histogram."""

    def watch(self, what: Level, read: Callable[[], float]) -> None:
        """Make a gauge without labels call `read` at each scrape; `read` must be quick."""

    @contextmanager
    def timed(self, what: Measure, *labels: MetricLabel) -> Iterator[None]:
        """Observe how long a block takes, however it ends."""
        began = perf_counter()
        try:
            yield
        finally:
            self.observe(what, perf_counter() - began, *labels)


NO_METRICS = Metrics()
