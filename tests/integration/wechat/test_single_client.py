"""A process has one WeChat client, and thus one holder of the access token."""

from bot.capture.face_pool import FacePool
from bot.wechat.api.client import WeChatClient
from bot.wiring import compose, process
from storage.database import open_engine, upgrade
from tests.support.programs.killable_service import settings


async def test_serving_process_creates_one_client(tmp_path, monkeypatch):
    made = []

    class Counted(WeChatClient):
        def __init__(self, *args, **named):
            made.append(self)
            super().__init__(*args, **named)

    monkeypatch.setattr(process, "WeChatClient", Counted)
    chosen = settings(tmp_path, 1, "http://127.0.0.1:1")
    engine = open_engine(chosen.database_url)
    await upgrade(engine)
    await engine.dispose()
    async with compose.service(chosen) as running:
        assert isinstance(running.pool, FacePool)
    assert len(made) == 1
