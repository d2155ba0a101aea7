"""Reads the body of a request within bounds."""

import asyncio

from aiohttp import web

_SECONDS = 10
"""Time for a body of a few kilobytes on a slow connection; no other bound ends one that stops half-way."""


async def read_body(request: web.Request, limit: int) -> bytes | None:
    """Return a body of at most `limit` bytes; None for a longer one, which is not read any further.

    Raises web.RequestPayloadError for a body that breaks off, stops half-way or has broken chunks.
    """
    if request.content.is_eof():  # nearly always, and then without waiting
        held = request.content.read_nowait()
        return held if len(held) <= limit else None
    return await _read_chunks(request, limit)


async def _read_chunks(request: web.Request, limit: int) -> bytes | None:
    held = bytearray()
    try:
        async with asyncio.timeout(_SECONDS):
            async for chunk in request.content.iter_any():
                held += chunk
                if len(held) > limit:
                    return None
    except TimeoutError:
        raise web.RequestPayloadError from None
    return bytes(held)
