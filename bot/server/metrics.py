"""The listener of `/metrics`, apart from the public one, since an office's figures are not public."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial

from bot.metrics.database_levels import DatabaseLevels
from bot.metrics.loop_lag import watch_loop
from bot.metrics.port import NO_METRICS, Metrics
from bot.metrics.prometheus import PrometheusMetrics
from bot.metrics.scraping import metrics_app
from bot.metrics.series import Measure
from bot.server.http_server import listening
from bot.settings.parsers import ListenAddress
from storage.database import Engine
from storage.engine.statement_times import on_statement


async def metrics_of(
    stack: AsyncExitStack, at: ListenAddress | None, engine: Engine, clock: Callable[[], datetime]
) -> Metrics:
    """Return what a process reports to, served at `at` until the stack ends; without it nothing is kept."""
    if at is None:
        return NO_METRICS
    metrics = PrometheusMetrics()
    on_statement(engine, partial(metrics.observe, Measure.STATEMENT))
    stack.callback(asyncio.create_task(watch_loop(metrics)).cancel)
    app = metrics_app(metrics, DatabaseLevels(engine, metrics, clock).refresh)
    await stack.enter_async_context(listening(app, at.host, at.port))
    return metrics
