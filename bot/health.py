"""`/healthz`: alive. `/readyz`: ready, and which relaxations are in force."""

from aiohttp import web
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine


def health_routes(engine: AsyncEngine, relaxations: list[str]) -> list[web.RouteDef]:
    """Return the two routes; a database that does not answer is named as degraded."""

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def readyz(_: web.Request) -> web.Response:
        degraded = [] if await _answers(engine) else ["database"]
        body = {"status": "ready", "degraded": degraded, "relaxations": relaxations}
        return web.json_response(body)

    return [web.get("/healthz", healthz), web.get("/readyz", readyz)]


async def _answers(engine: AsyncEngine) -> bool:
    try:
        async with engine.connect() as conn:
            await conn.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError):
        return False
    return True
