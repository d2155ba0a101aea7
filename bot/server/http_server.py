"""The HTTP server of a program: limits and logging that apply to every address."""

import logging
import socket
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from aiohttp import web

from bot.errors import BotError
from bot.server.connections import SILENT_SECONDS, BoundedSite, most_connections
from bot.server.direct_dispatch import add_dispatch

_STOP_SECONDS = 4
"""Seconds that requests under way have at the end; live captures are closed at once."""


@asynccontextmanager
async def listening(
    app: web.Application, host: str, port: int, *, shared: bool = False
) -> AsyncIterator[web.AppRunner]:
    """Serve an application for the block; raises BotError if the port is not free.

    Processes that listen at one `shared` port each get a part of the connections (SO_REUSEPORT, socket(7)).

    Connections are bounded (`bot.server.connections`). Each request has an id, which its log lines name.
    There is no access log: paths hold tickets, and the platform's queries hold openids. A body with
    `Content-Encoding` is not expanded, so the limits of the handlers count bytes on the wire.
    """
    _silence_multipart()
    runner = web.AppRunner(
        app,
        access_log=None,
        logger=_server_log(),
        auto_decompress=False,
        shutdown_timeout=_STOP_SECONDS,
        keepalive_timeout=SILENT_SECONDS,
    )
    await runner.setup()
    add_dispatch(runner)
    try:
        with _port_errors(host, port):
            await BoundedSite(runner, host, port, most=most_connections(), shared=shared).start()
        yield runner
    finally:
        await runner.cleanup()


@contextmanager
def held_port(host: str, port: int) -> Iterator[int]:
    """Reserve a port for processes that share it, and give its number (for 0 a free one); raises BotError.

    The socket never listens. It keeps other programs away while the processes start and restart; on their own
    they would share the port with any other program that shares it.
    """
    with _port_errors(host, port):
        with _bound(host, port, shared=False) as alone:
            number = int(alone.getsockname()[1])
        held = _bound(host, number, shared=True)
    with held:
        yield number


def _bound(host: str, port: int, *, shared: bool) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    bound = socket.socket(family, kind, protocol)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # closed connections hold a port a minute
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, int(shared))
        bound.bind(address)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)  # else programs that set it get in
    except OSError:
        bound.close()
        raise
    return bound


@contextmanager
def _port_errors(host: str, port: int) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"cannot listen on {host}:{port}: {error.strerror}"
        raise BotError(message) from None


def _silence_multipart() -> None:
    """Ignore aiohttp's warnings about broken headers of uploads.

    The warning repeats the header, which may hold a file's name, and Python keeps each new text for good.
    """
    warnings.filterwarnings("ignore", module=r"aiohttp\.multipart")


class _KindOnly(logging.Filter):
    """Reduces a record to the kind of its error: aiohttp's texts quote request lines, headers and cookies."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place; nothing is dropped."""
        record.msg, record.args = f"request failed: {_kind(record.exc_info)}", ()
        record.exc_info, record.exc_text, record.stack_info = None, None, None
        return True


def _kind(raised: object) -> str:
    match raised:
        case (type() as kind, *_):
            return kind.__name__
    return "see the proxy's log"


def _server_log() -> logging.Logger:
    log = logging.getLogger("bot.http")
    if not log.filters:
        log.addFilter(_KindOnly())
    return log
