"""One contender in its own process: a bare handler, an echo, or the complete service.

Run as `python -m tests.bench.servers.server NAME FOLDER`; its first line is the port.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

from aiohttp import web
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import check_signature

from bot.settings.settings import Settings
from bot.wiring.compose import PREPARE, service
from storage.database import open_engine, upgrade
from storage.sealing.vault import Vault
from tests.bench.deliveries import AES_KEY, APP_ID, TOKEN
from tests.bench.servers.serving import listen_as_product, listen_plainly, serve
from tests.support.storage.databases import postgres_server


async def bare(request):
    await request.read()
    return web.Response(text="success")


async def plain_echo(request):
    """Answer as wechatpy's own example does."""
    query = request.query
    check_signature(TOKEN, query["signature"], query["timestamp"], query["nonce"])
    return web.Response(text=_echo(await request.text()), content_type="application/xml")


async def aes_echo(request):
    """Answer as wechatpy's own example of the AES mode does."""
    query = request.query
    crypto = WeChatCrypto(TOKEN, AES_KEY, APP_ID)
    opened = crypto.decrypt_message(
        await request.text(), query["msg_signature"], query["timestamp"], query["nonce"]
    )
    sealed = crypto.encrypt_message(_echo(opened), query["nonce"], query["timestamp"])
    return web.Response(text=sealed, content_type="application/xml")


def _echo(body):
    message = parse_message(body)
    return create_reply(message.content if message.type == "text" else message.key, message).render()


def _settings(database_url: str) -> Settings:
    return Settings(
        wechat_app_id=APP_ID,
        wechat_app_secret="bench",
        wechat_token=TOKEN,
        wechat_aes_key=AES_KEY,
        public_url="http://127.0.0.1",
        database_url=database_url,
        data_keys=Vault.new_setting(),
    )


POSTGRESQL = "postgresql"
HANDLERS = {"bare": bare, "plain": plain_echo, "aes": aes_echo}


@asynccontextmanager
async def _app(name: str, folder: Path) -> AsyncIterator[web.Application]:
    if name in HANDLERS:
        app = web.Application()
        app.router.add_post("/wechat", HANDLERS[name])
        yield app
        return
    with postgres_server() if name == POSTGRESQL else nullcontext(_file(folder)) as url:
        engine = open_engine(url)
        await upgrade(engine)
        await engine.dispose()
        async with service(_settings(url), worker=False) as running:
            await running.app[PREPARE].wait()
            yield running.app


def _file(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'bench.db'}"


async def main(name: str, folder: Path) -> None:
    """Serve until standard input closes, that is until the bench ends."""
    async with _app(name, folder) as app:
        await serve(app, listen_plainly if name in HANDLERS else listen_as_product)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
