"""`/healthz`: alive. `/readyz`: ready, which relaxations are in force, and what is not there."""

from aiohttp import web

from storage.database import Engine, answers


def health_routes(
    engine: Engine, relaxations: list[str], absent: list[str] | None = None
) -> list[web.RouteDef]:
    """Return the two routes; a database that does not answer is named as degraded.

    `absent` is what an installation may have and this one has not.
    """

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def readyz(_: web.Request) -> web.Response:
        degraded = [] if await answers(engine) else ["database"]
        body = {"status": "ready", "degraded": degraded, "relaxations": relaxations, "absent": absent or []}
        return web.json_response(body)

    return [web.get("/healthz", healthz), web.get("/readyz", readyz)]
