"""`/readyz` lists relaxations and missing parts."""

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.server.health import health_routes
from storage.database import open_engine


async def test_readyz_lists_relaxations_and_missing_parts(tmp_path):
    engine = open_engine(f"sqlite+aiosqlite:///{tmp_path / 'test.db'}")
    app = web.Application()
    app.add_routes(health_routes(engine, ["REHEARSAL"], ["passive liveness score"]))
    async with TestClient(TestServer(app)) as client, client.get("/readyz") as response:
        told = await response.json()
    assert (response.status, told["degraded"]) == (200, [])
    assert (told["relaxations"], told["absent"]) == (["REHEARSAL"], ["passive liveness score"])
    await engine.dispose()
