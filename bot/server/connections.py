"""Bounds the connections of a server: their number, and how long one may stay silent.

Without a bound, one client that opens connections and keeps them takes all descriptors of the process. The
event loop then accepts nobody, and Python 3.11 reports each attempt with a traceback.
"""

import asyncio
import logging
import resource
from collections.abc import Callable

from aiohttp import web

SILENT_SECONDS = 75
"""Seconds without a complete request after which a connection is closed; proxies keep theirs for 60 s
(nginx)."""

_MOST_DESCRIPTORS = 16_384
"""Descriptors that a process asks for, if its hard limit (setrlimit(2)) allows them."""
_RESERVED = 192
"""Descriptors for the database, decoding processes, the platform's API, files and logs."""
_LEAST = 32

_LOG = logging.getLogger(__name__)


def most_connections() -> int:
    """Return how many connections a process may hold; its limit of descriptors is raised first."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(_MOST_DESCRIPTORS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return max(_LEAST, (_MOST_DESCRIPTORS if soft == resource.RLIM_INFINITY else soft) - _RESERVED)


class BoundedSite(web.BaseSite):
    """Listens as `web.TCPSite` does, and closes new connections while `most` are open."""

    def __init__(self, runner: web.AppRunner, host: str, port: int, *, most: int, shared: bool) -> None:
        super().__init__(runner)
        self._host, self._port, self._most, self._shared = host, port, most, shared
        self._is_full = False

    @property
    def name(self) -> str:
        """The address, for aiohttp's list of sites."""
        return f"http://{self._host}:{self._port}"

    async def start(self) -> None:
        """Listen; raises OSError if the port is not free."""
        await super().start()
        loop, server = asyncio.get_running_loop(), self._runner.server
        if server is None:
            message = "the runner is not set up"
            raise RuntimeError(message)
        self._server = await loop.create_server(
            self._protocols(server), self._host, self._port, reuse_port=self._shared
        )

    def _protocols(self, server: web.Server) -> Callable[[], asyncio.Protocol]:
        def protocol() -> asyncio.Protocol:
            """Serve a new connection, or close it if the site is full."""
            is_full = len(server.connections) >= self._most
            if is_full and not self._is_full:
                _LOG.warning("%d connections are open: more are closed at once", self._most)
            self._is_full = is_full
            return _RefusedConnection() if is_full else server()

        return protocol


class _RefusedConnection(asyncio.Protocol):
    """Closes its connection."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Close without an answer: a client that connects thousands of times reads none."""
        transport.close()
