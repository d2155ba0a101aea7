"""The addresses of styles and scripts."""

from aiohttp import web

from bot.h5.pages import kept_for
from bot.h5.static_files import STATIC_FILES


def static_routes() -> list[web.RouteDef]:
    """Return the one route; a name without its version is served too, and kept by no cache."""
    return [web.get("/h5/static/{stem:[a-z_]+}{version:(\\.[0-9a-f]{8})?}.{kind:(css|js)}", _serve)]


async def _serve(request: web.Request) -> web.Response:
    asked = request.match_info
    found = STATIC_FILES.get(f"{asked['stem']}.{asked['kind']}")
    if found is None:
        return web.Response(status=404)
    headers = {**kept_for(asked["version"], found.version), "Vary": "Accept-Encoding"}
    body = found.content
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        body, headers = found.gzipped, {**headers, "Content-Encoding": "gzip"}
    return web.Response(body=body, content_type=found.content_type, charset="utf-8", headers=headers)
