"""The other language of a page that belongs to a ticket: one tap, kept by this browser for this page alone.

The link itself stays as it was opened: whoever sent it, and their receipt, keep the language they chose.
"""

from collections.abc import Callable, Iterable

from aiohttp import web

from bot.capture.languages import PARAMETER, named
from bot.capture.tickets import HANDED_OVER_LIFE
from bot.h5.language import Find, Handler, asked, speaking, wrapped
from bot.h5.oauth_login import CookieScope
from messages.languages import Language

_SECONDS = int(HANDED_OVER_LIFE.total_seconds())


def choosing(
    routes: Iterable[web.RouteDef], find: Find, place: Callable[[web.Request], CookieScope]
) -> list[web.RouteDef]:
    """Let these addresses speak what the browser chose (`?lang=`), else the language that `find` gives."""

    async def chosen(request: web.Request) -> Language | None:
        kept = named(request.cookies.get(PARAMETER, ""))
        return await asked(request) or kept or await find(request)

    def keeping(handler: Handler) -> Handler:
        async def keep(request: web.Request) -> web.StreamResponse:
            response = await handler(request)
            language = await asked(request)
            if language and not response.prepared:
                place(request).keep(response, PARAMETER, language, _SECONDS)
            return response

        return keep

    return speaking(wrapped(routes, keeping), chosen)
