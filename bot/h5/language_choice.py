"""Shows a ticket's page in the language that its visitor chooses, kept by this browser for this page alone.

The link itself keeps the language in which it was made, which the sender and the receipt get.
"""

from collections.abc import Callable

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.capture.languages import PARAMETER, named
from bot.h5.language import Find, requested_language, set_language
from bot.h5.not_found import not_found
from bot.h5.oauth_login import CookieScope
from dialogs.rules.link_life import HANDED_OVER_LIFE
from messages.language.codes import Language

_SECONDS = int(HANDED_OVER_LIFE.total_seconds())


def language_middlewares(find: Find, scope: Callable[[web.Request], CookieScope]) -> list[Middleware]:
    """Return middlewares for pages in the browser's choice (`?lang=`), else in the language of `find`."""

    async def chosen(request: web.Request) -> Language | None:
        """Return the language of the address, else the cookie's, else the one of `find`."""
        kept = named(request.cookies.get(PARAMETER, ""))
        return await requested_language(request) or kept or await find(request)

    @web.middleware
    async def keep(request: web.Request, handler: Handler) -> web.StreamResponse:
        """Keep a language that the address names in a cookie of this page."""
        response = await handler(request)
        language = await requested_language(request)
        if language and not response.prepared:
            scope(request).keep(response, PARAMETER, language, _SECONDS)
        return response

    return [set_language(chosen), not_found, keep]
