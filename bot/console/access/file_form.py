"""Reads forms with files: the fields first, then the file in chunks, never entirely in memory."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, MultipartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.console.forms import Form

_CHUNK = 256 * 1024
_MOST_FIELDS = 10
_MOST_BYTES = 1024
"""Bytes of a field; no page of ours sends longer ones."""

_FIELDS_SECONDS = 10
"""Time for the fields before a file, which are a few hundred bytes."""

_SILENCE = 20
"""Seconds without a byte after which an upload has broken off."""

_SLOWEST = 2048
"""Average bytes per second below which an upload counts as broken off: it keeps others from loading."""

BROKEN = (ValueError, LookupError, AssertionError, HttpProcessingError, web.RequestPayloadError, TimeoutError)
"""What aiohttp raises for a broken envelope, and what we raise if nothing more arrives."""


@dataclass(frozen=True, slots=True)
class FileForm:
    """The fields before the first file, and that file; `file` is None if none was chosen."""

    fields: Form = field(repr=False)
    file: BodyPartReader | None = None

    @property
    def file_name(self) -> str:
        """The name that the file has on the user's machine."""
        return (self.file.filename or "") if self.file else ""

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield the file as it arrives; raises one of `BROKEN` if it breaks off."""
        clock, size = asyncio.get_running_loop().time, 0
        begun = clock()
        while self.file and (chunk := await asyncio.wait_for(self.file.read_chunk(_CHUNK), _SILENCE)):
            size += len(chunk)
            if clock() - begun > _SILENCE + size / _SLOWEST:
                raise TimeoutError
            yield chunk

    async def content(self, most: int) -> bytes | None:
        """Return a file of at most `most` bytes; None for a larger one, which is not read any further."""
        held = bytearray()
        async for chunk in self.chunks():
            held += chunk
            if len(held) > most:
                return None
        return bytes(held)


async def read_file_form(request: web.Request) -> FileForm | None:
    """Read a form up to its first file; None for anything else, or for a form that comes too slowly."""
    if request.content_type != "multipart/form-data":
        return None
    try:
        async with asyncio.timeout(_FIELDS_SECONDS):
            return await _read_fields(await request.multipart())
    except BROKEN:
        return None


async def _read_fields(reader: MultipartReader) -> FileForm | None:
    fields: dict[str, str] = {}
    for _ in range(_MOST_FIELDS):
        part = await reader.next()
        if not isinstance(part, BodyPartReader):
            break
        if part.filename:
            return FileForm(fields, part)
        text = await _text(part)  # "" for a file that was not chosen
        if text is None or part.name is None:
            return None
        fields[part.name] = text
    return FileForm(fields)


async def _text(part: BodyPartReader) -> str | None:
    held = bytearray()
    while chunk := await part.read_chunk(_MOST_BYTES):
        held += chunk
        if len(held) > _MOST_BYTES:
            return None
    return held.decode()
