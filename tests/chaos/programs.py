"""The programs of an installation, each a process that may be killed, stopped and started again."""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic

_ROOT = Path(__file__).parents[2]
_PATIENCE = 180
"""Seconds to start on a machine that is busy with other things."""
MOST_SECONDS_TO_STOP = 40


class Program:
    """`pension-bot WORDS` with settings of its own; `log` takes what it writes to standard error."""

    def __init__(self, words, settings, log):
        self.words, self._log = words, log
        self._settings = {**os.environ, **settings}
        self._process = None

    async def start(self):
        """Start the program and wait for its first line."""
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.cli.main", *self.words),
            cwd=_ROOT,
            env=self._settings,
            stdout=asyncio.subprocess.PIPE,
            stderr=self._log,
            start_new_session=True,
        )
        async with asyncio.timeout(_PATIENCE):
            line = await self._process.stdout.readline()
        if not line.startswith(b"pension-bot: "):
            message = f"{self.words[0]} did not start"
            raise RuntimeError(message)

    async def kill(self):
        """Kill the program and its children, as the kernel does when memory runs out."""
        self.kill_at_once()
        if self._process:
            await self._process.wait()

    def kill_at_once(self):
        """Kill from any thread, without waiting for the end."""
        if self._process and self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    async def stop(self):
        """Ask the program to stop; return the seconds it took, None if it had to be killed."""
        begun = monotonic()
        self._process.terminate()
        try:
            async with asyncio.timeout(MOST_SECONDS_TO_STOP):
                await self._process.wait()
        except TimeoutError:
            await self.kill()
            return None
        return monotonic() - begun
