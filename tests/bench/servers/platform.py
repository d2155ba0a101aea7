"""The fake WeChat in its own process; its first line is the port, and it ends with its standard input."""

import asyncio

from aiohttp import web

from bot.simulator.mailbox import Mailboxes
from bot.simulator.platform_api import PlatformApi
from bot.simulator.rules import Rules
from tests.bench.deliveries import APP_ID
from tests.bench.servers.serving import serve


class NoLimits(Rules):
    """Everybody follows, and no quota is ever used up."""

    def refuse(self, _call, _account, _text):
        return 0


async def main() -> None:
    """Serve until standard input closes."""
    app = web.Application()
    app.add_routes(PlatformApi(APP_ID, "bench", Mailboxes(), NoLimits()).routes())
    await serve(app)


if __name__ == "__main__":
    asyncio.run(main())
