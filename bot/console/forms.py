"""Reads forms within bounds, and accepts them from our own pages only."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from aiohttp import web

from bot.request_body import read_body

_MOST_BYTES = 16 * 1024
_MOST_FIELDS = 50

Form = Mapping[str, str]


async def read_form(request: web.Request) -> Form | None:
    """Return the fields of a form, the last of two with one name; None for anything but a small form."""
    if request.content_type != "application/x-www-form-urlencoded":
        return None
    try:
        body = await read_body(request, _MOST_BYTES)
        if body is None:
            return None
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except (web.RequestPayloadError, UnicodeDecodeError, ValueError):
        return None
    return {name: value.replace("\0", "") for name, value in fields}  # pasted; PostgreSQL takes no NUL


def is_from_here(request: web.Request) -> bool:
    """Whether a browser says that one of our own pages sent this; one that says nothing is not believed."""
    own = {f"{scheme}://{request.host}" for scheme in ("https", "http")}  # a proxy may end TLS
    return request.headers.get("Origin", "") in own
