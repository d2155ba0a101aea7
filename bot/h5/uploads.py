"""Reads uploads within bounds; only their bytes are trusted, no declared name, type or size."""

import asyncio

from aiohttp import BodyPartReader, MultipartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.capture.media import MediaFault, UploadKind
from bot.request_body import read_body

_CHUNK = 64 * 1024
_ENVELOPE = 16 * 1024
"""Room for the multipart headers around the file."""
_MOST_PARTS = 4
_SMALL_SECONDS = 10
"""Time for a body of a few kilobytes on a slow line."""


async def read_small(request: web.Request, limit: int) -> bytes | None:
    """Read a body of at most `limit` bytes; None for a longer or a slow one, of which no more is held."""
    try:
        async with asyncio.timeout(_SMALL_SECONDS):
            return await read_body(request, limit)
    except (TimeoutError, web.RequestPayloadError):
        return None


async def read_upload(request: web.Request, kind: UploadKind) -> bytes | MediaFault:
    """Read the one file field of a multipart body; `TOO_LARGE` or `UNREADABLE` where it cannot be read."""
    if (request.content_length or 0) > kind.limit + _ENVELOPE:
        return MediaFault.TOO_LARGE
    if request.content_type != "multipart/form-data":
        return MediaFault.UNREADABLE
    try:
        return await _find(await request.multipart(), kind)
    except (ValueError, LookupError, AssertionError, HttpProcessingError, web.RequestPayloadError):
        # What aiohttp raises for a broken envelope.
        return MediaFault.UNREADABLE


async def _find(reader: MultipartReader, kind: UploadKind) -> bytes | MediaFault:
    for _ in range(_MOST_PARTS):
        part = await reader.next()
        if not isinstance(part, BodyPartReader):
            break
        content = await _content(part, kind.limit)
        if part.name == kind.field or isinstance(content, MediaFault):
            return content
    return MediaFault.UNREADABLE


async def _content(part: BodyPartReader, limit: int) -> bytes | MediaFault:
    held = bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        held += chunk
        if len(held) > limit:
            return MediaFault.TOO_LARGE
    return bytes(held)
