"""Times one stage."""

from collections.abc import Callable
from statistics import median
from time import perf_counter


def median_ms(stage: Callable[[], object], rounds: int, clock: Callable[[], float] = perf_counter) -> float:
    """Return the median of some rounds in milliseconds; a first round warms up and does not count."""
    stage()
    times = []
    for _ in range(rounds):
        start = clock()
        stage()
        times.append((clock() - start) * 1000)
    return median(times)
