"""`/metrics`, for a listener of its own."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.metrics.prometheus import PrometheusMetrics


def metrics_app(metrics: PrometheusMetrics, refresh: Callable[[], Awaitable[None]]) -> web.Application:
    """Return the application; `refresh` brings gauges up to date before each answer."""

    async def scrape(_: web.Request) -> web.Response:
        """Answer with all series in the text format of Prometheus."""
        await refresh()
        return web.Response(body=metrics.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.add_routes([web.get("/metrics", scrape)])
    return app
