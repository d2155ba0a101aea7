"""Measures how late the event loop is: whatever blocks it delays every reply."""

import asyncio

from bot.metrics.port import Metrics
from bot.metrics.series import Measure

_EVERY = 0.25
"""Seconds between two measurements."""


async def watch_loop(metrics: Metrics) -> None:
    """Measure how much later than asked a timer comes, until cancelled."""
    clock = asyncio.get_running_loop().time
    while True:
        due = clock() + _EVERY
        await asyncio.sleep(_EVERY)
        metrics.observe(Measure.LOOP_LAG, max(clock() - due, 0.0))
