"""The HTTP server of a program: limits and logging that hold for every address."""

import logging
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.errors import BotError
from bot.server.request_ids import name_request

_LAST_REQUESTS = 4
"""Seconds that requests under way have at the end; live captures are closed at once."""


@asynccontextmanager
async def listening(app: web.Application, host: str, port: int) -> AsyncIterator[web.AppRunner]:
    """Serve an application for the block; raises BotError where the port is not to be had.

    Each request has an id, which its log lines name. There is no access log: paths hold tickets, and the
    platform's queries hold openids. A body with `Content-Encoding` is not expanded, so the limits of the
    handlers count bytes on the wire.
    """
    app.middlewares.insert(0, name_request)
    _silence_multipart()
    runner = web.AppRunner(
        app,
        access_log=None,
        logger=_server_log(),
        auto_decompress=False,
        shutdown_timeout=_LAST_REQUESTS,
    )
    await runner.setup()
    try:
        await _start(runner, host, port)
        yield runner
    finally:
        await runner.cleanup()


async def _start(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        message = f"cannot listen on {host}:{port}: {error.strerror}"
        raise BotError(message) from None


def _silence_multipart() -> None:
    """Ignore what aiohttp warns of broken headers of uploads.

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
