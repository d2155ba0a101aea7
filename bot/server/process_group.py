"""Runs several programs as one: a dead or hung one is restarted, and all of them stop together.

Python computes in one thread of a process at a time, so a machine of several cores needs several processes.
"""

import asyncio
import logging
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field

from bot.background.background_task import background_task
from bot.background.backoff import Backoff
from bot.errors import BotError
from bot.server.watchdog import HEARTBEAT_SECONDS

START_TIMEOUT = 100.0
"""Seconds from a program's start to its first line, usually three.

Less than `TimeoutStartSec` of deploy/systemd: the group itself says which of its programs hangs.
"""
HEARTBEAT_TIMEOUT = 3 * HEARTBEAT_SECONDS
"""Seconds without a sign after which a program counts as hung."""
ABORT_TIMEOUT = 5.0
"""Seconds that it then has to write its stack, before it is killed."""
STOP_TIMEOUT = 30.0
"""Seconds that a program has to stop: it bounds itself, and is killed only if that fails."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class GroupMember:
    """One program: its name for the log, its command after `python`, and its environment."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(repr=False)
    files: tuple[int, ...] = ()
    """Open files that it inherits under the same numbers."""


class NotStarted(BotError):
    """A program of the group did not start. It or the log has said why; the exit code is its own."""

    def __init__(self, name: str, exit_code: int) -> None:
        super().__init__(f"{name} did not start")
        self.exit_code = exit_code if exit_code > 0 else BotError.exit_code


@asynccontextmanager
async def running(members: Sequence[GroupMember]) -> AsyncIterator[None]:
    """Run programs for the block, which begins when all are ready; raises NotStarted.

    A program's first line says that it is ready, each later one that it is alive. Its standard input is a
    pipe that closes when this process ends, for whatever reason; the program then stops on its own.
    """
    children = [_Child(one) for one in members]
    try:
        await asyncio.gather(*(child.start() for child in children))
        async with AsyncExitStack() as stack:
            for child in children:
                await stack.enter_async_context(background_task(child.keep()))
            yield
    finally:
        await asyncio.gather(*(child.end() for child in children))


class _Child:
    def __init__(self, member: GroupMember) -> None:
        self._member = member
        self._process: Process | None = None

    async def start(self) -> None:
        """Start the program and wait for its first line; raises NotStarted if none comes."""
        self._process = await self._spawned()
        if self._process is None:
            raise NotStarted(self._member.name, BotError.exit_code)
        if not await self._speaks(self._process, START_TIMEOUT, "is not ready in time"):
            raise NotStarted(self._member.name, await self._process.wait())

    async def _spawned(self) -> Process | None:
        try:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                *self._member.command,
                env=self._member.environment,
                stdin=PIPE,
                stdout=PIPE,
                pass_fds=self._member.files,
            )
        except OSError as error:
            _log.error("%s cannot be started: %s", self._member.name, type(error).__name__)
            return None

    async def keep(self) -> None:
        """Start it again whenever it ends, or does not start."""
        clock, backoff = asyncio.get_running_loop().time, Backoff()
        while True:
            began = clock()
            ended = f"ended with {await self._end_of(self._process)}" if self._process else "did not start"
            wait = backoff.after(clock() - began)
            _log.error("%s %s and starts again in %.0f s", self._member.name, ended, wait)
            await asyncio.sleep(wait)
            with suppress(NotStarted):
                await self.start()

    async def _end_of(self, process: Process) -> int:
        """Wait until the program has ended, and end one that gives no sign of life; return its exit code."""
        while await self._speaks(process, HEARTBEAT_TIMEOUT, "gives no sign"):
            pass
        return await process.wait()

    async def _speaks(self, process: Process, within: float, otherwise: str) -> bool:
        """Wait for a line; False for a program that has ended, or was killed since none came in time."""
        try:
            async with asyncio.timeout(within):
                return bool(process.stdout and await process.stdout.readline())
        except TimeoutError:
            _log.error("%s %s and is killed", self._member.name, otherwise)
            await _kill_hung(process)
            return False

    async def end(self) -> None:
        """Ask it to stop, and wait until it has."""
        if self._process is None or self._process.returncode is not None:
            return
        self._process.terminate()
        try:
            async with asyncio.timeout(STOP_TIMEOUT):
                await self._process.wait()
        except TimeoutError:
            _log.error("%s does not stop and is killed", self._member.name)
            self._process.kill()
            await self._process.wait()


async def _kill_hung(process: Process) -> None:
    """Make a hung program write its stack, then kill it."""
    with suppress(ProcessLookupError, TimeoutError):
        process.send_signal(signal.SIGABRT)
        async with asyncio.timeout(ABORT_TIMEOUT):
            await process.wait()
            return
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()
