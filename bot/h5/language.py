"""The language of a request, found once before its handler runs."""

from collections.abc import Awaitable, Callable, Iterable

from aiohttp import web

from bot.capture.languages import PARAMETER, named
from messages.languages import DEFAULT, Language
from storage.errors import StorageError

SPOKEN = web.RequestKey("spoken", Language)
"""All answers of the pages are in it."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Find = Callable[[web.Request], Awaitable[Language | None]]


def wrapped(routes: Iterable[web.RouteDef], wrap: Callable[[Handler], Handler]) -> list[web.RouteDef]:
    """Put something before every one of these addresses."""
    return [web.RouteDef(route.method, route.path, wrap(route.handler), route.kwargs) for route in routes]


def speaking(routes: Iterable[web.RouteDef], find: Find) -> list[web.RouteDef]:
    """Let these addresses speak the language that `find` gives; Chinese where it gives none."""

    def wrap(handler: Handler) -> Handler:
        async def spoken(request: web.Request) -> web.StreamResponse:
            request[SPOKEN] = await _found(find, request) or DEFAULT
            return await handler(request)

        return spoken

    return wrapped(routes, wrap)


async def asked(request: web.Request) -> Language | None:
    """Return the language that the address names."""
    return named(request.query.get(PARAMETER, ""))


async def _found(find: Find, request: web.Request) -> Language | None:
    """Find it; where the memory does not answer, the handler says so itself."""
    try:
        return await find(request)
    except StorageError:
        return None
