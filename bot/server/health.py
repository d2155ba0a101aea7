"""`/healthz`: alive. `/readyz`: ready, which relaxations are in force, and what is not there."""

from aiohttp import web

from bot.clock import system_clock
from storage.database import Engine, answers
from storage.errors import StorageError
from storage.messaging.alarms import AlarmStore


def health_routes(
    engine: Engine, relaxations: list[str], absent: list[str] | None = None
) -> list[web.RouteDef]:
    """Return the two routes; a database that does not answer is named as degraded, and so is every alarm.

    `absent` is what an installation may have and this one has not.
    """

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def readyz(_: web.Request) -> web.Response:
        degraded = await _alarms(engine) if await answers(engine) else ["database"]
        body = {"status": "ready", "degraded": degraded, "relaxations": relaxations, "absent": absent or []}
        return web.json_response(body)

    return [web.get("/healthz", healthz), web.get("/readyz", readyz)]


async def _alarms(engine: Engine) -> list[str]:
    try:
        active = await AlarmStore(engine, system_clock).active()
    except StorageError:  # the next look will name the database
        return []
    return list(dict.fromkeys(alarm.name for alarm in active))
