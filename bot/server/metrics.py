"""The listener of `/metrics`, separate from the public one, since an office's figures are not public."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial
from itertools import product
from types import MappingProxyType

from bot.delivery.export_client import ExportOutcome
from bot.metrics.database_levels import DatabaseLevels
from bot.metrics.loop_lag import watch_loop
from bot.metrics.port import NO_METRICS, MetricLabel, Metrics
from bot.metrics.prometheus import PrometheusMetrics
from bot.metrics.scraping import metrics_app
from bot.metrics.series import Count, Measure
from bot.server.http_server import listening
from bot.settings.parsers import ListenAddress
from bot.wechat.api.errcodes import Delivery
from dialogs.rules.pass_notices import PassSource
from dialogs.values import PassChannel, PassMark
from storage.database import Engine
from storage.engine.statement_times import on_statement
from storage.messaging.outbox import OutboxKind
from storage.retention.purging import RetentionClass

_RARE: Mapping[Count, Iterable[tuple[MetricLabel, ...]]] = MappingProxyType(
    {
        Count.PASSES: tuple(product(PassChannel, PassMark)),
        Count.DELIVERIES: tuple(product(OutboxKind, Delivery)),
        Count.EXPORTS: tuple(product(ExportOutcome)),
        Count.PASS_NOTICES: tuple(product(PassSource)),
        Count.PURGED: tuple(product(RetentionClass)),
        Count.TOKENS: tuple(product(Delivery)),
    }
)
"""Counters that begin at 0: Prometheus sees no increase in a series whose first value is 1.

Those of decoding begin with their decoder (`bot.wiring.compose`): a worker has none, and loads nothing of
`face`.
"""


async def metrics_of(
    stack: AsyncExitStack, at: ListenAddress | None, engine: Engine, clock: Callable[[], datetime]
) -> Metrics:
    """Return the metrics of a process, served at `at` until the stack ends; without `at` none are kept."""
    if at is None:
        return NO_METRICS
    metrics = PrometheusMetrics()
    for what, rows in _RARE.items():
        for labels in rows:
            metrics.count(what, *labels, by=0)
    on_statement(engine, partial(metrics.observe, Measure.STATEMENT))
    stack.callback(asyncio.create_task(watch_loop(metrics)).cancel)
    app = metrics_app(metrics, DatabaseLevels(engine, metrics, clock).refresh)
    await stack.enter_async_context(listening(app, at.host, at.port))
    return metrics
