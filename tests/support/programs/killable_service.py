"""The complete service in a process that a test kills at any moment and restarts at once.

Run as `python -m tests.support.programs.killable_service FOLDER PORT API_BASE`. It imports everything once,
serves for a moment, so that nothing is compiled twice, and then forks a serving child for each line `start`
on its standard input; `kill` ends the child as `kill -9` does. Only the face models are left out, since the
verdict here is fixed.
"""

import asyncio
import os
import signal
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from aiohttp import web

from bot.conversation import reception
from bot.conversation import transaction as conversation
from bot.delivery import leases
from bot.delivery import worker as delivery
from bot.demo.demo import demo_settings
from bot.wiring import compose
from dialogs.reading.faq import faq_of
from face import Outcome, Reason, Verdict
from storage.messaging import access_tokens
from tests.support.storage.shared_caches import share_caches

PACK = "given"
TOKEN, APP_ID, SECRET = "killable-token", "wxkillable000000", "killable-secret"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


class FixedVerdict:
    """Replaces the face models; everybody passes."""

    pack_name, threshold = PACK, 0.4

    def warm_up(self):
        pass

    def check_image(self, _image, _template):
        return Verdict(Outcome.PASSED, Reason.OK, 0.9, self.threshold, PACK, None)


def settings(folder, port, api_base):
    """Return the service's settings; those of the fake platform are fixed."""
    account = {"wechat_app_id": APP_ID, "wechat_app_secret": SECRET, "wechat_token": TOKEN}
    base = demo_settings(folder, f"http://127.0.0.1:{port}", "basic")
    return replace(base, **account, wechat_aes_key=AES_KEY, wechat_api_base=api_base)


async def serve(chosen, port):
    """Serve until killed."""
    async with compose.service(chosen) as running:
        runner = web.AppRunner(running.app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


async def serve_for_a_moment(chosen):
    async with compose.service(chosen):
        pass


def _shorten_leases():
    """Shorten the leases of killed processes: a test cannot wait a minute for each."""
    conversation.CHECK_LEASE = timedelta(seconds=0.5)
    delivery.LEASE = leases.LEASE = access_tokens.LEASE = timedelta(seconds=1)
    leases._RENEW_SECONDS = 0.3
    reception.DUPLICATE_WAIT = 0.5
    compose.load_checker = lambda *_: FixedVerdict()


def main(folder, port, api_base):
    """Execute the commands on standard input until it closes."""
    _shorten_leases()
    chosen, child = replace(settings(Path(folder), int(port), api_base), face_pack=PACK), 0
    faq_of(chosen.faq.entries)  # like the imports: once, not in each child
    share_caches()
    asyncio.run(serve_for_a_moment(chosen))
    for line in sys.stdin:
        if line == "start\n":
            child = os.fork()
            if not child:
                asyncio.run(serve(chosen, int(port)))
        else:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            sys.stdout.write("dead\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
