"""`/healthz`: alive. `/readyz`: whether it is ready, which relaxations are in force, and what is missing."""

from collections.abc import Sequence

from aiohttp import web

from bot.clock import system_clock
from storage.database import Engine
from storage.engine.probe import DatabaseProbe
from storage.errors import StorageError
from storage.messaging.alarms import AlarmStore


def health_routes(
    engine: Engine, relaxations: Sequence[str], absent: Sequence[str] = ()
) -> list[web.RouteDef]:
    """Return the two routes; `degraded` names every alarm and every problem of the database.

    A database that takes no write turns the answer into 503, so that a balancer sends messages elsewhere.
    `absent` is what an installation may have and this one does not.
    """
    probe = DatabaseProbe(engine)

    async def healthz(_: web.Request) -> web.Response:
        """Answer 200 while the event loop runs."""
        return web.json_response({"status": "alive"})

    async def readyz(_: web.Request) -> web.Response:
        """Answer 200, or 503 while the database takes no write; the body names problems and relaxations."""
        troubles = await probe.troubles()
        body = {
            "status": "unavailable" if troubles else "ready",
            "degraded": troubles or await _alarms(engine),
            "relaxations": relaxations,
            "absent": absent,
        }
        return web.json_response(body, status=503 if troubles else 200)

    return [web.get("/healthz", healthz), web.get("/readyz", readyz)]


async def _alarms(engine: Engine) -> list[str]:
    try:
        active = await AlarmStore(engine, system_clock).active()
    except StorageError:  # the next probe will name the database
        return []
    return list(dict.fromkeys(alarm.name for alarm in active))
