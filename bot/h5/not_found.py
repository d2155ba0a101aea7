"""Answers an unknown address or method with a page, since people get there by a reload or by hand."""

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from bot.h5.language import SPOKEN
from bot.h5.pages import Page
from messages.catalogue.phrases import NOT_FOUND

_PAGE = Page("message.html", NOT_FOUND)


def not_found_page(request: web.Request, status: int) -> web.Response:
    """Return the page in the language of the request."""
    return _PAGE.response(request[SPOKEN], status=status)


@web.middleware
async def not_found(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Show the page with the status (404, 405) that was found; it needs the language, but no access."""
    error = request.match_info.http_exception
    if error is None:
        return await handler(request)
    response = not_found_page(request, error.status)
    if hdrs.ALLOW in error.headers:
        response.headers[hdrs.ALLOW] = error.headers[hdrs.ALLOW]
    return response
