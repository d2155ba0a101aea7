"""The addresses of the console, read from its router."""

import re

from bot.console.app import console_app


def console_routes(office, *, leaving_out=(), **guesses):
    """Yield method and path of each route, except the prefixes `leaving_out`, with guesses for parameters."""
    for route in console_app(office.parts).router.routes():
        path = route.resource.canonical.lstrip("/")
        if route.method in {"GET", "POST"} and not path.startswith(leaving_out):
            yield route.method, re.sub(r"\{(\w+)\}", lambda found: guesses[found[1]], path)
