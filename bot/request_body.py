"""Reads the body of a request in bounds."""

from aiohttp import web


async def read_body(request: web.Request, limit: int) -> bytes | None:
    """Return a body of at most `limit` bytes; None for a longer one, of which no more is held.

    Raises web.RequestPayloadError for a body that breaks off or has broken chunks.
    """
    if request.content.is_eof():  # nearly always, and then without waiting
        held = request.content.read_nowait()
        return held if len(held) <= limit else None
    return await _read_chunks(request, limit)


async def _read_chunks(request: web.Request, limit: int) -> bytes | None:
    held = bytearray()
    async for chunk in request.content.iter_any():
        held += chunk
        if len(held) > limit:
            return None
    return bytes(held)
