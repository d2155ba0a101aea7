"""Answers that send a browser on after a form."""

from aiohttp import web

from bot.console.headers import HEADERS


def see_other(address: str) -> web.Response:
    """Send a browser to a page of ours by GET, so that a reload repeats no form."""
    return web.Response(status=303, headers={**HEADERS, "Location": address})
