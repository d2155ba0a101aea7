"""The fake WeChat in a process of its own; its first line is the port, it ends with its standard input."""

import asyncio
import sys

from aiohttp import web

from bot.simulator.mailbox import Mailboxes
from bot.simulator.platform_api import PlatformApi
from bot.simulator.rules import Rules
from tests.bench.deliveries import APP_ID


class Patient(Rules):
    """Everybody follows, and no quota is ever used up."""

    def refuse(self, _call, _account, _text):
        return 0


async def main() -> None:
    """Serve until standard input closes."""
    app = web.Application()
    app.add_routes(PlatformApi(APP_ID, "bench", Mailboxes(), Patient()).routes())
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sys.stdout.write(f"{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
