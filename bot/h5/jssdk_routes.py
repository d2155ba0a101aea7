"""`GET /h5/jssdk?url=…`: the JS-SDK signature for a page of our own host, and for no other."""

import time
from urllib.parse import urlsplit

from aiohttp import web

from bot.h5.headers import HEADERS
from bot.wechat.api.jssdk import JsTickets


def jssdk_routes(tickets: JsTickets, app_id: str, public_url: str) -> list[web.RouteDef]:
    """Return the one route; `public_url` says which host is ours."""

    async def sign(request: web.Request) -> web.Response:
        """Sign the address `url`: 403 for a foreign page, 503 if the platform gives no ticket."""
        url = request.query.get("url", "")
        if not is_ours(url, public_url):
            return web.json_response({"error": "not a page of this service"}, status=403, headers=HEADERS)
        signed = await tickets.sign(url, int(time.time()))
        if signed is None:
            return web.json_response({"error": "the platform gives no ticket"}, status=503, headers=HEADERS)
        signature = {"timestamp": signed.timestamp, "nonceStr": signed.nonce, "signature": signed.signature}
        return web.json_response({"appId": app_id, **signature}, headers=HEADERS)

    return [web.get("/h5/jssdk", sign)]


def is_ours(url: str, public_url: str) -> bool:
    """Whether a page's address is of this service's host."""
    try:
        requested, ours = urlsplit(url), urlsplit(public_url)
    except ValueError:
        return False
    return (requested.scheme, requested.netloc) == (ours.scheme, ours.netloc)
