"""Reads uploads within bounds; only their bytes are trusted, no declared name, type or size."""

import asyncio
import json
from collections.abc import Mapping

from aiohttp import BodyPartReader, MultipartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.capture.media import MediaFault, UploadKind
from bot.request_body import read_body

_CHUNK = 64 * 1024
_ENVELOPE = 16 * 1024
"""Room for the multipart headers around the file."""
_MOST_PARTS = 4
_GRACE_SECONDS = 10
"""How far an upload may fall behind `_SLOWEST`."""
_SLOWEST = 4 * 1024
"""Bytes a second. Few uploads have a place at a time: a slow one would keep it from others."""


async def read_object(request: web.Request, limit: int) -> Mapping[str, object]:
    """Read a JSON object of at most `limit` bytes; an empty one for a longer, slow or broken body."""
    try:
        body = json.loads(await read_body(request, limit) or b"")
    except (web.RequestPayloadError, ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


async def read_upload(request: web.Request, kind: UploadKind) -> bytes | MediaFault:
    """Read the one file field of a multipart body; `TOO_LARGE` or `UNREADABLE` if it cannot be read.

    Raises TimeoutError for one that stops, or comes more slowly than `_SLOWEST`.
    """
    if (request.content_length or 0) > kind.limit + _ENVELOPE:
        return MediaFault.TOO_LARGE
    if request.content_type != "multipart/form-data":
        return MediaFault.UNREADABLE
    try:
        async with asyncio.timeout(_GRACE_SECONDS) as deadline:
            return await _find(await request.multipart(), kind, deadline)
    except (ValueError, LookupError, AssertionError, HttpProcessingError, web.RequestPayloadError):
        # What aiohttp raises for a broken envelope.
        return MediaFault.UNREADABLE


async def _find(reader: MultipartReader, kind: UploadKind, deadline: asyncio.Timeout) -> bytes | MediaFault:
    for _ in range(_MOST_PARTS):
        part = await reader.next()
        if not isinstance(part, BodyPartReader):
            break
        content = await _content(part, kind.limit, deadline)
        if part.name == kind.field or isinstance(content, MediaFault):
            return content
    return MediaFault.UNREADABLE


async def _content(part: BodyPartReader, limit: int, deadline: asyncio.Timeout) -> bytes | MediaFault:
    held = bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        held += chunk
        if (latest := deadline.when()) is not None:
            deadline.reschedule(latest + len(chunk) / _SLOWEST)
        if len(held) > limit:
            return MediaFault.TOO_LARGE
    return bytes(held)
