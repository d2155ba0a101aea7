"""A program that is asked to stop exits in time, even if a thread hangs."""

import subprocess
import sys

import pytest

_STOPS = """
import asyncio, sys, time
from bot.server import bounded_stop

bounded_stop.STOP_DEADLINE = float(sys.argv[1])

async def main():
    async with bounded_stop.bounded_stop() as stopping:
        asyncio.get_running_loop().run_in_executor(None, time.sleep, float(sys.argv[2]))
        stopping()

asyncio.run(main())
"""


@pytest.mark.parametrize(("within", "thread", "code"), [("0.2", "600", 3), ("60", "0.2", 0)])
def test_hanging_thread_does_not_prevent_the_exit(within, thread, code):
    script = [sys.executable, "-c", _STOPS, within, thread]
    ended = subprocess.run(script, capture_output=True, text=True, timeout=30, check=False)  # noqa: S603
    assert (ended.returncode, "a thread did not end" in ended.stderr) == (code, code == 3)
