"""The HTTP response of a reply, whose headers are one text.

aiohttp gathers the headers of a response in a mapping, completes them and writes them out, in a dozen calls.
The headers of a reply are always the same except for the length and the time.
"""

from email.utils import formatdate
from functools import lru_cache

from aiohttp import HttpVersion11, web
from aiohttp.http import SERVER_SOFTWARE


def reply_response(request: web.Request, text: str, content_type: str, now: int) -> web.StreamResponse:
    """Answer with 200 and a text, byte for byte as `web.Response` does; `now` in seconds since 1970.

    If the connection is not kept alive, or speaks HTTP/1.0, it is that response.
    """
    if request.keep_alive and request.version == HttpVersion11:
        return _WrittenResponse(text, content_type, now)
    return web.Response(text=text, content_type=content_type)


class _WrittenResponse(web.StreamResponse):
    """A response on a connection kept alive; headers that a middleware or signal would add are not sent."""

    def __init__(self, text: str, content_type: str, now: int) -> None:
        super().__init__()
        body = text.encode()
        head = f"{_status_and_type(content_type)}{len(body)}\r\nDate: {_date(now)}\r\n{_SERVER}\r\n\r\n"
        self._written = head.encode() + body
        self._to: web.BaseRequest | None = None

    @property
    def keep_alive(self) -> bool:
        """Whether the connection waits for another request."""
        return True

    async def prepare(self, request: web.BaseRequest) -> None:
        """Note whose connection it goes to."""
        self._to = request

    async def write_eof(self, data: bytes = b"") -> None:  # noqa: ARG002 - the base class names it
        """Send all of it; raises ConnectionResetError if the client is gone."""
        transport = None if self._to is None else self._to.transport
        if transport is None or transport.is_closing():
            raise ConnectionResetError
        transport.write(self._written)


_SERVER = f"Server: {SERVER_SOFTWARE}"


@lru_cache(maxsize=2)
def _status_and_type(content_type: str) -> str:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}; charset=utf-8\r\nContent-Length: "


@lru_cache(maxsize=2)
def _date(now: int) -> str:
    return formatdate(now, usegmt=True)
