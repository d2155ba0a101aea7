"""An application on a local port, served as `serve` does."""

from aiohttp import web
from aiohttp.test_utils import TestServer

_LINGERING = 0.5
"""Seconds to wait for the rest of a refused body; `serve` waits ten, which would slow such tests down."""


class ServedApp(TestServer):
    """Lets a request whose client hung up run to its end; aiohttp's own `TestServer` cancels it."""

    async def _make_runner(self, *, handler_cancellation: bool, **kwargs) -> web.AppRunner:
        del handler_cancellation
        return await super()._make_runner(lingering_time=_LINGERING, **kwargs)
