"""The language of a request: a middleware finds it once before the handler runs."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.capture.languages import PARAMETER, named
from messages.language.codes import DEFAULT, Language
from storage.errors import StorageError

SPOKEN = web.RequestKey("spoken", Language)
"""All answers of the pages are in it."""

Find = Callable[[web.Request], Awaitable[Language | None]]


def set_language(find: Find) -> Middleware:
    """Return a middleware that sets `request[SPOKEN]` to the language of `find`, or to the default one."""

    @web.middleware
    async def speak(request: web.Request, handler: Handler) -> web.StreamResponse:
        """Set the language of the request, then handle it."""
        try:
            found = await find(request)
        except StorageError:  # the handler says so itself
            found = None
        request[SPOKEN] = found or DEFAULT
        return await handler(request)

    return speak


def key_of(request: web.Request) -> str:
    """Return the part of the address that names a link or a receipt, even if no page is below it."""
    parts = request.path.removeprefix("/h5").split("/", 3)
    return parts[2] if len(parts) > 2 else ""


async def requested_language(request: web.Request) -> Language | None:
    """Return the language that the address names."""
    return named(request.query.get(PARAMETER, ""))
