"""Keeps other web sites out of the demo, in which anybody may enrol, read and speak as anybody.

A page of any site can send requests to this machine, and with a name of its own that leads here (DNS
rebinding) it can read the answers too. A browser's headers reveal both: `Host`, `Origin` (RFC 6454) and
`Sec-Fetch-Site` (W3C Fetch Metadata Request Headers).
"""

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

_NAMES = ("127.0.0.1", "localhost", "[::1]")
_FROM_HERE = frozenset({"same-origin", "none"})


def own_pages_only(port: int) -> Middleware:
    """Return a middleware that answers 403 to whatever another site's page sends to the demo at `port`."""
    hosts = frozenset(f"{name}:{port}" for name in _NAMES)

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        """Handle what a page of the demo, a link to it or a program of this machine sends."""
        if request.headers.get("Host") not in hosts or _is_foreign(request):
            raise web.HTTPForbidden
        return await handler(request)

    return guarded


def _is_foreign(request: web.Request) -> bool:
    """Whether another site's page sent this; programs name no page, and following a link does no harm."""
    site, mode = request.headers.get("Sec-Fetch-Site"), request.headers.get("Sec-Fetch-Mode")
    if site is not None:
        return site not in _FROM_HERE and not (mode == "navigate" and request.method == "GET")
    return request.headers.get("Origin") not in (None, f"http://{request.host}")
